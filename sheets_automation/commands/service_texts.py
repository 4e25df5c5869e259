"""What `relay serve` says to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts

SERVICE: Texts = {
    "served": ("{address} で受け付けています。Ctrl-C で終わります。", "Serving at {address}. Ctrl-C ends it."),
}
