"""The guards of follow-ups: those of results that hold here too, and what only news needs.

The first answer decides. Whoever a campaign does not speak to is no concern of any guard, so that question comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sheets_automation.core import guards
from sheets_automation.core.addresses import match_key
from sheets_automation.core.campaigns import Campaign, Means
from sheets_automation.core.consents import agreed_to_news
from sheets_automation.core.delivery_log import Delivery
from sheets_automation.core.erased_guards import is_not_erased, letters_to_erased
from sheets_automation.core.follow_up_rules import FollowUpRules
from sheets_automation.core.guard_scene import Finding, Scene
from sheets_automation.core.model import Candidate, Decision, DeliveryKey, DeliveryState, LetterKind, Occasion
from sheets_automation.core.moments import ago
from sheets_automation.core.reasons import Reason
from sheets_automation.core.tagging_conditions import TagScene
from sheets_automation.core.wording import day_in_words

_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpScene:
    """All that a guard of follow-ups may look at beside the candidate."""

    base: Scene
    """Its kind is FOLLOW_UP."""
    rules: FollowUpRules
    campaigns: Sequence[Campaign]
    """In HR's order, without those that rest."""
    conditions: TagScene
    by_candidate: Mapping[str, Sequence[Delivery]] = field(default_factory=dict)
    """The follow-ups to each candidate id."""
    hired: Collection[str] = ()
    """Ids of candidates whom a partner reported as hired."""

    @property
    def now(self) -> datetime:
        """In the workbook's time zone."""
        return self.base.now


FollowUpGuard = Callable[[Candidate, FollowUpScene], Finding | None]


def by_candidate(deliveries: Mapping[DeliveryKey, Delivery]) -> Mapping[str, Sequence[Delivery]]:
    """All follow-ups by candidate id, in the order of the log."""
    found: dict[str, list[Delivery]] = {}
    for delivery in deliveries.values():
        if delivery.key.kind is LetterKind.FOLLOW_UP:
            found.setdefault(delivery.key.candidate_id, []).append(delivery)
    return found


def occasion_of(candidate: Candidate, scene: FollowUpScene) -> Occasion | Finding:
    """The first campaign that speaks to somebody, and has something new for them; else why there is none."""
    silent = Finding(Reason.NO_CAMPAIGN)
    mine = scene.base.log.current_key(candidate.id, LetterKind.FOLLOW_UP)  # in doubt, it is for another guard to tell
    told = [one for one in history(candidate, scene) if one.is_told and one.key != mine]
    for campaign in scene.campaigns:
        if not campaign.runs_on(scene.now.date()) or not (why := campaign.speaks_to(candidate, scene.conditions)):
            continue
        refused = _had_it(campaign, candidate.id, told, scene) or _goes_another_way(campaign, candidate, scene)
        if refused is None:
            return Occasion(campaign=campaign.name, letter=campaign.letter, why=why)
        if silent.reason is Reason.NO_CAMPAIGN:
            silent = refused
    return silent


def _goes_another_way(campaign: Campaign, candidate: Candidate, scene: FollowUpScene) -> Finding | None:
    by_line = campaign.means is Means.LINE or (campaign.means is Means.LINE_FIRST and bool(candidate.line_user))
    if by_line is scene.base.rules.by_line:
        return None
    way = {"way": "LINE", "way_en": "LINE"} if by_line else {"way": "メール", "way_en": "mail"}
    return Finding(Reason.GOES_ANOTHER_WAY, {"campaign": campaign.name, **way})


def _had_it(campaign: Campaign, candidate_id: str, told: Sequence[Delivery], scene: FollowUpScene) -> Finding | None:
    """Nobody gets the same letter twice within its span, whatever the campaign that sends it is called by now."""
    # A letter that a rebuilt log does not know by name may be this one: never twice is safer than once more.
    names = {campaign.letter} if campaign.again_after is not None else {campaign.letter, ""}
    same = [(one.at, one.key.candidate_id) for one in told if one.at and letter_of(one) in names]
    last, other = max(same, default=(None, ""))
    if last is None or (campaign.again_after is not None and last <= ago(scene.now, campaign.again_after)):
        return None
    if other != candidate_id:
        return Finding(Reason.PERSON_ALREADY_TOLD, {"when": day_in_words(last), "other": other})
    return Finding(Reason.FOLLOW_UP_HAD, {"when": day_in_words(last), "campaign": campaign.name})


def letter_of(delivery: Delivery) -> str:
    """The name of its letter, without the language; empty where a rebuilt log no longer knows."""
    return delivery.claim.template.rpartition(".")[0] if delivery.claim else ""


def history(candidate: Candidate, scene: FollowUpScene) -> Sequence[Delivery]:
    """Every follow-up to any row or any address of the person, by the log alone."""
    if not scene.by_candidate:
        return ()
    log = scene.base.log
    family = _family(candidate, scene)
    found = {one.key: one for person in family for one in scene.by_candidate.get(person.id, ())}
    addresses = [one for person in family for one in (person.address.value, *person.more_addresses) if one]
    keys = [key for address in addresses for key in log.by_address.get(match_key(address), ())]
    for key in (*keys, *letters_to_erased(addresses, scene.base)):
        if key.kind is LetterKind.FOLLOW_UP:
            found[key] = log.delivery(key)
    return tuple(found.values())


def has_a_result(candidate: Candidate, scene: FollowUpScene) -> Finding | None:
    """Only whoever was rejected, or withdrew: news is no way to hear how one's application stands."""
    if candidate.decision is Decision.WITHDRAWN and candidate.contradiction is None:
        return None
    return guards.is_rejected(candidate, scene.base)


def agrees(candidate: Candidate, scene: FollowUpScene) -> Finding | None:
    """A yes on one row of the person, and a no on none; a yes in a row that is somebody else's by now is not theirs."""
    torn = scene.base.identity_problems
    family = [one for one in _family(candidate, scene) if one is candidate or one.row not in torn or not one.news]
    return None if agreed_to_news(family) else Finding(Reason.NEWS_NOT_AGREED)


def is_not_hired_elsewhere(candidate: Candidate, scene: FollowUpScene) -> Finding | None:
    """Whoever found work through a partner is not asked back."""
    return Finding(Reason.HIRED) if any(one.id in scene.hired for one in _family(candidate, scene)) else None


def knows_the_result(candidate: Candidate, scene: FollowUpScene) -> Finding | None:
    """Nobody gets news from a company that still owes them an answer, on whichever row."""
    results = replace(scene.base, kind=LetterKind.REJECTION)
    letters = [one for one in guards.letters_of_person(candidate, results) if one.state is DeliveryState.SENT]
    told = [one for one in letters if one.key.kind is LetterKind.REJECTION]
    is_known = all(_is_answered(one, told, scene) for one in _family(candidate, scene))
    return None if is_known else Finding(Reason.RESULT_NOT_TOLD)


def _is_answered(row: Candidate, told: Sequence[Delivery], scene: FollowUpScene) -> bool:
    """Whether a row waits for no letter: it has its own, or another row of the person was told since its decision."""
    since, now = _since(row), scene.now
    if row.decision is not Decision.REJECTED or (since is not None and since <= ago(now, scene.base.rules.max_age)):
        return True
    mine = scene.base.log.current_key(row.id, LetterKind.REJECTION)
    if any(one.key == mine for one in told):
        return True
    days = [one.at.astimezone(now.tzinfo).date() for one in told if one.at]
    return since is not None and any(day >= since.astimezone(now.tzinfo).date() for day in days)


def had_time_to_rest(candidate: Candidate, scene: FollowUpScene) -> Finding | None:
    """Some months after the last result of the person, and never beside a date that nobody can read."""
    ended = [one for one in _family(candidate, scene) if one.decision in {Decision.REJECTED, Decision.WITHDRAWN}]
    dates = [None if one.decided_at_problem else _since(one) for one in ended]
    if None in dates or not dates:
        return Finding(Reason.DECISION_DATE_UNREADABLE)
    ripe = max(date for date in dates if date) + scene.rules.after_result
    return Finding(Reason.RESULT_TOO_RECENT, {"when": day_in_words(ripe)}) if ripe > scene.now else None


def has_not_answered(candidate: Candidate, scene: FollowUpScene) -> Finding | None:
    """Whoever answered, also to a result, talks to a person now, until that person says that news may go on."""
    news = history(candidate, scene)
    letters = guards.letters_of_person(candidate, replace(scene.base, kind=LetterKind.REJECTION))
    words = [one.reopened_at for one in news if one.reopened_at]
    for one in (*news, *(one for one in letters if one.key.kind is LetterKind.REJECTION)):
        if one.replied_at and not any(word >= one.replied_at for word in words):
            return Finding(Reason.PERSON_ANSWERED, {"when": day_in_words(one.replied_at)})
    return None


def is_not_too_soon(candidate: Candidate, scene: FollowUpScene) -> Finding | None:
    """One cap across all campaigns, rows and addresses of a person; a rebuilt log may have lost a letter."""
    times = sorted(_contacts(candidate, scene))
    if times and times[-1] > ago(scene.now, scene.rules.between):
        return Finding(Reason.FOLLOW_UP_TOO_SOON, {"when": day_in_words(times[-1] + scene.rules.between)})
    within = [at for at in times if at > ago(scene.now, _A_YEAR)]
    if len(within) >= scene.rules.most_a_year:
        free = within[-scene.rules.most_a_year] + _A_YEAR
        return Finding(Reason.FOLLOW_UP_TOO_OFTEN, {"count": str(len(within)), "when": day_in_words(free)})
    return None


def _contacts(candidate: Candidate, scene: FollowUpScene) -> Iterator[datetime]:
    yield from (one.at for one in history(candidate, scene) if one.is_told and one.at)
    if scene.base.log.rebuilt_at:
        yield scene.base.log.rebuilt_at


def _family(candidate: Candidate, scene: FollowUpScene) -> tuple[Candidate, ...]:
    """All rows of the person."""
    return (candidate, *scene.base.siblings.get(candidate.row, ()))


def _since(candidate: Candidate) -> datetime | None:
    """Since when the candidacy is over, as far as anybody wrote it down."""
    return candidate.decided_at or candidate.first_seen_at or candidate.applied_at


def _as_for_results(guard: guards.Guard) -> FollowUpGuard:
    return lambda candidate, scene: guard(candidate, scene.base)


def address_works(candidate: Candidate, scene: FollowUpScene) -> Finding | None:
    """No letter to the address came back; LINE needs no address that works."""
    return None if scene.base.rules.by_line else guards.address_works(candidate, scene.base)


GUARDS: tuple[FollowUpGuard, ...] = (
    _as_for_results(is_not_erased),
    has_a_result,
    *map(_as_for_results, (guards.says_one_thing, guards.has_no_other_hope, guards.wants_letters)),
    agrees,
    *map(_as_for_results, (guards.is_not_told_yet, guards.is_who_it_says, guards.has_a_name, guards.has_an_address)),
    address_works,
    _as_for_results(guards.may_go_by_line),
    *map(
        _as_for_results, (guards.shares_no_address, guards.is_not_on_hold, guards.is_not_held, guards.is_ours_to_tell)
    ),
    is_not_hired_elsewhere,
    has_not_answered,
    had_time_to_rest,
    knows_the_result,
    is_not_too_soon,
    _as_for_results(guards.is_time_to_write),
)


def first_finding(candidate: Candidate, scene: FollowUpScene) -> Finding | None:
    """Ask every guard in turn; the first that answers decides."""
    return next((found for guard in GUARDS if (found := guard(candidate, scene)) is not None), None)
