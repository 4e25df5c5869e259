"""Who got what since a moment, by the log alone."""

from datetime import timedelta

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.incident import letters_since
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.model import DeliveryKey, DeliveryState, LetterKind
from tests.core.builders import NOW, ended, event

LATER = NOW + timedelta(hours=1)
BEFORE = NOW - timedelta(hours=1)


def claim(to="C-0005", at=NOW, **fields):
    return event(EventKind.PREPARED, to=to, at=at, **fields)


def test_a_letter_is_listed_with_its_address_when_it_left_or_may_have():
    one, two, three = claim("C-0001"), claim("C-0002"), claim("C-0003")
    events = [one, two, three, ended(one, EventKind.SENT), ended(two, EventKind.UNCERTAIN)]

    found = sorted(letters_since(events, BEFORE), key=lambda letter: letter.claim.event_id)

    assert [(letter.claim.key.candidate_id, letter.state) for letter in found] == [
        ("C-0001", DeliveryState.SENT),
        ("C-0002", DeliveryState.UNCERTAIN),
        ("C-0003", DeliveryState.PREPARED),
    ]


def test_what_surely_did_not_leave_is_not_listed():
    claims = [claim(f"C-000{n}") for n in range(3)]
    ends = (EventKind.FAILED, EventKind.REFUSED, EventKind.WITHDRAWN)

    assert letters_since([*claims, *(ended(c, e) for c, e in zip(claims, ends, strict=True))], BEFORE) == ()


def test_only_what_left_within_the_span_is_listed():
    early, late = claim("C-0001"), claim("C-0002")
    events = [early, late, ended(early, EventKind.SENT, at=NOW), ended(late, EventKind.SENT, at=LATER)]

    assert [letter.at for letter in letters_since(events, LATER)] == [LATER]
    assert [letter.at for letter in letters_since(events, NOW, LATER - timedelta(seconds=1))] == [NOW]


def test_a_bounce_and_an_answer_are_told_and_the_moment_stays_that_of_the_letter():
    one = claim()
    back = [ended(one, EventKind.BOUNCED, at=LATER), ended(one, EventKind.REPLIED, at=LATER)]

    (found,) = letters_since([one, ended(one, EventKind.SENT, at=NOW), *back], NOW)

    assert (found.state, found.at, found.replied_at) == (DeliveryState.BOUNCED, NOW, LATER)


def test_an_apology_is_no_part_of_what_happened():
    key = DeliveryKey(candidate_id="C-0001", kind=LetterKind.APOLOGY)
    one = claim(key=key)

    assert letters_since([one, ended(one, EventKind.SENT)], BEFORE) == ()
    assert to_row(one)["種類"] == "apology"


def test_each_letter_to_somebody_has_an_apology_of_its_own():
    first, second = claim("C-0001"), claim("C-0001")
    events = [first, ended(first, EventKind.SENT), second, ended(second, EventKind.SENT)]

    keys = {letter.apology_key for letter in letters_since(events, BEFORE)}

    assert {key.candidate_id for key in keys} == {"C-0001", "C-0001-L2"}
