"""Whatever stands in the workbook and in the file: nothing typed is lost, twice is once, and undone is as it was."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.imports.house import HEADINGS, TAB, Team, csv_of, sheet
from tests.workbooks.test_memory import MemoryStore

NAMES = ["佐藤 花子", "山田 花子", "佐藤花子", "髙橋 一郎", "高橋 一郎", "ﾀｶﾊｼ ｲﾁﾛｳ", "Taro Yamada", ""]
ADDRESSES = ["a@example.com", "A+x@example.com", "a@example.net", "b@example.com", "not an address", ""]
PHONES = ["090-1234-5678", "+81 90 1234 5678", "090-1234-5679", "090-1111-1111", ""]
OPENINGS = ["営業職", "開発職", ""]
DAYS = ["2026/11/20", "2026-11-21", "2024/1/5", "令和8年11月20日", "そのうち", ""]
MEDIA = ["Indeed", "エージェント", "=1+1", ""]
lines = st.tuples(*map(st.sampled_from, (NAMES, ADDRESSES, PHONES, OPENINGS, DAYS, MEDIA)))
rows = st.lists(lines, max_size=6)
FIELDS = ("氏名", "メールアドレス", "電話番号", "応募職種", "応募日", "応募媒体")


def team_of(existing, folder) -> Team:
    """A workbook with these rows, with ids where they name somebody."""
    made = [{"候補者ID": f"C-{n}", **dict(zip(FIELDS, one, strict=True))} for n, one in enumerate(existing)]
    return Team(MemoryStore({TAB: sheet(*made)}), Path(folder))


def cells(team):
    """Every cell that holds anything, by id and heading; empty rows do not count."""
    return {row.get("候補者ID", n): row for n, row in enumerate(team.rows())}


@settings(max_examples=40)
@given(existing=rows, first=rows, second=rows)
def test_nothing_that_was_typed_is_ever_lost_or_changed(existing, first, second):
    with tempfile.TemporaryDirectory() as folder:
        team = team_of(existing, folder)
        typed = cells(team)

        team.take_in(team.file(csv_of(*first)))
        team.take_in(team.file(csv_of(*second)))

        for one, row in typed.items():
            assert row.items() <= cells(team)[one].items()


SHARED = [
    ("佐藤 花子", "a@example.net", "090-1234-5678", "営業職", "2026/11/20", "Indeed"),
    ("佐藤 花子", "a@example.com", "090-1234-5678", "営業職", "2026/11/20", "Indeed"),
    ("山田 花子", "a@example.com", "090-1234-5679", "営業職", "2026/11/20", "Indeed"),
]


@settings(max_examples=40)
@given(existing=rows, lines=rows)
@example(existing=[], lines=SHARED)  # the second is refused, and must not become a question when the file comes again
def test_the_same_file_again_writes_nothing(existing, lines):
    with tempfile.TemporaryDirectory() as folder:
        team = team_of(existing, folder)
        file = team.file(csv_of(*lines))
        team.take_in(file)
        before = team.store.look()

        report = team.take_in(file)

        assert report.plan.is_empty
        assert team.store.look() == before


@settings(max_examples=40)
@given(existing=rows, first=rows, second=rows)
def test_imports_undone_last_first_leave_the_workbook_as_it_was(existing, first, second):
    with tempfile.TemporaryDirectory() as folder:
        team = team_of(existing, folder)
        before = cells(team)
        done = [team.take_in(team.file(csv_of(*some))) for some in (first, second)]

        for report in reversed(done):
            if report.import_id:
                team.undo(report.import_id)

        assert cells(team) == before


@settings(max_examples=40)
@given(existing=rows, lines=rows, word=st.sampled_from(["はい", "いいえ"]))
def test_every_question_that_is_answered_is_settled_in_the_end(existing, lines, word):
    with tempfile.TemporaryDirectory() as folder:
        team = team_of(existing, folder)
        file = team.file(csv_of(*lines))

        for _ in range(12):  # an answer may lead to the next question: who, which application, which values
            if team.take_in(file).plan.is_empty and not team.questions():
                break
            if team.questions():
                team.answers(word)
        report = team.take_in(file)

        assert team.questions() == []
        assert (report.plan.is_empty, report.plan.questions) == (True, [])


def test_the_headings_of_the_house_are_those_of_the_tests():
    assert set(FIELDS) <= set(HEADINGS)
