"""Sending follow-ups in one workbook, for one stretch."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from sheets_automation.fleet.calls import Call, Done
from sheets_automation.fleet.errand_send import send_stretch
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.follow_up import Campaigns, keep_consents
from sheets_automation.wiring_follow_up import FollowUpOffice


def do(call: Call) -> Done:
    """Put on record who agrees, and send what HR has planned and a person need not confirm by its number."""
    office = FollowUpOffice(call.office)
    address = office.leaves_by = call.news_carrier
    with closing(office.open_workbook(call.client.address, exclusive=True)) as workbook:
        keep_consents(workbook, office.open_desk, call.run, office.config.follow_up.wording)
    return _with_campaigns(send_stretch(call, office, office.open_desk, address), office.campaigns)


def _with_campaigns(done: Done, campaigns: Campaigns | None) -> Done:
    """A row of HR's plan that cannot be followed reaches nobody, and looks as if there were nothing to do."""
    problems = len(campaigns.problems) if campaigns else 0
    if not problems:
        return done
    state = State.NEEDS_A_PERSON if done.state is State.DONE else done.state
    return replace(done, state=state, counts={**done.counts, "campaign_problems": problems})
