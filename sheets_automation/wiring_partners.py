"""The partners who report by the webhook: their secrets, which stand in the environment and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sheets_automation.config import Config
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.refusal_codes import SHORTEST_KEY, read_keys

_VARIABLE: Final = "RELAY_PARTNER_SECRET_"
"""Followed by the partner's id in capitals, with _ for whatever is no letter or digit."""


def partner_secrets(config: Config, environ: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The secrets of each partner that has one, the newest first: two of them while they change.

    Raises ConfigurationError for one that is too short, and for two partners who would share one.
    """
    found: dict[str, tuple[str, ...]] = {}
    named: dict[str, str] = {}
    for partner in config.partners:
        name = secret_name(partner.id)
        if name not in environ:
            continue
        if other := named.get(name):
            raise ConfigurationError(
                f"紹介先 {other} と {partner.id} の秘密鍵が、同じ環境変数 {name} になります。id を変えてください。",
                f"The secrets of {other} and {partner.id} have the same variable {name}; change one of the ids.",
            )
        named[name] = partner.id
        found[partner.id] = _read(name, environ[name])
    return {partner: secrets for partner, secrets in found.items() if secrets}


def secret_name(partner: str) -> str:
    """The variable that holds a partner's secrets."""
    return _VARIABLE + re.sub(r"[^0-9A-Z]", "_", partner.upper())


def _read(name: str, text: str) -> tuple[str, ...]:
    try:
        return read_keys(text)
    except ValueError as error:
        raise ConfigurationError(
            f"環境変数 {name} の秘密鍵が短すぎます。{SHORTEST_KEY} 文字以上の、推測できない文字にしてください。",
            f"A secret in {name} is too short: it needs {SHORTEST_KEY} characters that nobody can guess.",
        ) from error
