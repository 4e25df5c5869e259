"""What is wrong with a command line, in the user's language. Imported only when something is."""

from __future__ import annotations

import re
from difflib import get_close_matches

# argparse says these in English only; what it says beside them is repeated as it is.
_JAPANESE = (
    (r"the following arguments are required: (.+)", r"\1 を指定してください。"),
    (r"unrecognized arguments: (.+)", r"「\1」という指定はありません。"),
    (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", r"\1 に \2 は使えません。使えるもの: \3。"),
    (r"argument (.+): expected one argument", r"\1 の後に値を書いてください。"),
    (r"argument (.+): not a number from (\d+) on: (.+)", r"\1 には \2 以上の数を書いてください(いまは「\3」)。"),
    (
        r"argument (.+): not a number from 1 to (\d+): (.+)",
        r"\1 には 1 から \2 までの数を書いてください(いまは「\3」)。",
    ),
    (r"argument (.+): not allowed with argument (.+)", r"\1 と \2 は同時に使えません。"),
)

_CHOICE = re.compile(r"argument .+: invalid choice: '(.+)' \(choose from (.+)\)", re.DOTALL)


def sentence(message: str, language: str) -> str:
    """What argparse complains of, as a sentence."""
    if (choice := _CHOICE.fullmatch(message)) and (
        near := get_close_matches(choice[1], re.findall(r"[\w-]+", choice[2]), n=1)
    ):
        ja = f"「{choice[1]}」はありません。もしかして {near[0]} ですか。"
        return ja if language == "ja" else f'There is no "{choice[1]}". Did you mean {near[0]}?'
    if language != "ja":
        return f"{message[:1].upper()}{message[1:]}."
    for pattern, japanese in _JAPANESE:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return match.expand(japanese)
    return f"コマンドの書き方が違います({message})。"
