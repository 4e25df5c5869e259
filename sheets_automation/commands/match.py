"""`relay match`: past candidates for an opening, with reasons and a ready letter. Writes nothing, sends nothing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, Answer
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.tag_texts import said
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.rediscovery_opening import LONGEST, Opening, opening_from_text
from sheets_automation.jobs.match import Match, Shortlist, find_matches, left_out_by_reason
from sheets_automation.text_index import bm25
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console

_FILES = frozenset({".txt", ".md"})


def run(arguments: argparse.Namespace) -> Answer:
    """Look for people."""
    office = Office.open(arguments.config, arguments.workbook)
    wanted = opening_wanted(arguments.opening)
    with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
        snapshot = workbook.read()
        desk = office.open_desk(snapshot)
        found = find_matches(snapshot, desk, bm25, wanted=wanted, top=arguments.top, now=office.clock())
    language = arguments.lang
    return Answer(
        document={"workbook": arguments.workbook, **document_of(found, language)},
        show=lambda console: _show(console, found, language),
        exit_code=DONE,
    )


def opening_wanted(text: str) -> str | Opening:
    """The opening in a file; anything else is a name or words.

    Raises ConfigurationError for a file nobody can read, and for an opening that says nothing.
    """
    path = Path(text)
    if path.suffix.lower() not in _FILES:
        _refuse_blank(text)
        return text
    try:
        said = _decoded(path.read_bytes()[: LONGEST * 4])
    except OSError as error:
        raise ConfigurationError(
            f"求人のファイル「{path}」が読めません。場所と名前を確かめてください。",
            f"The file {path} of the opening cannot be read. Check where it is.",
        ) from error
    _refuse_blank(said)
    return opening_from_text(said)


def _refuse_blank(said: str) -> None:
    if not said.strip():
        raise ConfigurationError(
            "求人に何も書かれていません。求人名か、求める経験の言葉を書いてください。",
            "The opening says nothing. Write its name, or words for what it asks for.",
        )


def _decoded(content: bytes) -> str:
    """Text of any of the encodings that Windows writes."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def document_of(found: Shortlist, language: str) -> dict[str, Any]:
    """A shortlist for programs and for the page."""
    return {
        "opening": found.opening.title,
        "asked": [one.name for one in found.opening.requirements],
        "nice": sorted(found.opening.nice),
        "pool": found.pool,
        "found": found.found,
        "reads_profiles": found.reads_profiles,
        "matches": [_match(one, language) for one in found.matches],
        "left_out": [
            {"reason": reason, "people": people, "text": text}
            for reason, text, people in left_out_by_reason(found, language)
        ],
    }


def _match(one: Match, language: str) -> dict[str, Any]:
    row = one.candidate
    return {
        "candidate_id": row.id,
        "row": row.row,
        "name": row.name,
        "score": one.fit.score,
        "reasons": [remark.text(language) for remark in one.reasons],
        "against": [remark.text(language) for remark in one.against],
        "held_back": any(remark.holds_back for remark in one.against),
        "last_contact": one.last_contact.date().isoformat() if one.last_contact else None,
        "letter": _letter(one),
        "letter_problem": one.letter_problem,
    }


def _letter(one: Match) -> dict[str, str] | None:
    if one.letter is None or isinstance(one.letter, Finding):
        return None
    letter = one.letter
    return {"to": one.candidate.address.value or "", "subject": letter.subject, "text": letter.text}


def _show(console: Console, found: Shortlist, language: str) -> None:
    for line in _lines(found, language):
        console.print(Sentence(line))


def _lines(found: Shortlist, language: str) -> Iterator[str]:
    key = "found" if found.found else "none_found"
    yield said(key, language, opening=found.opening.title, n=found.found, pool=found.pool)
    if not found.reads_profiles:
        yield said("profile_missing", language)
    for place, one in enumerate(found.matches, start=1):
        row = one.candidate
        yield said("person", language, place=place, name=row.name, id=row.id, row=row.row)
        yield from (said("for", language, text=remark.text(language)) for remark in one.reasons)
        if one.last_contact is not None:
            yield said("contact", language, day=f"{one.last_contact:%Y/%m/%d}")
        yield from (said("against", language, text=remark.text(language)) for remark in one.against)
        if letter := _letter(one):
            yield said("letter_ready", language, subject=letter["subject"])
        elif one.letter_problem:
            yield said("letter_not_ready", language, detail=one.letter_problem)
    if found.left_out:
        reasons = (
            said("left_out_for", language, text=text.rstrip("."), people=people)
            for _, text, people in left_out_by_reason(found, language)
        )
        yield said("left_out", language, counts=("、" if language == "ja" else "; ").join(reasons))
    yield said("sends_nothing", language)
