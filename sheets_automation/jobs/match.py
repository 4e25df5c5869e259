"""Rediscovery: read → who is past → rank → why → write the invitations. Changes nothing and sends nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sheets_automation.core.analysis_stages import ladder_of
from sheets_automation.core.composing import Composer
from sheets_automation.core.guard_scene import Finding, Scene
from sheets_automation.core.identity import identity_problems
from sheets_automation.core.layout import Layout, locate_candidates
from sheets_automation.core.model import Candidate, Letter, LetterKind
from sheets_automation.core.persons import Persons, find_persons
from sheets_automation.core.reasons import Reason
from sheets_automation.core.rediscovery import Fit, Similarity, profile_of, rank
from sheets_automation.core.rediscovery_eligible import pool_of
from sheets_automation.core.rediscovery_letter import invitation
from sheets_automation.core.rediscovery_opening import TAB, Opening, opening_named
from sheets_automation.core.rediscovery_reasons import Past, Remark, last_contact, speaks_against, speaks_for
from sheets_automation.core.rediscovery_text import is_profile_heading
from sheets_automation.core.sentences import Skipped
from sheets_automation.core.table import Snapshot
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.situation import Situation, understand, zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One person of the shortlist."""

    candidate: Candidate
    fit: Fit
    reasons: tuple[Remark, ...]
    against: tuple[Remark, ...]
    last_contact: datetime | None
    letter: Letter | Finding | None
    """The ready invitation, or what is wrong with it; None where something has to be settled first."""

    @property
    def letter_problem(self) -> str | None:
        """What is wrong with the letter, in a word."""
        if not isinstance(self.letter, Finding):
            return None
        return self.letter.facts.get("detail", self.letter.reason.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """What was found for one opening."""

    opening: Opening
    matches: tuple[Match, ...]
    found: int
    """How many have to do with the opening, those that are not on the list among them."""
    pool: int
    """How many past candidates were looked at."""
    left_out: tuple[Skipped, ...]
    reads_profiles: bool
    """Whether the sheet has any column that says what somebody can do."""


def find_matches(
    snapshot: Snapshot, desk: Desk, similarity: Similarity, *, wanted: str | Opening, top: int, now: datetime
) -> Shortlist:
    """Find the past candidates for an opening, one row for each person."""
    layout = locate_candidates(snapshot, desk.rules.headings)
    headings = profile_headings(layout)
    situation = understand(snapshot, desk.rules, {*headings, *desk.headings_used})
    now = now.astimezone(zone_of(snapshot, desk.rules))
    opening = wanted
    if isinstance(opening, str):
        opening = opening_named(opening, snapshot.tables.get(TAB), situation.candidates)
    persons = find_persons(situation.candidates)
    pool = pool_of(situation.candidates, _scene(situation, desk, persons, now))
    profiles = [profile_of(one, headings) for one in pool.past]
    fits = _one_of_each_person(rank(opening, profiles, similarity, ladder_of(situation.candidates), now=now), persons)
    return Shortlist(
        opening=opening,
        matches=tuple(_match(fit, opening, situation, desk, persons, now) for fit in fits[:top]),
        found=len(fits),
        pool=len(pool.past),
        left_out=pool.left_out,
        reads_profiles=bool(headings),
    )


def left_out_by_reason(found: Shortlist, language: str) -> Iterator[tuple[str, str, int]]:
    """Reason, its first sentence with what is the same for all of them, and how many; the commonest first."""
    stop = "。" if language == "ja" else ". "
    groups: dict[Reason, list[Skipped]] = {}
    for one in found.left_out:
        groups.setdefault(one.reason, []).append(one)
    for reason, group in sorted(groups.items(), key=lambda item: -len(item[1])):
        shared = dict(set.intersection(*(set(one.facts.items()) for one in group)))
        yield reason.value, replace(group[0], facts=shared).text(language).partition(stop)[0], len(group)


def profile_headings(layout: Layout) -> tuple[str, ...]:
    """The headings of the sheet under which somebody's work is described; none that we know by another name."""
    known = set(layout.columns.values())
    return tuple(heading for column, heading in layout.headings if column not in known and is_profile_heading(heading))


def _scene(situation: Situation, desk: Desk, persons: Persons, now: datetime) -> Scene:
    return Scene(
        kind=LetterKind.REJECTION,
        log=situation.log,
        rules=desk.rules.guards,
        now=now,
        identity_problems=identity_problems(situation.candidates),
        siblings=persons.siblings,
        shared_addresses=persons.shared_addresses,
    )


def _one_of_each_person(fits: Sequence[Fit], persons: Persons) -> list[Fit]:
    """Keep the best row of each person."""
    kept: list[Fit] = []
    seen: set[int] = set()
    for fit in fits:
        row = fit.profile.candidate.row
        if row not in seen:
            kept.append(fit)
            seen |= {row, *(one.row for one in persons.siblings.get(row, ()))}
    return kept


def _match(fit: Fit, opening: Opening, situation: Situation, desk: Desk, persons: Persons, now: datetime) -> Match:
    row = fit.profile.candidate
    past = Past(
        told=situation.log.delivery(situation.log.current_key(row.id, LetterKind.REJECTION)),
        others=persons.siblings.get(row.row, ()),
    )
    against = tuple(speaks_against(fit, opening, past, now))
    composer = desk.compose
    letter = None
    if isinstance(composer, Composer) and not any(remark.holds_back for remark in against):
        letter = invitation(composer, row, opening.title)
    return Match(
        candidate=row,
        fit=fit,
        reasons=tuple(speaks_for(fit, opening, past, now)),
        against=against,
        last_contact=last_contact(row, past),
        letter=letter,
    )
