"""Values of the example configuration that no candidate may get to see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from sheets_automation.config.problems import Problem
from sheets_automation.config.sections import Config
from sheets_automation.core.errors import ConfigurationError

_RESERVED = re.compile(r"(?:.+\.)?(?:example|example\.(?:com|net|org))")  # RFC 2606: they belong to nobody
_NO_LICENCE = "000000"


def sample_values(config: Config) -> Iterator[Problem]:
    """Find what was copied with the example and never replaced."""
    for key, address in (("sender.address", config.sender.address), ("sender.reply_to", config.sender.reply_to)):
        if _RESERVED.fullmatch(address.rpartition("@")[2].lower()):
            yield _sample(key, address)
    links = [("referral.base_url", config.referral.base_url)]
    links += [(f"partners[{number}].link_url", one.link_url) for number, one in enumerate(config.partners, 1)]
    for key, link in links:
        if _RESERVED.fullmatch(urlsplit(link).hostname or ""):
            yield _sample(key, link)
    for number, partner in enumerate(config.partners, 1):
        if _NO_LICENCE in partner.licence:
            yield _sample(f"partners[{number}].licence", partner.licence)


def refuse_samples(config: Config) -> None:
    """Raise ConfigurationError that names every value of the example that real letters would carry."""
    if found := list(sample_values(config)):
        raise ConfigurationError("\n".join(one.ja for one in found), "\n".join(one.en for one in found))


def _sample(key: str, value: str) -> Problem:
    return Problem(
        key,
        f"{key} が見本の「{value}」のままです。候補者に届くので、自社のものに書き換えてください(なければ消します)。",
        f'{key} is still "{value}", as in the example. Candidates would see it: write your own, or delete it.',
    )
