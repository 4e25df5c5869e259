"""Why a line of a file is not taken in, and what to do: names for programs, sentences for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class LineReason(StrEnum):
    """Why a line is refused. Names are never changed or used again."""

    NAMES_NOBODY = "names_nobody"
    MISALIGNED = "misaligned"
    DAMAGED_TEXT = "damaged_text"
    TOO_LONG = "too_long"
    DOUBLED_LINE = "doubled_line"
    REMOVED_SINCE = "removed_since"
    DOUBLED_ID = "doubled_id"
    ERASED_SINCE = "erased_since"
    COLUMNS_UNCONFIRMED = "columns_unconfirmed"


SENTENCES: Mapping[LineReason, tuple[str, str]] = MappingProxyType(
    {
        LineReason.NAMES_NOBODY: (
            "氏名もメールアドレスも電話番号もないので、誰の応募か分かりません。ファイルのこの行に記入してください。",
            "There is no name, address or telephone number: nobody can tell who applied. Fill in this line.",
        ),
        LineReason.MISALIGNED: (
            "見出しより多い値が並んでいます。値の中の区切り文字が引用符で囲まれているか確かめてください。",
            "The line has more values than there are headings. Check that values with a separator in them are quoted.",
        ),
        LineReason.DAMAGED_TEXT: (
            "文字化けしています。元のシステムから、文字コードを UTF-8 にして出力し直してください。",
            "The text is damaged. Export the file again, as UTF-8.",
        ),
        LineReason.TOO_LONG: (
            (
                "一つのセルに入らない長さです(32,767 文字まで)。"
                "短くするか、取込設定でこの列を「取り込まない」にしてください。"
            ),
            "The value is too long for a cell (32,767 characters). Shorten it, or leave the column out in 取込設定.",
        ),
        LineReason.DOUBLED_LINE: (
            "同じ応募が {detail} 行目にもあり、値が違います。ファイルの正しいほうだけを残してください。",
            "Line {detail} is the same application with another value. Leave the right one of the two in the file.",
        ),
        LineReason.REMOVED_SINCE: (
            "前に取り込んだあと、ブックから行が消されています。戻すときは、行を手で加えてください。",
            (
                "This was imported before, and its row has been deleted from the workbook. "
                "To have it back, add the row by hand."
            ),
        ),
        LineReason.ERASED_SINCE: (
            "この応募の方は、個人情報を消去しました。取り込みません。元のファイルも消してください。",
            "Whoever this is about was erased, so it is not taken in. Delete the file, too.",
        ),
        LineReason.DOUBLED_ID: (
            "候補者ID {detail} がブックの二行にあるので、どちらか分かりません。片方の候補者IDを消してください。",
            "Candidate id {detail} stands in two rows of the workbook. Clear one of the two ids.",
        ),
        LineReason.COLUMNS_UNCONFIRMED: (
            (
                "氏名か連絡先の列が、はっきりしません。「取込設定」タブに案を書きました。"
                "「提案」を「使う」に直して、もう一度取り込んでください。"
            ),
            "Where names or addresses stand is not sure. Tab 取込設定 has a proposal: say 使う, and import again.",
        ),
    }
)
"""By reason: Japanese and English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """A line that was not taken in."""

    file: str
    line: int
    """1-based, as people see it; 0 for the whole file."""
    heading: str = ""
    """Of the cell that is in the way, as the file calls it."""
    reason: LineReason
    detail: str = ""
    """No personal data: a line, a candidate id."""

    def text(self, language: str) -> str:
        """The sentence in `language`."""
        return SENTENCES[self.reason][language != "ja"].format(detail=self.detail)
