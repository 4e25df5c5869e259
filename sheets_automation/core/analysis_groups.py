"""Counting candidates by medium, opening, tag and skill: how far each group came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from sheets_automation.core.analysis import GroupLine, StageLine
from sheets_automation.core.analysis_forbidden import is_forbidden_label
from sheets_automation.core.analysis_stages import Ladder, Outcome, Standing
from sheets_automation.core.cells import folded, split_tags
from sheets_automation.core.model import Candidate

MOST_GROUPS = 50
"""The rest is one line."""
REST = "その他"
SKILL_HEADINGS = ("スキル", "保有スキル", "Skills")
NamesOf = Callable[[Candidate], Sequence[str]]


class Counted:
    """Candidates with their standings, worked out once for all tables."""

    def __init__(self, candidates: Sequence[Candidate], ladder: Ladder, small_group: int) -> None:
        self.candidates = candidates
        self._ladder = ladder
        self._small = small_group
        self._standings = [ladder.standing(candidate) for candidate in candidates]

    def funnel(self) -> tuple[StageLine, ...]:
        """Everybody's way through the stages."""
        return self._stages(Counter(self._standings))

    def outcomes(self) -> Counter[Outcome]:
        """What became of everybody."""
        return Counter(standing.outcome for standing in self._standings)

    def groups(
        self,
        names_of: NamesOf,
        *,
        to_tell: Mapping[int, bool],
        costs: Mapping[str, int] | None = None,
        named_only: bool = False,
    ) -> tuple[GroupLine, ...]:
        """One line for each name, the largest first. `to_tell` says by row who is to be told, and whether they were."""
        tallies: dict[str, _Tally] = {}
        for candidate, standing in zip(self.candidates, self._standings, strict=True):
            for name in names_of(candidate) or ([] if named_only else [""]):
                if (tally := tallies.get(key := _key(name))) is None:
                    tally = tallies[key] = _Tally()
                tally.add(name, standing, to_tell.get(candidate.row))
        costs = costs or {}
        for medium in costs:
            tallies.setdefault(medium, _Tally()).spellings[medium] += 0  # money was spent and nobody came
        order = sorted(tallies, key=lambda key: (-tallies[key].rows, key))
        lines = [self._line(tallies[key], costs.get(key)) for key in order[:MOST_GROUPS]]
        if rest := order[MOST_GROUPS:]:
            lines.append(self._line(_joined(tallies[key] for key in rest), _summed(costs, rest)))
        return tuple(lines)

    def _line(self, tally: _Tally, cost: int | None) -> GroupLine:
        outcomes = Counter[Outcome]()
        for standing, count in tally.standings.items():
            outcomes[standing.outcome] += count
        return GroupLine(
            name=tally.name,
            applications=tally.rows,
            outcomes={outcome: outcomes[outcome] for outcome in Outcome},
            stages=self._stages(tally.standings),
            told=tally.told,
            to_tell=tally.to_tell,
            cost=cost,
            is_small=tally.rows < self._small,
        )

    def _stages(self, standings: Mapping[Standing, int]) -> tuple[StageLine, ...]:
        """From the last stage up: whoever stands further has passed each stage before."""
        lines: list[StageLine] = []
        passed = standings.get(Standing(len(self._ladder.names) - 1, Outcome.HIRED), 0)
        for place in reversed(range(len(self._ladder.names))):
            here = {outcome: standings.get(Standing(place, outcome), 0) for outcome in Outcome}
            reached = passed + sum(here.values()) - here[Outcome.HIRED]
            lines.append(
                StageLine(
                    name=self._ladder.names[place],
                    reached=reached,
                    passed=passed,
                    rejected=here[Outcome.REJECTED],
                    withdrawn=here[Outcome.WITHDRAWN],
                    not_considered=here[Outcome.NOT_CONSIDERED],
                    going=here[Outcome.GOING] + here[Outcome.OFFERED],
                    is_small=reached < self._small,
                )
            )
            passed = reached
        return tuple(reversed(lines))


class _Tally:
    """The counts of one group."""

    def __init__(self) -> None:
        self.spellings: Counter[str] = Counter()
        self.standings: Counter[Standing] = Counter()
        self.told = 0
        self.to_tell = 0

    @property
    def name(self) -> str:
        """As it is written most often."""
        return min(self.spellings, key=lambda spelling: (-self.spellings[spelling], spelling))

    @property
    def rows(self) -> int:
        return self.standings.total()

    def add(self, name: str, standing: Standing, told: bool | None) -> None:  # noqa: FBT001 - None: not to be told
        self.spellings[name] += 1
        self.standings[standing] += 1
        if told is not None:
            self.to_tell += 1
            self.told += told


def _joined(tallies: Iterable[_Tally]) -> _Tally:
    whole = _Tally()
    whole.spellings[REST] += 1
    for tally in tallies:
        whole.standings += tally.standings
        whole.told += tally.told
        whole.to_tell += tally.to_tell
    return whole


def _summed(costs: Mapping[str, int], keys: Iterable[str]) -> int | None:
    known = [costs[key] for key in keys if key in costs]
    return sum(known) if known else None


_key = lru_cache(maxsize=4096)(folded)
"""What makes two names the same: width, case and blanks around them do not matter."""
_is_forbidden = lru_cache(maxsize=4096)(is_forbidden_label)


def medium_of(candidate: Candidate) -> Sequence[str]:
    """Where the candidate came from."""
    return (candidate.medium,) if candidate.medium else ()


def opening_of(candidate: Candidate) -> Sequence[str]:
    """What the candidate applied for."""
    return (candidate.opening,) if candidate.opening else ()


def tags_of(candidate: Candidate) -> Sequence[str]:
    """The tags that may be counted by, each once."""
    return _allowed(candidate.tags)


def skills_of(candidate: Candidate) -> Sequence[str]:
    """The skills that may be counted by, each once."""
    if not candidate.fields:
        return ()
    cells = (candidate.fields.get(heading, "") for heading in SKILL_HEADINGS)
    return _allowed(label for cell in cells for label in split_tags(cell))


def _allowed(labels: Iterable[str]) -> Sequence[str]:
    return tuple({_key(label): label for label in labels if not _is_forbidden(label)}.values())


def withheld_labels(candidates: Iterable[Candidate]) -> int:
    """How many different tags and skills are not counted by."""
    cells = (candidate.fields.get(heading, "") for candidate in candidates for heading in SKILL_HEADINGS)
    found = {folded(label) for cell in set(cells) for label in split_tags(cell)}
    found |= {folded(tag) for candidate in candidates for tag in candidate.tags}
    return sum(map(_is_forbidden, found))
