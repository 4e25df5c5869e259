"""Why a write is refused: each reason with its sentence in two languages. docs/workbook-files.md lists them all."""

from __future__ import annotations

from typing import Final, Self

from sheets_automation.core.errors import WriteRefused

# Reason → what is wrong, and what to do now; {tab}, {cell} and {what} say where.
REASONS: Final = {
    "formula": (
        "セルに数式があります。数式を消すか、書き込む列を変えてください",
        "the cell holds a formula; delete the formula or choose another column",
    ),
    "array_formula": (
        "配列数式またはデータテーブルの範囲（{what}）です。数式を移してください",
        "the cell belongs to an array formula or data table ({what}); move the formula",
    ),
    "merged": (
        "結合セル（{what}）の一部です。結合を解除してください",
        "the cell is covered by the merged cell {what}; unmerge it",
    ),
    "table_header": (
        "テーブルの見出しまたは集計行（{what}）です。書き込む行を変えてください",
        "the cell is in the heading or total row of the table {what}; choose another row",
    ),
    "pivot": (
        "ピボットテーブルの範囲（{what}）です。更新すると上書きされるため、書き込む場所を変えてください",
        "the cell is in a pivot table ({what}), which would overwrite it; choose another place",
    ),
    "protected": (
        "シートが保護され、セルがロックされています。保護を解除してください",
        "the sheet is protected and the cell locked; unprotect the sheet",
    ),
    "signed": (
        "デジタル署名のあるファイルです。書き込むと署名が無効になるため、署名を外してください",
        "the file is digitally signed and any change would break the signature; remove the signature",
    ),
    "encoding": (
        "{what} が UTF-8 ではありません。Excel で開いて保存し直してください",
        "{what} is not in UTF-8; open the file in Excel and save it again",
    ),
    "doctype": (
        "{what} に DOCTYPE 宣言があります。入手元を確かめ、Excel で保存し直してください",
        "{what} declares a DOCTYPE; check where the file came from and save it again in Excel",
    ),
    "strict": (
        "「Strict Open XML」形式のブックにはシートを追加できません。通常の .xlsx で保存し直してください",
        "no tab can be added to a Strict Open XML workbook; save it as an ordinary .xlsx",
    ),
    "protected_structure": (
        "ブックの構成が保護されているため、シートを追加できません。ブックの保護を解除してください",
        "the structure of the workbook is protected, so no tab can be added; unprotect the workbook",
    ),
    "styles": (
        "書式の部品がないか、不完全です。Excel で開いて保存し直してください",
        "the styles part is missing or incomplete; open the file in Excel and save it again",
    ),
    "too_many_styles": (
        "書式の数が Excel の上限に達しています。不要な書式を減らしてください",
        "the workbook has as many cell formats as Excel can hold; remove some",
    ),
    "rows_unordered": (
        "行またはセルの順序が壊れています（{what}）。Excel で開いて保存し直してください",
        "rows or cells are out of order ({what}); open the file in Excel and save it again",
    ),
    "no_such_tab": ("シートがありません", "there is no such tab"),
    "not_a_worksheet": (
        "同じ名前のグラフシートがあります。名前を変えてください",
        "a chart sheet has this name; rename it",
    ),
    "no_room": (
        "シートの端に達しました（{what}）。行や列を減らすか、新しいブックに移してください",
        "the sheet is full ({what}); remove rows or columns, or move on to a new workbook",
    ),
    "text_too_long": (
        "文字数が Excel の上限（32,767 文字）を超えています。短くしてください",
        "the text is longer than the 32,767 characters that a cell can hold; shorten it",
    ),
    "number": (
        "Excel で正確に表せない数値です。文字列として書いてください",
        "Excel cannot hold this number exactly; write it as text",
    ),
    "date": (
        "Excel の暦にない日付です。文字列として書いてください",
        "Excel's calendar does not have this date; write it as text",
    ),
    "table_name": (
        "テーブル（{what}）に同じ名前の列があるため、列を追加できません。既存の列の名前を変えてください",
        "the table {what} already has a column of this name; rename that column",
    ),
    "unverified": (
        "保存前の確認で書き込み結果が想定と異なりました（{what}）。元のファイルはそのままです。不具合として報告してください",
        "the check before saving found something unexpected ({what}); the old file is untouched. Please report this",
    ),
}


class CellRefused(WriteRefused):
    """A write was refused, for one of `REASONS`, at a place."""

    def __init__(self, reason: str, *, tab: str = "", cell: str = "", what: str = "") -> None:
        ja, en = (sentence.format(what=what) for sentence in REASONS[reason])
        place_ja = f"「{tab}」{' ' if cell else ''}{cell}: " if tab else ""
        place_en = f'"{tab}"{" " if cell else ""}{cell}: ' if tab else ""
        super().__init__(f"{place_ja}{ja}（何も書き込んでいません）。", f"{place_en}{en}. Nothing was written.")
        self.sentences = ja, en
        self.reason = reason
        self.tab = tab
        self.cell = cell
        self.what = what

    def at(self, tab: str, cell: str) -> Self:
        """The same refusal, now that its place is known."""
        return type(self)(self.reason, tab=tab, cell=cell, what=self.what)
