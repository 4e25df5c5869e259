"""The daily digest to the operator: for each workbook, what happened in a day and what waits. Numbers alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape

from sheets_automation.core.model import DeliveryKey, DeliveryState, Letter, LetterKind, OutgoingLetter
from sheets_automation.fleet.outcomes import Outcome, State
from sheets_automation.ports import Carrier

_DAY = timedelta(hours=24)
COLUMNS: Mapping[str, tuple[str, str]] = {
    "sent": ("送信", "sent"),
    "failed": ("失敗", "failed"),
    "uncertain": ("要確認", "in doubt"),
    "bounced": ("不達", "bounced"),
    "waiting_too_long": ("待ちすぎ", "waiting too long"),
    "credits_earned": ("クレジット獲得", "credits earned"),
    "credits_left": ("クレジット残", "credits left"),
}
LETTERS_LEFT = ("本日の残り送信数", "letters left today")


def letter_of(outcomes: Sequence[Outcome], to_address: str, at: datetime, language: str) -> OutgoingLetter:
    """The digest as a mail: one line for each workbook, those that need somebody first."""
    japanese = language == "ja"
    ranked = sorted(outcomes, key=lambda one: (one.state is State.DONE, one.client))
    needy = sum(one.state is not State.DONE for one in ranked)
    subject = f"relay {at:%Y-%m-%d}: {f'要対応 {needy} 件' if japanese else f'{needy} need somebody'}"
    sent: Counter[str] = Counter()  # by all workbooks of a mailbox: it has one limit for them together
    for one in outcomes:
        sent.update({one.allowance.mailbox: one.allowance.sent} if one.allowance else {})
    lines = [_line(one, 0 if japanese else 1, sent) for one in ranked]
    text = "\n".join(lines) + "\n"
    return OutgoingLetter(
        key=DeliveryKey(candidate_id=f"DIGEST-{at:%Y%m%d-%H%M%S}", kind=LetterKind.REJECTION),
        attempt=1,
        to_name="",
        to_address=to_address,
        letter=Letter(
            template="digest",
            language=language,
            subject=subject,
            text=text,
            html=f"<!DOCTYPE html><html><body><pre>{escape(text)}</pre></body></html>",
        ),
    )


def post(carrier: Carrier, letter: OutgoingLetter) -> DeliveryState:
    """Send it; how that ended."""
    (prepared,) = carrier.prepare([letter])
    return (prepared.failure or carrier.commit(prepared)).state


def _line(outcome: Outcome, language: int, sent: Mapping[str, int]) -> str:
    if outcome.error:
        return f"{outcome.client}: {outcome.error}"
    told = [f"{names[language]} {outcome.counts.get(key, 0)}" for key, names in COLUMNS.items()]
    if (of := outcome.allowance) is not None:
        told.append(f"{LETTERS_LEFT[language]} {max(of.limit - sent[of.mailbox], 0)}")
    return f"{outcome.client}: {' / '.join(told)}"
