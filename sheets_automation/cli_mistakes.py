"""What is wrong with a command line, in the user's language. Imported only when something is."""

from __future__ import annotations

import re

# argparse says these in English only; what it says beside them is repeated as it is.
_JAPANESE = (
    (r"the following arguments are required: (.+)", r"\1 を指定してください。"),
    (r"unrecognized arguments: (.+)", r"「\1」という指定はありません。"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1 に \2 は使えません。使えるもの: \3。"),
    (r"argument (.+): expected one argument", r"\1 の後に値を書いてください。"),
    (r"argument (.+): not a number: (.+)", r"\1 には数を書いてください(いまは「\2」)。"),
    (
        r"argument (.+): not a number from 1 to (\d+): (.+)",
        r"\1 には 1 から \2 までの数を書いてください(いまは「\3」)。",
    ),
    (r"argument (.+): not allowed with argument (.+)", r"\1 と \2 は同時に使えません。"),
)


def sentence(message: str, language: str) -> str:
    """What argparse complains of, as a sentence."""
    if language != "ja":
        return f"{message[:1].upper()}{message[1:]}."
    for pattern, japanese in _JAPANESE:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return match.expand(japanese)
    return f"コマンドの書き方が違います({message})。"
