"""What the log says of all letters at once, in which words, and which letter of a kind comes next."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import DeliveryKey, LetterKind
from tests.core.builders import NOW, ended, event

NEWS = DeliveryKey(candidate_id="C-0005", kind=LetterKind.FOLLOW_UP)


def test_the_words_in_the_tab_are_for_ever():
    assert {kind.name: kind.value for kind in EventKind} == {
        "PREPARED": "準備",
        "SENT": "送信",
        "FAILED": "失敗",
        "REFUSED": "宛先拒否",
        "WITHDRAWN": "取消",
        "UNCERTAIN": "不明",
        "SETTLED_SENT": "確認(送信済み)",
        "SETTLED_AGAIN": "確認(送り直す)",
        "REOPENED": "改めて通知",
        "BOUNCED": "不達",
        "REPLIED": "返信",
        "LOST": "記録なし",
        "HELD": "保留",
        "RELEASED": "保留解除",
        "REBUILT": "記録の復元",
        "ERASED": "消去",
        "PROPOSED": "提案",
        "APPROVED": "承認",
        "RECALLED": "承認取消",
        "FROZEN": "送信停止",
        "THAWED": "停止解除",
    }


def test_the_last_word_about_all_sending_counts():
    frozen, again = event(EventKind.FROZEN, to="-"), event(EventKind.FROZEN, to="-")
    thawed = event(EventKind.THAWED, to="-")

    assert fold([]).frozen is None
    assert fold([frozen]).frozen is frozen
    assert fold([frozen, thawed]).frozen is None
    assert fold([frozen, thawed, again]).frozen is again


def test_a_word_about_all_sending_or_an_erasure_is_no_letter():
    log = fold([event(kind, to="-") for kind in (EventKind.FROZEN, EventKind.THAWED, EventKind.ERASED)])

    assert (log.deliveries, log.cycles) == ({}, {})


def test_the_log_knows_with_which_keys_and_when_last_somebody_was_erased():
    first, last = NOW - timedelta(days=9), NOW - timedelta(days=2)
    erasures = [("old", first), ("new", first), ("new", last)]

    log = fold(event(EventKind.ERASED, to="-", reference=name, at=at) for name, at in erasures)

    assert log.erased_with == {"old": first, "new": last}


def news(kind, claim=None):
    """An event about the first follow-up."""
    made = event(kind) if claim is None else ended(claim, kind)
    return replace(made, key=NEWS)


@pytest.mark.parametrize(
    ("kinds", "cycle"),
    [
        ([], 1),
        ([EventKind.FAILED], 1),
        ([EventKind.UNCERTAIN], 1),
        ([EventKind.SENT], 2),
        ([EventKind.SENT, EventKind.BOUNCED], 2),
    ],
)
def test_a_follow_up_that_has_left_is_followed_by_another(kinds, cycle):
    claim = news(EventKind.PREPARED)
    log = fold([claim, *(news(kind, claim) for kind in kinds)])

    assert log.current_key("C-0005", LetterKind.FOLLOW_UP) == replace(NEWS, cycle=cycle)


def test_a_result_that_has_left_is_the_last():
    claim = event(EventKind.PREPARED)

    key = fold([claim, ended(claim, EventKind.SENT)]).current_key("C-0005", LetterKind.REJECTION)

    assert key == claim.key


def test_what_other_runs_sent_is_counted_by_kind():
    result, follow_up = event(EventKind.PREPARED), news(EventKind.PREPARED)
    log = fold([result, ended(result, EventKind.SENT), follow_up, news(EventKind.SENT, follow_up)])

    assert log.letters_of_last_runs(5, LetterKind.REJECTION) == [1]
    assert log.letters_of_last_runs(5, LetterKind.FOLLOW_UP) == [1]
    assert log.letters_of_last_runs(5, LetterKind.APOLOGY) == []
