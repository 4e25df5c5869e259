"""登録: what a partner reports of our codes, and which of it is new."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sheets_automation.core.referral_codes import CodeProblem, read_code, resembling
from sheets_automation.core.referrals import Referral, ReferralKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One report, as it was typed on the command line or stands in a partner's file."""

    text: str
    """The code, however it was written, or the link that holds it."""
    kind: ReferralKind = ReferralKind.REGISTERED
    at: datetime | None = None
    """When it happened, aware; None where the report does not say: then it is now."""
    place: str = ""
    """For people, e.g. "registrations.csv:3"; empty for the command line."""
    partner: str = ""
    """Who reports it, where the report itself says so."""
    event_id: str = ""
    """Under which it is recorded, where the same report may come twice."""


class RegistrationState(StrEnum):
    """What became of a report. The names are stable: `--json` prints them."""

    ADDED = "added"
    ALREADY_KNOWN = "already_known"
    UNKNOWN_CODE = "unknown_code"
    UNREADABLE = "unreadable"
    IN_FUTURE = "in_future"
    TAKEN_BACK = "taken_back"
    OTHER_PARTNER = "other_partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationOutcome:
    """A report and what became of it, with a sentence that says what to do."""

    registration: Registration
    state: RegistrationState
    code: str = ""
    candidate_id: str = ""
    ja: str
    en: str


def judge(
    registrations: Iterable[Registration],
    referrals: Iterable[Referral],
    candidate_of_code: Mapping[str, str],
    *,
    now: datetime,
    partner: str = "",
    recorded: Collection[str] = (),
) -> tuple[RegistrationOutcome, ...]:
    """Say of each report whether it is new, in their order; one that comes twice is new once.

    `partner` is who reports what names no partner of its own; `recorded` are the ids of all events that are known.
    """
    known = {referral.code: referral for referral in referrals}
    outcomes: list[RegistrationOutcome] = []
    for registration in registrations:
        dated = replace(registration, at=registration.at or now)
        reading = read_code(registration.text)
        if reading.problem is not None:
            outcomes.append(_unreadable(dated, reading.problem, candidate_of_code))
            continue
        code, who = reading.code, dated.partner or partner
        referral = known.get(code, Referral(code=code, partner=who))
        state = _state(dated, code, referral, candidate_of_code, now)
        if dated.event_id and dated.event_id in recorded:
            state = RegistrationState.ALREADY_KNOWN
        elif state is RegistrationState.ADDED and _is_of_another(dated, who, referral):
            state = RegistrationState.OTHER_PARTNER
        if state is RegistrationState.ADDED:
            known[code] = _with(referral, dated.kind, dated.at or now)
        outcomes.append(_outcome(dated, code, state, candidate_of_code.get(code, "")))
    return tuple(outcomes)


def _state(
    registration: Registration, code: str, referral: Referral, candidate_of_code: Mapping[str, str], now: datetime
) -> RegistrationState:
    at = registration.at or now
    if code not in candidate_of_code:
        return RegistrationState.UNKNOWN_CODE
    if at > now:
        return RegistrationState.IN_FUTURE
    if registration.kind is ReferralKind.VOIDED:
        is_new = any(moment <= at for moment in referral.moments)
        return RegistrationState.ADDED if is_new else RegistrationState.ALREADY_KNOWN
    if referral.moment_of(registration.kind):
        return RegistrationState.ALREADY_KNOWN
    if referral.voided_at and at <= referral.voided_at:
        return RegistrationState.TAKEN_BACK
    return RegistrationState.ADDED


def _is_of_another(registration: Registration, who: str, referral: Referral) -> bool:
    """Whether a partner reports a code that led to another one. A click is whoever's link it was."""
    return registration.kind is not ReferralKind.CLICKED and bool(who) and referral.partner not in {"", who}


def _with(referral: Referral, kind: ReferralKind, at: datetime) -> Referral:
    """What is known of a code once this is recorded, too: for the reports that come after it."""
    if kind is ReferralKind.VOIDED:
        names = ("clicked_at", "registered_at", "hired_at")
        later = {name: moment for name in names if (moment := getattr(referral, name)) and moment > at}
        return Referral(code=referral.code, partner=referral.partner, voided_at=at, **later)
    return replace(referral, **{f"{kind.name.lower()}_at": at})  # type: ignore[arg-type]  # one of the three moments


_SENTENCES: Mapping[RegistrationState, tuple[str, str]] = {
    RegistrationState.ADDED: ("{code} を{kind}として記録しました。", "{code}: recorded as {name}."),
    RegistrationState.ALREADY_KNOWN: (
        "{code} の{kind}は記録済みです。何も足していません。",
        "{code}: {name} is recorded already, nothing was added.",
    ),
    RegistrationState.UNKNOWN_CODE: (
        "{code} は、送信記録のどの通知にもないコードです。紹介先に確かめてください。",
        "{code} is in no letter that we sent. Ask the partner for the right one.",
    ),
    RegistrationState.IN_FUTURE: (
        "{code} の日付 {day} は未来です。日付を直してください。",
        "{code}: the date {day} is in the future. Correct it.",
    ),
    RegistrationState.TAKEN_BACK: (
        "{code} の {day} の{kind}はあとで取り消されました。取消が誤りなら、日付なしで登録し直してください。",
        "{code}: what happened up to {day} was taken back later. If that was wrong, register it again without a date.",
    ),
    RegistrationState.OTHER_PARTNER: (
        "{code} のリンクは別の紹介先のものです(紹介実績に記録があります)。どちらの紹介先か確かめてください。",
        "{code} belongs to another partner, as the record of referrals says. Find out whose it is.",
    ),
}


def _outcome(registration: Registration, code: str, state: RegistrationState, candidate_id: str) -> RegistrationOutcome:
    facts = {
        "code": code,
        "kind": registration.kind.value,
        "name": registration.kind.name.lower(),
        "day": f"{registration.at:%Y-%m-%d}",
    }
    ja, en = _SENTENCES[state]
    return RegistrationOutcome(
        registration=registration,
        state=state,
        code=code,
        candidate_id=candidate_id,
        ja=ja.format(**facts),
        en=en.format(**facts),
    )


UNREADABLE_CODES: Mapping[CodeProblem, tuple[str, str]] = {
    CodeProblem.BLANK: ("紹介コードが空です。コードを入れてください。", "The code is blank; fill it in."),
    CodeProblem.NOT_A_CODE: (
        "紹介コードではありません。コードは英数字12文字です。通知の紹介URLの末尾か、送信記録で確かめてください。",
        "This is no referral code: those have 12 letters and digits. See the end of the link, or the delivery log.",
    ),
    CodeProblem.TYPO: (
        "紹介コードのどこかが違っています。紹介先にもう一度確かめてください。",
        "A character of this code is wrong. Check it with the partner.",
    ),
    CodeProblem.SEVERAL: (
        "コードが2つ以上あります。1つずつ入れてください。",
        "There is more than one code here. Give them one by one.",
    ),
}


def _unreadable(
    registration: Registration, problem: CodeProblem, candidate_of_code: Mapping[str, str]
) -> RegistrationOutcome:
    """What is wrong with the text; what it probably should have been is only suggested, never taken."""
    ja, en = UNREADABLE_CODES[problem]
    near = resembling(registration.text, candidate_of_code) if problem is CodeProblem.TYPO else ""
    return RegistrationOutcome(
        registration=registration,
        state=RegistrationState.UNREADABLE,
        ja=f"{ja}{near} ではありませんか。" if near else ja,
        en=f"{en} Is it {near}?" if near else en,
    )
