"""What `relay open` and `relay serve` say to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts

SERVICE: Texts = {
    "opened": (
        "このアドレスをブラウザで開いてください(一度だけ使えます)。終わるには Ctrl-C。\n  {address}",
        "Open this address in a browser (it works once). End with Ctrl-C.\n  {address}",
    ),
    "closed": (
        "画面を閉じました。送ったことはすべて記録してあります。",
        "The page is closed. Everything that was sent is recorded.",
    ),
    "served": ("{address} で受け付けています。Ctrl-C で終わります。", "Serving at {address}. Ctrl-C ends it."),
}
