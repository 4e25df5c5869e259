"""Small candidate sheets for the tests of reading."""

from collections.abc import Mapping, Sequence

from sheets_automation.core.candidates import CandidateRules, read_candidates
from sheets_automation.core.layout import HeadingRules, locate_candidates
from sheets_automation.core.model import Candidate
from sheets_automation.core.table import CellValue, Snapshot, table_of

HEADINGS = ("候補者ID", "氏名", "メールアドレス", "選考結果")


def snapshot_of(**tabs: Sequence[Sequence[CellValue]]) -> Snapshot:
    """Tabs by title, each a list of rows from row 1 down."""
    tables = {
        title: table_of(title, {number: _cells(row) for number, row in enumerate(rows, start=1)})
        for title, rows in tabs.items()
    }
    return Snapshot(tables=tables, revision="1")


def read_rows(
    headings: Sequence[str],
    *rows: Sequence[CellValue],
    rules: CandidateRules | None = None,
    aliases: Mapping = {},
    wanted: Sequence[str] = (),
) -> tuple[Candidate, ...]:
    """Read a sheet with headings in row 1 and these rows below it."""
    snapshot = snapshot_of(候補者=[headings, *rows])
    layout = locate_candidates(snapshot, HeadingRules(aliases=aliases))
    return read_candidates(snapshot, layout, rules or CandidateRules(), wanted)


def read_one(wanted: Sequence[str] = (), rules: CandidateRules | None = None, **cells: CellValue) -> Candidate:
    """Read a row given by its headings; what is needed and not given is filled in."""
    row = {"候補者ID": "C-1", "氏名": "山田 太郎", "メールアドレス": "taro@example.jp", "選考結果": "不採用"} | cells
    [candidate] = read_rows(tuple(row), tuple(row.values()), rules=rules, wanted=wanted)
    return candidate


def _cells(row: Sequence[CellValue]) -> dict[int, CellValue]:
    return {column: value for column, value in enumerate(row) if value is not None}
