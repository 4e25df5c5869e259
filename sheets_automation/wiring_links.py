"""The public links: the keys that refusal codes are made with, and the addresses that letters carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sheets_automation.config import Config
from sheets_automation.config.sections import PartnerSection
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.letter_fields import nowhere
from sheets_automation.core.model import Candidate
from sheets_automation.core.referral_codes import referral_url
from sheets_automation.core.refusal_codes import SHORTEST_KEY, read_keys, refusal_code

LINK_KEY: Final = "RELAY_LINK_KEY"
"""The keys of refusal links, the newest first. Never in a file that is mailed around."""


def link_keys(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that the environment gives, or none. Raises ConfigurationError for one that is too short."""
    try:
        return read_keys(environ.get(LINK_KEY, ""))
    except ValueError as error:
        raise ConfigurationError(
            f"環境変数 {LINK_KEY} の鍵が短すぎます。{SHORTEST_KEY} 文字以上の、推測できない文字にしてください。",
            f"A key in {LINK_KEY} is too short: it needs {SHORTEST_KEY} characters that nobody can guess.",
        ) from error


def refusal_key(config: Config, environ: Mapping[str, str]) -> str:
    """The key that new refusal links are made with; empty where letters carry none. ConfigurationError if it lacks."""
    if not config.links.refusal_url:
        return ""
    keys = link_keys(environ)
    if not keys:
        raise ConfigurationError(
            f"links.refusal_url があるのに、環境変数 {LINK_KEY} がありません。"
            "配信停止リンクの鍵を入れるか、links.refusal_url を空にしてください。",
            f"links.refusal_url is set, but {LINK_KEY} is not. Give the key of the links, or empty links.refusal_url.",
        )
    return keys[0]


def link_problems(config: Config, environ: Mapping[str, str]) -> Sequence[ConfigurationError]:
    """What would stop a sending for its links' sake."""
    try:
        refusal_key(config, environ)
    except ConfigurationError as error:
        return [error]
    return []


def refusal_address(config: Config, environ: Mapping[str, str], address: str) -> str:
    """Where the holder of a mailbox can refuse further letters; empty where that is not set up."""
    key = refusal_key(config, environ)
    return referral_url(config.links.refusal_url, refusal_code(address, key)) if key else ""


def refusal_link(config: Config, environ: Mapping[str, str]) -> Callable[[Candidate], str]:
    """Where the reader of a letter refuses further ones, for letters that say so; empty until links are set up."""
    keys = link_keys(environ) if config.links.refusal_url else ()
    if not keys:
        return nowhere

    def link(candidate: Candidate) -> str:
        address = candidate.address.value
        return referral_url(config.links.refusal_url, refusal_code(address, keys[0])) if address else ""

    return link


def linked_partner(config: Config) -> PartnerSection | None:
    """The partner to whom the public app leads people: the first that has an address."""
    return next((partner for partner in config.partners if partner.url), None)
