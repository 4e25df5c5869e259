"""Letters by Gmail: a draft is the prepared letter, and sending the draft is the commit, which works once.

Gmail has no idempotency key and replaces Message-ID, so nobody can ask for a sent letter by an id of ours. But
`drafts.send` deletes the draft in the same step: a draft that is there was not sent, and a second send of it fails.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from sheets_automation.carriers.composing import Compose, composed
from sheets_automation.carriers.gmail_client import LOST, TROUBLES, GmailClient
from sheets_automation.carriers.gmail_mailbox import Mailbox, is_draft
from sheets_automation.core.model import LETTER_HEADER, Claim, DeliveryState, OutgoingLetter, Prepared, Receipt
from sheets_automation.google.answers import NOT_FOUND, Refusal
from sheets_automation.google.problems import is_pace, is_passing
from sheets_automation.google.transport import AnswerLost, NotReached, Refused

Json = dict[str, Any]

_TRIES = 5
_PAUSE_SECONDS = 2.0
_BAD_REQUEST = 400
_MESSAGES_A_CALL = 1000  # messages.batchModify takes no more
_REFERENCE = re.compile(r"(?P<draft>[\w-]+)/(?P<thread>[\w-]+)/(?P<letter>[0-9a-f]+)", re.ASCII)


_UNKNOWN = Receipt(state=DeliveryState.UNCERTAIN, detail="draft gone, not in sent")


class _Reference(NamedTuple):
    """What the log keeps of a prepared letter."""

    draft: str
    thread: str
    letter: str
    """Our own word for it, which also stands in its header."""


class GmailCarrier:
    """送信手段 Gmail. Exactly once, or flagged: what cannot be found out is UNCERTAIN."""

    name = "gmail"
    batch_size = 50

    def __init__(self, mailbox: Mailbox, compose: Compose, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._mailbox = mailbox
        self._client: GmailClient = mailbox.client
        self._compose = compose
        self._sleep = sleep
        self._is_open = False
        self._sent: list[str] = []

    def prepare(self, letters: Sequence[OutgoingLetter]) -> Sequence[Prepared]:
        """Make a draft of each letter, up to 50 in one round trip. The mailbox is checked before the first."""
        self._open()
        prepared: list[Prepared | None] = [None] * len(letters)
        messages: dict[int, bytes] = {}
        for number, outgoing in enumerate(letters):
            message = composed(self._compose, outgoing)
            if isinstance(message, Receipt):
                prepared[number] = Prepared(outgoing=outgoing, failure=message)
            else:
                messages[number] = message
        for number, made in self._drafts(messages).items():
            outgoing = letters[number]
            prepared[number] = (
                Prepared(outgoing=outgoing, failure=made)
                if isinstance(made, Receipt)
                else Prepared(outgoing=outgoing, reference="/".join(made))
            )
        return [one for one in prepared if one is not None]

    def commit(self, prepared: Prepared) -> Receipt:
        """Send the draft. Whatever the answer, it is known before this returns whether the letter left."""
        reference = _parsed(prepared.reference)
        if prepared.failure is not None or reference is None:
            return prepared.failure or Receipt(state=DeliveryState.FAILED, detail="never prepared")
        trouble: Exception | None = None
        for _ in range(_TRIES):
            try:
                sent = self._client.ask(self._client.asked("drafts.send", body={"id": reference.draft}))
            except TROUBLES as error:
                trouble = error
                if (receipt := self._after(error, reference)) is not None:
                    return receipt
            else:
                return self._is_sent(sent)
        raise self._client.explained(trouble or NotReached()) from trouble

    def resolve(self, claim: Claim) -> Receipt:
        """Take the draft back if it is still there; else look for the letter among what was sent."""
        reference = _parsed(claim.reference)
        if reference is None:
            return Receipt(state=DeliveryState.UNCERTAIN, detail="no draft is known")
        self._open()
        try:
            if self._is_unsent(reference):
                return self._taken_back(reference)
            return self._found(reference) or _UNKNOWN
        except TROUBLES as trouble:
            raise self._client.explained(trouble) from trouble

    def sweep(self, open_claims: Sequence[Claim]) -> None:
        """Delete drafts of this workbook that are older than an hour and that no open claim names; only those."""
        self._open()
        with suppress(*TROUBLES):  # tidying up can wait for the next run, and is no reason to send nothing
            self._mailbox.sweep({found.draft for claim in open_claims if (found := _parsed(claim.reference))})

    def close(self) -> None:
        """Label what was sent, and let go of the connections."""
        for start in range(0, len(self._sent), _MESSAGES_A_CALL):
            self._mailbox.put_label(self._sent[start : start + _MESSAGES_A_CALL])
        self._sent = []
        self._client.close()

    def _open(self) -> None:
        if not self._is_open:
            self._mailbox.open()
            self._is_open = True

    def _drafts(self, messages: Mapping[int, bytes]) -> dict[int, _Reference | Receipt]:
        """A draft of each message, or why there is none. What Gmail held back is asked for again.

        After a lost answer there may be drafts that nobody knows; they are swept after an hour.
        """
        made: dict[int, _Reference | Receipt] = {}
        trouble: Exception | None = None
        for _ in range(_TRIES):
            left = {number: message for number, message in messages.items() if number not in made}
            if not left:
                return made
            more, trouble = self._ask_for_drafts(left)
            made |= more
            if trouble is not None:
                self._wait_or_raise(trouble)
        if trouble is not None:
            raise self._client.explained(trouble) from trouble
        return made

    def _ask_for_drafts(
        self, messages: Mapping[int, bytes]
    ) -> tuple[dict[int, _Reference | Receipt], Exception | None]:
        """Ask once for all; what was answered, and the trouble that the others met."""
        words = {number: secrets.token_hex(8) for number in messages}
        calls = [self._client.draft(self._marked(message, words[number])) for number, message in messages.items()]
        try:
            answers = self._client.ask_together(calls)
        except TROUBLES as trouble:
            return {}, trouble
        made: dict[int, _Reference | Receipt] = {}
        held_back: Exception | None = None
        for number, answer in zip(messages, answers, strict=True):
            if not isinstance(answer, Refusal):
                made[number] = _Reference(str(answer["id"]), str(answer["message"]["threadId"]), words[number])
            elif answer.status == _BAD_REQUEST:
                made[number] = _refused(answer)
            else:
                held_back = Refused(answer)
        return made, held_back

    def _wait_or_raise(self, trouble: Exception) -> None:
        """Wait where that helps."""
        refusal = trouble.refusal if isinstance(trouble, Refused) else None
        if refusal and is_pace(refusal):
            self._client.wait_for_quota(refusal)
        elif is_passing(trouble) or (refusal and refusal.reason == LOST):
            self._sleep(_PAUSE_SECONDS)
        else:
            raise self._client.explained(trouble) from trouble

    def _marked(self, message: bytes, word: str) -> bytes:
        return f"{LETTER_HEADER}: {self._mailbox.workbook_mark}.{word}\r\n".encode("ascii") + message

    def _after(self, trouble: Exception, reference: _Reference) -> Receipt | None:
        """What became of the letter after a send that did not go well; None when it surely did not leave yet."""
        if isinstance(trouble, NotReached):
            self._sleep(_PAUSE_SECONDS)
            return None
        refusal = trouble.refusal if isinstance(trouble, Refused) else None
        if refusal and is_pace(refusal):
            self._client.wait_for_quota(refusal)
            return None
        is_settled = refusal is not None and refusal.status in {_BAD_REQUEST, NOT_FOUND}
        if not is_settled and not isinstance(trouble, AnswerLost) and not (refusal and refusal.is_server_fault):
            raise self._client.explained(trouble) from trouble
        try:
            return self._looked_up(refusal if is_settled else None, reference)
        except TROUBLES as error:
            raise self._client.explained(error) from error

    def _looked_up(self, refusal: Refusal | None, reference: _Reference) -> Receipt | None:
        if self._is_unsent(reference):
            if refusal is not None:  # Gmail has seen the draft and will not have it
                receipt = self._taken_back(reference)
                return _refused(refusal) if receipt.state is DeliveryState.WITHDRAWN else receipt
            self._sleep(_PAUSE_SECONDS)
            return None  # sending it again is safe: whichever request comes second finds no draft
        if found := self._found(reference):
            return found
        return _UNKNOWN if refusal is None else replace(_UNKNOWN, state=DeliveryState.FAILED)

    def _is_unsent(self, reference: _Reference) -> bool:
        """Whether the draft is there, and still a draft."""
        asked = self._client.asked("drafts.get", id=reference.draft, format="minimal")
        try:
            found = self._client.look(asked)
        except Refused as refused:
            if refused.refusal.status in {_BAD_REQUEST, NOT_FOUND}:
                return False
            raise
        return is_draft(found.get("message") or {})

    def _taken_back(self, reference: _Reference) -> Receipt:
        """Delete the draft: WITHDRAWN, for no send can find it any more. Whoever was quicker is looked up."""
        try:
            self._client.ask(self._client.asked("drafts.delete", id=reference.draft))
        except Refused as refused:
            if refused.refusal.status not in {_BAD_REQUEST, NOT_FOUND}:
                raise
            return self._found(reference) or _UNKNOWN
        return Receipt(state=DeliveryState.WITHDRAWN, detail="draft deleted")

    def _found(self, reference: _Reference) -> Receipt | None:
        """The letter among the sent ones: in the draft's thread, or wherever an edited subject has put it."""
        message = self._mailbox.sent_in_thread(reference.thread) or self._mailbox.sent_with_mark(
            f"{self._mailbox.workbook_mark}.{reference.letter}"
        )
        return self._is_sent(message) if message else None

    def _is_sent(self, message: Json) -> Receipt:
        self._sent.append(str(message["id"]))
        return Receipt(state=DeliveryState.SENT, reference=f"{message['id']}/{message['threadId']}")


def _parsed(reference: str) -> _Reference | None:
    found = _REFERENCE.fullmatch(reference)
    return _Reference(**found.groupdict()) if found else None


def _refused(refusal: Refusal) -> Receipt:
    """A letter that Gmail will never take as it is. Its sentence may hold the address, so only the kind is kept."""
    about_recipient = re.search(r"\b(?:to header|recipient)", refusal.message, re.IGNORECASE)
    state = DeliveryState.REFUSED if about_recipient else DeliveryState.FAILED
    return Receipt(state=state, detail=f"{refusal.status} {refusal.reason}".strip())
