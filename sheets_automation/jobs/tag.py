"""Tagging: read → suggest → show beside the candidates; typed tags change only where a person accepts a proposal.

A proposal that a person has refused, or cleared in the sheet, is noted as refused, and not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sheets_automation.core.cells import folded
from sheets_automation.core.erased import is_erased
from sheets_automation.core.errors import CellsKept, WorkbookChanged
from sheets_automation.core.headings import Field
from sheets_automation.core.model import Candidate
from sheets_automation.core.table import CellValue
from sheets_automation.core.tagging import (
    HEADING,
    REASON_HEADING,
    Tagging,
    headings_wanted,
    joined,
    scene_of,
    suggest,
)
from sheets_automation.core.tagging_refusals import REFUSED_HEADING, Refused, refused_in
from sheets_automation.core.tagging_rules import RuleProblem, TagRule
from sheets_automation.core.tagging_spelling import Tidying, tidyings
from sheets_automation.core.tagging_tab import TAB, RulesTab, read_rules, rules_tab
from sheets_automation.core.views import Look, OwnColumn, ViewCell, Views, same_value
from sheets_automation.jobs.import_candidates import identities_of
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import TRIES
from sheets_automation.jobs.situation import OpenDesk, Situation, understand, zone_of
from sheets_automation.ports import Workbook

_WIDTHS = {HEADING: 28, REASON_HEADING: 60, REFUSED_HEADING: 28}
_Shown = Mapping[int, Mapping[str, CellValue]]
Named = Callable[[Candidate, str], bool]
"""Whether a person has named this tag, as it is proposed for this candidate."""


def nobody(_candidate: Candidate, _tag: str) -> bool:
    """No proposal is named."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class TagReport:
    """What the rules say of a workbook, and what was done about it."""

    candidates: tuple[Candidate, ...]
    tagging: Tagging
    problems: tuple[RuleProblem, ...]
    tidyings: tuple[Tidying, ...]
    accepted: Mapping[str, tuple[str, ...]]
    """By candidate id: the tags that went into HR's column."""
    refused: Mapping[str, tuple[str, ...]]
    """By candidate id: proposals that somebody has refused, or cleared since the last time; they are not made again."""
    has_rules_tab: bool
    language: str
    kept: CellsKept | None = None
    """Cells that hold what no program may overwrite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    situation: Situation
    report: TagReport


def look_at_tags(workbook: Workbook, open_desk: OpenDesk, run: Run) -> TagReport:
    """Say which tags the rules propose; writes nothing."""
    return _decide(workbook, open_desk, run, nobody, nobody).report


def show_tags(
    workbook: Workbook, open_desk: OpenDesk, run: Run, accepts: Named = nobody, refuses: Named = nobody
) -> TagReport:
    """Write the proposals into our own columns, and those that are accepted behind what is typed in HR's.

    Makes タグ規則 where there is none. Raises WorkbookChanged where people are at work in the cells.
    """
    changed: WorkbookChanged | None = None
    for _ in range(TRIES):
        decided = _decide(workbook, open_desk, run, accepts, refuses)
        try:
            workbook.show(_views(decided))
        except WorkbookChanged as error:
            changed = error
        except CellsKept as kept:
            return replace(decided.report, kept=kept)
        else:
            return decided.report
    raise changed or AssertionError


def _decide(workbook: Workbook, open_desk: OpenDesk, run: Run, accepts: Named, refuses: Named) -> _Decided:
    snapshot = workbook.read()
    rules = open_desk(snapshot).rules
    table = snapshot.tables.get(TAB)
    said: RulesTab = read_rules(table)
    layout = understand(snapshot, rules).layout
    situation = understand(snapshot, rules, headings_wanted(said.rules, layout))
    living = [one for one in situation.candidates if not is_erased(one.address.value)]
    scene = scene_of(
        said.rules,
        living,
        layout,
        now=run.clock().astimezone(zone_of(snapshot, rules)),
        decisions=rules.candidates.decisions,
    )
    shown = _shown(situation, (HEADING, REASON_HEADING, REFUSED_HEADING))
    refused = _refused(situation, said.rules, shown)
    tagging = suggest(said.rules, living, scene, refused)
    report = TagReport(
        candidates=situation.candidates,
        tagging=tagging,
        problems=said.problems,
        tidyings=tidyings(living, [rule.tag for rule in said.rules]),
        accepted=_named(living, tagging, accepts),
        refused={
            one.id: no
            for one in situation.candidates
            if (no := (*refused[one.row].fresh, *_tags_named(one, tagging, refuses)))
        },
        has_rules_tab=table is not None,
        language=rules.language,
    )
    return _Decided(situation=situation, report=report)


def _named(candidates: Sequence[Candidate], tagging: Tagging, named: Named) -> Mapping[str, tuple[str, ...]]:
    return {one.id: tags for one in candidates if (tags := _tags_named(one, tagging, named))}


def _tags_named(one: Candidate, tagging: Tagging, named: Named) -> tuple[str, ...]:
    return tuple(made.tag for made in tagging.suggestions.get(one.row, ()) if named(one, made.tag))


def _refused(situation: Situation, rules: Sequence[TagRule], shown: _Shown) -> Mapping[int, Refused]:
    known = {folded(rule.tag) for rule in rules}
    # Where somebody has taken our whole column away, nothing in it was refused.
    has_proposals = situation.layout.column_of(HEADING) is not None
    return {
        one.row: refused_in(
            one,
            noted=(cells := shown.get(one.row, {})).get(REFUSED_HEADING),
            proposed=cells.get(HEADING),
            reasons=cells.get(REASON_HEADING) if has_proposals else None,
            known=known,
        )
        for one in situation.candidates
    }


def _views(decided: _Decided) -> Views:
    """Everything that differs from what the workbook shows."""
    situation, report = decided.situation, decided.report
    layout, heading = situation.layout, situation.layout.heading_of(Field.TAGS)
    shown = _shown(situation, (heading, HEADING, REASON_HEADING, REFUSED_HEADING))
    cells: dict[str, dict[str, ViewCell]] = {}
    over: dict[str, dict[str, CellValue]] = {}
    for one in situation.candidates:
        held = shown.get(one.row, {})
        wanted = dict(_proposal(one, report))
        if one.id in report.accepted:
            wanted[heading] = joined(str(held.get(heading) or ""), report.accepted[one.id])
            if Field.TAGS in layout.columns:
                over[one.id] = {heading: held.get(heading)}
        if one.id in report.refused:
            wanted[REFUSED_HEADING] = joined(str(held.get(REFUSED_HEADING) or ""), report.refused[one.id])
            if layout.column_of(REFUSED_HEADING) is not None:
                over.setdefault(one.id, {})[REFUSED_HEADING] = held.get(REFUSED_HEADING)
        different = {
            name: ViewCell(value=value, look=Look.TEXT)
            for name, value in wanted.items()
            if not same_value(value, held.get(name))
        }
        if different:
            cells[one.id] = different
    return Views(
        place=layout.place if cells else None,
        identities=identities_of(situation, set(cells)),
        columns=tuple(_columns(cells, situation)),
        cells=cells,
        only_over=over,
        tabs=() if report.has_rules_tab else (rules_tab(TAB),),
    )


def _proposal(one: Candidate, report: TagReport) -> Iterator[tuple[str, str | None]]:
    """What our columns say of a row: what is proposed, and a person has not just answered."""
    answered = {*report.accepted.get(one.id, ()), *report.refused.get(one.id, ())}
    found = [made for made in report.tagging.suggestions.get(one.row, ()) if made.tag not in answered]
    yield HEADING, "、".join(made.tag for made in found) or None
    yield REASON_HEADING, "\n".join(f"{made.tag}: {made.why(report.language)}" for made in found) or None


def _columns(cells: Mapping[str, Collection[str]], situation: Situation) -> Iterator[OwnColumn]:
    """Our columns, and HR's for tags where the sheet has none and a proposal was accepted."""
    used = {heading for names in cells.values() for heading in names}
    tags = situation.layout.heading_of(Field.TAGS)
    for heading in (HEADING, REASON_HEADING, REFUSED_HEADING):
        if heading in used:
            yield OwnColumn(heading=heading, width=_WIDTHS[heading])
    if tags in used and Field.TAGS not in situation.layout.columns:
        yield OwnColumn(heading=tags, width=_WIDTHS[HEADING])


def _shown(situation: Situation, headings: Collection[str]) -> _Shown:
    """What these columns hold now, by row."""
    layout = situation.layout
    at = {column: heading for heading in headings if (column := layout.column_of(heading)) is not None}
    if not at:
        return {}
    rows = situation.snapshot.tables[layout.place.tab].rows(set(at))
    return {row.number: {at[column]: value for column, value in row.cells.items()} for row in rows}
