"""Machines that open links before, or instead of, the people they were sent to.

Mail gateways, link previews of chat programs and the prefetch of browsers open every link in a letter. Counted as
clicks, they would make every letter a success. What they send betrays most of them; the rest is seen by what a person
cannot do, such as clicking within seconds of the delivery (see `clicks`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Sign(StrEnum):
    """What betrayed a machine. The names stand in the records of the public links."""

    METHOD = "method"  # HEAD: nobody reads an answer without a page
    PREFETCH = "prefetch"
    AGENT = "agent"
    NO_AGENT = "no_agent"
    NO_LANGUAGE = "no_language"  # every browser says which language its user reads
    NO_PAGE = "no_page"  # asked for something else than a page to read
    MANY_CODES = "many_codes"  # one visitor, the links of many people
    TOO_SOON = "too_soon"  # within seconds of the delivery


_PREFETCH_HEADERS: Final = ("purpose", "sec-purpose", "x-purpose", "x-moz")
_PREFETCH: Final = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
# No browser of a person calls itself by any of these (but CUBOT makes telephones). Gateways that pretend to be one are
# seen by the other signs.
_AGENTS: Final = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|scan|preview|prefetch|headless|phantom|selenium|playwright|puppeteer"
    r"|facebookexternalhit|line-poker|whatsapp|telegram|skypeuripreview|vkshare|embedly|iframely"
    r"|googleimageproxy|google-safety|google-read-aloud|apis-google|mediapartners|feedfetcher"
    r"|safelinks|microsoft office|ms-office|barracuda|proofpoint|mimecast|symantec|forcepoint|trendmicro|fortinet"
    r"|fireeye|cisco|ironport|sophos|zscaler|urldefense|virustotal|urlscan|cloudmark|messagelabs|trustwave"
    r"|curl/|wget|\b(?:python|java|node|got|perl|ruby|php|jakarta)\b|aiohttp|httpx|urllib|okhttp|go-http|axios|undici"
    r"|libwww|guzzle|powershell|winhttp|postman|insomnia|monitor|uptime|check_http"
    r"|validator|archiver|http_request|httpclient",
    re.IGNORECASE,
)
_LONGEST_AGENT: Final = 2000


def sign_of_machine(method: str, headers: Mapping[str, str]) -> Sign | None:
    """What in a request betrays a machine, if anything does. Header names are in lower case."""
    agent = headers.get("user-agent", "")[:_LONGEST_AGENT]
    asks_for_a_page = "text/html" in headers.get("accept", "")
    shows_it = headers.get("sec-fetch-mode", "navigate") == "navigate"  # not every browser says
    found = {
        Sign.METHOD: method != "GET",
        Sign.PREFETCH: any(_PREFETCH.search(headers.get(name, "")) for name in _PREFETCH_HEADERS),
        Sign.NO_AGENT: not agent.strip(),
        Sign.AGENT: _AGENTS.search(agent),
        Sign.NO_LANGUAGE: not headers.get("accept-language", "").strip(),
        Sign.NO_PAGE: not (asks_for_a_page and shows_it),
    }
    return next((sign for sign, is_seen in found.items() if is_seen), None)
