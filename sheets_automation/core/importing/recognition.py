"""Whom of a file the workbook knows: surely, perhaps, or not at all, each with the evidence that a person can weigh.

Sure is what makes one Person of two rows everywhere in the house: the same address, unless the names are clearly those
of two people, or the same name and telephone number. Everything weaker is a question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA

from sheets_automation.core.addresses import match_key
from sheets_automation.core.cells import folded
from sheets_automation.core.likeness import are_two_people
from sheets_automation.core.model import Candidate
from sheets_automation.core.refusals import addresses_of

_MOST_LOOKED_AT = 100
"""The first ones, not the last: whoever is added later must not change what was found out before."""
_MOST_SHOWN = 3
_ONE_SLIP = 1
_A_DAY = timedelta(days=1)
_SOON = timedelta(days=30)


class Evidence(StrEnum):
    """What two rows have in common, or what speaks against it."""

    SAME_ADDRESS = "same_address"
    SAME_PHONE = "same_phone"
    SAME_NAME = "same_name"
    OTHER_SPELLING = "other_spelling"  # 旧姓, kana, Latin letters: no proof of two people
    LIKE_ADDRESS = "like_address"  # one slip, or the same name at another provider
    LIKE_PHONE = "like_phone"
    NOTHING_ELSE = "nothing_else"  # neither address nor telephone number tells two people of one name apart
    SAME_APPLICATION = "same_application"  # the same opening on the same day
    OTHER_NAME = "other_name"


class Certainty(StrEnum):
    """How well somebody is known."""

    KNOWN = "known"
    UNSURE = "unsure"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Match:
    """One row of the workbook, and why it may be the same person."""

    candidate: Candidate
    evidence: frozenset[Evidence]


@dataclass(frozen=True, slots=True)
class Recognition:
    """Whom a line of a file may be about."""

    certainty: Certainty
    matches: tuple[Match, ...] = ()
    """Of KNOWN all rows of the person that are surely theirs; of UNSURE those to ask about, the likeliest first."""


class SameApplication(StrEnum):
    """Whether a line is about the application in a row of the same person."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class _Known(NamedTuple):
    """Somebody in the workbook, with what is compared again and again."""

    candidate: Candidate
    addresses: frozenset[str]
    """As their mailboxes are known."""


class People:
    """Everybody in the workbook, by what they can be recognised by. Grows with everybody who is added."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_address: dict[str, list[_Known]] = defaultdict(list)
        self._by_phone: dict[str, list[_Known]] = defaultdict(list)
        self._by_name: dict[str, list[_Known]] = defaultdict(list)
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate: Candidate) -> None:
        """Know one more."""
        known = _known(candidate)
        for address in known.addresses:
            self._by_address[address].append(known)
        if candidate.phone:
            self._by_phone[candidate.phone].append(known)
        if candidate.name_key:
            self._by_name[candidate.name_key].append(known)

    def recognise(self, candidate: Candidate) -> Recognition:
        """Say whom of those a candidate is."""
        one = _known(candidate)
        reached = self._reached(one)
        sure = [match for match in reached if _is_proof(match.evidence)]
        if sure and not are_two_people(match.candidate.name for match in sure):
            return Recognition(Certainty.KNOWN, tuple(sure))
        # Only now those who merely have the same name: of common ones there are many.
        met = {id(match.candidate) for match in reached}
        named = self._by_name.get(candidate.name_key, ())[:_MOST_LOOKED_AT] if candidate.name_key else ()
        matches = [*reached, *(_match(one, other) for other in named if id(other.candidate) not in met)]
        unsure = [match for match in matches if match not in sure and _is_a_question(match.evidence)]
        if sure or unsure:
            return Recognition(Certainty.UNSURE, tuple((*sure, *unsure)[:_MOST_SHOWN]))
        return Recognition(Certainty.NEW)

    def _reached(self, one: _Known) -> list[Match]:
        """Everybody with the same address or number, each once; of placeholders not thousands."""
        met: dict[int, _Known] = {}
        for address in one.addresses:
            for other in self._by_address.get(address, ())[:_MOST_LOOKED_AT]:
                met[id(other.candidate)] = other
        for other in self._by_phone.get(one.candidate.phone, ())[:_MOST_LOOKED_AT] if one.candidate.phone else ():
            met[id(other.candidate)] = other
        return [_match(one, other) for other in met.values()]


def _known(candidate: Candidate) -> _Known:
    return _Known(candidate, frozenset(map(match_key, addresses_of(candidate))))


def _match(one: _Known, other: _Known) -> Match:
    return Match(other.candidate, frozenset((*_contacts_in_common(one, other), *_names_in_common(one, other))))


def _contacts_in_common(one: _Known, other: _Known) -> Iterator[Evidence]:
    if one.addresses & other.addresses:
        yield Evidence.SAME_ADDRESS
    elif one.addresses and other.addresses and _are_alike(one.addresses, other.addresses):
        yield Evidence.LIKE_ADDRESS
    mine, theirs = one.candidate.phone, other.candidate.phone
    if mine and mine == theirs:
        yield Evidence.SAME_PHONE
    elif mine and theirs and OSA.distance(mine, theirs, score_cutoff=_ONE_SLIP) <= _ONE_SLIP:
        yield Evidence.LIKE_PHONE


def _names_in_common(mine: _Known, theirs: _Known) -> Iterator[Evidence]:
    one, other = mine.candidate, theirs.candidate
    if one.name_key and one.name_key == other.name_key:
        yield Evidence.SAME_NAME
        if not ((mine.addresses and theirs.addresses) or (one.phone and other.phone)):
            yield Evidence.NOTHING_ELSE
        if one.opening and one.applied_at and is_same_application(one, other) is SameApplication.YES:
            yield Evidence.SAME_APPLICATION
    elif one.name and other.name:
        yield Evidence.OTHER_NAME if are_two_people((one.name, other.name)) else Evidence.OTHER_SPELLING


def _are_alike(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return any(_is_alike(a, b) for a in mine for b in theirs)


def _is_alike(one: str, other: str) -> bool:
    """One slip, or the same name at another provider."""
    if one.partition("@")[0] == other.partition("@")[0]:
        return True
    return abs(len(one) - len(other)) <= _ONE_SLIP and OSA.distance(one, other, score_cutoff=_ONE_SLIP) <= _ONE_SLIP


def _is_proof(evidence: frozenset[Evidence]) -> bool:
    by_address = Evidence.SAME_ADDRESS in evidence and Evidence.OTHER_NAME not in evidence
    return by_address or {Evidence.SAME_PHONE, Evidence.SAME_NAME} <= evidence


def _is_a_question(evidence: frozenset[Evidence]) -> bool:
    if Evidence.SAME_ADDRESS in evidence:
        return True  # with two names: one of them is wrong, or a family shares it
    if Evidence.SAME_PHONE in evidence:
        return Evidence.OTHER_NAME not in evidence
    more = {Evidence.LIKE_ADDRESS, Evidence.LIKE_PHONE, Evidence.NOTHING_ELSE, Evidence.SAME_APPLICATION}
    return Evidence.SAME_NAME in evidence and bool(more & evidence)


def is_same_application(one: Candidate, other: Candidate) -> SameApplication:
    """Tell whether two rows of one person are about one application: by the opening, and by the day."""
    openings = one.opening, other.opening
    if all(openings) and openings[0] != openings[1] and folded(openings[0]) != folded(openings[1]):
        return SameApplication.NO
    days = one.applied_at, other.applied_at
    if days[0] is not None and days[1] is not None:
        apart = abs(days[0] - days[1])
        if apart <= _A_DAY:  # a day without a time, or another time zone
            return SameApplication.YES
        return SameApplication.UNSURE if apart < _SOON else SameApplication.NO
    is_told = all(openings) or not any(openings)
    return SameApplication.YES if is_told and days == (None, None) else SameApplication.UNSURE


def applications_of(one: Candidate, rows: Sequence[Candidate]) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Return the rows that are this application, and those that may be."""
    said = [(row, is_same_application(one, row)) for row in rows]
    return (
        tuple(row for row, same in said if same is SameApplication.YES),
        tuple(row for row, same in said if same is SameApplication.UNSURE),
    )


def are_clearly_two(one: Candidate, other: Candidate) -> bool:
    """Tell whether the names are those of two people."""
    return one.name_key != other.name_key and are_two_people((one.name, other.name))
