"""取込設定: which column of which export goes where, as HR sees and changes it. What HR says there is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sheets_automation.core.cells import folded, text, words
from sheets_automation.core.csv_text import as_text, typed
from sheets_automation.core.headings import ALIASES, Field, heading_key
from sheets_automation.core.importing.columns import Certainty, Column, Memory, Remembered
from sheets_automation.core.importing.systems import Role
from sheets_automation.core.layout import Layout
from sheets_automation.core.table import Row, Table
from sheets_automation.core.view_cells import EMPTY_ROW, CellRow, headings, note, title
from sheets_automation.core.view_cells import text as plain
from sheets_automation.core.views import Look, TabView, ViewCell

TITLE: Final = "取込設定(ファイルのどの列を、表のどの列に入れるか)"
_HEADINGS: Final = ("ファイルの種類", "ファイルの見出し", "取り込み先", "状態", "説明")
_USED, _PROPOSED, _FORBIDDEN = "使う", "提案", "取り込めない"
_NOT_TAKEN: Final = "取り込まない"
_NOTHING = words("取り込まない 取込まない なし 無し - ー ×")
_USES = words("使う 使用 はい ok ○ 〇 yes")
_HELP: Final = (
    "「取り込み先」は表の見出しです。直すときは、「状態」も「使う」にしてください。次の取込から使います。"
    "「提案」の列は、「使う」に直すまで取り込みません。"
)
NAMES: Final = (Field.NAME, Field.FAMILY_NAME, Field.GIVEN_NAME)
"""They go into the tab's columns of the name, one or two, whichever of them the file has."""
_WIDTHS: Final = (18, 28, 28, 12, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingLine:
    """One line of the tab."""

    system: str
    heading: str
    target: str
    state: str
    explanation: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it one line."""
        return self.system, heading_key(self.heading)


def read_settings(table: Table | None) -> tuple[SettingLine, ...]:
    """Read every line that HR may have changed; a tab of another shape says nothing."""
    columns: Mapping[str, int] | None = None
    found: dict[tuple[str, str], SettingLine] = {}
    for row in table.rows() if table is not None else ():
        if columns is None:
            columns = _columns(row)
            continue
        said = {name: typed(text(row.cells.get(at))) for name, at in columns.items()}
        if said["ファイルの見出し"]:
            line = SettingLine(
                system=said["ファイルの種類"],
                heading=said["ファイルの見出し"],
                target=said["取り込み先"],
                state=said["状態"],
                explanation=said["説明"],
            )
            found[line.key] = line
    return tuple(found.values())


def memory_of(lines: Iterable[SettingLine]) -> Memory:
    """What HR has agreed to. A line of ours that nobody has touched says nothing: it is worked out anew."""
    return {
        line.key: Remembered(target="" if folded(line.target) in _NOTHING else line.target)
        for line in lines
        if folded(line.state) in _USES or (folded(line.state) not in words(f"{_PROPOSED} {_FORBIDDEN} 自動"))
    }


def target_in_words(column: Column, layout: Layout) -> str:
    """The heading of the candidates tab that a column goes into, or those of the name's; empty for none."""
    if column.target or not column.is_used or column.meaning not in NAMES:
        return column.target
    return "、".join(layout.heading_of(one) for one in NAMES if one in layout.columns)


def lines_of(system: str, columns: Sequence[Column]) -> Iterator[SettingLine]:
    """What the tab says of a file's columns."""
    for one in columns:
        state, explanation = _STATES[one.certainty]
        target = one.target or (_NOT_TAKEN if one.certainty is not Certainty.PROPOSED else _name_of(one))
        if one.is_used and not one.target and one.meaning in NAMES:
            target, explanation = _name_of(one), "表の氏名の列(姓と名に分かれていれば二つ)に入れます。"
        elif one.is_used and not one.target:
            explanation = "表にこの見出しの列がないので、人の照合にだけ使います。列を加えると取り込みます。"
            explanation = explanation if one.meaning is not None else "取り込みません。"
        yield SettingLine(system=system, heading=one.heading, target=target, state=state, explanation=explanation)


def settings_tab(lines: Iterable[SettingLine], tab: str) -> TabView:
    """The tab of these lines, by kind of file and in the order of its columns."""
    rows: list[CellRow] = [(title(TITLE),), (note(_HELP),), EMPTY_ROW, headings(*_HEADINGS)]
    ordered = sorted(lines, key=lambda line: line.system)
    rows += [_row(line) for line in ordered]
    return TabView(tab=tab, title=TITLE, rows=tuple(rows), widths=_WIDTHS, frozen_rows=4, filter_row=3)


def said_of(system: str, heading: str, target: str) -> SettingLine:
    """What a person says of a column on a screen, as they would write it here; no target: it is not taken in."""
    return SettingLine(system=system, heading=heading, target=target or _NOT_TAKEN, state=_USED)


def overruled(lines: Iterable[SettingLine], said: Iterable[SettingLine]) -> tuple[SettingLine, ...]:
    """All lines, with what was just said in the place of what stood there of the same columns."""
    return tuple({line.key: line for line in (*lines, *said)}.values())


def merged(old: Iterable[SettingLine], new: Iterable[SettingLine]) -> tuple[SettingLine, ...]:
    """All lines: what HR has said stays as it is said, and what we have worked out is renewed."""
    agreed = [line for line in old if line.key in memory_of([line])]
    found = {line.key: line for line in (*old, *new)}
    return tuple((found | {line.key: line for line in agreed}).values())


def _row(line: SettingLine) -> CellRow:
    look = Look.ATTENTION if line.state == _PROPOSED else Look.TEXT
    return (
        plain(as_text(line.system)),
        plain(as_text(line.heading)),
        plain(as_text(line.target)),
        ViewCell(value=as_text(line.state), look=look),
        plain(as_text(line.explanation)),
    )


def _name_of(column: Column) -> str:
    """How to call what a column is proposed for where the tab has no column for it."""
    return ALIASES[column.meaning][0] if isinstance(column.meaning, Field) else _ROLE_NAMES.get(column.meaning, "")


def _columns(row: Row) -> Mapping[str, int] | None:
    found = {text(value): column for column, value in row.cells.items()}
    return {heading: found[heading] for heading in _HEADINGS} if set(_HEADINGS) <= set(found) else None


_ROLE_NAMES: Mapping[Role | None, str] = {Role.KANA: "フリガナ", Role.NOTE: "備考"}
_STATES: Mapping[Certainty, tuple[str, str]] = {
    Certainty.KNOWN: ("自動", ""),
    Certainty.REMEMBERED: (_USED, ""),
    Certainty.PROPOSED: (_PROPOSED, "見出しか中身が似ています。合っていれば「状態」を「使う」に直してください。"),
    Certainty.UNUSED: (
        "自動",
        "当てはまる列が表にありません。取り込むときは「取り込み先」を書き、「使う」にしてください。",
    ),
    Certainty.FORBIDDEN: (_FORBIDDEN, "応募者から集めてはいけない項目です(職業安定法 5条の5)。取り込みません。"),
}
