"""Ids as Gmail makes them."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from random import Random

from tests.google_emulator.gmail.refusals import invalid

_TOP = 2**63


class Ids:
    """Makes ids that repeat from run to run, from the emulator's clock and its seeded random numbers."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._last = 0

    def message(self, now: datetime) -> str:
        """Sixteen hex digits: milliseconds, then twenty random bits, so that later messages have greater ids."""
        number = (_milliseconds(now) << 20) | self._random.getrandbits(20)
        self._last = max(number, self._last + 1)
        return f"{self._last:x}"

    def draft(self) -> str:
        """An "r" and a signed number of 64 bits."""
        return f"r{self._random.getrandbits(64) - _TOP}"

    def rfc822(self) -> str:
        """A Message-ID as Gmail writes it over every letter sent through the API: "CA" and 49 more characters."""
        text = base64.b64encode(self._random.randbytes(38), altchars=b"+_").decode()
        return f"<CA{text[2:51]}@mail.gmail.com>"

    def report(self, now: datetime, kind: str) -> str:
        """A Message-ID of Google's own delivery reports: "GMR" for a failure, "GMRIR" for a delay."""
        return f"<{int(now.timestamp()):08x}.050a0220.{self._random.getrandbits(24):06x}.{kind}@mx.google.com>"

    def elsewhere(self, host: str) -> str:
        """A Message-ID of some other mail system."""
        return f"<{self._random.getrandbits(96):024x}@{host}>"

    def boundary(self) -> str:
        """What separates the parts of a letter."""
        return f"000000000000{self._random.getrandbits(64):016x}"

    def queue(self) -> str:
        """The queue id of some mail server."""
        return f"{self._random.getrandbits(44):011X}"

    def history_step(self) -> int:
        """History ids grow, with gaps."""
        return self._random.randint(7, 60)

    def attachment(self, message: str, part: str) -> str:
        """A token for an attachment. Each read of a message gives new ones; the old ones go on working."""
        plain = f"{message}/{part}/{self._random.getrandbits(32):08x}".encode()
        rest = hashlib.shake_256(plain).digest(190)
        return "ANGjdJ" + base64.urlsafe_b64encode(bytes([len(plain)]) + plain + rest).decode().rstrip("=")


def attachment_of(token: str) -> tuple[str, str]:
    """The message and the part that a token stands for; refused if no token of ours looks like it."""
    try:
        if not token.startswith("ANGjdJ"):
            raise ValueError(token)  # noqa: TRY301
        bare = token.removeprefix("ANGjdJ")
        data = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
        message, part, _ = data[1 : 1 + data[0]].decode().split("/")
    except (ValueError, IndexError) as error:
        raise invalid("Invalid attachment token") from error
    return message, part


def checked_id(text: str, complaint: str = "Invalid id value") -> str:
    """A message or thread id as Gmail writes it; refused if it is no number of 63 bits in hex.

    Capitals and zeros in front are read over, and whether there is such a message is another question.
    """
    try:
        number = int(text, 16) if text.isalnum() and text.isascii() else _TOP
    except ValueError:
        number = _TOP
    if number >= _TOP:
        raise invalid(complaint)
    return f"{number:x}"


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
