"""Credits, check and the last runs: what the other tabs of the page show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from sheets_automation.core.credits import CreditLedger, CreditSummary, EntryKind
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.forecast_words import forecast_text
from sheets_automation.core.model import Candidate
from sheets_automation.core.run_history import past_runs
from sheets_automation.jobs.check import CheckProblem, Found, find_problems
from sheets_automation.jobs.credits import Use, partner_named, record_credits, redemption, show_credits
from sheets_automation.jobs.register import register_typed
from sheets_automation.jobs.situation import sit_down
from sheets_automation.service import documents as d
from sheets_automation.service import overview_documents as o
from sheets_automation.service import work_documents as w
from sheets_automation.service.house import House, Room, is_looked_after
from sheets_automation.service.plan_document import credits_shown
from sheets_automation.service.planning import View
from sheets_automation.wiring_follow_up import FollowUpOffice
from sheets_automation.wiring_links import link_problems

_CELL = re.compile(r"[A-Z]{1,3}[0-9]+")
_RUNS_SHOWN = 50
_MOST_OPENINGS = 200
_FINE = (
    ("見出しと候補者の行を読み取れました。", "The headings and the candidates' rows can be read."),
    ("文面に誤りはありません。", "The letters have no mistakes."),
    ("送信記録は書いたときのままです。", "The delivery log is as it was written."),
)


def credits_document(summary: CreditSummary, language: str, openings: Sequence[str]) -> o.CreditsDocument:
    """The credits with all their evidence."""
    lines = [
        o.LedgerLine(
            on=entry.on.isoformat(),
            kind=entry.kind.name.lower(),
            amount=entry.amount,
            credit=entry.credit,
            partner=ledger.rules.name,
            note=entry.note,
            evidence=list(entry.evidence),
            number=entry.number,
            opening=entry.opening,
            actor=entry.actor,
        )
        for ledger in summary.ledgers
        for entry in ledger.entries
    ]
    problems = [d.Problem(name="record", text=one.ja if language == "ja" else one.en) for one in summary.problems]
    return o.CreditsDocument(
        summary=credits_shown(summary),
        partners=[_partner(ledger, summary, language) for ledger in summary.ledgers],
        ledger=sorted(lines, key=lambda line: line.on, reverse=True),
        problems=problems,
        untaken=summary.untaken,
        openings=list(openings),
    )


def _partner(ledger: CreditLedger, summary: CreditSummary, language: str) -> o.PartnerShown:
    one = ledger.forecast
    return o.PartnerShown(
        id=ledger.rules.id,
        name=ledger.rules.name,
        earned=ledger.total(EntryKind.EARNED),
        redeemed=-ledger.total(EntryKind.REDEEMED),
        expired=-ledger.total(EntryKind.EXPIRED),
        left=ledger.left,
        progress=ledger.progress,
        per_credit=ledger.rules.per_credit,
        next_expiry=ledger.next_expiry.isoformat() if ledger.next_expiry else None,
        counts=ledger.rules.counts.value,
        forecast=o.ForecastShown(
            outlook=one.outlook.value,
            missing=one.missing,
            expected=one.expected.isoformat() if one.expected else None,
            text=forecast_text(one, summary.as_of.date(), language),
        ),
    )


def redeem(house: House, room: Room, wanted: w.RedeemWanted) -> o.CreditsDocument:
    """Record that credits were used."""
    with house.pen(room.workbook), room.writing() as workbook:
        desk, situation = sit_down(workbook, room.office.open_desk)
        rules, run = desk.rules, room.office.new_run()
        partner = partner_named(wanted.partner, rules.partners)
        use = Use(partner=partner, amount=wanted.amount, opening=wanted.opening, note=wanted.note)
        event = redemption(run, use, source="page", key=wanted.key)
        summary = record_credits(workbook, event, rules.partners, run, tabs=rules.tabs, seen=wanted.seen)
    return credits_document(summary, room.language, openings_of(situation.candidates))


def take_reports(house: House, room: Room) -> o.CreditsDocument:
    """Take in what was typed into the partners' tab."""
    with house.pen(room.workbook), room.writing() as workbook:
        desk, situation = sit_down(workbook, room.office.open_desk)
        rules, run = desk.rules, room.office.new_run()
        register_typed(workbook, rules.partners, run, tabs=rules.tabs)
        summary = show_credits(workbook, rules.partners, run, tabs=rules.tabs)
    return credits_document(summary, room.language, openings_of(situation.candidates))


def openings_of(candidates: Iterable[Candidate]) -> list[str]:
    """The openings of the workbook, the most frequent first: what credits are used for."""
    found = Counter(candidate.opening for candidate in candidates if candidate.opening)
    return [opening for opening, _ in found.most_common(_MOST_OPENINGS)]


def check_document(room: Room) -> o.CheckDocument:
    """What `relay check` tells."""
    with room.reading() as workbook:
        snapshot = workbook.read()
        desk = room.office.look_at_desk(snapshot)
        reading = room.office.reading
        links = link_problems(room.office.config, room.office.environ)
        news = FollowUpOffice(room.office).look_ahead(snapshot)
        found = Found(warnings=reading.warnings, problems=reading.problems, links=links, news=news)
        problems = [*find_problems(snapshot, desk, found, room.office.new_run(), title=workbook.title)]
        shown = {one.where: _link(one, workbook.link_to(one.where.rpartition("!")[0])) for one in problems}
    names = {one.name for one in problems}
    is_right = (not names & {"heading_problem"}, not reading.problems, "log_damaged" not in names)
    return o.CheckDocument(
        problems=[_line(one, shown[one.where], room.language) for one in problems],
        fine=[text[0 if room.language == "ja" else 1] for text, right in zip(_FINE, is_right, strict=True) if right],
    )


def _cell_in(where: str) -> str | None:
    tab, _, cell = where.rpartition("!")
    return where if tab and _CELL.fullmatch(cell) else None


def _link(problem: CheckProblem, tab_link: str) -> str | None:
    cell = _cell_in(problem.where)
    return f"{tab_link}&range={cell.rpartition('!')[2]}" if tab_link and cell else None


def _line(problem: CheckProblem, link: str | None, language: str) -> o.CheckLine:
    return o.CheckLine(
        name=problem.name,
        severity="act",
        text=problem.ja if language == "ja" else problem.en,
        where=problem.where,
        cell=_cell_in(problem.where),
        link=link,
    )


def run_lines(view: View) -> list[o.RunLine]:
    """The last runs, newest first."""
    events = (one for one in view.marked.plan.situation.events if is_looked_after(one.key.kind, view.kind))
    return [
        o.RunLine(
            run_id=run.run_id,
            at=run.at.isoformat(timespec="seconds"),
            actor=run.actor,
            sent=run.counts[EventKind.SENT],
            failed=run.counts[EventKind.FAILED] + run.counts[EventKind.REFUSED],
            uncertain=run.counts[EventKind.UNCERTAIN],
            withdrawn=run.counts[EventKind.WITHDRAWN] + run.counts[EventKind.RECALLED],
        )
        for run in past_runs(events, _RUNS_SHOWN)
    ]
