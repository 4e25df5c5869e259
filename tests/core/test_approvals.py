from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.approvals import fold_agreements, letter_mark, person_of, plan_mark
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import Attachment, DeliveryKey, Letter, LetterKind
from tests.core.builders import candidate, event

KEY = DeliveryKey(candidate_id="C-0005", kind=LetterKind.REJECTION)
LETTER = Letter(template="standard.ja", language="ja", subject="結果", text="山田 太郎様", html="<p>山田 太郎様</p>")
FILE = Attachment(name="a.pdf", media_type="application/pdf", content=b"1")


def word(kind, mark="m1", actor="hanako", **more):
    return event(kind, reference=mark, actor=actor, **more)


def last(*events):
    return fold_agreements(events).get(KEY)


@pytest.mark.parametrize(
    "other",
    [
        letter_mark(candidate(name="山田 次郎"), LETTER),
        letter_mark(candidate(address="jiro@example.com"), LETTER),
        letter_mark(candidate(row=6, address="taro5@example.com"), LETTER),
        letter_mark(candidate(), replace(LETTER, template="reapply.ja")),
        letter_mark(candidate(), replace(LETTER, subject="採用")),
        letter_mark(candidate(), replace(LETTER, text="山田 太郎様 ")),
        letter_mark(candidate(), replace(LETTER, html="<p>山田</p>")),
        letter_mark(candidate(), LETTER, [FILE]),
    ],
)
def test_whatever_a_candidate_would_see_is_in_the_mark(other):
    assert other != letter_mark(candidate(), LETTER)


def test_another_content_under_the_same_file_name_is_another_letter():
    marks = {letter_mark(candidate(), LETTER, [replace(FILE, content=content)]) for content in (b"1", b"2")}

    assert len(marks) == 2


def test_text_cannot_move_from_one_part_to_the_next_unnoticed():
    one = letter_mark(candidate(), replace(LETTER, subject="ab", text="c"))
    other = letter_mark(candidate(), replace(LETTER, subject="a", text="bc"))

    assert one != other


def test_a_plan_is_its_letters_and_whoever_is_left_out_in_any_order():
    plan = plan_mark({"C-1": "a", "C-2": "b"}, ["C-3 on_hold"])

    assert plan == plan_mark({"C-2": "b", "C-1": "a"}, ["C-3 on_hold"])
    assert (
        len({plan, plan_mark({"C-1": "b", "C-2": "a"}, ["C-3 on_hold"]), plan_mark({"C-1": "a", "C-2": "b"}, [])}) == 3
    )
    assert plan_mark({"C-1": "a"}, []) != plan_mark({}, ["C-1 a"])


def test_the_last_word_about_a_letter_counts():
    assert last() is None
    assert last(word(EventKind.APPROVED)).is_approved
    assert not last(word(EventKind.APPROVED), word(EventKind.RECALLED)).is_approved
    assert last(word(EventKind.APPROVED, "m1"), word(EventKind.APPROVED, "m2")).mark == "m2"


def test_two_people_agree_when_another_one_answers_the_same_letter():
    proposed = word(EventKind.PROPOSED, actor="hanako (relay open, a)")

    assert last(proposed, word(EventKind.APPROVED, actor="taro")).by_two
    assert not last(proposed, word(EventKind.APPROVED, actor="Hanako (relay open, b)")).by_two
    assert not last(proposed, word(EventKind.APPROVED, "m2", actor="taro")).by_two
    assert not last(word(EventKind.APPROVED, actor="taro")).by_two
    assert not last(proposed).by_two


def test_what_was_taken_back_has_to_be_proposed_anew():
    proposed, recalled = word(EventKind.PROPOSED), word(EventKind.RECALLED)

    assert not last(proposed, recalled, word(EventKind.APPROVED, actor="taro")).by_two


def test_one_person_at_two_computers_is_one_person():
    assert person_of("Hanako (relay open, a)") == person_of("hanako (relay open, b)") == person_of(" hanako")
    assert person_of("hanako") != person_of("taro")


@pytest.mark.parametrize("kind", [EventKind.PROPOSED, EventKind.APPROVED, EventKind.RECALLED])
def test_no_delivery_depends_on_what_people_agreed_to(kind):
    before = fold([event(EventKind.PREPARED)])

    after = fold([event(EventKind.PREPARED, run="R2"), word(kind), word(kind, to="C-0009")])

    assert set(after.deliveries) == set(before.deliveries)
    assert after.delivery(KEY).state is before.delivery(KEY).state
    assert after.sent_at == ()


def test_a_run_in_stretches_is_one_run_for_what_is_usual():
    at = event(EventKind.SENT).at
    sent = [
        event(EventKind.SENT, to=f"C-{n}", run=run, claim_id=f"c{n}", at=at + timedelta(minutes=n))
        for n, run in enumerate(["R1.A", "R1.A", "R1.B", "R2"])
    ]

    assert fold(sent).letters_of_last_runs(10, LetterKind.REJECTION) == [3, 1]
