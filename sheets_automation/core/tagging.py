"""タグ候補: which tags the rules propose for whom, and why. Pure; typed tags are read and never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from sheets_automation.core.analysis_stages import ladder_of
from sheets_automation.core.cells import folded
from sheets_automation.core.decisions import DECISION_WORDS
from sheets_automation.core.layout import Layout
from sheets_automation.core.model import Candidate, Decision
from sheets_automation.core.tagging_conditions import TagScene, in_sheet, reason
from sheets_automation.core.tagging_refusals import Refused
from sheets_automation.core.tagging_rules import Comparison, Condition, Conditional, RuleProblem, TagRule

HEADING = "タグ候補"
REASON_HEADING = "タグ候補の理由"
NOBODY: Mapping[int, Refused] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One tag for one candidate."""

    tag: str
    ja: str
    """Why, as a sentence."""
    en: str

    def why(self, language: str) -> str:
        """Why, in one language."""
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging:
    """What the rules say of a whole workbook."""

    suggestions: Mapping[int, tuple[Suggestion, ...]]
    """By row; without tags that the row has already."""
    resting: tuple[RuleProblem, ...] = ()
    """Conditions on headings that this workbook does not have: their rules hold for nobody."""


def headings_wanted(rules: Iterable[Conditional], layout: Layout) -> frozenset[str]:
    """The headings of the sheet whose cells the rules look at, as they stand there."""
    named = (heading for rule in rules for one in rule.conditions for heading in one.headings)
    return frozenset(found for heading in named if (found := in_sheet(heading, layout)))


def scene_of(
    rules: Sequence[Conditional],
    candidates: Sequence[Candidate],
    layout: Layout,
    *,
    now: datetime,
    decisions: Mapping[str, Decision] = DECISION_WORDS,
) -> TagScene:
    """Make ready what the conditions look at."""
    stages = {
        value
        for rule in rules
        for one in rule.conditions
        if one.comparison is Comparison.REACHED
        for value in one.values
    }
    # A rule may name a stage at which nobody stands, so the rules' words are put on the ladder too.
    named = (replace(candidates[0], stage=stage) for stage in sorted(stages)) if candidates else ()
    return TagScene(layout=layout, now=now, decisions=decisions, ladder=ladder_of((*candidates, *named)))


def suggest(
    rules: Sequence[TagRule],
    candidates: Sequence[Candidate],
    scene: TagScene,
    refused: Mapping[int, Refused] = NOBODY,
) -> Tagging:
    """Find the tags that each row should have and does not; none of those that were refused for it."""
    awake, resting = [], []
    for rule in rules:
        missing = [problem for one in rule.conditions if (problem := _resting(one, scene.layout))]
        resting += missing
        if not missing:
            awake.append(rule)
    never = {row: one.tags for row, one in refused.items()}
    found = {
        row.row: told
        for row in candidates
        if (told := tuple(_suggestions(awake, row, scene, never.get(row.row, frozenset()))))
    }
    return Tagging(suggestions=found, resting=tuple(resting))


def _suggestions(
    rules: Iterable[TagRule], row: Candidate, scene: TagScene, never: Collection[str]
) -> Iterator[Suggestion]:
    has = {*map(folded, row.tags), *never}
    for rule in rules:
        if folded(rule.tag) in has:
            continue
        said = [told for one in rule.conditions if (told := reason(row, one, scene))]
        if len(said) == len(rule.conditions):
            has.add(folded(rule.tag))
            yield Suggestion(
                tag=rule.tag, ja="、".join(ja for ja, _ in said) + "ため", en=", and ".join(en for _, en in said)
            )


def _resting(one: Condition, layout: Layout) -> RuleProblem | None:
    if any(in_sheet(heading, layout) for heading in one.headings):
        return None
    named = "、".join(f"「{heading}」" for heading in one.headings)
    return RuleProblem(
        where=one.cell,
        ja=f"候補者の表に見出し{named}の列がないので、この規則は休んでいます。",
        en=f"the candidates have no column {named}, so this rule rests.",
    )


def joined(typed: str, tags: Collection[str]) -> str:
    """The cell with further tags behind what is typed there, parted as HR parts them.

    Multi-select chips of Google Sheets are parted by a comma and a blank, and know no other sign.
    """
    mark = ", " if "," in typed else "、"
    return mark.join((typed, *tags)) if typed else mark.join(tags)


def counts(tagging: Tagging) -> Counter[str]:
    """How many people are proposed each tag."""
    return Counter(one.tag for found in tagging.suggestions.values() for one in found)
