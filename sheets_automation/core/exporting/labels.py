"""Which media, openings, tags and skills leave a workbook by their names.

A cell of labels is free text: somebody may have typed 「田中さんの紹介」 there. So a label that only few candidates
share, or that looks like an address or a number, is counted under 「その他」, unless HR notes costs for that medium.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_automation.core.analysis_groups import REST, medium_of, opening_of, skills_of, tags_of
from sheets_automation.core.cells import folded
from sheets_automation.core.headings import Field
from sheets_automation.core.model import Candidate
from sheets_automation.core.names import name_key

FEWEST = 5
"""Candidates who share a label that leaves by its name, at least; [analysis] small_group may ask for more."""
_TELLS = re.compile(r"@|(?:\d[\s()./-]*){7}")
MEDIUM, OPENING, TAG, SKILL = "medium", "opening", "tag", "skill"
_DIMENSIONS: Mapping[str, tuple[Callable[[Candidate], Sequence[str]], Field | None]] = {
    MEDIUM: (medium_of, Field.MEDIUM),
    OPENING: (opening_of, Field.OPENING),
    TAG: (tags_of, Field.TAGS),
    SKILL: (skills_of, None),
}
_COUNTED_WITHOUT_NAME = frozenset({MEDIUM, OPENING})


@dataclass(frozen=True, slots=True)
class Label:
    """One label of one candidate."""

    kind: str
    label: str
    """Folded: what makes two spellings the same. Empty for a row that names none."""
    name: str
    """As it is written there."""


class Labels:
    """The labels of a workbook, with the names under which they may leave it."""

    def __init__(
        self, candidates: Sequence[Candidate], *, barred: Collection[Field], least: int, costs: Collection[str]
    ) -> None:
        self._dimensions = {kind: of for kind, (of, field) in _DIMENSIONS.items() if field not in barred}
        counts = Counter(
            (kind, folded(name)) for one in candidates for kind, of in self._dimensions.items() for name in of(one)
        )
        people = {one.name_key for one in candidates} - {""}
        self._named = {
            (kind, label)
            for (kind, label), count in counts.items()
            if (kind == MEDIUM and label in costs)
            or (count >= least and not _TELLS.search(label) and name_key(label) not in people)
        }

    def of(self, candidate: Candidate) -> Iterator[Label]:
        """The labels of a candidate, each once."""
        for kind, names_of in self._dimensions.items():
            names = names_of(candidate)
            if not names and kind in _COUNTED_WITHOUT_NAME:
                yield Label(kind, "", "")
            shown = ((folded(name), name) for name in names)
            pairs = (pair if (kind, pair[0]) in self._named else (folded(REST), REST) for pair in shown)
            for label, name in dict(pairs).items():
                yield Label(kind, label, name)
