"""再発見: past candidates for an opening, the likeliest first, with the reasons. Pure, and the same for the same input.

What is read is listed (rediscovery_text): words about work. Of those, only the opening's own count: nothing else that
is written of somebody moves them, however much there is. So age, sex, origin, creed, family and health change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sheets_automation.core.analysis_stages import Ladder
from sheets_automation.core.cells import folded
from sheets_automation.core.guards import decision_moment
from sheets_automation.core.model import Candidate
from sheets_automation.core.rediscovery_opening import Opening
from sheets_automation.core.rediscovery_skills import skills_in
from sheets_automation.core.rediscovery_text import about_work, tokens
from sheets_automation.core.tagging_words import without_denials

COOLING = timedelta(days=365)
"""Applying again is commonly accepted after about one year."""
Similarity = Callable[[Sequence[Collection[str]], Sequence[str]], Sequence[float]]
"""How much of a query (its tokens) each document has (those that are in it): 0 for nothing, and no upper end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each part counts. Chosen on labelled pairs other than those it is measured on (docs/rediscovery.md)."""

    skills: float = 5.0
    text: float = 1.0
    role: float = 0.25
    stage: float = 2.0
    tags: float = 1.0
    cooling: float = 5.0
    """Taken off while the cooling period lasts."""

    @property
    def most(self) -> float:
        """What somebody would have whom everything speaks for."""
        return self.skills + self.text + self.role + self.stage + self.tags


WEIGHTS = Weights()
_LEAST = 0.12
"""Of what is said of the work (skills, text, role), below which nobody is listed."""
_TAGS = {"スキル強": 1.0, "別ポジション適性あり": 0.8, "再応募候補": 0.6}
_NICE = 0.3
"""What a skill counts that is spoken of and not asked for."""
_BY_WORDS = 0.9
"""What words count beside a known skill."""
_MET = 0.45
"""From how much on we say that something that is asked for is shown."""
_FEWEST = 2
"""Words that have to be shared before all of them count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of how somebody works, from one row."""

    candidate: Candidate
    text: str
    skills: frozenset[str]
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well somebody fits, each part from 0 to 1."""

    profile: Profile
    skills: float
    met: tuple[str, ...]
    """Names of what is asked for and shown."""
    text: float
    role: float
    stage: float
    tags: float
    is_cooling: bool
    score: float
    """From 0 to 1, for comparing within one list only."""


def profile_of(candidate: Candidate, headings: Iterable[str]) -> Profile:
    """Read a row: the cells under these headings, which are those about work, the labels, and what they applied for.

    That somebody applied for a work does not show that they can do it.
    """
    cells = (candidate.fields.get(heading, "") for heading in headings)
    shown = without_denials(about_work("\n".join((*cells, *candidate.tags))))
    text = f"{shown}、{about_work(candidate.opening)}"
    return Profile(candidate=candidate, text=text, skills=skills_in(shown), tokens=frozenset(tokens(text)))


def rank(
    opening: Opening,
    profiles: Sequence[Profile],
    similarity: Similarity,
    ladder: Ladder,
    *,
    now: datetime,
    weights: Weights = WEIGHTS,
) -> tuple[Fit, ...]:
    """Everybody whose work has something to do with the opening, the likeliest first; equals in the order of ids."""
    asked = tokens(opening.text)
    alike = similarity([profile.tokens.intersection(asked) for profile in profiles], asked)
    most = max(alike, default=0.0) or 1.0
    fits = (
        _fit(opening, profile, ladder, now, weights, text=score / most)
        for profile, score in zip(profiles, alike, strict=True)
    )
    listed = (fit for fit in fits if _has_to_do_with(fit, weights))
    return tuple(sorted(listed, key=lambda fit: (-fit.score, fit.profile.candidate.id, fit.profile.candidate.row)))


def _has_to_do_with(fit: Fit, weights: Weights) -> bool:
    of_work = weights.skills * fit.skills + weights.text * fit.text + weights.role * fit.role
    return (fit.skills > 0 or fit.role > 0 or fit.text > 0) and of_work >= _LEAST * weights.most


def _fit(opening: Opening, profile: Profile, ladder: Ladder, now: datetime, weights: Weights, *, text: float) -> Fit:
    row = profile.candidate
    shares = _shares(opening, profile)
    skills, role = _skills(opening, profile, shares), _role(opening, row)
    stage, tags = _stage(row, ladder), max((_TAGS.get(folded(tag), 0.0) for tag in row.tags), default=0.0)
    is_cooling = now - decision_moment(row, now) < COOLING
    parts = (
        weights.skills * skills
        + weights.text * text
        + weights.role * role
        + weights.stage * stage
        + weights.tags * tags
    )
    score = max(parts - (weights.cooling if is_cooling else 0.0), 0.0) / weights.most
    return Fit(
        profile=profile,
        skills=skills,
        met=tuple(name for name, share in shares.items() if share >= _MET),
        text=text,
        role=role,
        stage=stage,
        tags=tags,
        is_cooling=is_cooling,
        score=round(score, 6),
    )


def _shares(opening: Opening, profile: Profile) -> dict[str, float]:
    """By what is asked for: 1 where a skill shows it, else as much of its words as the profile has."""
    return {
        one.name: 1.0
        if one.skills & profile.skills
        else min(len(one.tokens & profile.tokens) / max(len(one.tokens), _FEWEST), 1.0) * _BY_WORDS
        for one in opening.requirements
    }


def _skills(opening: Opening, profile: Profile, shares: Mapping[str, float]) -> float:
    """The share of what is asked for that the profile shows."""
    whole = len(shares) + _NICE * len(opening.nice)
    return (sum(shares.values()) + _NICE * len(opening.nice & profile.skills)) / whole if whole else 0.0


def _role(opening: Opening, row: Candidate) -> float:
    """How much of the opening's name stands in that of the one they applied for."""
    title = tokens(about_work(opening.title))
    return len(frozenset(title).intersection(tokens(about_work(row.opening)))) / len(title) if title else 0.0


def _stage(row: Candidate, ladder: Ladder) -> float:
    """How far somebody came, of the way up to an offer."""
    last = max(len(ladder.names) - 3, 1)  # the last stage before offer and hire
    return min(ladder.standing(row).place / last, 1.0)
