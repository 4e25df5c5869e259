"""The ready empty workbook for a team that starts afresh: 候補者, 文面, 設定 and a page on how to use them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sheets_automation.core.letters import LetterSource
from sheets_automation.core.letters_tab import letter_title
from sheets_automation.sheet_looks import GREEN_FILL, GREY, NAVY, RED, TEAL, YELLOW_FILL, Looks, looks_of, new_book

READY_ROWS = 1000
_NO_LOGS: Mapping[str, Sequence[str]] = MappingProxyType({})
_LETTER_HEIGHT = 400  # points; Excel's most is 409, and a letter wants to be seen whole
SETTINGS = (
    ("会社名", "文面の {{ 会社名 }} に入ります。例: 株式会社みなと製作所"),
    ("署名", "文面の最後に入ります。Alt+Enter で改行できます"),
    ("担当", "文面の {{ 担当 }} に入ります。例: 人事部 採用担当 森本"),
    ("連絡先", "文面の {{ 連絡先 }} に入ります。お問い合わせを受けるメールアドレスか電話番号"),
    ("返信先", "候補者からの返信を受け取るメールアドレス"),
)
GUIDE = (
    ("1", "候補者を入れる", "「候補者」タブに1人1行で入力します。紺色の見出しは必ず、青い見出しは分かる範囲で。"),
    ("2", "結果を入れる", "「選考結果」を不採用にし、「選考結果日」に結果の決まった日を入れます。"),
    ("3", "会社のことを入れる", "「設定」タブに会社名・署名・担当・返信先を入れます。"),
    ("4", "点検する", "relay check このファイル　…入力のまちがいを、セルの場所つきで一覧にします。"),
    ("5", "下見する", "relay preview このファイル　…全員分の文面と、送らない方とその理由を画面で確かめます。"),
    ("6", "送る", "relay send このファイル --send　…送ったあと、結果を候補者の右側の列に書き戻します。"),
)
GUIDE_WITH_BUTTONS = (
    *GUIDE[:3],
    ("4", "点検する", "「操作」タブの「チェック」　…入力のまちがいを、セルの場所つきで一覧にします。"),
    ("5", "下見する", "「操作」タブの「プレビュー」　…全員分の文面と、送らない方とその理由を画面で確かめます。"),
    ("6", "送る", "「操作」タブの「送信」　…画面で通数を確かめてから送り、結果を候補者の右側の列に書き戻します。"),
)
PROMISES = (
    "不採用の方だけに、お一人一通だけ送ります。選考中・内定・採用の応募がほかにある方には送りません。",
    "送りたくない方は、タグに「保留」か「送信しない」を付けるか、「連絡停止」を「はい」にします。",
    "列の追加・並べ替え・見出しより上への行の挿入・フィルター・色分けは、いつでも自由です。",
    "「候補者ID」は自動で入ります。書き換えたり、ほかの行へ写したりしないでください。",
    "「文面」タブにあるのは標準の文面です。変えたい文面を書き直し、「使用」を「はい」にすると、そちらを使います。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a tab, with what appears beside its cells when somebody types there."""

    heading: str
    width: float
    hint: str = ""
    look: str = "text"
    choices: tuple[str, ...] = ()
    several: bool = False
    """More than one of the choices may stand in a cell, or another word."""
    required: bool = False


CANDIDATE_COLUMNS = (
    Column(heading="候補者ID", width=13, look="middle", hint="自動で入ります。空のままにしてください。"),
    Column(heading="氏名", width=18, required=True, hint="文面の宛名になります。「様」は付けません。"),
    Column(heading="フリガナ", width=20),
    Column(heading="メールアドレス", width=32, required=True, hint="送り先を一つだけ入れます。"),
    Column(heading="電話番号", width=17, look="id_text", hint="同じ方の別の応募を見つけるために使います。"),
    Column(heading="応募日", width=12, look="day", hint="例: 2026/11/24"),
    Column(heading="応募職種", width=24),
    Column(
        heading="応募媒体",
        width=16,
        choices=("自社サイト", "求人サイト", "スカウト", "社員紹介", "ハローワーク", "エージェント"),
        several=True,
        hint="ほかの言葉も入れられます。「エージェント」の方には、ご本人へ送りません。",
    ),
    Column(heading="選考段階", width=12, look="middle", choices=("書類選考", "一次面接", "二次面接", "最終面接")),
    Column(
        heading="選考結果",
        width=11,
        look="middle",
        required=True,
        choices=("選考中", "不採用", "内定", "採用", "辞退", "対象外"),
    ),
    Column(heading="選考結果日", width=12, look="day", required=True, hint="結果の決まった日。例: 2026/11/24"),
    Column(
        heading="タグ",
        width=28,
        choices=("スキル強", "再応募候補", "別ポジション適性あり", "保留", "送信しない"),
        several=True,
        hint="いくつでも「、」で区切って入れられます。",
    ),
    Column(heading="紹介同意", width=10, look="middle", choices=("はい", "いいえ"), hint="紹介リンクを載せてよいか。"),
    Column(heading="フォロー同意", width=12, look="middle", choices=("はい", "いいえ"), hint="お知らせしてよいか。"),
    Column(heading="連絡停止", width=10, look="middle", choices=("はい",), hint="「はい」の方には一切送りません。"),
    Column(heading="言語", width=9, look="middle", choices=("日本語", "英語"), hint="空なら日本語です。"),
    Column(heading="備考", width=40),
)
LETTER_COLUMNS = (
    Column(heading="名前", width=20, required=True, hint="標準、再応募、別ポジション、最終面接後、求人のご案内。"),
    Column(heading="言語", width=9, look="middle", choices=("ja", "en"), required=True),
    Column(heading="件名", width=36, required=True, hint="例: 【{{ 会社名 }}】選考結果のご連絡"),
    Column(
        heading="本文", width=90, look="wrapped", required=True, hint="例: {{ 氏名 }}様。紹介リンクは {{ 紹介URL }}"
    ),
    Column(heading="使用", width=9, look="middle", choices=("はい", "いいえ"), hint="「いいえ」の文面は使いません。"),
)


def build_empty_workbook(
    path: Path,
    letters: Iterable[LetterSource] = (),
    *,
    front: Callable[[Workbook, Looks], None] | None = None,
    logs: Mapping[str, Sequence[str]] = _NO_LOGS,
) -> None:
    """Write a workbook with the headings we recommend, ready for 1,000 candidates. Raises WorkbookNotSaved.

    `letters` stand in its 文面 tab for HR to change; until somebody says so there, they are not used. `front` draws the
    tabs that come with buttons before all others. `logs` are the headings of fact tabs that are to be there at once.
    """
    with new_book(path) as book:
        looks = looks_of(book)
        if front is not None:
            front(book, looks)
        _draw_candidates(book, looks)
        _draw_letters(book, looks, letters)
        _draw_settings(book, looks)
        _draw_guide(book, looks, GUIDE if front is None else GUIDE_WITH_BUTTONS)
        for tab, headings in logs.items():
            _draw_log(book, looks, tab, headings)
        for number, sheet in enumerate(book.worksheets(), start=1):
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            if front is not None and not sheet.vba_codename:
                sheet.set_vba_name(f"Sheet{number}")


def _draw_candidates(book: Workbook, looks: Looks) -> None:
    sheet = book.add_worksheet("候補者")
    sheet.set_tab_color(NAVY)
    _draw_columns(sheet, looks, CANDIDATE_COLUMNS, READY_ROWS)
    # Not an Excel table: LibreOffice and Google Sheets do not grow one while people type below it.
    sheet.autofilter(0, 0, READY_ROWS, len(CANDIDATE_COLUMNS) - 1)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    _colour_decisions(book, sheet)


def _draw_columns(sheet: Worksheet, looks: Looks, columns: tuple[Column, ...], rows: int) -> None:
    sheet.set_row(0, 26)
    for place, column in enumerate(columns):
        # The look belongs to the whole column: no cell is written, so an empty row stays empty.
        sheet.set_column(place, place, column.width, getattr(looks, column.look))
        sheet.write_string(0, place, column.heading, looks.heading if column.required else looks.optional_heading)
        if column.hint or column.choices:
            sheet.data_validation(1, place, rows, place, _validation(column))


def _validation(column: Column) -> dict[str, Any]:
    hint = {"input_title": column.heading, "input_message": column.hint} if column.hint else {}
    if not column.choices:
        return {"validate": "any", **hint}
    free = {"error_type": "information", "show_error": False} if column.several else {}
    return {
        "validate": "list",
        "source": list(column.choices),
        "error_title": column.heading,
        "error_message": "一覧にない言葉です。▼から選んでください。",
        **free,
        **hint,
    }


def _colour_decisions(book: Workbook, sheet: Worksheet) -> None:
    last_column = len(CANDIDATE_COLUMNS) - 1
    for criteria, properties in (
        ('=OR($J2="内定",$J2="採用")', {"bg_color": GREEN_FILL}),
        ('=OR($J2="辞退",$J2="対象外")', {"font_color": GREY}),
        ('=AND($J2="不採用",OR($B2="",$D2="",$K2=""))', {"bg_color": YELLOW_FILL}),  # something is still missing
    ):
        rule = {"type": "formula", "criteria": criteria, "format": book.add_format(properties)}
        sheet.conditional_format(1, 0, READY_ROWS, last_column, rule)
    rejected = {"type": "cell", "criteria": "==", "value": '"不採用"', "format": book.add_format({"font_color": RED})}
    sheet.conditional_format(1, 9, READY_ROWS, 9, rejected)


def _draw_letters(book: Workbook, looks: Looks, letters: Iterable[LetterSource]) -> None:
    sheet = book.add_worksheet("文面")
    sheet.set_tab_color(TEAL)
    _draw_columns(sheet, looks, LETTER_COLUMNS, rows=50)
    for row, letter in enumerate(sorted(letters, key=lambda letter: letter.name != "standard"), start=1):
        title = letter_title(f"{letter.name}.{letter.language}", "ja")
        sheet.set_row(row, _LETTER_HEIGHT)
        for place, value in enumerate((title, letter.language, letter.subject, letter.body.strip(), "いいえ")):
            sheet.write_string(row, place, value, looks.wrapped)
    sheet.freeze_panes(1, 1)


def _draw_settings(book: Workbook, looks: Looks) -> None:
    sheet = book.add_worksheet("設定")
    sheet.set_tab_color(TEAL)
    for place, (heading, width) in enumerate((("項目", 16), ("値", 48), ("説明", 60))):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, looks.heading)
    for row, (name, explanation) in enumerate(SETTINGS, start=1):
        sheet.set_row(row, 72 if name == "署名" else 22)
        sheet.write_string(row, 0, name, looks.text)
        sheet.write_blank(row, 1, None, looks.wrapped)
        sheet.write_string(row, 2, explanation, looks.text)


def _draw_log(book: Workbook, looks: Looks, tab: str, headings: Sequence[str]) -> None:
    """A tab for facts to come, protected from slips of the hand as one that a run makes."""
    sheet = book.add_worksheet(tab)
    sheet.set_tab_color(NAVY)
    for place, heading in enumerate(headings):
        sheet.set_column(place, place, 18, looks.plain)
        sheet.write_string(0, place, heading, looks.heading)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _draw_guide(book: Workbook, looks: Looks, steps: Iterable[tuple[str, str, str]]) -> None:
    sheet = book.add_worksheet("使い方")
    sheet.hide_gridlines(2)
    for place, width in enumerate((5, 22, 92)):
        sheet.set_column(place, place, width)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, "このブックの使い方", looks.title)
    for row, (number, title, text) in enumerate(steps, start=2):
        sheet.set_row(row, 24)
        for place, (value, look) in enumerate(((number, looks.heading), (title, looks.text), (text, looks.text))):
            sheet.write_string(row, place, value, look)
    below = len(GUIDE) + 3
    sheet.write_string(below, 0, "お約束とお願い", looks.subtitle)
    for row, text in enumerate(PROMISES, start=below + 1):
        sheet.set_row(row, 22)
        sheet.write_string(row, 0, f"・{text}", looks.plain)
