"""Counting what one workbook has to tell of the last 24 hours."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

from sheets_automation.core.credits import EntryKind
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.fleet.calls import Call, Done
from sheets_automation.fleet.outcomes import Allowance, State
from sheets_automation.jobs.plan import plan_letters
from sheets_automation.jobs.situation import credit_summary, sit_down

_DAY = timedelta(hours=24)


def do(call: Call) -> Done:
    """Count what one workbook has to tell of the last 24 hours; changes nothing."""
    office = call.office
    with closing(office.open_workbook(call.client.address, exclusive=False)) as workbook:
        desk, situation = sit_down(workbook, office.open_desk)
    now = call.run.clock()
    kinds = [event.kind for event in situation.events if event.at > now - _DAY]
    summary = credit_summary(situation, desk.rules, now)
    entries = [entry for ledger in summary.ledgers for entry in ledger.entries]
    counts = {
        "sent": kinds.count(EventKind.SENT),
        "failed": kinds.count(EventKind.FAILED) + kinds.count(EventKind.REFUSED),
        "uncertain": len(situation.log.uncertain()),
        "bounced": kinds.count(EventKind.BOUNCED),
        "waiting_too_long": len(plan_letters(situation, desk, call.run).waiting),
        "credits_earned": sum(e.kind is EntryKind.EARNED and e.on > (now - _DAY).date() for e in entries),
        "credits_left": sum(ledger.left for ledger in summary.ledgers),
    }
    needs = counts["uncertain"] or counts["waiting_too_long"] or counts["bounced"]
    sent = situation.log.sent_within(_DAY, now)
    allowance = Allowance(mailbox=call.carrier, limit=desk.rules.daily_limit, sent=sent)
    return Done(state=State.NEEDS_A_PERSON if needs else State.DONE, counts=counts, allowance=allowance)
