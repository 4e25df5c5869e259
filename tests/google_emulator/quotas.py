"""Quotas: so much a minute for each user and each project, over a window that slides on the emulator's clock."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.google_emulator.accounts import project_number
from tests.google_emulator.clock import rfc3339
from tests.google_emulator.discovery import ApiMethod
from tests.google_emulator.errors import GoogleError, error_info, help_link
from tests.google_emulator.wire import Json

_MINUTE = timedelta(minutes=1)

GMAIL_UNITS = {
    "drafts.create": 10,
    "drafts.delete": 10,
    "drafts.get": 5,
    "drafts.list": 5,
    "drafts.send": 100,
    "drafts.update": 15,
    "getProfile": 1,
    "history.list": 2,
    "labels.create": 5,
    "labels.delete": 5,
    "labels.get": 1,
    "labels.list": 1,
    "labels.patch": 5,
    "labels.update": 5,
    "messages.attachments.get": 5,
    "messages.batchDelete": 50,
    "messages.batchModify": 50,
    "messages.delete": 10,
    "messages.get": 20,
    "messages.import": 25,
    "messages.insert": 25,
    "messages.list": 5,
    "messages.modify": 5,
    "messages.send": 100,
    "messages.trash": 5,
    "messages.untrash": 5,
    "settings.delegates.list": 1,
    "settings.sendAs.create": 100,
    "settings.sendAs.get": 1,
    "settings.sendAs.list": 1,
    "settings.sendAs.patch": 100,
    "settings.sendAs.update": 100,
    "settings.sendAs.verify": 100,
    "stop": 50,
    "threads.delete": 20,
    "threads.get": 40,
    "threads.list": 10,
    "threads.modify": 10,
    "threads.trash": 10,
    "threads.untrash": 10,
    "watch": 100,
}
"""What each Gmail method costs; what is not listed costs 5."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is allowed in a minute. Gmail allows 15,000 units a user in projects from before May 2026."""

    enabled: bool = True
    sheets_read_user: int = 60
    sheets_read_project: int = 300
    sheets_write_user: int = 60
    sheets_write_project: int = 300
    gmail_user: int = 6_000
    gmail_project: int = 1_200_000
    drive_user: int = 12_000
    drive_project: int = 12_000
    gmail_words: str = "retry_after"
    """How Gmail refuses a user over the limit: "retry_after", a 429 of the mailbox that says until when, or "metric",
    the 403 of the quota service in front of it, which does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bucket:
    """One limit that a call counts against."""

    name: str
    """The field of Limits."""
    holder: str
    """Whose it is: a user or a project."""


@dataclass(slots=True)
class Quotas:
    """Counts what is used, and refuses what is too much. A refused call is not counted."""

    now: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)
    _spent: dict[_Bucket, deque[tuple[datetime, int]]] = field(default_factory=lambda: defaultdict(deque))
    _total: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def adjust(self, changes: Json) -> None:
        """Change limits by their names."""
        self.limits = replace(self.limits, **changes)

    def spend(self, method: ApiMethod, *, user: str, project: str) -> None:
        """Count a call; GoogleError if a limit is reached."""
        cost = cost_of(method)
        if not cost:
            return
        kind = _kind(method)
        buckets = [_Bucket(name=f"{kind}_user", holder=f"{project}/{user}")]
        buckets.append(_Bucket(name=f"{kind}_project", holder=project))
        if self.limits.enabled:
            for bucket in buckets:
                self._check(bucket, cost, method, project)
        for bucket in buckets:
            self._spent[bucket].append((self.now(), cost))
        self._total[kind] += cost

    def _check(self, bucket: _Bucket, cost: int, method: ApiMethod, project: str) -> None:
        spent, now = self._spent[bucket], self.now()
        while spent and not now - _MINUTE < spent[0][0] <= now:  # what lies ahead is from before a clock was set back
            spent.popleft()
        limit: int = getattr(self.limits, bucket.name)
        over = sum(units for _, units in spent) + cost - limit
        if over <= 0:
            return
        if bucket.name == "gmail_user" and self.limits.gmail_words == "retry_after":
            raise _retry_after(_free_at(spent, over, self.now()))
        raise _over_metric(bucket.name, limit, method, project_number(project))

    def show(self) -> Json:
        """What the control address tells: units used in all, by kind."""
        return dict(self._total)


def cost_of(method: ApiMethod) -> int:
    """What a call costs: units for Gmail, one request elsewhere."""
    if method.api.name == "gmail":
        return GMAIL_UNITS.get(method.id.removeprefix("gmail.users."), 5)
    return int(method.api.name in {"sheets", "drive"})


def _kind(method: ApiMethod) -> str:
    name = method.api.name
    return f"{name}_{'read' if method.reads else 'write'}" if name == "sheets" else name


def _free_at(spent: deque[tuple[datetime, int]], over: int, now: datetime) -> datetime:
    """When so many units will have left the window."""
    for moment, units in spent:
        over -= units
        if over <= 0:
            return moment + _MINUTE
    return now + _MINUTE


def _retry_after(moment: datetime) -> GoogleError:
    moment += timedelta(microseconds=999)  # the message is cut to milliseconds; who waits until then must be let in
    return GoogleError(
        code=429,
        status="RESOURCE_EXHAUSTED",
        message=f"User-rate limit exceeded.  Retry after {rfc3339(moment)}",
        reason="rateLimitExceeded",
    )


_METRICS = {
    "sheets_read": ("Read requests", "Read requests per minute", "ReadRequestsPerMinute", "read_requests"),
    "sheets_write": ("Write requests", "Write requests per minute", "WriteRequestsPerMinute", "write_requests"),
    "gmail": ("Queries", "Queries per minute", "defaultPerMinute", "default"),
    "drive": ("Queries", "Queries per minute", "defaultPerMinute", "default"),
}


def _over_metric(bucket: str, limit: int, method: ApiMethod, number: str) -> GoogleError:
    """The refusal of the quota service: 429 before Sheets, 403 before the older APIs."""
    kind, _, holder = bucket.rpartition("_")
    metric, title, name, short = _METRICS[kind]
    per_user = holder == "user"
    words = f"{title} per user" if per_user else title
    host = method.api.host
    sheets = method.api.name == "sheets"
    return GoogleError(
        code=429 if sheets else 403,
        status="RESOURCE_EXHAUSTED" if sheets else "PERMISSION_DENIED",
        message=f"Quota exceeded for quota metric '{metric}' and limit '{words}' of service '{host}' for consumer "
        f"'project_number:{number}'.",
        reason="rateLimitExceeded",
        details=[
            error_info(
                "RATE_LIMIT_EXCEEDED",
                quota_limit=name + ("PerUser" if per_user else "PerProject"),
                quota_limit_value=str(limit),
                quota_location="global",
                quota_metric=f"{host}/{short}",
                quota_unit="1/min/{project}/{user}" if per_user else "1/min/{project}",
                service=host,
                consumer=f"projects/{number}",
            ),
            help_link("Request a higher quota limit.", "https://cloud.google.com/docs/quotas/help/request_increase"),
        ],
    )
