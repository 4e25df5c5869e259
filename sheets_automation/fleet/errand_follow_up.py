"""Sending follow-ups in one workbook, for one stretch: by mail, and by LINE where the configuration says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing

from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.fleet.calls import Call, Done, state_of
from sheets_automation.fleet.errand_send import send_stretch
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.follow_up import Campaigns, keep_consents
from sheets_automation.wiring_follow_up import FollowUpOffice, ways_of_news

_FIRST_TOLD = (State.MORE, State.FAILED, State.BUSY, State.NEEDS_A_PERSON, State.DONE)


def do(call: Call) -> Done:
    """Put on record who agrees, and send what HR has planned and a person need not confirm by its number."""
    office = FollowUpOffice(call.office)
    ends = [_go(call, office, carrier) for carrier in ways_of_news(call.office.config, call.news_carrier)]
    return _together(ends, office.campaigns)


def _go(call: Call, office: FollowUpOffice, carrier: str) -> Done:
    """One way; what stops it is no reason to be silent by the other."""
    office.leaves_by = carrier
    try:
        with closing(office.open_workbook(call.client.address, exclusive=True)) as workbook:
            keep_consents(workbook, office.open_desk, call.run, office.config.follow_up.wording)
        return send_stretch(call, office, office.open_desk, carrier)
    except SheetsAutomationError as error:
        return Done(state=state_of(error), error=error)


def _together(ends: Sequence[Done], campaigns: Campaigns | None) -> Done:
    """All ways as one; a row of HR's plan that cannot be followed reaches nobody, and looks like nothing to do."""
    counts: Counter[str] = Counter()
    for end in ends:
        counts.update(end.counts)
    told = min(ends, key=lambda end: _FIRST_TOLD.index(end.state))
    problems = len(campaigns.problems) if campaigns else 0
    if problems:
        counts["campaign_problems"] = problems
    state = State.NEEDS_A_PERSON if problems and told.state is State.DONE else told.state
    return Done(state=state, counts=counts, error=told.error)
