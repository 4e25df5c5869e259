"""Short ways to write the facts of credits down, for the tests."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sheets_automation.core.credit_rules import CreditRules
from sheets_automation.core.referral_codes import make_code
from sheets_automation.core.referrals import ReferralEvent, ReferralKind

TOKYO = ZoneInfo("Asia/Tokyo")
PARTNER = CreditRules(id="mirai", name="みらいキャリア支援", licence="13-ユ-000000")


def moment(text: str) -> datetime:
    """A moment in Tokyo: "2026-11-24" or "2026-11-24T09:03"."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def code(number: int) -> str:
    """The code with this number."""
    return make_code(number.to_bytes(8, "big"))


def referred(number: int, on: str, kind: ReferralKind = ReferralKind.REGISTERED) -> ReferralEvent:
    """Somebody registered, or was hired, with the code of this number."""
    event_id = f"{kind.name}-{number}-{on}"
    return ReferralEvent(event_id=event_id, at=moment(on), kind=kind, partner=PARTNER.id, code=code(number))


def ten(on: str, first: int = 0) -> list[ReferralEvent]:
    """Ten registrations on one day: one credit."""
    return [referred(number, on) for number in range(first, first + 10)]


def redeemed(amount: int, on: str, kind: ReferralKind = ReferralKind.REDEEMED) -> ReferralEvent:
    """Credits were used, or adjusted."""
    return ReferralEvent(event_id=f"{kind.name}-{on}", at=moment(on), kind=kind, partner=PARTNER.id, amount=amount)
