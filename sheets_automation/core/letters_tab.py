"""The 文面 tab: letters that HR writes in the workbook, which replace the files of the same name and language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from sheets_automation.core.errors import LetterError
from sheets_automation.core.layout import cell_name
from sheets_automation.core.letter_fields import folded
from sheets_automation.core.letter_rules import language_code
from sheets_automation.core.letter_syntax import Place
from sheets_automation.core.letters import LetterTemplate, compile_letter
from sheets_automation.core.table import CellError, Row, Table

TEMPLATE_NAMES: Final = {
    "標準": "standard",
    "別ポジション": "other_position",
    "別ポジション適性あり": "other_position",
    "再応募": "reapply",
    "再応募候補": "reapply",
    "最終面接後": "after_final_interview",
    "求人のご案内": "invitation",
    "お詫び": "apology",
    "半年後のご連絡": "check_in",
    "再応募のご案内": "welcome_back",
    "新しい求人のご案内": "new_openings",
    "会社だより": "company_news",
}
_TITLES: Final = {name: title for title, name in reversed(TEMPLATE_NAMES.items())}
_HEADINGS: Final = {
    "名前": "name", "name": "name", "言語": "language", "language": "language", "件名": "subject", "subject": "subject",
    "本文": "body", "body": "body", "使用": "used", "used": "used",
}  # fmt: skip
_NEEDED: Final = ("name", "subject", "body")
_UNUSED: Final = frozenset(("×", "✕", "✗", "x", "いいえ", "使わない", "使用しない", "なし", "no", "off", "false", "0"))
_ROWS_ABOVE_HEADINGS: Final = 20


class LettersTab(NamedTuple):
    """What the tab holds: the letters that compile, and what is wrong with the others."""

    letters: tuple[LetterTemplate, ...]
    problems: tuple[LetterError, ...]


def letter_title(letter_id: str, language: str) -> str:
    """A letter's name for people: in Japanese the one that the tab gives it, 標準 for "standard.ja"."""
    name, _, code = letter_id.rpartition(".")
    if language != "ja":
        return letter_id
    return _TITLES.get(name, name) + {"ja": "", "en": "(英語)"}.get(code, f"({code})")


def template_name(title: str) -> str:
    """The name of a letter that people call by this title: "standard" for 標準."""
    name = folded(title)
    return TEMPLATE_NAMES.get(name, name.replace(" ", "_"))


def templates_from_tab(table: Table) -> LettersTab:
    """Compile each letter of the tab that is in use; a broken one becomes a problem that names its cell."""
    rows = iter(table.rows())
    columns = next((found for row in rows if (found := _headings(row)) or row.number > _ROWS_ABOVE_HEADINGS), {})
    if not columns:
        return LettersTab((), (_no_headings(table.title),))
    letters: dict[str, LetterTemplate] = {}
    problems: list[LetterError] = []
    for row in rows:
        cells = {key: _text(row, column) for key, column in columns.items()}
        if not any(cells[key] for key in _NEEDED) or folded(cells.get("used", "")) in _UNUSED:
            continue
        try:
            places = {key: f"{table.title}!{cell_name(row.number, column)}" for key, column in columns.items()}
            letter = _letter(cells, places)
            if letter.id in letters:
                raise _doubled(letter, letters[letter.id])
            letters[letter.id] = letter
        except LetterError as error:
            problems.append(error)
    return LettersTab(tuple(letters.values()), tuple(problems))


def _headings(row: Row) -> dict[str, int]:
    columns: dict[str, int] = {}
    for column, value in row.cells.items():
        if key := _HEADINGS.get(folded(str(value))):
            columns.setdefault(key, column)
    return columns if all(key in columns for key in _NEEDED) else {}


def _text(row: Row, column: int) -> str:
    value = row.cells.get(column)
    if value is None or value is True or isinstance(value, CellError):
        return ""
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _letter(cells: Mapping[str, str], places: Mapping[str, str]) -> LetterTemplate:
    for key in _NEEDED:
        if not cells[key]:
            raise LetterError(f"{places[key]} が空です。記入してください。", f"{places[key]} is empty; fill it in.")
    return compile_letter(
        name=template_name(cells["name"]),
        language=language_code(cells.get("language", "")),
        subject=" ".join(cells["subject"].split()),
        body=cells["body"],
        place=Place(places["body"]),
        subject_place=Place(places["subject"]),
    )


def _no_headings(title: str) -> LetterError:
    return LetterError(
        f"「{title}」シートに見出し「名前」「件名」「本文」がそろっていません。1行に並べてください（「言語」「使用」は任意）。",
        f"The {title} tab lacks the headings 名前, 件名, 本文 in one row; add them (言語 and 使用 are optional).",
    )


def _doubled(letter: LetterTemplate, first: LetterTemplate) -> LetterError:
    return LetterError(
        f"{letter.origin} の文面「{letter.id}」は {first.origin} にもあります。どちらかの「使用」を × にしてください。",
        f"{letter.origin}: there is a letter {letter.id} in {first.origin} already; put × under 使用 for one of them.",
    )
