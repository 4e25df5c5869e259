"""What must have become of each row, whatever keeps the sheet and whatever carries the letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.poison.company import INNOCENTS, innocent_address, rows_of
from tests.poison.kind import Kind, LeftOut, NobodySent, Refused, Sent
from tests.poison.ledger import Arrived, check_letter
from tests.poison.said import Said


def expected_letters(kind: Kind, store: str) -> dict[str, str]:
    """Name by address of everybody who is to get a letter."""
    outcome = kind.outcome(store)
    if isinstance(outcome, NobodySent | Refused):
        return {}
    expected = dict(INNOCENTS)
    if isinstance(outcome, LeftOut) and outcome.takes_along:
        del expected[innocent_address(outcome.takes_along)]
    if isinstance(outcome, Sent):
        expected[outcome.address] = outcome.name
    return expected


def check_letters(letters: Sequence[Arrived], expected: dict[str, str], more_fields: Sequence[str] = ()) -> None:
    """Fail unless these people got one letter each, their own, and nobody else got any."""
    assert Counter(letter.envelope for letter in letters) == Counter((address,) for address in expected)
    for letter in letters:
        [address] = letter.envelope
        check_letter(letter, more_fields=more_fields, name=expected[address], address=address)


def check_outcome(kind: Kind, sent: Said, store: str) -> None:
    """Fail unless the document says of the poisoned row what its kind says, and of nobody else anything."""
    outcome = kind.outcome(store)
    if isinstance(outcome, Refused):
        assert sent.error == outcome.error
        return
    assert not sent.error
    told = sent.document.get("not_shown", {"name": ""})["name"]
    assert told == (kind.told if store == "excel" else "")
    reasons = Counter(one["reason"] for one in sent.document["skipped"])
    match outcome:
        case LeftOut(reason, takes_along):
            assert reasons == {reason: 2 if takes_along else 1}
        case NobodySent(reason):
            assert reasons == {reason: len(rows_of(kind))}
        case _:
            assert not reasons


def check_second_run(kind: Kind, again: Said, store: str) -> None:
    """Fail unless a second run sends nothing, and ends as the first."""
    outcome = kind.outcome(store)
    expected = (0, outcome.error) if isinstance(outcome, Refused) else (0, "")
    assert (again.document["sent"], again.error) == expected
