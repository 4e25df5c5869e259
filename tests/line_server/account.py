"""What LINE knows of one channel: its friends, what it took, and how much it still may."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

KEY_LIFE = timedelta(hours=24)
TOKEN = "channel-access-token-of-the-test"
SECRET = "channel-secret-of-the-test"


def user(number: int) -> str:
    """A user id as LINE writes it."""
    return f"U{number:032x}"


@dataclass(frozen=True)
class Taken:
    """A push that was accepted."""

    request_id: str
    at: datetime


@dataclass
class Account:
    """The state of one channel."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    friends: set[str] = field(default_factory=set)
    blocked_by: set[str] = field(default_factory=set)
    quota: int | None = None
    """Of the month; None for a plan without a limit."""
    used: int = 0
    count_lags: int = 0
    """So many messages its count of the month is behind."""
    checks_key_first: bool = True
    taken: dict[str, Taken] = field(default_factory=dict)
    """By retry key."""
    delivered: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """What arrived on somebody's phone: for whom, and the texts."""
    link_tokens: dict[str, str] = field(default_factory=dict)

    def taken_before(self, key: str) -> Taken | None:
        """The push that this key was used for, while the key lives."""
        taken = self.taken.get(key)
        return taken if taken and self.now - taken.at < KEY_LIFE else None

    def has_room(self) -> bool:
        """Whether the month has room for one more."""
        return self.quota is None or self.used < self.quota

    def take(self, to: str, texts: tuple[str, ...], key: str) -> Taken:
        """Accept a push; who has blocked us gets nothing, and nobody is told."""
        taken = Taken(f"request-{len(self.taken) + 1}", self.now)
        if key:
            self.taken[key] = taken
        if to in self.friends and to not in self.blocked_by:
            self.used += 1
            self.delivered.append((to, texts))
        return taken

    def knows(self, to: str) -> bool:
        """Whether a user id belongs to this channel's provider."""
        return to in self.friends | self.blocked_by
