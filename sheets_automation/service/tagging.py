"""Tags on the page: what HR's rules propose and why, and a person's word on it, by the job of `relay tag`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sheets_automation.core.layout import Layout, cell_name
from sheets_automation.core.tagging_rules import RuleProblem
from sheets_automation.jobs.situation import understand
from sheets_automation.jobs.tag import Named, TagReport, look_at_tags, show_tags
from sheets_automation.service import tag_documents as t
from sheets_automation.service.house import House, Room

_MOST_SHOWN = 2_000


def tags_document(room: Room) -> t.TagsDocument:
    """Say what the rules propose; writes nothing."""
    with room.reading() as workbook:
        report = look_at_tags(workbook, room.office.look_at_desk, room.office.new_run())
        snapshot = workbook.read()
        layout = understand(snapshot, room.office.look_at_desk(snapshot).rules).layout
        link = workbook.link_to(layout.place.tab)
    proposals = list(_proposals(report, layout, link, room.language))
    return t.TagsDocument(
        people=len({one.candidate_id for one in proposals}),
        proposals=proposals[:_MOST_SHOWN],
        tidy=[
            t.TidyLine(label=one.label, instead=one.instead, people=one.people, why=one.why(room.language))
            for one in report.tidyings
        ],
        problems=[_trouble(one, room.language) for one in report.problems],
        resting=[_trouble(one, room.language) for one in report.tagging.resting],
    )


def answer_tags(house: House, room: Room, said: t.TagsAnswered) -> t.TagsWritten:
    """Add what is accepted to HR's column, and note what is refused; what is no longer proposed is passed over."""
    with house.pen(room.workbook), room.writing() as workbook:
        run = room.office.new_run()
        report = show_tags(workbook, room.office.look_at_desk, run, _named(said.accept), _named(said.refuse))
    return t.TagsWritten(
        accepted=sum(map(len, report.accepted.values())),
        refused=sum(map(len, report.refused.values())),
        kept=report.kept.text(room.language) if report.kept is not None else None,
        tags=tags_document(room),
    )


def _named(said: Collection[t.TagNamed]) -> Named:
    pairs = {(one.candidate_id, one.tag) for one in said}
    return lambda candidate, tag: (candidate.id, tag) in pairs


def _proposals(report: TagReport, layout: Layout, link: str, language: str) -> Iterator[t.ProposedTag]:
    for one in report.candidates:
        for made in report.tagging.suggestions.get(one.row, ()):
            yield t.ProposedTag(
                candidate_id=one.id,
                row=one.row,
                link=f"{link}&range={cell_name(one.row, layout.place.name_column)}" if link else None,
                name=one.name,
                opening=one.opening,
                tag=made.tag,
                why=made.why(language),
            )


def _trouble(one: RuleProblem, language: str) -> t.RuleTrouble:
    return t.RuleTrouble(where=one.where, text=one.text(language))
