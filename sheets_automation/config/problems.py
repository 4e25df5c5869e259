"""What can be wrong with a configuration, one sentence for each, all told at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from sheets_automation.config.kinds import Kind
from sheets_automation.core.errors import ConfigurationError

_SHOWN = 40


class Problem(NamedTuple):
    """One thing that is wrong, and where."""

    key: str
    """The path of the key, e.g. "guards.min_delay_hours", or the row of a setting."""
    ja: str
    en: str


class ConfigurationWrong(ConfigurationError):
    """A configuration with problems, all of them."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        super().__init__(
            "\n".join([f"設定ファイル {file} に直すところが {count} か所あります。", *(f"・{p.ja}" for p in problems)]),
            "\n".join([f"{count} to correct in the configuration {file}:", *(f"- {p.en}" for p in problems)]),
        )


def unknown_key(path: str, known: Collection[str]) -> Problem:
    """A key that we do not have, and the one that was probably meant."""
    section, _, key = path.rpartition(".")
    near = get_close_matches(key.lower(), known, n=1)
    ja = f"もしかして {near[0]} ですか。" if near else f"使えるのは {'、'.join(known)} です。"
    en = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
    where = f"[{section}] " if section else ""
    return Problem(path, f"{where}{key} という設定はありません。{ja}", f"{where}{key} does not exist. {en}")


def missing_key(path: str) -> Problem:
    """A key that has no default."""
    return Problem(path, f"{path} がありません。書き加えてください。", f"{path} is missing; add it.")


def wrong_value(path: str, kind: Kind, value: object) -> Problem:
    """A value of the wrong type, or out of range."""
    shown = _shown(value)
    return Problem(
        path,
        f"{path} は{kind.ja}で書いてください（いまは {shown}）。",
        f"{path} must be {kind.en} (it is {shown}).",
    )


def wrong_section(path: str, *, repeated: bool) -> Problem:
    """A value where a section should be."""
    heading = f"[[{path}]]" if repeated else f"[{path}]"
    return Problem(
        path,
        f"{path} は {heading} の行の下に、1 行に 1 つずつ書いてください。",
        f"{path} is a section: write {heading} and its keys below it.",
    )


def secret(path: str) -> Problem:
    """A password or token in a file that gets copied and mailed around. Its value is not repeated."""
    return Problem(
        path,
        f"{path}: パスワードなどの秘密は設定ファイルに書かないでください。SMTP のパスワードは環境変数 "
        "RELAY_SMTP_PASSWORD か OS のキーチェーンに入れます。書いてしまったものは変更をおすすめします。",
        f"{path}: secrets don't belong into this file. Put the SMTP password into the environment variable "
        "RELAY_SMTP_PASSWORD or the OS keyring. A secret that was written here should be changed.",
    )


def _shown(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
