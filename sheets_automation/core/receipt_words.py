"""What carriers note of a letter's end, in words for people: the log keeps the note as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_LOST: Final = re.compile(r"connection lost at (\w+)")
_PHRASES: Final[Mapping[str, str]] = {
    "no connection": "メールサーバーにつながりません",
    "SMTP cannot tell what was sent": "SMTP では後から確かめられません",
    "draft gone, not in sent": "下書きがなく、送信済みにもありません",
    "no draft is known": "下書きが見つかりません",
    "no file in tmp, new or cur": "送信箱にファイルがありません",
    "LINE cannot tell what it took": "LINE では後から確かめられません",
    "results do not go by LINE": "選考結果は LINE では送りません",
    "not linked": "LINE で連携していません",
    "not fit for LINE": "LINE で送れる形ではありません",
}


def detail_in_words(detail: str, language: str) -> str:
    """The note of a receipt for people. What a server answered, such as "451 4.3.0", stands as it is.

    >>> detail_in_words("connection lost at DOT", "ja")
    'メールサーバーとの接続が切れました: DOT'
    """
    if language != "ja":
        return detail
    lost = _LOST.fullmatch(detail)
    return f"メールサーバーとの接続が切れました: {lost[1]}" if lost else _PHRASES.get(detail, detail)
