"""What each guard tells people: the facts that they need to act, in the sentence that 要確認 shows."""

from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.guards import first_finding
from sheets_automation.core.model import Contradiction, Decision
from sheets_automation.core.sentences import Skipped
from tests.core.builders import NOW, candidate, ended, event, scene

DENIED = Contradiction(decision_heading="選考結果", other_heading="ステータス", other_word="内定")


def told(kind, **more):
    """The scene after this ending of a letter to row 5."""
    claim = event(EventKind.PREPARED, to_address="taro5@example.com")
    return scene(claim, ended(claim, kind, **more))


def failed(times):
    claims = [event(EventKind.PREPARED, run=f"R{n}") for n in range(times)]
    return scene(*(one for claim in claims for one in (claim, ended(claim, EventKind.FAILED))))


def told_under_another_id(kind=EventKind.SENT, **more):
    claim = event(EventKind.PREPARED, to="C-OLD", to_address="taro5@example.com")
    return scene(claim, ended(claim, kind, **more))


def beside(**other):
    """The scene in which row 5 has a sibling in row 9, and another in row 12."""
    return scene(siblings={5: (candidate(row=9, **other), candidate(row=12, **other))})


SAID = [
    (candidate(decision=Decision.UNKNOWN, decision_text="不採用？"), scene(), "選考結果「不採用？」は"),
    (candidate(), told(EventKind.SENT), "2026/11/24 に通知済みです。"),
    (candidate(), told(EventKind.UNCERTAIN), "2026/11/24 9:00 の通知が届いたかどうか"),
    (candidate(), told(EventKind.REFUSED, detail="550 5.1.1"), "この宛先を拒否しました(550 5.1.1)"),
    (candidate(), failed(3), "3 回続けて"),
    (candidate(), failed(4), "4 回続けて"),
    (candidate(tags=("スキル強", "保留")), scene(), "タグ「保留」が"),
    (candidate(), told_under_another_id(), "2026/11/24 に通知済みです(候補者ID C-OLD)"),
    (candidate(), beside(decision=Decision.OFFERED, decision_text="内々定"), "(行 9, 12)が「内々定」です"),
    (candidate(), beside(decision=Decision.IN_SELECTION, decision_text=""), "(行 9, 12)が「選考中」です"),
    (candidate(decided_at=NOW - timedelta(hours=5)), scene(), "2026/11/25 5:00 以降に送ります"),
    (candidate(decided_at=NOW - timedelta(days=400)), scene(), "180 日より前の結果です"),
]


@pytest.mark.parametrize(("one", "view", "words"), SAID)
def test_the_sentence_names_what_a_person_needs_to_know(one, view, words):
    finding = first_finding(one, view)

    assert words in Skipped(candidate=one, reason=finding.reason, facts=finding.facts).text("ja")


def test_the_first_living_application_names_the_word_and_all_of_them_the_rows():
    view = scene(
        siblings={
            5: (
                candidate(row=7, decision=Decision.WITHDRAWN),
                candidate(row=9, decision=Decision.OFFERED, decision_text="内定"),
                candidate(row=12, decision=Decision.IN_SELECTION, decision_text="一次面接"),
            )
        }
    )

    assert first_finding(candidate(), view).facts == {"rows": "9, 12", "value": "内定"}


def test_a_rejection_that_only_another_column_knows_names_both_columns():
    one = candidate(decision=Decision.IN_SELECTION, decision_text="選考中", contradiction=DENIED)

    assert first_finding(one, scene()).facts["other_heading"] == "ステータス"


@pytest.mark.parametrize(
    ("decision", "text"), [(Decision.OFFERED, "内定"), (Decision.HIRED, "採用"), (Decision.UNKNOWN, "保留？")]
)
def test_a_row_that_two_columns_tell_differently_is_a_matter_for_a_person(decision, text):
    one = candidate(decision=decision, decision_text=text, contradiction=DENIED)

    said = Skipped(candidate=one, reason=first_finding(one, scene()).reason, facts=first_finding(one, scene()).facts)

    assert f"「選考結果」は「{text}」、「ステータス」は「内定」" in said.text("ja")
    assert f"“選考結果” says “{text}”" in said.text("en")
