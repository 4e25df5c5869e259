"""The emulator's clock: real time by default, and whatever a test makes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """Tells the time to every part of the emulator.

    Tokens, quotas, sending caps and late effects all go by it, so a test that moves it moves them together.
    """

    def __init__(self) -> None:
        self._offset = timedelta()
        self._frozen: datetime | None = None
        self._since = datetime.now(UTC)
        self._speed = 1.0

    def now(self) -> datetime:
        """The moment it is, aware, in UTC."""
        return self._frozen or self._passing() + self._offset

    def set(self, moment: datetime) -> None:
        """Make it this moment; the clock goes on running, or goes on standing still."""
        if self._frozen:
            self._frozen = moment
        else:
            self._offset = moment - self._passing()

    def advance(self, seconds: float) -> None:
        """Let this much time pass at once."""
        self.set(self.now() + timedelta(seconds=seconds))

    def freeze(self) -> None:
        """Stand still until told otherwise."""
        self._frozen = self.now()

    def run(self) -> None:
        """Go on from the moment shown."""
        moment, self._frozen = self.now(), None
        self.set(moment)

    def hurry(self, speed: float) -> None:
        """Let so many seconds pass in each real one from now on."""
        moment = self.now()
        self._since, self._speed = datetime.now(UTC), speed
        self.set(moment)

    def reset(self) -> None:
        """Show real time again."""
        self._offset, self._frozen = timedelta(), None
        self._since, self._speed = datetime.now(UTC), 1.0

    def _passing(self) -> datetime:
        return self._since + (datetime.now(UTC) - self._since) * self._speed

    def show(self) -> dict[str, object]:
        """What the control address tells of it."""
        return {"now": rfc3339(self.now()), "frozen": self._frozen is not None}


def rfc3339(moment: datetime) -> str:
    """Write a moment as Google does: "2026-09-11T20:00:00.000Z"."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_moment(text: str) -> datetime:
    """Read a moment that a script gave; without an offset it is UTC."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
