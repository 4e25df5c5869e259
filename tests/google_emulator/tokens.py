"""Tokens: what opens the doors, for how long, and how it is taken back."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from tests.google_emulator.accounts import CLIENT_ID, DEFAULT_PROJECT
from tests.google_emulator.wire import Json, Principal

OWNER = "owner@emulator.invalid"
"""Whoever comes with the bare token "owner": every file is open to them."""
LIFETIME = 3599
"""Seconds that an access token lives; Google says 3599 for an hour."""
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """What a client sends with every call."""

    text: str
    email: str
    scopes: frozenset[str]
    project: str
    expires: datetime
    client: str = CLIENT_ID
    family: str = ""
    """The refresh token that it came from; taking that one back takes this one too."""

    def principal(self) -> Principal:
        """Whom it stands for."""
        return Principal(email=self.email, scopes=self.scopes, project=self.project)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a person agreed to: behind a refresh token, or behind a code that will become one."""

    email: str
    scopes: frozenset[str]
    client: str
    redirect_uri: str = ""
    challenge: str = ""
    challenge_method: str = ""


@dataclass(slots=True, kw_only=True)
class Tokens:
    """All tokens there are; made anew at a reset."""

    now: Callable[[], datetime]
    random: Random
    access: dict[str, AccessToken] = field(default_factory=dict)
    refresh: dict[str, Grant] = field(default_factory=dict)
    codes: dict[str, Grant] = field(default_factory=dict)
    spent: set[str] = field(default_factory=set)
    """Refresh tokens and codes that once were good: they get another answer than what never was."""

    def issue(
        self,
        email: str,
        scopes: Iterable[str],
        *,
        project: str = DEFAULT_PROJECT,
        client: str = CLIENT_ID,
        family: str = "",
        lifetime: int = LIFETIME,
    ) -> AccessToken:
        """Make an access token."""
        token = AccessToken(
            text=f"ya29.{self._letters(160)}",
            email=email,
            scopes=frozenset(scopes),
            project=project,
            expires=self.now() + timedelta(seconds=lifetime),
            client=client,
            family=family,
        )
        self.access[token.text] = token
        return token

    def find(self, text: str) -> AccessToken | None:
        """The token, if it is good at this moment.

        "owner" and "owner:somebody@example.com" always are, as with Google's own emulators.
        """
        name, _, email = text.partition(":")
        if name == "owner":
            expires = self.now() + timedelta(seconds=LIFETIME)
            everything = frozenset({"*"})
            return AccessToken(
                text=text, email=email or OWNER, scopes=everything, project=DEFAULT_PROJECT, expires=expires
            )
        token = self.access.get(text)
        return token if token and token.expires > self.now() else None

    def new_refresh(self, grant: Grant) -> str:
        """Make a refresh token."""
        text = f"1//0e{self._letters(98)}"
        self.refresh[text] = grant
        return text

    def new_code(self, grant: Grant) -> str:
        """Make a code that can be changed into tokens once."""
        text = f"4/0A{self._letters(70)}"
        self.codes[text] = grant
        return text

    def take_code(self, text: str) -> Grant | None:
        """The grant behind a code, which is spent thereby."""
        self.spent.add(text)
        return self.codes.pop(text, None)

    def revoke(self, text: str) -> bool:
        """Take back a token of either kind, with all that hang on it; False if it is none."""
        family = text if text in self.refresh else self.access[text].family if text in self.access else ""
        known = text in self.refresh or text in self.access
        self.access.pop(text, None)
        if family:
            self.refresh.pop(family, None)
            self.spent.add(family)
            self.access = {key: token for key, token in self.access.items() if token.family != family}
        return known

    def revoke_all(self, email: str) -> None:
        """Take back everything of one account, as a change of password or a person's own hand does."""
        for text in [text for text, grant in self.refresh.items() if grant.email == email]:
            self.revoke(text)
        self.access = {key: token for key, token in self.access.items() if token.email != email}

    def _letters(self, count: int) -> str:
        return "".join(self.random.choices(_ALPHABET, k=count))


def encode_part(data: Json | bytes) -> str:
    """One part of a JWT."""
    raw = data if isinstance(data, bytes) else json.dumps(data, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode_part(text: str) -> bytes:
    """The bytes of one part of a JWT; ValueError if it is none."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
