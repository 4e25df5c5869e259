"""What Google answers when it does not do what was asked: one shape for the four bodies that its services write."""

from __future__ import annotations

import json
import re
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

UNAUTHORIZED, FORBIDDEN, NOT_FOUND, TOO_MANY = 401, 403, 404, 429
_RETRY_AFTER = re.compile(r"[Rr]etry after (\d{4}-\d\d-\d\dT[\d:.]+Z)")
_QUOTA_REASONS = {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "RATE_LIMIT_EXCEEDED"}
_DAILY_REASONS = {"dailyLimitExceeded", "dailyLimitExceededUnreg"}


class Refusal(NamedTuple):
    """An answer with an error status, understood."""

    status: int
    """HTTP status."""
    reason: str
    """The finest word that the body has: "notFound", "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "PERMISSION_DENIED" … or ""."""
    message: str
    """Google's sentence. It may name addresses and tabs: never for a log."""

    @property
    def is_quota(self) -> bool:
        """Refused for the pace, so surely not done. Google says it as 429 and as 403 (Gmail API, "Resolve errors")."""
        return self.status == TOO_MANY or (self.status == FORBIDDEN and self.reason in _QUOTA_REASONS)

    @property
    def is_mail_cap(self) -> bool:
        """The mailbox may send no more today: Workspace 2,000 a day, which no waiting within a run helps against."""
        return self.is_quota and "(Mail sending)" in self.message

    @property
    def is_daily_quota(self) -> bool:
        """The project has spent its units for the day."""
        return self.status in {FORBIDDEN, TOO_MANY} and self.reason in _DAILY_REASONS

    @property
    def is_server_fault(self) -> bool:
        """Google's own trouble. What was asked may have been done or not."""
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR

    @property
    def retry_at(self) -> datetime | None:
        """When Google says to come back. Gmail has no Retry-After header; the moment stands in the sentence."""
        found = _RETRY_AFTER.search(self.message)
        return datetime.fromisoformat(found[1]) if found else None


def refusal_of(status: int, body: bytes | str) -> Refusal:
    """Understand an error body: Google's newer and older JSON, the token endpoint's, or a page of HTML."""
    try:
        content = json.loads(body)
    except ValueError:
        return Refusal(status, "", "")
    if isinstance(content, list) and content:
        content = content[0]  # seen where a stream of answers was cut short
    error = content.get("error") if isinstance(content, dict) else None
    if isinstance(error, str):
        return Refusal(status, error, str(content.get("error_description", "")))
    if not isinstance(error, dict):
        return Refusal(status, "", "")
    return Refusal(status, _reason(error), str(error.get("message", "")))


def _reason(error: dict[str, object]) -> str:
    for key in ("errors", "details"):
        listed = error.get(key)
        for one in listed if isinstance(listed, list) else ():
            if isinstance(one, dict) and one.get("reason"):
                return str(one["reason"])
    return str(error.get("status", ""))
