"""Why somebody is on the shortlist, and what speaks against writing to them now, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sheets_automation.core.consents import agreed_to_news
from sheets_automation.core.delivery_log import Delivery
from sheets_automation.core.guards import decision_moment
from sheets_automation.core.model import Candidate, Decision, DeliveryState
from sheets_automation.core.rediscovery import COOLING, Fit
from sheets_automation.core.rediscovery_opening import Opening
from sheets_automation.core.rediscovery_text import about_work, words_in

_MOST_WORDS = 4
_MOST_OTHERS = 3
_CLOSE = 0.5
_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing to know before writing."""

    ja: str
    en: str
    holds_back: bool = False
    """Whether no letter should go before a person has dealt with it."""

    def text(self, language: str) -> str:
        """The sentence in one language."""
        return self.ja if language == "ja" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What else is known of the person."""

    told: Delivery
    """The letter about the last decision."""
    others: Sequence[Candidate] = ()
    """Other rows of the same person."""


def speaks_for(fit: Fit, opening: Opening, past: Past, now: datetime) -> Iterator[Remark]:
    """What speaks for somebody, what weighs most first."""
    row = fit.profile.candidate
    more, asked = sorted(opening.nice & fit.profile.skills), len(opening.requirements)
    if fit.met:
        yield _both(
            f"求める経験 {asked} 件のうち {len(fit.met)} 件の記載: {_listed(fit.met)}",
            f"shows {len(fit.met)} of {asked} things asked for: {_listed(fit.met)}",
        )
    if more:
        yield _both(f"ほかに関わる経験: {'、'.join(more)}", f"also shows {', '.join(more)}")
    if fit.role >= _CLOSE:
        yield _both(f"以前も「{row.opening}」に応募", f"applied for “{row.opening}” before")
    if words := _in_common(fit, opening):
        yield _both(f"求人票と重なる言葉: {'、'.join(words)}", f"words in common: {', '.join(words)}")
    if row.stage and fit.stage > 0:
        yield _both(f"前回は「{row.stage}」まで進んだ", f"came to “{row.stage}”")
    if row.tags and fit.tags > 0:
        yield _both(f"タグ: {'、'.join(row.tags)}", f"tags: {', '.join(row.tags)}")
    if not fit.is_cooling:
        span = _span(now - decision_moment(row, now))
        yield _both(f"前回の結果から {span[0]}", f"{span[1]} since the last result")
    if _agreed(row, past):
        yield _both("ご案内に同意あり(フォロー同意)", "agreed to be told (consent to news)")
    if past.told.replied_at is not None:
        yield _both("前回の通知に返信あり", "answered the last letter")


def speaks_against(fit: Fit, opening: Opening, past: Past, now: datetime) -> Iterator[Remark]:
    """What speaks against writing now."""
    row = fit.profile.candidate
    if row.decision is Decision.REJECTED and past.told.state is not DeliveryState.SENT:
        yield Remark(
            ja="前回の不採用の通知が、まだ送られていない(先に通知してください)",
            en="has not been told of the last rejection yet (tell them first)",
            holds_back=True,
        )
    if fit.is_cooling:
        at = decision_moment(row, now)
        until, span = at + COOLING, _span(now - at)
        yield Remark(
            ja=f"前回の結果からまだ {span[0]}(1 年たつのは {until:%Y/%m/%d})",
            en=f"only {span[1]} since the last result (a year on {until:%Y/%m/%d})",
            holds_back=True,
        )
    agreed = _agreed(row, past)
    if agreed is False:
        yield Remark(
            ja="ご案内に同意していない(フォロー同意が「いいえ」か、撤回の記録あり)",
            en="does not agree to be told (refused news, or took the consent back)",
            holds_back=True,
        )
    elif agreed is None:
        # An opening is an advertisement of one's own business, which by law needs a yes before it is written.
        yield Remark(
            ja="ご案内への同意の記録がない(ご本人の同意を確かめ、「フォロー同意」に書くと文面を作ります)",
            en="no consent to be told on record (ask, and write it into フォロー同意: then the letter is written)",
            holds_back=True,
        )
    if missing := [one.name for one in opening.requirements if one.name not in fit.met]:
        yield _both(f"記載が見当たらない経験: {_listed(missing)}", f"not mentioned: {_listed(missing)}")
    if row.decision is Decision.WITHDRAWN:
        yield _both("前回はご本人が辞退", "withdrew the last time")
    if past.others:
        told_ja = "、".join(_other(one) for one in past.others[:_MOST_OTHERS])
        number = len(past.others)
        others = f"{number} other application{'s' * (number > 1)}"
        yield _both(f"ほかの応募 {number} 件: {told_ja}", f"{others}: {told_ja}")


def last_contact(row: Candidate, past: Past) -> datetime | None:
    """When we last dealt with the person, as far as the workbook says."""
    known = (past.told.replied_at, past.told.at if past.told.is_told else None, row.decided_at, row.applied_at)
    return max((at for at in known if at is not None), default=None)


def _agreed(row: Candidate, past: Past) -> bool | None:
    """Consent to referrals is no consent to this: it is about the partner's link in a letter."""
    return agreed_to_news((row, *past.others))


def _in_common(fit: Fit, opening: Opening) -> list[str]:
    """Longer words that stand in both texts and in nothing that was named already."""
    if fit.text < _CLOSE:
        return []
    mine = set(words_in(fit.profile.text))
    named = {word for name in fit.met for word in words_in(about_work(name))}
    if fit.role >= _CLOSE:
        named |= set(words_in(about_work(opening.title)))
    return [word for word in words_in(opening.text) if word in mine and word not in named][:_MOST_WORDS]


def _listed(names: Sequence[str]) -> str:
    return "・".join(f"「{name}」" for name in names)


def _other(one: Candidate) -> str:
    day = f"{one.applied_at:%Y/%m}" if one.applied_at else ""
    return " ".join(filter(None, (one.opening, day, one.decision_text)))


def _span(past: timedelta) -> tuple[str, str]:
    years, months = past.days // 365, past.days % 365 // 31
    if past < COOLING:
        years, months = 0, max(past // _MONTH, 0)
    if not years and not months:
        return "1 か月未満", "less than a month"
    parts = [(n, ja, en) for n, ja, en in ((years, "年", "year"), (months, "か月", "month")) if n]
    return " ".join(f"{n} {ja}" for n, ja, _ in parts), " ".join(f"{n} {en}{'s' * (n > 1)}" for n, _, en in parts)


def _both(ja: str, en: str) -> Remark:
    return Remark(ja=ja, en=en)
