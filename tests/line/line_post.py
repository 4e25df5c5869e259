"""A running LINE server, and carriers to it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from sheets_automation.carriers.line import LineCarrier
from sheets_automation.carriers.line_api import LineApi
from tests.carriers.contract import a_letter, as_mail
from tests.line_server.account import TOKEN, user
from tests.line_server.server import LineServer


def linked(outgoing, number=None):
    """The same letter, to somebody who has linked a chat."""
    digest = hashlib.sha256(outgoing.key.candidate_id.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(outgoing, line_user=user(number) if number is not None else f"U{digest[:32]}")


class LinePost:
    """Where a carrier's letters arrive: everybody is a friend of the account."""

    def __init__(self, server: LineServer) -> None:
        self.server = server
        self.account = server.account
        self.switches = server.switches
        self.waits: list[float] = []

    def channel(self, token=TOKEN, timeout=30):
        return LineApi(token, host=f"http://{self.server.place}", timeout=timeout, sleep=self.waits.append)

    def carrier(self, compose=as_mail, **settings):
        settings = {"results": True} | settings
        return _Befriending(self.account, LineCarrier(self.channel(), compose, **settings))

    def delivered(self):
        """As mails again: a chat has no line ends of mail, and no empty line at the end."""
        texts = ("\n\n".join(texts) + "\n" for _, texts in self.account.delivered)
        return [text.replace("\n", "\r\n").encode() for text in texts]

    def send(self, *letters, **settings):
        """Send like a job does, and say how each letter fared."""
        carrier = self.carrier(**settings)
        receipts = [carrier.commit(carrier.prepare([letter])[0]) for letter in letters]
        carrier.close()
        return receipts


class _Befriending:
    """A carrier whose letters all go to linked people, who are friends unless a test says otherwise."""

    def __init__(self, account, carrier: LineCarrier) -> None:
        self._account = account
        self._carrier = carrier
        self.name, self.batch_size = carrier.name, carrier.batch_size
        self.commit, self.resolve = carrier.commit, carrier.resolve
        self.sweep, self.close = carrier.sweep, carrier.close

    def prepare(self, letters):
        letters = [one if one.line_user else linked(one) for one in letters]
        self._account.friends |= {one.line_user for one in letters if one.line_user not in self._account.blocked_by}
        return self._carrier.prepare(letters)


__all__ = ["LinePost", "a_letter", "linked"]
