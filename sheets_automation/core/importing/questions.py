"""取込確認: what an import could not decide, with the evidence, and what people answer to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sheets_automation.core.cells import folded, text, words
from sheets_automation.core.csv_text import as_text, typed
from sheets_automation.core.importing.recognition import Evidence, Match
from sheets_automation.core.table import CellValue, Row, Table
from sheets_automation.core.view_cells import EMPTY_ROW, CellRow, headings, note, title
from sheets_automation.core.view_cells import text as plain
from sheets_automation.core.views import Look, TabView, ViewCell

TITLE: Final = "取込確認(取り込む前に、見ていただきたいもの)"
MOST_QUESTIONS: Final = 2_000
"""Nobody answers more at once; the next import of the same file asks on."""
_HEADINGS: Final = (
    "回答",
    "質問",
    "根拠",
    "ブックの候補者ID",
    "ブックの記載",
    "ファイル",
    "行",
    "質問の印",
    "出所の印",
    "取込ID",
)
# Not the headings of the candidates tab themselves: this tab must never be taken for that.
_VALUE: Final = "取込: "
_HELP: Final = (
    "「回答」に、質問の右にある言葉のどちらかを書いて、relay import に --resolve を付けて実行してください。"
    "右の「取込:」の値は、直してから答えることもできます。"
)
_WIDTHS: Final = (14, 40, 44, 18, 40, 20, 8, 14, 14, 24)


class QuestionKind(StrEnum):
    """What is asked."""

    SAME_PERSON = "same_person"
    SAME_APPLICATION = "same_application"
    VALUES = "values"


_ASKED: Mapping[QuestionKind, tuple[str, str, str]] = MappingProxyType(
    {
        QuestionKind.SAME_PERSON: ("同じ方ですか。", "同じ人", "別の人"),
        QuestionKind.SAME_APPLICATION: ("同じ応募ですか。", "同じ応募", "別の応募"),
        QuestionKind.VALUES: ("ファイルの値に置き換えますか。", "置き換える", "そのまま"),
    }
)
_YES = words("同じ人 同じ方 同一人物 同じ応募 同じ 置き換える 置換 はい yes y ○ 〇 same replace")
_NO = words("別の人 別人 別の方 別の応募 別 そのまま いいえ no n × different keep")
_EVIDENCE: Mapping[Evidence, tuple[str, str]] = MappingProxyType(
    {
        Evidence.SAME_ADDRESS: ("メールアドレスが同じ", "same address"),
        Evidence.SAME_PHONE: ("電話番号が同じ", "same telephone number"),
        Evidence.SAME_NAME: ("氏名が同じ", "same name"),
        Evidence.OTHER_SPELLING: ("氏名の書き方か姓が違う", "another spelling or family name"),
        Evidence.LIKE_ADDRESS: ("メールアドレスが似ている", "like address"),
        Evidence.LIKE_PHONE: ("電話番号が一字違い", "telephone number with one slip"),
        Evidence.NOTHING_ELSE: ("氏名のほかに比べるものがない", "nothing but the name to go by"),
        Evidence.SAME_APPLICATION: ("応募先と応募日が同じ", "same opening and day"),
        Evidence.OTHER_NAME: ("氏名が違う", "another name"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One line of the tab."""

    id: str
    kind: QuestionKind
    key: str
    """Of the line of the file."""
    candidate_ids: tuple[str, ...]
    shown: str
    """What the workbook says of them."""
    evidence: tuple[tuple[str, str], ...] = ()
    """Japanese and English."""
    file: str
    line: str
    values: Mapping[str, CellValue] = field(default_factory=dict)
    """What the file says, by heading of the candidates tab."""
    answer: str = ""
    """What a person has written, as it stands there."""
    import_id: str = ""
    """Of the import that asks, with which the question goes; empty as long as it stands in no tab."""

    @property
    def agreed(self) -> bool | None:
        """Whether a person has said yes or no; None for a blank and for a word that is neither."""
        word = folded(self.answer)
        return True if word in _YES else False if word in _NO else None

    def evidence_text(self, language: str) -> str:
        """The evidence in words."""
        return ("、" if language == "ja" else ", ").join(pair[language != "ja"] for pair in self.evidence)


def evidence_of(matches: Iterable[Match]) -> tuple[tuple[str, str], ...]:
    """What the matches have in common with a line, in the order of its weight."""
    found = {one for match in matches for one in match.evidence}
    return tuple(words for one, words in _EVIDENCE.items() if one in found)


def read_questions(table: Table | None) -> tuple[Question, ...]:
    """Read the questions that stand in the tab, with the answers and the values as people have corrected them."""
    columns: Mapping[str, int] | None = None
    found: dict[str, Question] = {}
    for row in table.rows() if table is not None else ():
        if columns is None:
            columns = _columns(row)
        elif (question := _question(row, columns)) is not None:
            found[question.id] = question
    return tuple(found.values())


def questions_tab(questions: Sequence[Question], tab: str) -> TabView:
    """The tab of these questions; their answers stay as people wrote them."""
    names = list(dict.fromkeys(heading for one in questions for heading in one.values))
    head = headings(*_HEADINGS, *(f"{_VALUE}{name}" for name in names))
    rows: list[CellRow] = [(title(TITLE),), (note(_HELP),), EMPTY_ROW, head]
    rows += [_row(one, names) for one in questions[:MOST_QUESTIONS]]
    if not questions:
        rows.append((note("いま確かめていただくことはありません。"),))
    widths = (*_WIDTHS, *(18 for _ in names))
    return TabView(tab=tab, title=TITLE, rows=tuple(rows), widths=widths, frozen_rows=4, filter_row=3)


def _row(one: Question, names: Sequence[str]) -> CellRow:
    asked, yes, no = _ASKED[one.kind]
    return (
        ViewCell(value=one.answer or None, look=Look.ATTENTION),
        plain(f"{asked}【{yes} / {no}】"),
        plain("、".join(ja for ja, _ in one.evidence)),
        plain(as_text("、".join(one.candidate_ids))),
        plain(as_text(one.shown)),
        plain(as_text(one.file)),
        plain(one.line),
        plain(f"{_PREFIXES[one.kind]}{one.id}"),
        plain(one.key),
        plain(one.import_id),
        *(_value(one.values.get(name)) for name in names),
    )


def _value(value: CellValue) -> ViewCell | None:
    if value is None:
        return None
    return plain(as_text(value)) if isinstance(value, str) else ViewCell(value=value, look=_look(value))


def _look(value: CellValue) -> Look:
    return Look.TEXT if isinstance(value, str | int | float | bool) or value is None else Look.DATETIME


def _question(row: Row, columns: Mapping[str, int]) -> Question | None:
    said = {name: typed(text(row.cells.get(columns[name]))) for name in _HEADINGS}
    kind = next((one for one, prefix in _PREFIXES.items() if said["質問の印"].startswith(prefix)), None)
    if kind is None:
        return None
    asked = said["根拠"].split("、") if said["根拠"] else []
    english = dict(_EVIDENCE.values())
    return Question(
        id=said["質問の印"].removeprefix(_PREFIXES[kind]),
        kind=kind,
        key=said["出所の印"],
        candidate_ids=tuple(filter(None, said["ブックの候補者ID"].split("、"))),
        shown=said["ブックの記載"],
        evidence=tuple((one, english.get(one, one)) for one in asked),
        file=said["ファイル"],
        line=said["行"],
        values=dict(_values(row, columns)),
        answer=said["回答"],
        import_id=said["取込ID"],
    )


def _values(row: Row, columns: Mapping[str, int]) -> Iterator[tuple[str, CellValue]]:
    for heading, column in columns.items():
        value = row.cells.get(column)
        if heading.startswith(_VALUE.strip()) and text(value):
            name = heading.removeprefix(_VALUE.strip()).strip()
            yield name, typed(value) if isinstance(value, str) else value


def _columns(row: Row) -> Mapping[str, int] | None:
    found = {text(value): column for column, value in row.cells.items()}
    return found if set(_HEADINGS) <= set(found) else None


_PREFIXES: Mapping[QuestionKind, str] = {
    QuestionKind.SAME_PERSON: "P",
    QuestionKind.SAME_APPLICATION: "A",
    QuestionKind.VALUES: "V",
}
