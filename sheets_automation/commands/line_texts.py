"""What `relay serve-line` and `relay collect-line` say to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts

LINE: Texts = {
    "line_served": (
        "LINE の Webhook を {address}/line で受け付けています。Ctrl-C で終わります。",
        "Serving the LINE webhook at {address}/line. Ctrl-C ends it.",
    ),
    "line_closed": ("LINE の Webhook の受け付けを終えました。", "The LINE webhook is closed."),
    "line_linked": ("LINE の連携 {n} 件を記録しました。", "Recorded {n} link{s} by LINE."),
    "line_ended": (
        "連携の解除 {n} 件を記録しました。この方々には、もう LINE で送りません。",
        "Recorded {n} end{s} of links. These people get nothing by LINE any more.",
    ),
    "line_answered": (
        "お知らせへの返事 {n} 件(LINE Official Account Manager のチャットでお読みください)",
        "{n} answered news (read the chat in LINE Official Account Manager)",
    ),
    "line_refused": ("すべての連絡を停止 {n} 件", "{n} refused letters in every channel"),
    "line_known": ("記録済みのもの {n} 件", "{n} known already"),
    "line_used": ("使用済みのコード {n} 件(連携していません)", "{n} code{s} used before, by which nobody was linked"),
    "line_unknown": ("このブックにないもの {n} 件", "{n} of other workbooks, or of nobody"),
    "line_unreadable": ("読めない行 {n} 件", "{n} line{s} cannot be read"),
}
