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

from rapidfuzz.distance import OSA

from sheets_automation.core.addresses import match_key
from sheets_automation.core.cells import folded
from sheets_automation.core.likeness import are_two_people
from sheets_automation.core.model import Candidate
from sheets_automation.core.refusals import addresses_of

_MOST_LOOKED_AT = 50
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


class People:
    """Everybody in the workbook, by what they can be recognised by. Grows with everybody who is added."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._by_address: dict[str, list[Candidate]] = defaultdict(list)
        self._by_phone: dict[str, list[Candidate]] = defaultdict(list)
        self._by_name: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate: Candidate) -> None:
        """Know one more."""
        for address in addresses_of(candidate):
            self._by_address[match_key(address)].append(candidate)
        if candidate.phone:
            self._by_phone[candidate.phone].append(candidate)
        if candidate.name_key:
            self._by_name[candidate.name_key].append(candidate)

    def recognise(self, one: Candidate) -> Recognition:
        """Say whom of those a candidate is."""
        sure: list[Match] = []
        unsure: list[Match] = []
        for other in self._met(one):
            evidence = frozenset(_evidence(one, other))
            if _is_proof(evidence):
                sure.append(Match(other, evidence))
            elif _is_a_question(evidence):
                unsure.append(Match(other, evidence))
        if sure and not are_two_people(match.candidate.name for match in sure):
            return Recognition(Certainty.KNOWN, tuple(sure))
        if sure or unsure:
            return Recognition(Certainty.UNSURE, tuple((*sure, *unsure)[:_MOST_SHOWN]))
        return Recognition(Certainty.NEW)

    def _met(self, one: Candidate) -> Iterator[Candidate]:
        """Everybody who has anything in common with a candidate, each once; of placeholders not thousands."""
        met: dict[int, Candidate] = {}
        keys = [self._by_address.get(match_key(address), ()) for address in addresses_of(one)]
        keys.append(self._by_phone.get(one.phone, ()) if one.phone else ())
        keys.append(self._by_name.get(one.name_key, ()) if one.name_key else ())
        for found in keys:
            for other in found[-_MOST_LOOKED_AT:]:
                met.setdefault(id(other), other)
        return iter(met.values())


def _evidence(one: Candidate, other: Candidate) -> Iterator[Evidence]:
    mine, theirs = (frozenset(map(match_key, addresses_of(each))) for each in (one, other))
    if mine & theirs:
        yield Evidence.SAME_ADDRESS
    elif mine and theirs and _are_alike(mine, theirs):
        yield Evidence.LIKE_ADDRESS
    if one.phone and one.phone == other.phone:
        yield Evidence.SAME_PHONE
    elif one.phone and other.phone and OSA.distance(one.phone, other.phone, score_cutoff=_ONE_SLIP) <= _ONE_SLIP:
        yield Evidence.LIKE_PHONE
    if one.name_key and one.name_key == other.name_key:
        yield Evidence.SAME_NAME
        if not ((mine and theirs) or (one.phone and other.phone)):
            yield Evidence.NOTHING_ELSE
        if is_same_application(one, other) is SameApplication.YES and one.opening and one.applied_at:
            yield Evidence.SAME_APPLICATION
    elif one.name and other.name:
        yield Evidence.OTHER_NAME if are_two_people((one.name, other.name)) else Evidence.OTHER_SPELLING


def _are_alike(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    pairs = ((a, b) for a in mine for b in theirs)
    return any(
        a.partition("@")[0] == b.partition("@")[0] or OSA.distance(a, b, score_cutoff=_ONE_SLIP) <= _ONE_SLIP
        for a, b in pairs
    )


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
    openings = folded(one.opening), folded(other.opening)
    if all(openings) and openings[0] != openings[1]:
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
