"""求人: the opening for which past candidates are looked for, from a tab, a file, or a few words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sheets_automation.core.analysis_forbidden import is_forbidden_heading
from sheets_automation.core.cells import text
from sheets_automation.core.headings import heading_key
from sheets_automation.core.model import Candidate
from sheets_automation.core.rediscovery_skills import skills_in
from sheets_automation.core.rediscovery_text import about_work, telling
from sheets_automation.core.table import Row, Table
from sheets_automation.core.tagging_words import folded_text

TAB: Final = "求人"
LONGEST: Final = 20_000
"""Characters of an opening that are read."""
_TITLES: Final = tuple(
    map(heading_key, ("求人名", "求人タイトル", "募集職種", "職種", "ポジション", "opening", "position"))
)
_MUST: Final = re.compile(r"必須|応募資格|応募条件|必要ナ|求メル|must|required|requirement")
_NICE: Final = re.compile(r"歓迎|尚可|アレバ|優遇|望マシイ|nice|preferred|plus")
_OTHER: Final = re.compile(
    r"仕事内容|業務内容|職務内容|待遇|給与|年収|勤務|福利|休日|会社|選考|求人名|職種|ポジション|描写|description|benefit|salary"
)
_LABEL: Final = re.compile(r"^[\s■●◆▼【\[<#*]*([^】\]>:。]{1,16})(?:[】\]>:]|$)")
_BULLET: Final = re.compile(r"^\s*(?:[・●■○◆◦•*＊-]|[0-9０-９]+[.)．）])\s*")
_LISTED: Final = re.compile(r"[、,，;；\n]+")
_MOST_REQUIREMENTS: Final = 20
_LONGEST_NAME: Final = 30
_ROWS_ABOVE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing that an opening asks for."""

    name: str
    """As the opening says it."""
    skills: frozenset[str]
    """One of them is enough."""
    tokens: frozenset[str]
    """For comparing where no known skill tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An opening, understood."""

    title: str
    text: str
    """Everything that it says about the work, folded."""
    requirements: tuple[Requirement, ...] = ()
    nice: frozenset[str] = frozenset()
    """Skills that it speaks of otherwise."""


def opening_from_text(source: str, title: str = "") -> Opening:
    """Understand a text: lines below 必須, or else those with a bullet, say what is asked for, one thing in a line.

    Else every known skill that it speaks of is asked for, but for those that only its title names: what somebody
    applied for says nothing of what they can do.
    """
    parts: dict[str, list[str]] = {"must": [], "nice": [], "other": []}
    current = "other"
    lines = [line for line in source[:LONGEST].splitlines() if line.strip()]
    for line in lines:
        part, said = _part_of(line)
        current = part or current
        if said:
            parts[current].append(said)
    text = about_work("\n".join(lines))
    body = [line for line in lines if line != title] if title else lines[1:] or lines
    asked = _requirements(parts["must"] or _bulleted(parts["other"])) or _requirements_by_skill(
        about_work("\n".join(body))
    )
    known = frozenset(skill for one in asked for skill in one.skills)
    return Opening(title=title or _title_of(lines), text=text, requirements=asked, nice=skills_in(text) - known)


def _part_of(line: str) -> tuple[str | None, str]:
    """The part of an advertisement that a line begins, and what the line itself says."""
    label = _LABEL.match(folded_text(line))
    if label is None:
        return None, line
    kinds = (("nice", _NICE), ("must", _MUST), ("other", _OTHER))
    kind = next((kind for kind, pattern in kinds if pattern.search(label[1])), None)
    if kind is None:
        return None, line
    _, sign, behind = line.replace("：", ":").replace("】", ":").replace("]", ":").partition(":")
    return kind, behind.strip() if sign else ""


def _bulleted(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if _BULLET.match(line)]


def _requirements(lines: Iterable[str]) -> tuple[Requirement, ...]:
    """One for each line with a bullet; a line without lists several, as a cell does."""
    units = (unit for line in lines for unit in ([line] if _BULLET.match(line) else _LISTED.split(line)))
    made = (_requirement(_BULLET.sub("", unit).strip()) for unit in units)
    return tuple({one.name: one for one in made if one.tokens}.values())[:_MOST_REQUIREMENTS]


def _requirement(said: str) -> Requirement:
    text = about_work(said)
    name = said if len(said) <= _LONGEST_NAME else f"{said[:_LONGEST_NAME]}…"
    return Requirement(name=name, skills=skills_in(text), tokens=telling(text))


def _requirements_by_skill(text: str) -> tuple[Requirement, ...]:
    skills = sorted(skills_in(text))[:_MOST_REQUIREMENTS]
    return tuple(Requirement(name=skill, skills=frozenset({skill}), tokens=frozenset()) for skill in skills)


def _title_of(lines: list[str]) -> str:
    """The first line, without the label that may stand before it; short enough for a letter."""
    first = lines[0].strip() if lines else ""
    _, _, behind = first.replace("：", ":").partition(":")
    return (behind.strip() or first).strip("■●◆【】 \u3000#")[:60]


def openings_in(table: Table | None) -> Mapping[str, Opening]:
    """The openings of the tab 求人, by title; columns under 必須 and 歓迎 say what they say."""
    found: dict[str, Opening] = {}
    columns: Mapping[int, str] = {}
    for row in table.rows() if table is not None else ():
        if columns:
            if opening := _opening_of(row, columns):
                found.setdefault(opening.title, opening)
        elif row.number <= _ROWS_ABOVE:
            columns = _columns(row)
    return found


def _columns(row: Row) -> Mapping[int, str]:
    named = {column: text(value) for column, value in row.cells.items() if text(value)}
    return named if any(heading_key(name) in _TITLES for name in named.values()) else {}


def _opening_of(row: Row, columns: Mapping[int, str]) -> Opening | None:
    cells = {columns[column]: text(value) for column, value in row.cells.items() if column in columns}
    by_key = {heading_key(name): value for name, value in cells.items()}
    title = next((by_key[key] for key in _TITLES if by_key.get(key)), "")
    return opening_from_text("\n".join(_lines(title, cells)), title) if title else None


def _lines(title: str, cells: Mapping[str, str]) -> Iterator[str]:
    yield title
    for name, value in cells.items():
        if value != title and not is_forbidden_heading(name):
            yield f"{name}:"
            yield value


def opening_named(wanted: str, table: Table | None, candidates: Iterable[Candidate]) -> Opening:
    """The opening of this name in the tab or in the sheet; else the words themselves are what is asked for."""
    key = folded_text(wanted)
    for title, opening in openings_in(table).items():
        if folded_text(title) == key:
            return opening
    known = next((one.opening for one in candidates if folded_text(one.opening) == key), "")
    return opening_from_text(known or wanted, known)
