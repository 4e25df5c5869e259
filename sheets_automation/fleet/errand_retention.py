"""Telling HR of one workbook whose retention period is over, and erasing after the notice where that is allowed."""

from __future__ import annotations

from contextlib import closing

from sheets_automation.core.retention import Standing
from sheets_automation.fleet.calls import Call, Done
from sheets_automation.fleet.outcomes import State
from sheets_automation.jobs.retention import announce, erase_due
from sheets_automation.wiring_retention import open_eraser, tools_to_erase


def do(call: Call) -> Done:
    """Announce, always; erase only what the configuration lets a program erase, and never an unusual number."""
    office, address = call.office, call.client.address
    rules = office.config.retention
    with closing(open_eraser(office, address)) as workbook:
        look = announce(workbook, office.look_at_desk, call.run)
        counts = {
            "announced": look.plan.counts[Standing.REACHED],
            "due": look.plan.counts[Standing.DUE],
            "kept": look.plan.counts[Standing.KEPT],
        }
        due = counts["due"]
        may_erase = rules.erase_nightly and due <= rules.max_people_per_run
        if not (due or look.unfinished) or not may_erase:
            needs = bool(due or look.unfinished)
            return Done(state=State.NEEDS_A_PERSON if needs else State.DONE, counts=counts)
        client = call.client
        tools = tools_to_erase(office, address, carrier=client.carrier, line_records=client.line_records)
        done = erase_due(workbook, office.look_at_desk, call.run, tools, expect=due)
    certificate = done.certificate
    erased = certificate.people if certificate is not None else 0
    needs = certificate is not None and certificate.needs_a_person
    return Done(state=State.NEEDS_A_PERSON if needs else State.DONE, counts={**counts, "erased": erased})
