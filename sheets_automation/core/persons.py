"""個人: which rows are one human being, so that nobody is rejected twice, or while another row of theirs is alive."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_automation.core.addresses import match_key
from sheets_automation.core.model import Candidate

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The human behind several rows."""

    candidates: tuple[Candidate, ...]
    """In the order of the rows; at least two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Everybody who stands in more than one row; whoever is not here stands alone."""

    people: tuple[Person, ...]
    """In the order of their first rows."""
    siblings: Mapping[int, tuple[Candidate, ...]]
    """By row: the other rows of the same person."""
    shared_addresses: Mapping[int, tuple[int, ...]]
    """By row: the rows that share an address (the first twenty, for the message), where the names are clearly those of
    different people. One of them is wrong, and nothing tells which: none may be written to before a person looks."""


def find_persons(candidates: Sequence[Candidate]) -> Persons:
    """Group rows into people: the same address in any address column, or the same name and telephone number."""
    groups = _groups(candidates)
    people = tuple(Person(candidates=tuple(candidates[i] for i in group)) for group in groups)
    return Persons(people=people, siblings=_Siblings(people), shared_addresses=_shared_addresses(people))


class _Siblings(Mapping[int, tuple[Candidate, ...]]):
    """Built when asked for: ten thousand rows with one placeholder address would be a hundred million pairs."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._families = {one.row: person.candidates for person in people for one in person.candidates}

    def __getitem__(self, row: int) -> tuple[Candidate, ...]:
        return tuple(one for one in self._families[row] if one.row != row)

    def __iter__(self) -> Iterator[int]:
        return iter(self._families)

    def __len__(self) -> int:
        return len(self._families)


def _groups(candidates: Sequence[Candidate]) -> list[list[int]]:
    """Join rows that have a key in common, by union-find. Returns the groups of more than one, by position."""
    parent: dict[int, int] = {}  # of joined rows only: nearly all stand alone
    first_with: dict[str, int] = {}
    for index, key in _keys(candidates):
        earlier = first_with.setdefault(key, index)
        if earlier != index:
            one, other = sorted((_root(parent, earlier), _root(parent, index)))
            parent[other] = one
    groups: dict[int, list[int]] = {}
    for index in sorted(parent):
        groups.setdefault(_root(parent, index), []).append(index)
    return list(groups.values())


def _root(parent: dict[int, int], index: int) -> int:
    while (above := parent.setdefault(index, index)) != index:
        parent[index] = index = parent[above]
    return index


def _keys(candidates: Sequence[Candidate]) -> Iterator[tuple[int, str]]:
    """Give each row's position with each thing that it has in common with other rows of the same person."""
    phones = Counter(candidate.phone for candidate in candidates if candidate.phone)
    for index, candidate in enumerate(candidates):
        for key in _address_keys(candidate):
            yield index, key
        if candidate.name_key and phones[candidate.phone] > 1:
            yield index, candidate.phone + candidate.name_key


def _address_keys(candidate: Candidate) -> Iterator[str]:
    for address in (candidate.address.value, *candidate.more_addresses):
        if address:
            yield match_key(address)


def _shared_addresses(people: Sequence[Person]) -> dict[int, tuple[int, ...]]:
    shared: dict[int, tuple[int, ...]] = {}
    for person in people:
        if len({candidate.name_key for candidate in person.candidates}) > 1:
            shared |= _shared_within(person)
    return shared


def _shared_within(person: Person) -> dict[int, tuple[int, ...]]:
    from sheets_automation.core.likeness import are_two_people  # few sheets have any

    rows_at: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in person.candidates:
        for key in set(_address_keys(candidate)):
            rows_at[key].append(candidate)
    return {
        candidate.row: named
        for rows in rows_at.values()
        if are_two_people(one.name for one in rows)
        for named in [tuple(one.row for one in rows[:_MOST_NAMED])]
        for candidate in rows
    }
