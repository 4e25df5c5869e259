"""見送り: tags that HR does not want for somebody, so that nobody is proposed the same tag every night.

Whoever clears a proposal in タグ候補 has refused it: the reason beside it still says what was proposed. What was
refused stands in a column of its own, where HR may add words, and take them out to be proposed them again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sheets_automation.core.cells import folded, split_tags, text
from sheets_automation.core.model import Candidate
from sheets_automation.core.table import CellValue

REFUSED_HEADING = "見送ったタグ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What one row is not to be proposed."""

    tags: frozenset[str]
    """Folded."""
    fresh: tuple[str, ...]
    """Those that nobody has noted yet."""


NOTHING = Refused(tags=frozenset(), fresh=())


def refused_in(
    candidate: Candidate,
    *,
    noted: CellValue,
    proposed: CellValue,
    reasons: CellValue,
    known: Collection[str],
) -> Refused:
    """Read what a row's cells say. `known` are the tags of the rules, folded; other words were never proposed."""
    before = [line.partition(": ")[0] for line in text(reasons).splitlines()]
    old = set(map(folded, split_tags(noted)))
    left = {*map(folded, split_tags(proposed)), *map(folded, candidate.tags), *old}
    fresh = tuple(tag for tag in dict.fromkeys(before) if folded(tag) in known and folded(tag) not in left)
    return Refused(tags=frozenset((*old, *map(folded, fresh))), fresh=fresh)
