"""Files that are broken, hostile, or none at all: refused with a sentence, line by line where that is enough."""

import zipfile
from io import BytesIO

import pytest

from sheets_automation.core.errors import ImportUnreadable, SheetsAutomationError
from sheets_automation.core.importing.refusals import LineReason
from tests.imports.house import TAB, csv_of, sheet

SATO = ("佐藤 花子", "hanako@example.com", "090-1234-2222", "営業職", "2026/11/20", "求人媒体")


def bomb() -> bytes:
    """A workbook of a few kilobytes that would be gigabytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>" + b" " * 300_000_000)
    return out.getvalue()


FILES = {
    "empty": b"",
    "only_blanks": b"\n\n  \n",
    "zeros": bytes(4096),
    "an_old_workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "a_pdf": b"%PDF-1.7\n1 0 obj",
    "a_cut_workbook": b"PK\x03\x04" + bytes(100),
    "a_quote_without_an_end": csv_of(SATO).encode() + '山田,"a@example.com,'.encode(),
    "text_behind_a_quote": csv_of(('"佐藤"花子', *SATO[1:])).encode(),
    "bytes_of_no_encoding": "氏名,メールアドレス\n".encode() + b"\x81\xff\xfe\x80,\xff",
    "no_headings": b"1,2,3\n4,5,6\n",
    "a_bomb": bomb(),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_none_is_refused_and_nothing_is_written(memory, kind):
    team = memory({TAB: sheet()})
    before = team.store.look()

    with pytest.raises(ImportUnreadable) as refused:
        team.take_in(team.file(FILES[kind]))

    assert refused.value.ja
    assert team.store.look() == before


def test_a_file_that_is_not_there_is_refused(memory, tmp_path):
    with pytest.raises(ImportUnreadable):
        memory({TAB: sheet()}).take_in(tmp_path / "missing.csv")


def test_one_unreadable_file_stops_all_before_anything_is_written(memory):
    team = memory({TAB: sheet()})

    with pytest.raises(SheetsAutomationError):
        team.take_in(team.file(csv_of(SATO)), team.file(b"", "empty.csv"))

    assert team.rows() == []


LINES = {
    LineReason.NAMES_NOBODY: ("", "", "", "営業職", "2026/11/20", "x"),
    LineReason.MISALIGNED: (*SATO, "余り"),
    LineReason.DAMAGED_TEXT: ("佐藤 花\ufffd", *SATO[1:]),
    LineReason.TOO_LONG: (*SATO[:5], "長" * 40_000),
}


@pytest.mark.parametrize("reason", LINES)
def test_one_bad_line_is_refused_with_its_number_and_the_others_are_taken_in(memory, reason):
    team = memory({TAB: sheet()})

    report = team.take_in(team.file(csv_of(("鈴木 学", "m@example.com", "", "", "", ""), LINES[reason], SATO)))

    [refused] = report.plan.refused
    assert (refused.file, refused.line, refused.reason) == ("応募者.csv", 3, reason)
    assert refused.text("ja") != refused.text("en")
    assert [row["氏名"] for row in team.people()] == ["鈴木 学", "佐藤 花子"]


def test_two_lines_of_one_application_with_different_values_are_not_both_believed(memory):
    team = memory({TAB: sheet()})

    report = team.take_in(team.file(csv_of(SATO, (*SATO[:2], "080-9999-8888", *SATO[3:]))))

    assert [(one.line, one.reason, one.detail) for one in report.plan.refused] == [(3, LineReason.DOUBLED_LINE, "2")]


def test_an_id_that_stands_in_two_rows_is_written_to_in_neither(memory):
    row = {"候補者ID": "C-1", "氏名": "佐藤 花子", "メールアドレス": "hanako@example.com", "応募職種": "営業職"}
    team = memory({TAB: sheet({**row, "応募日": "2026/11/20"}, {**row, "応募日": "2020/1/1"})})

    report = team.take_in(team.file(csv_of(SATO)))

    assert [one.reason for one in report.plan.refused] == [LineReason.DOUBLED_ID]
    assert all("電話番号" not in row for row in team.rows())


@pytest.mark.parametrize(
    "cell",
    ["'", "''", "　", "\u200b", "\ufeff", "=1+1", "@x", "\u202e", "🎉" * 50, "\x00", "a\x0bb", "NULL", "#N/A"],
)
def test_whatever_stands_in_a_cell_the_line_comes_in_and_comes_in_once(team_of, cell):
    team = team_of({TAB: sheet()})
    file = team.file(csv_of((*SATO[:5], f'"{cell}"')))
    team.take_in(file)

    again = team.take_in(file)

    assert [row["氏名"] for row in team.people()] == ["佐藤 花子"]
    assert (again.plan.is_empty, again.plan.questions) == (True, [])
    assert team.store.formulas() == []
