"""Past candidates for an opening, on the page: it takes a name or words, and never a file of this computer."""

from __future__ import annotations

from sheets_automation.core.guard_scene import Finding
from sheets_automation.jobs.match import Match, find_matches, left_out_by_reason
from sheets_automation.service import match_documents as m
from sheets_automation.service.house import Room
from sheets_automation.text_index import bm25


def match_document(room: Room, opening: str, top: int) -> m.MatchDocument:
    """Look for people; writes nothing and sends nothing."""
    with room.reading() as workbook:
        snapshot = workbook.read()
        desk = room.office.look_at_desk(snapshot)
        found = find_matches(snapshot, desk, bm25, wanted=opening, top=top, now=room.office.clock())
    return m.MatchDocument(
        opening=found.opening.title,
        asked=[one.name for one in found.opening.requirements],
        nice=sorted(found.opening.nice),
        pool=found.pool,
        found=found.found,
        reads_profiles=found.reads_profiles,
        matches=[_line(one, room.language) for one in found.matches],
        left_out=[
            m.LeftOutLine(reason=reason, people=people, text=text)
            for reason, text, people in left_out_by_reason(found, room.language)
        ],
    )


def _line(one: Match, language: str) -> m.MatchLine:
    row = one.candidate
    return m.MatchLine(
        candidate_id=row.id,
        row=row.row,
        name=row.name,
        score=one.fit.score,
        reasons=[remark.text(language) for remark in one.reasons],
        against=[remark.text(language) for remark in one.against],
        held_back=any(remark.holds_back for remark in one.against),
        last_contact=one.last_contact.date().isoformat() if one.last_contact else None,
        letter=_letter(one),
        letter_problem=one.letter_problem,
    )


def _letter(one: Match) -> m.InvitationShown | None:
    if one.letter is None or isinstance(one.letter, Finding):
        return None
    return m.InvitationShown(to=one.candidate.address.value or "", subject=one.letter.subject, text=one.letter.text)
