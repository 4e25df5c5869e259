"""Consent: a person's word that somebody agrees to follow-ups, or no longer does; and who agrees as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheets_automation.core.consents import Consent, ConsentWord, fold_consents, mark_of, read_consents, to_row
from sheets_automation.core.errors import WorkbookError
from sheets_automation.core.rules import TabNames
from sheets_automation.core.views import Views
from sheets_automation.jobs.import_candidates import identities_of
from sheets_automation.jobs.plan import refuse_unknown
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import OpenDesk, Situation, sit_down
from sheets_automation.ports import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What somebody said, and how we know."""

    agrees: bool
    source: str = ""
    wording: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one row stands."""

    candidate_id: str
    row: int
    agrees: bool
    refused: bool
    """Asked for no letters at all, which counts more."""
    fact: Consent | None
    """What is on record; None where only the sheet says it so far."""


def list_consents(workbook: Workbook, open_desk: OpenDesk) -> tuple[Standing, ...]:
    """Everybody of whom the sheet or the record says something that counts."""
    desk, situation = sit_down(workbook, open_desk)
    return standings(situation, desk.rules.tabs)


def standings(situation: Situation, tabs: TabNames) -> tuple[Standing, ...]:
    """Where each row stands of which the sheet or the record says something that counts."""
    known = fold_consents(read_consents(situation.snapshot.tables.get(tabs.consents)))
    return tuple(
        Standing(
            candidate_id=one.id,
            row=one.row,
            agrees=one.news is True and not one.opted_out,
            refused=one.opted_out,
            fact=known.about(one),
        )
        for one in situation.candidates
        if one.news is not None
    )


def record_consents(workbook: Workbook, open_desk: OpenDesk, run: Run, ids: Sequence[str], word: Word) -> int:
    """Append what was said; the number of facts. Raises WorkbookError for a row without an address."""
    desk, situation = sit_down(workbook, open_desk)
    refuse_unknown(ids, situation)
    rows = {one.id: one for one in situation.candidates}
    facts = []
    for candidate_id in dict.fromkeys(ids):
        candidate = rows.get(candidate_id)
        if candidate is None or not (mark := mark_of(candidate)):
            raise WorkbookError(
                f"候補者ID {candidate_id} の行に、使えるメールアドレスがありません。先に直してください。",
                f"The row of {candidate_id} has no usable address; correct it first.",
            )
        facts.append(
            Consent(
                fact_id=run.next_referral_event_id(),
                at=run.clock(),
                word=ConsentWord.GIVEN if word.agrees else ConsentWord.WITHDRAWN,
                mark=mark,
                candidate_id=candidate_id,
                wording=word.wording if word.agrees else "",
                source=word.source,
                actor=run.actor,
            )
        )
    said = {desk.rules.tabs.consents: [to_row(fact) for fact in facts]}
    # A withdrawal holds for the id, which would follow from the address where the row has none yet.
    if named := identities_of(situation, set(ids)):
        workbook.show(Views(place=situation.layout.place, identities=named), said)
    else:
        workbook.append(said)
    return len(facts)
