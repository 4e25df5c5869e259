"""The last look at a rendered letter before it may be sent: each finding stops that letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from html import unescape
from typing import Final
from urllib.parse import urlsplit

import idna

from sheets_automation.core.letters import MAX_LETTER_CHARACTERS
from sheets_automation.core.model import Letter

MAX_SUBJECT_CHARACTERS: Final = 120


class FindingReason(StrEnum):
    """What can be wrong with a letter. The names are stable: they stand in `--json` and in the log."""

    BLANK_FIELD = "blank_field"
    UNRESOLVED_PLACEHOLDER = "unresolved_placeholder"
    MISSING_NAME = "missing_name"
    MISSING_HONORIFIC = "missing_honorific"
    DOUBLED_HONORIFIC = "doubled_honorific"
    FOREIGN_NAME = "foreign_name"
    FOREIGN_COMPANY = "foreign_company"
    LINK_NOT_ALLOWED = "link_not_allowed"
    FOREIGN_ADDRESS = "foreign_address"
    SUBJECT_PROBLEM = "subject_problem"
    CONTROL_CHARACTERS = "control_characters"
    LETTER_TOO_LONG = "letter_too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with one letter."""

    reason: FindingReason
    detail: str = ""
    """What was found: a field, a company, a host. Never a person's name or address, since it may be logged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LintRules:
    """What a letter of this company may hold."""

    company_names: tuple[str, ...]
    """Ours, the partners' and any other that may stand in a letter, as they are written there."""
    link_domains: tuple[str, ...] = ()
    """Links may lead to these domains and to the ones below them, by https only."""
    own_addresses: tuple[str, ...] = ()
    """Mail addresses that may stand in a letter; "@example.co.jp" allows a whole domain."""


_BLANK: Final = re.compile(r"\{\{ ([^{}]+) \}\}")
_PLACEHOLDER: Final = re.compile(
    r"\{\{|\}\}|\{%|%\}|\$\{|%%|[【\[［<＜〈《]\s*(?:お?名前|氏名|候補者名?|応募者名?|会社名|社名|企業名|職種|応募職種|日付|name|company)\s*[】\]］>＞〉》]"
    r"|[○◯〇●]{2}|[○◯〇●]\s*様|[XＸ]{3}|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|UNCALCULATED)"
    r"|\b(?:None(?! of\b)|nan|NaN|null|undefined)\b"
)
_DOUBLED: Final = re.compile(
    r"様[ \u3000]*(?:様(?![々子式相])|さま|さん|殿)|(?:さん|殿|さま)[ \u3000]*様(?![々子式相])"
)
_SALUTATION: Final = re.compile(r"^(.{1,60}?)[ \u3000]?様[、,]?$", re.MULTILINE)
_COMPANY: Final = re.compile(
    r"(?:株式会社|有限会社|合同会社|合資会社|㈱|㈲|[（(][株有][）)])[ \u3000]?[\w・＆&]{1,20}"
    r"|[ァ-ヶー一-龠々A-Za-z0-9]{1,20}[ \u3000]?(?:株式会社|有限会社|合同会社|㈱|㈲|[（(][株有][）)])"
    r"|\b[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3},? (?:Inc|Corp|Ltd|LLC|GmbH|K\.K|Co\., ?Ltd)\b"
)
_LINK: Final = re.compile(
    r"(?:\b[a-z][a-z0-9+-]{1,9}://|\bwww\.)[^\s<>\"「」『』（）【】、。]*", re.IGNORECASE | re.ASCII
)
_HREF: Final = re.compile(r"(?:href|src)\s*=\s*[\"']?([^\"'>]*)", re.IGNORECASE)
_MAIL: Final = re.compile(r"[\w.+%-]+@([\w-]+(?:\.[\w-]+)+)")
# Controls, direction marks that can turn the text round, halves of surrogate pairs, the replacement character.
_CONTROL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffd]"
)


def lint_letter(letter: Letter, *, name: str, address: str, rules: LintRules) -> tuple[Finding, ...]:
    """Everything that is wrong with this letter to `name` at `address`; empty when it may go."""
    whole = f"{letter.subject}\n{letter.text}"
    found = (
        *_subject(letter.subject),
        *_placeholders(whole),
        *_honorifics(letter, name),
        *_companies(whole, rules),
        *_links(letter, rules),
        *_addresses(whole, address, rules),
        *_characters(whole),
    )
    if len(letter.text) > MAX_LETTER_CHARACTERS:
        found += (Finding(reason=FindingReason.LETTER_TOO_LONG, detail=str(len(letter.text))),)
    return tuple(dict.fromkeys(found))


def _subject(subject: str) -> Iterator[Finding]:
    if not subject.strip():
        yield Finding(reason=FindingReason.SUBJECT_PROBLEM, detail="empty")
    if len(subject.splitlines()) > 1:
        yield Finding(reason=FindingReason.SUBJECT_PROBLEM, detail="line_break")
    if len(subject) > MAX_SUBJECT_CHARACTERS:
        yield Finding(reason=FindingReason.SUBJECT_PROBLEM, detail="too_long")


def _placeholders(text: str) -> Iterator[Finding]:
    for match in _BLANK.finditer(text):
        yield Finding(reason=FindingReason.BLANK_FIELD, detail=match[1])
    for match in _PLACEHOLDER.finditer(_BLANK.sub("", text)):
        yield Finding(reason=FindingReason.UNRESOLVED_PLACEHOLDER, detail=match[0])


def _honorifics(letter: Letter, name: str) -> Iterator[Finding]:
    text = letter.text
    if not name or name not in text:
        yield Finding(reason=FindingReason.MISSING_NAME)
    elif letter.language == "ja" and not any(name + end in text for end in ("様", " 様", "\u3000様")):
        yield Finding(reason=FindingReason.MISSING_HONORIFIC)
    if doubled := _DOUBLED.search(text):
        yield Finding(reason=FindingReason.DOUBLED_HONORIFIC, detail=doubled[0])
    for salutation in _SALUTATION.finditer(text):
        if not salutation[1].endswith((name, "{{ 氏名 }}", "皆", "みな")):
            yield Finding(reason=FindingReason.FOREIGN_NAME)


def _companies(text: str, rules: LintRules) -> Iterator[Finding]:
    for known in rules.company_names:
        text = text.replace(known, "\n")
    for match in _COMPANY.finditer(text):
        yield Finding(reason=FindingReason.FOREIGN_COMPANY, detail=match[0])


def _links(letter: Letter, rules: LintRules) -> Iterator[Finding]:
    # A bare "example.com" is not taken for a link: "Node.js" and "ASP.NET" stand in the names of openings.
    for link in {*_LINK.findall(letter.text), *map(unescape, _HREF.findall(letter.html))}:
        if link.lower().startswith("mailto:"):
            yield from _addresses(link[7:], "", rules)
        elif not _leads_home(link, rules.link_domains):
            yield Finding(reason=FindingReason.LINK_NOT_ALLOWED, detail=_host(link) or link[:40])


def _leads_home(link: str, domains: tuple[str, ...]) -> bool:
    # Browsers read a backslash as a slash, and what stands before an @ is not the host.
    if not link.startswith("https://") or "\\" in link or "@" in link.split("/")[2] or "<" in link:
        return False
    host = _host(link)
    return any(host == domain or host.endswith(f".{domain}") for domain in map(ascii_domain, domains) if domain)


def _host(link: str) -> str:
    try:
        return ascii_domain(urlsplit(link).hostname or "")
    except ValueError:
        return ""


@lru_cache(maxsize=256)
def ascii_domain(domain: str) -> str:
    """A domain in lower case and in the form that the network uses, so that look-alike letters differ; else empty."""
    try:
        return domain.lower() if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return ""


def _addresses(text: str, own: str, rules: LintRules) -> Iterator[Finding]:
    for match in _MAIL.finditer(text) if "@" in text else ():
        address, domain = match[0].lower(), f"@{match[1].lower()}"
        if address != own.lower() and address not in rules.own_addresses and domain not in rules.own_addresses:
            yield Finding(reason=FindingReason.FOREIGN_ADDRESS, detail=domain)


def _characters(text: str) -> Iterator[Finding]:
    for character in dict.fromkeys(_CONTROL.findall(text)):
        yield Finding(reason=FindingReason.CONTROL_CHARACTERS, detail=f"U+{ord(character):04X}")
