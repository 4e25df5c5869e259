"""The last look at a rendered letter before it may be sent: each finding stops that letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Final
from urllib.parse import urlsplit

import idna

from sheets_automation.core.letter_fields import MAX_LETTER_CHARACTERS
from sheets_automation.core.lint_rules import LintRules
from sheets_automation.core.model import Letter
from sheets_automation.core.reasons import Reason

MAX_SUBJECT_CHARACTERS: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with one letter."""

    reason: Reason
    detail: str = ""
    """What was found: a field, a company, a host. Never a person's name or address, since it may be logged."""


# Patterns begin with a literal or with signs that are rare in a letter, so that the scanner skips nearly all of it.
_BLANK: Final = re.compile(r"\{\{ ([^{}]+) \}\}")
_BRACKETED: Final = re.compile(
    r"[【\[［<＜〈《]\s*(?:お?名前|氏名|(?:候補者|応募者)名?|会社名|社名|企業名|(?:応募)?職種|日付|name|company)\s*[】\]］>＞〉》]"
)
_RARE_PLACEHOLDERS: Final = (
    re.compile(r"[○◯〇●](?:[○◯〇●]|\s*様)"),
    re.compile(
        r"#(?:N/A|UNCALCULATED|GETTING_DATA|NAME\?|(?:REF|VALUE|DIV/0|NULL|NUM|ERROR|SPILL|CALC|FIELD|BLOCKED)!)"
    ),
)
_MARKS: Final = ("{{", "}}", "{%", "%}", "${", "%%", "XXX", "ＸＸＸ")
_EMPTY_VALUES: Final = ("None", "nan", "NaN", "null", "undefined")
_EMPTY_VALUE: Final = re.compile(rf"\b(?:{'|'.join(_EMPTY_VALUES)})\b(?! of\b)", re.ASCII)
_DOUBLED: Final = re.compile(r"[様さ殿](?:(?<=様)|(?<=さ)[んま]|(?<=殿))[ \u3000]*(?:様(?![々子式相])|さま|さん|殿)")
_SALUTATION: Final = re.compile(r"様[、, \u3000]*$", re.MULTILINE)
_COMPANY_MARKS: Final = ("会社", "㈱", "㈲", "株", "有）", "有)", "Inc", "Corp", "Ltd", "LLC", "GmbH", "K.K")
_COMPANY: Final = re.compile(
    r"(?:(?:株式|有限|合同|合資)会社|㈱|㈲|[（(][株有][）)])[ \u3000]?[\w・＆&]{1,20}"
    r"|[ァ-ヶー一-龠々A-Za-z0-9]{1,20}[ \u3000]?(?:(?:株式|有限|合同|合資)会社|㈱|㈲|[（(][株有][）)])"
    r"|\b[A-Z][\w&-]{0,40}(?: [A-Z][\w&-]{0,40}){0,3},? (?:Inc|Corp|Ltd|LLC|GmbH|K\.K|Co\., ?Ltd)\b"
)
_KINDS_OF_COMPANY: Final = (("株式会社", "（株）", "(株)", "㈱"), ("有限会社", "（有）", "(有)", "㈲"))
_MARK_BEFORE: Final = re.compile(r"(?:(?:株式|有限|合同|合資)会社|㈱|㈲|[（(][株有][）)])[ \u3000]?")
_GOES_ON: Final = re.compile(r"(?<=[ァ-ヶー一-龠々A-Za-z0-9])(?:より|から|さま|様|御中|[はがをにへでものと])")
_LINK: Final = re.compile(r"://[^\s<>\"「」『』（）【】、。]*")
_SHARE: Final = re.compile(r"(?<!\\)\\\\[\w.-]\S*")  # Outlook makes a link of \\server, and tells it who is there
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*$")
_SITE: Final = re.compile(r"[^:/?#]*://[^/?#]*")
_HREF: Final = re.compile(r'href="([^"]*)"')
_MAIL: Final = re.compile(r"@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LOCAL_PART: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+$")
# Controls, direction marks that can turn the text round, halves of surrogate pairs, the replacement character, and a
# whole alphabet that nobody sees.
_CONTROL_CHARACTERS: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffd"
    "\U000e0000-\U000e007f"
)
_CONTROL: Final = re.compile(f"[{_CONTROL_CHARACTERS}]")
_RARE: Final = re.compile(f"[{{}}$%○◯〇●#{_CONTROL_CHARACTERS}]")
"""Characters of which _BLANK, _RARE_PLACEHOLDERS, _CONTROL and all _MARKS but the X need one to find anything."""


def lint_letter(letter: Letter, *, name: str, address: str, rules: LintRules) -> tuple[Finding, ...]:
    """Everything that is wrong with this letter to `name` at `address`; empty when it may go."""
    is_clean = _cleanness(rules)
    text = "\n\n".join([p for p in letter.text.split("\n\n") if name in p or "://" in p or not is_clean(p)])
    found = (
        *_subject(letter.subject),
        *_words(f"{letter.subject}\n{text}", address, rules),
        *_honorific(letter, name),
        *_salutations(text, name),
        *_links({*_links_in_text(text), *map(unescape, _HREF.findall(letter.html))}, address, rules),
    )
    if len(letter.text) > MAX_LETTER_CHARACTERS:
        found += (Finding(reason=Reason.LETTER_TOO_LONG, detail=str(len(letter.text))),)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8)
def _cleanness(rules: LintRules) -> Callable[[str], bool]:
    """Whether a paragraph may stand in a letter to anybody, asked once where it stands in thousands of letters."""

    @lru_cache(maxsize=512)
    def is_clean(text: str) -> bool:
        links = _links(_links_in_text(text), "", rules)
        return not any((*_words(text, "", rules), *_salutations(text, "\0"), *links))

    return is_clean


def _subject(subject: str) -> Iterator[Finding]:
    if not subject.strip():
        yield Finding(reason=Reason.SUBJECT_PROBLEM, detail="empty")
    if len(subject.splitlines()) > 1:
        yield Finding(reason=Reason.SUBJECT_PROBLEM, detail="line_break")
    if len(subject) > MAX_SUBJECT_CHARACTERS:
        yield Finding(reason=Reason.SUBJECT_PROBLEM, detail="too_long")


def _words(text: str, address: str, rules: LintRules) -> Iterator[Finding]:
    # One look for all rare characters: nearly every letter has none of them, and is spared a dozen searches.
    has_rare_ones = "XXX" in text or "ＸＸＸ" in text or _RARE.search(text) is not None
    yield from _placeholders(text, has_rare_ones=has_rare_ones)
    yield from _companies(text, rules)
    yield from _addresses(text, address, rules)
    if has_rare_ones:
        yield from _characters(text)


def _placeholders(text: str, *, has_rare_ones: bool) -> Iterator[Finding]:
    found: list[str] = []
    if has_rare_ones:
        for match in _BLANK.finditer(text):
            yield Finding(reason=Reason.BLANK_FIELD, detail=match[1])
        text = _BLANK.sub("", text)
        found += [mark for mark in _MARKS if mark in text]
        found += [match[0] for pattern in _RARE_PLACEHOLDERS for match in pattern.finditer(text)]
    found += [match[0] for match in _BRACKETED.finditer(text)]
    if any(value in text for value in _EMPTY_VALUES):
        found += _EMPTY_VALUE.findall(text)
    for placeholder in found:
        yield Finding(reason=Reason.UNRESOLVED_PLACEHOLDER, detail=placeholder)


def _honorific(letter: Letter, name: str) -> Iterator[Finding]:
    text = letter.text
    honoured = letter.language != "ja" or any(name + end in text for end in ("様", " 様", "\u3000様"))
    if not name or name not in text or not honoured:
        yield Finding(reason=Reason.MISSING_HONORIFIC)


def _salutations(text: str, name: str) -> Iterator[Finding]:
    # A name in the sheet that ends in 様 has one too many behind "Dear", too.
    if doubled := _DOUBLED.search(text) or _DOUBLED.search(f"{name}様"):
        yield Finding(reason=Reason.DOUBLED_HONORIFIC, detail=doubled[0])
    for salutation in _SALUTATION.finditer(text):
        if not text[: salutation.start()].rstrip(" \u3000").endswith((name, "}}", "皆", "お客")):
            # Somebody typed a name into the template where a field belongs. Not quoted, since it may be a person's.
            yield Finding(reason=Reason.UNRESOLVED_PLACEHOLDER, detail="…様")


def _companies(text: str, rules: LintRules) -> Iterator[Finding]:
    if not any(mark in text for mark in _COMPANY_MARKS):
        return
    for known in rules.company_names:
        for spelling in _spellings(known):
            text = text.replace(spelling, "\n")
    for match in _COMPANY.finditer(text):
        yield Finding(reason=Reason.FOREIGN_COMPANY, detail=_to_its_end(match[0]))


@lru_cache(maxsize=64)
def _spellings(company: str) -> tuple[str, ...]:
    """The name as it is and with each short form of its kind: 株式会社, （株）, (株) and ㈱ say the same."""
    for forms in _KINDS_OF_COMPANY:
        for form in forms:
            name = company.removeprefix(form).removesuffix(form).strip(" \u3000")
            if name and name != company:
                spelt = [(other, gap) for other in forms for gap in ("", " ", "\u3000")]
                is_before = company.startswith(form)
                return (company, *(f"{kind}{gap}{name}" if is_before else f"{name}{gap}{kind}" for kind, gap in spelt))
    return (company,)


def _to_its_end(found: str) -> str:
    """The company's name without the words that follow it: kana with kanji before them go on with the sentence."""
    mark = _MARK_BEFORE.match(found)
    end = _GOES_ON.search(found, mark.end()) if mark else None
    return found[: end.start()] if end else found


def _links(links: Iterable[str], own: str, rules: LintRules) -> Iterator[Finding]:
    for link in links:
        if link.startswith("mailto:"):
            yield from _addresses(link[7:], own, rules)
        elif not _leads_home(link, rules.link_domains):
            yield Finding(reason=Reason.LINK_NOT_ALLOWED, detail=_host(link) or "?")


def _links_in_text(text: str) -> Iterator[str]:
    # A bare "example.com" is not taken for a link: "Node.js" and "ASP.NET" stand in the names of openings.
    for match in _LINK.finditer(text):
        scheme = _SCHEME.search(text, max(0, match.start() - 12), match.start())
        yield (scheme[0] if scheme else "") + match[0]
    if "\\\\" in text:
        yield from _SHARE.findall(text)
    if "www." in text.lower():
        yield from re.findall(r"(?<![/.\w])www\.\S*", text, re.IGNORECASE)


def _leads_home(link: str, domains: tuple[str, ...]) -> bool:
    # Browsers read a backslash as a slash.
    return "\\" not in link and "<" not in link and _is_home(_site(link), domains)


@lru_cache(maxsize=256)  # the links of all letters lead to a few sites
def _is_home(site: str, domains: tuple[str, ...]) -> bool:
    if not site.startswith("https://") or "@" in site:  # what stands before an @ is not the host
        return False
    host = _host(site)
    return any(host == domain or host.endswith(f".{domain}") for domain in map(ascii_domain, domains) if domain)


def _site(link: str) -> str:
    """The link up to the end of its host: all that says where it leads."""
    match = _SITE.match(link)
    return match[0] if match else link


def _host(link: str) -> str:
    """The host in its ASCII form; empty when the link has none that could be read."""
    try:
        return ascii_domain(urlsplit(_site(link)).hostname or "")
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
    for match in _MAIL.finditer(text):
        local = _LOCAL_PART.search(text, max(0, match.start() - 64), match.start())
        domain = match[0].lower()
        address = (local[0].lower() if local else "") + domain
        if (
            local
            and address != own.lower()
            and not {address, domain} & {known.lower() for known in rules.own_addresses}
        ):
            yield Finding(reason=Reason.FOREIGN_ADDRESS, detail=domain)


def _characters(text: str) -> Iterator[Finding]:
    for character in dict.fromkeys(_CONTROL.findall(text)):
        yield Finding(reason=Reason.CONTROL_CHARACTERS, detail=f"U+{ord(character):04X}")
