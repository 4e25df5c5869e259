"""All mailboxes, the way letters take between them, and the ledger of every letter that left."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.google_emulator.clock import rfc3339
from tests.google_emulator.gmail.addresses import Named, domain, everybody, named_in, same
from tests.google_emulator.gmail.aliases import Aliases
from tests.google_emulator.gmail.conversations import found_for
from tests.google_emulator.gmail.history import History
from tests.google_emulator.gmail.ids import Ids
from tests.google_emulator.gmail.letter import Letter, decoded, read_letter
from tests.google_emulator.gmail.mailbox import Mailbox, Message
from tests.google_emulator.gmail.outgoing import Stamp, as_delivered, as_sent
from tests.google_emulator.gmail.refusals import cap_reached, invalid
from tests.google_emulator.wire import Json, World

_DAY = timedelta(hours=24)
ARRIVED = ("UNREAD", "CATEGORY_PERSONAL", "INBOX")


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A letter that left."""

    mailbox: str
    sender: str
    """The envelope's."""
    recipients: list[Named]
    outside: int
    """How many of them are of another domain."""
    letter: Letter
    """As the recipients get it."""
    message_id: str
    thread_id: str
    draft_id: str
    at: datetime
    via: str
    """ "drafts.send", "messages.send", or "hand"."""

    def show(self) -> Json:
        """The letter for the ledger."""
        return {
            "mailbox": self.mailbox,
            "from": self.sender,
            "fromHeader": self.letter.text("From"),
            "recipients": [one.address for one in self.recipients],
            "to": [{"name": one.name, "address": one.address} for one in named_in(self.letter.every("To"))],
            "subject": self.letter.text("Subject"),
            "raw": base64.b64encode(self.letter.raw()).decode(),
            "rfc822MessageId": self.letter.first("Message-ID") or "",
            "messageId": self.message_id,
            "threadId": self.thread_id,
            "draftId": self.draft_id,
            "time": rfc3339(self.at),
            "via": self.via,
            "headers": [{"name": one.name, "value": decoded(one.value)} for one in self.letter.fields],
        }


@dataclass(slots=True, kw_only=True)
class PostOffice:
    """Gmail as a whole."""

    world: World
    ids: Ids
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    ledger: list[Departure] = field(default_factory=list)

    def mailbox(self, address: str) -> Mailbox:
        """The mailbox of an account; everybody has one from the first look at it."""
        key = address.lower()
        if key not in self.mailboxes:
            self.mailboxes[key] = Mailbox(
                address=key,
                ids=self.ids,
                now=self.world.now,
                history=History(
                    step=self.ids.history_step, now=self.world.now, current=self.world.random.randint(1_000, 99_999)
                ),
                aliases=Aliases(key, ""),
            )
        return self.mailboxes[key]

    def stamp(self, project: str = "") -> Stamp:
        """What is written on a letter at this moment."""
        return Stamp(now=self.world.now(), project=project, ids=self.ids)

    def send(
        self, mailbox: Mailbox, raw: bytes, *, thread: str, stamp: Stamp, draft_id: str = "", via: str = "messages.send"
    ) -> Message:
        """Send a letter: into the ledger, among the sent ones, and to those recipients who are here."""
        letter = as_sent(raw, mailbox, stamp, passes=_passes(via, draft_id))
        recipients = everybody(letter)
        if not recipients:
            raise invalid("Recipient address required")
        self._check_caps(mailbox, recipients)
        if draft_id:
            mailbox.drop(mailbox.draft(draft_id).message)
        own = ("UNREAD", "INBOX") if any(_is_own(mailbox, one.address) for one in recipients) else ()
        message = mailbox.store(letter.raw(), ["SENT", *own], thread=thread, date=stamp.now)
        mailbox.touch(message)
        departure = Departure(
            mailbox=mailbox.address,
            sender=named_in(letter.every("From"))[0].address,
            recipients=recipients,
            outside=_external(mailbox, recipients),
            letter=letter.without("Bcc"),
            message_id=message.id,
            thread_id=message.thread,
            draft_id=draft_id,
            at=stamp.now,
            via=via,
        )
        self.ledger.append(departure)
        self._deliver(departure, stamp)
        return message

    def arrive(self, mailbox: Mailbox, raw: bytes, *, thread: str = "", labels: Iterable[str] = ARRIVED) -> Message:
        """Put a letter from outside into an inbox."""
        place = thread or found_for(mailbox, read_letter(raw))
        return mailbox.store(raw, labels, thread=place)

    def sent_in_a_day(self, mailbox: Mailbox) -> list[Departure]:
        """What the mailbox sent in the last 24 hours, oldest first."""
        since = self.world.now() - _DAY
        return [one for one in self.ledger if one.mailbox == mailbox.address and one.at > since]

    def _check_caps(self, mailbox: Mailbox, recipients: list[Named]) -> None:
        sent = self.sent_in_a_day(mailbox)
        caps = mailbox.caps
        outside = _external(mailbox, recipients)
        used = [one.outside for one in sent]
        if len(sent) >= caps.messages:
            raise cap_reached(_free_at(sent, [1] * len(sent), len(sent) + 1 - caps.messages, self.world.now()))
        if outside and sum(used) + outside > caps.external_recipients:
            over = sum(used) + outside - caps.external_recipients
            raise cap_reached(_free_at(sent, used, over, self.world.now()))

    def _deliver(self, departure: Departure, stamp: Stamp) -> None:
        for one in departure.recipients:
            mailbox = self.mailboxes.get(one.address.lower())
            if mailbox is not None and mailbox.is_enabled and mailbox.address != departure.mailbox:
                self.arrive(mailbox, as_delivered(departure.letter, one.address, departure.sender, stamp))


def _passes(via: str, draft_id: str) -> int:
    """How often a letter goes through the API on its way out; a draft has one pass behind it."""
    if via == "hand":
        return 0
    return 1 if draft_id else 2


def _is_own(mailbox: Mailbox, address: str) -> bool:
    alias = mailbox.aliases.find(address)
    return same(address, mailbox.address) or (alias is not None and alias.may_send)


def _external(mailbox: Mailbox, recipients: Iterable[Named]) -> int:
    return sum(domain(one.address) != domain(mailbox.address) for one in recipients)


def _free_at(sent: list[Departure], weights: list[int], over: int, now: datetime) -> datetime:
    """When enough of what was sent will be 24 hours old."""
    for departure, weight in zip(sent, weights, strict=True):
        over -= weight
        if over <= 0:
            return departure.at + _DAY
    return now + _DAY
