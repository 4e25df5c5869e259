"""The words of the decision column: whole words only, and what a second column may and may not deny."""

import pytest

from sheets_automation.core.cells import folded
from sheets_automation.core.decisions import DECISION_WORDS, contradict
from sheets_automation.core.model import Decision

ALIVE = [Decision.IN_SELECTION, Decision.OFFERED, Decision.HIRED]


@pytest.mark.parametrize(
    ("word", "decision"),
    [
        ("不採用", Decision.REJECTED),
        ("Rejected", Decision.REJECTED),
        ("選考中", Decision.IN_SELECTION),
        ("保留", Decision.IN_SELECTION),
        ("合格", Decision.IN_SELECTION),
        ("active", Decision.IN_SELECTION),
        ("一次面接", Decision.IN_SELECTION),
        ("面接調整中", Decision.IN_SELECTION),
        ("書類通過", Decision.IN_SELECTION),
        ("内定", Decision.OFFERED),
        ("offered", Decision.OFFERED),
        ("採用", Decision.HIRED),
        ("hired", Decision.HIRED),
        ("辞退", Decision.WITHDRAWN),
        ("不採用(辞退)", Decision.WITHDRAWN),
        ("withdrew", Decision.WITHDRAWN),
        ("対象外", Decision.NOT_CONSIDERED),
        ("duplicate", Decision.NOT_CONSIDERED),
    ],
)
def test_a_word_stands_for_one_decision(word, decision):
    assert DECISION_WORDS[folded(word)] is decision


@pytest.mark.parametrize("word", ["不採用？", "不採用予定", "採用見込み", "内定取消", ""])
def test_a_word_that_only_contains_another_is_unknown(word):
    assert folded(word) not in DECISION_WORDS


@pytest.mark.parametrize(
    ("other", "word"),
    [
        (Decision.OFFERED, "内定"),
        (Decision.HIRED, "採用"),
        (Decision.IN_SELECTION, "選考中"),
        (Decision.IN_SELECTION, "合格"),
        (Decision.IN_SELECTION, "保留"),
        (Decision.WITHDRAWN, "辞退"),
        (Decision.NOT_CONSIDERED, "対象外"),
    ],
)
def test_a_rejection_is_denied_by_a_word_that_says_another_end_or_none(other, word):
    assert contradict(Decision.REJECTED, other, folded(word))


@pytest.mark.parametrize(
    ("other", "word"),
    [
        (Decision.REJECTED, "お見送り"),
        (Decision.UNKNOWN, "書類×"),
        (Decision.IN_SELECTION, "応募"),
        (Decision.IN_SELECTION, "一次面接"),
        (Decision.IN_SELECTION, "面接済み"),
        (Decision.IN_SELECTION, "対応中"),
        (Decision.IN_SELECTION, "interview"),
        (Decision.IN_SELECTION, ""),
    ],
)
def test_a_rejection_is_not_denied_by_how_far_it_went(other, word):
    assert not contradict(Decision.REJECTED, other, folded(word))


@pytest.mark.parametrize("decision", ALIVE)
def test_a_rejection_that_only_another_column_knows_contradicts_whoever_is_alive(decision):
    assert contradict(decision, Decision.REJECTED, "不採用")
    assert not contradict(decision, Decision.OFFERED, "内定")


@pytest.mark.parametrize("decision", [Decision.WITHDRAWN, Decision.NOT_CONSIDERED, Decision.UNKNOWN])
def test_whoever_is_out_anyway_is_not_contradicted_by_a_rejection(decision):
    assert not contradict(decision, Decision.REJECTED, "不採用")
