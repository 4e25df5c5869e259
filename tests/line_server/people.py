"""People with LINE on their phones: what they do reaches our webhook, signed, and again where nobody took it."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count

from tests.line_server.account import SECRET, Account

BOT = f"U{'b' * 32}"
PATH = "/line"

Post = Callable[[bytes, dict[str, str]], int]
"""Carries a delivery to our webhook and says with which status it was answered; 0 for none."""
_numbers = count(1)


@dataclass
class Phones:
    """All phones, and LINE between them and us."""

    account: Account
    post: Post
    secret: str = SECRET
    undelivered: list[dict] = field(default_factory=list)

    def sends(self, user_id: str, text: str) -> int:
        """Somebody writes to us."""
        message = {"type": "text", "id": str(next(_numbers)), "quoteToken": "q", "text": text}
        return self.deliver(event(user_id, "message", self.account.now, replyToken="r", message=message))

    def adds(self, user_id: str) -> int:
        """Somebody becomes a friend, or takes a block back."""
        was_blocked = user_id in self.account.blocked_by
        self.account.blocked_by.discard(user_id)
        self.account.friends.add(user_id)
        follow = {"isUnblocked": was_blocked}
        return self.deliver(event(user_id, "follow", self.account.now, replyToken="r", follow=follow))

    def blocks(self, user_id: str) -> int:
        """Somebody blocks us."""
        self.account.blocked_by.add(user_id)
        return self.deliver(event(user_id, "unfollow", self.account.now))

    def links(self, link_token: str, nonce: str) -> int:
        """Somebody comes back from a page of ours with a link token of theirs."""
        user_id = self.account.link_tokens.pop(link_token)
        link = {"result": "ok", "nonce": nonce}
        return self.deliver(event(user_id, "accountLink", self.account.now, replyToken="r", link=link))

    def deliver(self, *events: dict) -> int:
        """Deliver events in one request; what is not taken is delivered again later."""
        body = body_of(*events)
        status = self.post(body, {"x-line-signature": signature(body, self.secret), "content-type": "application/json"})
        if status != 200:
            self.undelivered += events
        return status

    def redeliver(self) -> int:
        """LINE comes again with all that was not taken."""
        events, self.undelivered = self.undelivered, []
        return self.deliver(*({**one, "deliveryContext": {"isRedelivery": True}} for one in events))


def event(user_id: str, kind: str, at: datetime, **more: object) -> dict:
    """One event as LINE writes it."""
    return {
        "type": kind,
        "mode": "active",
        "timestamp": int(at.timestamp() * 1000),
        "source": {"type": "user", "userId": user_id},
        "webhookEventId": f"01{next(_numbers):024d}",
        "deliveryContext": {"isRedelivery": False},
        **more,
    }


def body_of(*events: dict) -> bytes:
    """A delivery."""
    return json.dumps({"destination": BOT, "events": list(events)}, ensure_ascii=False).encode()


def signature(body: bytes, secret: str = SECRET) -> str:
    """As LINE signs it."""
    return base64.b64encode(hmac.new(secret.encode(), body, sha256).digest()).decode()


def long_ago() -> datetime:
    """Before anybody remembers."""
    return datetime(2020, 1, 1, tzinfo=UTC)
