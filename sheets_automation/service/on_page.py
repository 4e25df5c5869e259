"""What a sentence says to whoever reads it on the page: its own way, and no command of a terminal."""

from __future__ import annotations

import re

# Sentences that lead on name the page first and the command after it; the workbook's tabs and a terminal show both.
_COMMAND = re.compile(r"か relay [a-z]+(?: --[a-z-]+)?(?= ?[ぁ-んァ-ヶ一-龠]) ?| or (?:with )?`relay [^`]+`")


def on_page(text: str) -> str:
    """The same sentence without the command that leads to the same end.

    >>> on_page("画面の「送信を再開」か relay thaw を使ってください。")
    '画面の「送信を再開」を使ってください。'
    >>> on_page("To let it go on, use the page or `relay thaw`.")
    'To let it go on, use the page.'
    """
    return _COMMAND.sub("", text)
