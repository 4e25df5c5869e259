"""Taking what the public links saw into one workbook."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sheets_automation.core.refusal_codes import refusal_code
from sheets_automation.core.registrations import RegistrationState
from sheets_automation.fleet.calls import Call, Done, state_of
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.collect import collect
from sheets_automation.jobs.survey import collect_answers
from sheets_automation.record_files import read_link_files, read_partner_files
from sheets_automation.wiring_links import link_keys, linked_partner, records_lacking, survey_desk


def do(call: Call) -> Done:
    """Take clicks and refusals in, where the roster says where they are noted."""
    if not call.client.links:
        lacking = records_lacking(call.office.config, call.client.links)
        return Done(state=State.NEEDS_A_PERSON if lacking else State.DONE, error=lacking)
    office, path = call.office, Path(call.client.links)
    keys, partner = link_keys(office.environ), linked_partner(office.config)
    read, reported = read_link_files([path]), read_partner_files([path])
    with closing(office.open_workbook(call.client.address, exclusive=True)) as workbook:
        survey = survey_desk(office.config, office.environ)
        answers = collect_answers(workbook, office.look_at_desk, call.run, read.records, survey)
        report = collect(
            workbook,
            office.look_at_desk,
            call.run,
            read.records,
            codes_of=lambda address: [refusal_code(address, key) for key in keys],
            partner=partner.id if partner else "",
            reports=reported.records,
        )
    counts = {
        "clicks": report.clicks[RegistrationState.ADDED],
        "refusals": report.refusals_added,
        "answers": len(answers.new),
        "registrations": report.reports[RegistrationState.ADDED],
    }
    unreadable = read.unreadable + reported.unreadable
    error = report.not_shown
    if error is not None:
        return Done(state=state_of(error), counts=counts, error=error)
    return Done(state=State.NEEDS_A_PERSON if report.problems or unreadable else State.DONE, counts=counts)
