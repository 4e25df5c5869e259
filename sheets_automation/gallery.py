"""The gallery: one self-contained page with every letter as its candidate will see it, and everybody left out."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from importlib.resources import files
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sheets_automation.private_files import write_private

SEVERITIES = ("act", "wait", "none")
"""Whether a person has to act, it goes by itself later, or it is right as it is: the order on the page."""

WORDS = re.compile(r"[A-Za-z0-9]+(?:[/:.-][A-Za-z0-9]+)*|.", re.DOTALL)
"""A date, a number or an English word is one word; so is every other character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bilingual:
    """A sentence in both languages of the page."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryLetter:
    """A letter as it will go out, or went."""

    candidate_id: str
    row: int
    name: str
    address: str
    opening: str
    template: Bilingual
    """The name of the letter."""
    subject: str
    text: str
    html: str
    """Untrusted: shown in a frame that runs nothing, loads nothing and leads nowhere."""
    notes: tuple[Bilingual, ...] = ()
    """What somebody should look at before it goes; puts the letter on top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GalleryLeftOut:
    """A candidate who gets no letter now."""

    candidate_id: str
    row: int
    name: str
    opening: str
    reason: str
    text: Bilingual
    """Why, and what to do."""
    severity: str
    """One of SEVERITIES."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GallerySummary:
    """What the page says of itself at the top."""

    workbook: str
    sender: str
    made_at: str
    state: Bilingual
    """Whether the letters went out, e.g. 「まだ送っていません」."""
    attachments: tuple[str, ...] = ()
    """The names of the files that go with every letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutGroup:
    """The people left out for one reason."""

    reason: str
    severity: str
    text: Bilingual
    people: tuple[GalleryLeftOut, ...]

    @property
    def is_uniform(self) -> bool:
        """Whether one sentence says it all, so that it need not stand beside each person."""
        return all(person.text == self.text for person in self.people)


def build_gallery(
    path: Path,
    letters: Iterable[GalleryLetter],
    left_out: Iterable[GalleryLeftOut],
    summary: GallerySummary,
    *,
    language: str = "ja",
) -> None:
    """Write the page to `path`, readable by its owner only: it is full of personal data. Raises PageNotSaved."""
    write_private(path, render_gallery(letters, left_out, summary, language=language).encode(errors="replace"))


def render_gallery(
    letters: Iterable[GalleryLetter],
    left_out: Iterable[GalleryLeftOut],
    summary: GallerySummary,
    *,
    language: str = "ja",
) -> str:
    """Give the page as text; `language` ("ja" or "en") is the one it opens in, and the reader can switch."""
    ordered = sorted(letters, key=lambda letter: (not letter.notes, letter.row))
    groups = group_left_out(left_out)
    script, style = _asset("gallery.js"), _asset("gallery.css")
    return (
        _environment()
        .get_template("gallery.html")
        .render(
            letters=ordered,
            bodies=[asdict(letter) for letter in ordered],
            groups=groups,
            counts={severity: _count(groups, severity) for severity in SEVERITIES},
            templates=sorted({letter.template for letter in ordered}, key=attrgetter("en")),
            openings=sorted({letter.opening for letter in ordered}),
            summary=summary,
            language=language,
            script=Markup(script),  # noqa: S704 - our own file
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            style=Markup(style),  # noqa: S704 - our own file
        )
    )


def group_left_out(left_out: Iterable[GalleryLeftOut]) -> tuple[LeftOutGroup, ...]:
    """Group people by reason: those where somebody has to act first, then the larger groups."""
    by_reason = attrgetter("severity", "reason")
    people = sorted(left_out, key=lambda person: (*by_reason(person), person.row))
    groups = (_group(tuple(members)) for _, members in groupby(people, key=by_reason))
    return tuple(sorted(groups, key=lambda group: (SEVERITIES.index(group.severity), -len(group.people))))


def _group(people: tuple[GalleryLeftOut, ...]) -> LeftOutGroup:
    text = Bilingual(
        ja=in_common(person.text.ja for person in people), en=in_common(person.text.en for person in people)
    )
    return LeftOutGroup(reason=people[0].reason, severity=people[0].severity, text=text, people=people)


def in_common(sentences: Iterable[str]) -> str:
    """Give what the sentences share, with … for each stretch where their facts differ.

    >>> in_common(["Row 21 waits for 3.", "Row 25 waits for 4."])
    'Row … waits for ….'
    """
    # A hundred are enough for a heading: each person's own sentence stands below it.
    first, *others = [WORDS.findall(sentence) for sentence in islice(dict.fromkeys(sentences), 100)]
    for other in others:
        first = _shared_words(first, other)
    return "".join(first)


def _shared_words(left: list[str], right: list[str]) -> list[str]:
    shared: list[str] = []
    left_end = right_end = 0
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        if block.a > left_end or block.b > right_end:
            shared.append("…")
        left_end, right_end = block.a + block.size, block.b + block.size
        shared += left[block.a : left_end]
    return shared


def _count(groups: Iterable[LeftOutGroup], severity: str) -> int:
    return sum(len(group.people) for group in groups if group.severity == severity)


def _asset(name: str) -> str:
    return files("sheets_automation").joinpath("pages", name).read_text(encoding="utf-8")


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("sheets_automation", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
