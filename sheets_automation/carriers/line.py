"""Letters over LINE: exactly once within the life of a retry key, else flagged."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, Protocol

from sheets_automation.carriers.composing import Compose, composed
from sheets_automation.carriers.line_api import Pushed, PushOutcome, not_admitted
from sheets_automation.core.errors import CarrierError, LetterError, LineBudgetSpent
from sheets_automation.core.line_message import bubbles
from sheets_automation.core.line_records import USER_ID
from sheets_automation.core.model import Claim, DeliveryState, LetterKind, OutgoingLetter, Prepared, Receipt

_NAMESPACE: Final = uuid.UUID("6d1f0d5e-6a0e-5c1b-9b61-3f5a6a1f9b10")
_REFUSALS_THAT_STOP: Final = 5
"""A user id of another channel is refused as a wrong one is: only a few may be condemned by mistake."""
_COUNTED_ANEW_AFTER: Final = 50
"""Messages of ours; others may use up the same budget meanwhile."""

WrittenAgain = Callable[[Claim], OutgoingLetter | None]
"""The letter that a claim of a dead run was about, if it is still due and the claim is young; else None."""


class Channel(Protocol):
    """What a carrier needs of LINE."""

    def push(self, user_id: str, texts: Sequence[str], retry_key: str) -> Pushed:
        """Push texts to a user, once for each retry key."""
        ...

    def messages_left(self) -> int | None:
        """How many messages the month still has; None for no limit. Raises CarrierError where nobody can tell."""
        ...

    def close(self) -> None:
        """Let go of connections."""
        ...


def never_again(_claim: Claim) -> None:
    """For whoever cannot write letters again: the claims of dead runs are left to a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message:
    """A letter that is ready."""

    user_id: str
    texts: tuple[str, ...]
    retry_key: str


class LineCarrier:
    """LINE 送信: prepare counts this month's messages, commit pushes one letter under its retry key.

    Exactly once within the key's 24 hours, or flagged. LINE has no way to ask what became of a push but to push again,
    so a dead run's letter is pushed again only where it is still due, and word for word the one that was claimed;
    otherwise it is UNCERTAIN. SENT means that LINE took it: it does not tell that a person has blocked the account.
    `commit` never raises; what should stop the run comes out of the next `prepare`, before anything is claimed.
    """

    name = "line"
    batch_size = 1

    def __init__(
        self,
        channel: Channel,
        compose: Compose,
        *,
        written_again: WrittenAgain = never_again,
        reserve: int = 0,
        results: bool = False,
    ) -> None:
        self._channel = channel
        self._compose = compose
        self._written_again = written_again
        self._reserve = reserve
        """So many messages of the month are left for others."""
        self._results = results
        """Whether a person has allowed results of a selection; the guards ask it too."""
        self._left: int | None = None
        self._counted = False
        self._pushed_since = 0
        self._refusals = 0
        self._trouble: CarrierError | None = None
        # What was prepared last, by reference: the message, or what became of it.
        self._batch: dict[str, _Message | Receipt] = {}

    def prepare(self, letters: Sequence[OutgoingLetter]) -> Sequence[Prepared]:
        """Compose the letters, which replace those of the last call, and see that the month has room for them."""
        if self._trouble is not None:
            raise self._trouble
        if self._refusals >= _REFUSALS_THAT_STOP:
            raise _unwelcome(self._refusals)
        self._count(len(letters))
        self._batch = {}
        return [self._prepare_one(outgoing) for outgoing in letters]

    def commit(self, prepared: Prepared) -> Receipt:
        """Push the letter; the same Receipt again when asked again."""
        if prepared.failure is not None:
            return prepared.failure
        message = self._batch.get(prepared.reference, _UNKNOWN)
        if isinstance(message, Receipt):
            return message
        self._batch[prepared.reference] = _UNKNOWN  # should we be interrupted
        receipt = self._push(message)
        self._batch[prepared.reference] = receipt
        return receipt

    def resolve(self, claim: Claim) -> Receipt:
        """Of our own letters we know; those of others are pushed again where that repeats nothing and surprises nobody.

        The retry key is the same in every run: if the letter had left, LINE answers that it had, and sends nothing.
        """
        if claim.reference in self._batch:
            return self._taken_back(claim.reference)
        letter = self._written_again(claim)
        message = self._message(letter) if letter is not None else _UNKNOWN
        if isinstance(message, Receipt) or not claim.reference.endswith(f".{_digest(message)}"):
            return _UNKNOWN
        receipt = self._push(message)
        # A refusal says nothing of what was accepted before it.
        return receipt if receipt.state is DeliveryState.SENT else _UNKNOWN

    def sweep(self, open_claims: Sequence[Claim]) -> None:
        """Nothing that is prepared outlives its process."""

    def close(self) -> None:
        """Let go of connections."""
        self._channel.close()

    def _prepare_one(self, outgoing: OutgoingLetter) -> Prepared:
        message = self._message(outgoing)
        if isinstance(message, Receipt):
            return Prepared(outgoing=outgoing, failure=message)
        # Of this run alone, so that no other claim is taken for ours; and the letter's, so that no other one is pushed.
        reference = f"{secrets.token_hex(8)}.{_digest(message)}"
        self._batch[reference] = message
        return Prepared(outgoing=outgoing, reference=reference)

    def _message(self, outgoing: OutgoingLetter) -> _Message | Receipt:
        if outgoing.key.kind is LetterKind.REJECTION and not self._results:
            return Receipt(state=DeliveryState.FAILED, detail="results do not go by LINE")
        if not USER_ID.fullmatch(outgoing.line_user):
            return Receipt(state=DeliveryState.FAILED, detail="not linked")
        text = composed(self._compose, outgoing)
        if isinstance(text, Receipt):
            return text
        try:
            texts = bubbles(text.decode())
        except (LetterError, UnicodeDecodeError):
            return Receipt(state=DeliveryState.FAILED, detail="not fit for LINE")
        return _Message(user_id=outgoing.line_user, texts=texts, retry_key=retry_key(outgoing))

    def _push(self, message: _Message) -> Receipt:
        said = self._channel.push(message.user_id, message.texts, message.retry_key)
        self._pushed_since += 1
        self._refusals = self._refusals + 1 if said.outcome is PushOutcome.REFUSED else 0
        self._trouble = self._trouble or _trouble(said.outcome)
        state = _STATES[said.outcome]
        detail = "" if said.outcome is PushOutcome.ACCEPTED else f"{said.status or 'no answer'} {said.outcome}"
        return Receipt(state=state, reference=said.request_id, detail=detail)

    def _taken_back(self, reference: str) -> Receipt:
        known = self._batch[reference]
        if not isinstance(known, Receipt):
            known = self._batch[reference] = Receipt(state=DeliveryState.FAILED, detail="withdrawn")
        if known.state in {DeliveryState.FAILED, DeliveryState.REFUSED}:
            return replace(known, state=DeliveryState.WITHDRAWN)
        return known

    def _count(self, letters: int) -> None:
        """Stop before the month is spent: a letter that LINE cannot take must not be claimed."""
        if not self._counted or self._pushed_since >= _COUNTED_ANEW_AFTER:
            self._left, self._counted, self._pushed_since = self._channel.messages_left(), True, 0
        if self._left is not None and self._left - self._pushed_since - self._reserve < letters:
            raise budget_spent()


def retry_key(outgoing: OutgoingLetter) -> str:
    """The key under which LINE takes this letter once, the same in every run.

    The user is part of it: ids of candidates repeat in other workbooks of the same channel.
    """
    key = outgoing.key
    parts = (key.candidate_id, key.kind.value, str(key.cycle), str(outgoing.attempt), outgoing.line_user)
    named = "\0".join(part.replace("\0", "\0\0") for part in parts)
    return str(uuid.uuid5(_NAMESPACE, sha256(named.encode("utf-8", "surrogatepass")).hexdigest()))


def _digest(message: _Message) -> str:
    said = "\0".join((message.retry_key, *message.texts))
    return sha256(said.encode()).hexdigest()[:32]


_UNKNOWN = Receipt(state=DeliveryState.UNCERTAIN, detail="LINE cannot tell what it took")
_STATES: Final = {
    PushOutcome.ACCEPTED: DeliveryState.SENT,
    PushOutcome.ACCEPTED_BEFORE: DeliveryState.SENT,
    PushOutcome.REFUSED: DeliveryState.REFUSED,
    PushOutcome.NOT_ADMITTED: DeliveryState.FAILED,
    PushOutcome.TOO_FAST: DeliveryState.FAILED,
    PushOutcome.BUDGET_SPENT: DeliveryState.FAILED,
    PushOutcome.UNKNOWN: DeliveryState.UNCERTAIN,
}


def budget_spent() -> LineBudgetSpent:
    """The month has no room for the next letter."""
    return LineBudgetSpent(
        "LINE 公式アカウントの今月の送信数が上限に達するため、送信を止めました。"
        "残りは来月に送るか、プランを見直してください。",
        "This month's messages of the LINE account are used up, so the run stopped. The rest goes next month, or with "
        "a larger plan.",
    )


def _trouble(outcome: PushOutcome) -> CarrierError | None:
    if outcome is PushOutcome.NOT_ADMITTED:
        return not_admitted()
    if outcome is PushOutcome.BUDGET_SPENT:
        return budget_spent()
    if outcome is PushOutcome.TOO_FAST:
        return CarrierError(
            "LINE が送信の回数を制限しています。しばらくしてから、もう一度実行してください。",
            "LINE takes no more messages for now. Run this again later.",
        )
    return None


def _unwelcome(count: int) -> CarrierError:
    return CarrierError(
        f"LINE が続けて {count} 通を断ったため、送信を止めました。"
        "チャネルアクセストークンが、連携に使った公式アカウントのものか確かめてください。",
        f"LINE refused {count} messages in a row, so the run stopped. "
        "Check whether the channel access token is that of the account that people are linked with.",
    )
