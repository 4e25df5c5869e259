"""How good a ranking is: of the first ten people for an opening, how many fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import product

from sheets_automation.core.analysis_stages import ladder_of
from sheets_automation.core.model import Candidate
from sheets_automation.core.rediscovery import WEIGHTS, Profile, Weights, profile_of, rank
from sheets_automation.core.rediscovery_opening import opening_from_text
from sheets_automation.text_index import bm25
from tests.core.builders import NOW
from tests.rediscovery.labelled import HEADINGS, STAGES, LabelledOpening, Part, Person

TEN = 10
Ranking = Callable[[LabelledOpening, Sequence[Person]], list[Person]]
_WORD = re.compile(r"[一-鿿々]{2,}|[ァ-ヺー]{2,}|[A-Za-z][A-Za-z0-9+#.]*")


def precision(part: Part, ranking: Ranking) -> float:
    """The mean share of fitting people among the first ten, over all openings of a part."""
    return sum(_fitting(opening, ranking(opening, part.people)) for opening in part.openings) / len(part.openings)


def _fitting(opening: LabelledOpening, people: Sequence[Person]) -> float:
    return sum(opening.fits(person) for person in people[:TEN]) / TEN


def by_rediscovery(weights: Weights = WEIGHTS) -> Ranking:
    """The ranking of the product."""

    def ranking(opening: LabelledOpening, people: Sequence[Person]) -> list[Person]:
        candidates, profiles = _read(tuple(people))
        understood = opening_from_text(opening.text, opening.title)
        found = rank(understood, profiles, _alike, ladder_of(candidates), now=NOW, weights=weights)
        by_id = {person.candidate.id: person for person in people}
        return [by_id[fit.profile.candidate.id] for fit in found]

    return ranking


_read_once: dict[int, tuple[list[Candidate], list[Profile]]] = {}
_alike_once: dict[tuple[int, tuple[str, ...]], Sequence[float]] = {}


def _read(people: tuple[Person, ...]) -> tuple[list[Candidate], list[Profile]]:
    """What does not depend on weights, once for all of them."""
    key = hash(tuple(person.candidate.id + person.candidate.fields["スキル"] for person in people))
    if key not in _read_once:
        candidates = [person.candidate for person in people]
        _read_once[key] = candidates, [profile_of(one, HEADINGS) for one in candidates]
    return _read_once[key]


def _alike(documents: Sequence[Sequence[str]], query: Sequence[str]) -> Sequence[float]:
    key = hash(tuple(map(tuple, documents))), tuple(query)
    if key not in _alike_once:
        _alike_once[key] = bm25(documents, query)
    return _alike_once[key]


def by_keywords(opening: LabelledOpening, people: Sequence[Person]) -> list[Person]:
    """A plain search: whoever's cells hold most of the opening's words stands first."""
    wanted = set(_WORD.findall(opening.text))

    def hits(person: Person) -> int:
        cells = "\n".join((*person.candidate.fields.values(), person.candidate.opening, *person.candidate.tags))
        return sum(word in cells for word in wanted)

    return sorted(people, key=lambda person: (-hits(person), person.candidate.id))


def by_keywords_and_filter(opening: LabelledOpening, people: Sequence[Person]) -> list[Person]:
    """The same by somebody who filters the sheet first: interviewed, and a year ago or longer."""
    filtered = [one for one in people if one.candidate.stage != STAGES[0] and one.days >= 365]
    return by_keywords(opening, filtered)


def at_random(part: Part) -> float:
    """What drawing lots would give."""
    fitting = sum(opening.fits(person) for opening, person in product(part.openings, part.people))
    return fitting / part.pairs


def at_best(part: Part) -> float:
    """What somebody would reach who knows the labels: some openings have fewer than ten people who fit."""
    return precision(part, lambda opening, people: sorted(people, key=lambda one: not opening.fits(one)))


def choices() -> list[Weights]:
    """The weights among which the best is chosen."""
    grid = product((0.5, 1.0, 2.0), (0.25, 0.5, 1.0), (1.0, 2.0, 3.0, 4.0), (2.0, 5.0, 8.0))
    return [
        Weights(skills=5.0, text=text, role=role, stage=stage, tags=1.0, cooling=cooling)
        for text, role, stage, cooling in grid
    ]


def best(part: Part) -> tuple[float, Weights]:
    """The weights with the highest precision; of equals the first, so that the choice is the same each time."""
    return max(((precision(part, by_rediscovery(one)), one) for one in choices()), key=lambda found: found[0])
