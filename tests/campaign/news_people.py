"""What people do that decides over news to them: in the sheet, by the link in a letter, by an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.errors import LogDamaged
from sheets_automation.core.log_rows import read_events
from sheets_automation.core.log_rows import to_row as event_row
from sheets_automation.core.model import Candidate, DeliveryKey, DeliveryState, LetterKind, Receipt
from sheets_automation.core.refusals import Refusal, address_mark
from sheets_automation.core.refusals import to_row as refusal_row
from sheets_automation.core.returns import Return, SentLetter, sent_letters
from sheets_automation.jobs.run import Run
from sheets_automation.ports import Facts
from sheets_automation.workbooks.memory import MemoryFile, MemoryWorkbook
from tests.campaign.news_truth import NEWS
from tests.campaign.schedule import ADDRESS, DECISION, LOG, NAME, NOTE, OPENING, Happening
from tests.campaign.sheet_edits import Cells, Dice, chosen_row, column_of, put, value_at, written
from tests.campaign.witness import LONG_AGO

_LETTER = "new_openings"
"""One that no campaign of these worlds sends, so that it stands in no other's way but by its date."""


def _apply_again(cells: Cells, dice: Dice) -> None:
    """A new row of the same person, who is in selection once more."""
    if row := chosen_row(cells, dice[0]):
        said = {heading: value_at(cells[row], c) for heading in (NAME, ADDRESS) if (c := column_of(cells, heading))}
        new = {**said, OPENING: "事務職", DECISION: "選考中", NEWS: "はい", NOTE: f"再応募{int(dice[1] * 999)}"}
        cells.append([])
        for heading, value in new.items():
            if (column := column_of(cells, heading)) is not None:
                put(cells[-1], column, value)


NEWS_EDITS = {
    Happening.WITHDRAW_CONSENT: written(NEWS, lambda _, __: "いいえ"),
    Happening.CLEAR_CONSENT: written(NEWS, lambda _, __: ""),
    Happening.APPLY_AGAIN: _apply_again,
}
NEWS_HAPPENINGS = (*NEWS_EDITS, Happening.REFUSE_BY_LINK, Happening.ANSWER)


@dataclass(slots=True)
class Records:
    """What was said and taken in, and stands in no column: by address."""

    file: MemoryFile
    refused: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    written_lately: set[str] = field(default_factory=set)
    _facts: int = 0

    def write_down(self, facts: Facts) -> None:
        """Another run appends what it has taken in."""
        MemoryWorkbook(self.file).append(facts)

    def refuse(self, address: str, at: datetime, source: str) -> None:
        """Somebody wants no letters any more, and it was taken in."""
        self.refused.add(address)
        refusal = Refusal(fact_id=self.next_id(), at=at, mark=address_mark(address), source=source)
        self.write_down({"連絡停止記録": [refusal_row(refusal)]})

    def answer(self, dice: float, at: datetime) -> bool:
        """Somebody answers one of the letters that left, and the inbox was looked into."""
        letters = self._letters()
        if letters:
            letter = letters[int(dice * len(letters))]
            self.answered.add(letter.to_address)
            found = Return(kind=EventKind.REPLIED, letter=letter, at=at, reference=self.next_id(), detail="")
            self.write_down({LOG: [event_row(_run(f"S{self._facts}", at).returned(found))]})
        return bool(letters)

    def remember(self, letters: Sequence[tuple[Candidate, int]], now: datetime, carrier: str) -> None:
        """Letters that left so many days ago."""
        run = _run(LONG_AGO, now)
        for number, (one, days) in enumerate(letters):
            claim = DeliveryEvent(
                event_id=run.next_event_id(),
                at=now - timedelta(days=days),
                run_id=run.id,
                key=DeliveryKey(candidate_id=one.id, kind=LetterKind.FOLLOW_UP),
                kind=EventKind.PREPARED,
                carrier=carrier,
                reference=f"old{number}",
                to_address=one.address.value or "",
                template=f"{_LETTER}.ja",
                detail="新しい求人のご案内: ",
            )
            end = replace(run.outcome(claim, Receipt(state=DeliveryState.SENT)), at=claim.at)
            self.write_down({LOG: [event_row(claim), event_row(end)]})

    def next_id(self) -> str:
        """Of a fact."""
        self._facts += 1
        return f"F{self._facts}"

    def _letters(self) -> Sequence[SentLetter]:
        try:
            return sent_letters(read_events(MemoryWorkbook(self.file).read().tables.get(LOG)))
        except LogDamaged:  # who looks into the inbox would be told the same
            return ()


def _run(name: str, at: datetime) -> Run:
    return Run(id=name, clock=lambda: at, new_code=str)
