"""Letters over SMTP: at most once, since nobody can ask a mail server afterwards what it took."""

from __future__ import annotations

import secrets
import smtplib
import ssl
from collections.abc import Callable, Sequence
from dataclasses import replace

from sheets_automation.carriers.addresses import SmtpAddress
from sheets_automation.carriers.composing import Compose, composed
from sheets_automation.carriers.smtp_connection import SmtpSession, connect, disconnect
from sheets_automation.carriers.smtp_replies import Outcome
from sheets_automation.carriers.smtp_transaction import Envelope, hand_over
from sheets_automation.core.errors import CarrierError
from sheets_automation.core.model import Claim, DeliveryState, OutgoingLetter, Prepared, Receipt

# Some servers refuse a sender with a bare 550, as if each address were wrong: only a few may be condemned by mistake.
_REFUSALS_THAT_STOP = 5


class SmtpCarrier:
    """SMTP 送信: prepare logs in, commit hands one letter over.

    At most once, or flagged: UNCERTAIN when the connection broke after the letter's end was sent. `commit` never
    raises, since what it knows of its letter must reach the log; what should stop the run comes out of the next
    `prepare`, before anything is claimed.
    """

    name = "smtp"
    batch_size = 1

    def __init__(
        self,
        address: SmtpAddress,
        session: SmtpSession,
        compose: Compose,
        *,
        password: Callable[[], str],
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._address = address
        self._session = session
        self._compose = compose
        self._password = password
        self._tls = tls
        self._smtp: smtplib.SMTP | None = None
        self._letters_on_connection = 0
        self._refusals: list[str] = []
        # What was prepared last, by reference: the message, or what became of it.
        self._batch: dict[str, bytes | Receipt] = {}

    def prepare(self, letters: Sequence[OutgoingLetter]) -> Sequence[Prepared]:
        """Compose the letters, which replace those of the last call, and log in. Sends nothing."""
        if len(self._refusals) >= _REFUSALS_THAT_STOP:
            raise _unwelcome(self._address.host, self._refusals)
        self._connection()
        self._batch = {}
        return [self._prepare_one(outgoing) for outgoing in letters]

    def commit(self, prepared: Prepared) -> Receipt:
        """Hand the letter over; the same Receipt again when asked again."""
        if prepared.failure is not None:
            return prepared.failure
        message = self._batch.get(prepared.reference, _UNKNOWN)
        if isinstance(message, Receipt):
            return message
        self._batch[prepared.reference] = _UNKNOWN  # should we be interrupted
        receipt = self._deliver(Envelope(self._session.sender, prepared.outgoing.to_address), message)
        self._batch[prepared.reference] = receipt
        return receipt

    def sweep(self, open_claims: Sequence[Claim]) -> None:
        """Nothing that is prepared outlives its process."""

    def resolve(self, claim: Claim) -> Receipt:
        """UNCERTAIN for the claims of other runs: a mail server does not tell what it took.

        Of the letters that were just prepared here we know: what was not handed over never will be.
        """
        known = self._batch.get(claim.reference, _UNKNOWN)
        if not isinstance(known, Receipt):
            known = self._batch[claim.reference] = Receipt(state=DeliveryState.FAILED, detail="withdrawn")
        if known.state in {DeliveryState.FAILED, DeliveryState.REFUSED}:
            return replace(known, state=DeliveryState.WITHDRAWN)
        return known

    def close(self) -> None:
        """Log out."""
        if self._smtp is not None:
            disconnect(self._smtp)
            self._smtp = None

    def _prepare_one(self, outgoing: OutgoingLetter) -> Prepared:
        if not Envelope(self._session.sender, outgoing.to_address).is_safe:
            return Prepared(outgoing=outgoing, failure=Receipt(state=DeliveryState.REFUSED, detail="unsafe address"))
        message = composed(self._compose, outgoing)
        if isinstance(message, Receipt):
            return Prepared(outgoing=outgoing, failure=message)
        reference = secrets.token_hex(8)  # of this run alone, so that no other claim is taken for ours
        self._batch[reference] = message
        return Prepared(outgoing=outgoing, reference=reference)

    def _deliver(self, envelope: Envelope, message: bytes) -> Receipt:
        try:
            outcome = self._attempt(envelope, message)
            if outcome.connection_was_stale:
                outcome = self._attempt(envelope, message)
        except CarrierError:
            return Receipt(state=DeliveryState.FAILED, detail="no connection")
        self._refusals = [*self._refusals, outcome.detail] if outcome.is_refusal else []
        return Receipt(state=outcome.state, detail=outcome.detail)

    def _attempt(self, envelope: Envelope, message: bytes) -> Outcome:
        # Given back only when nothing is left unsaid on it; whatever else happens, the next letter begins afresh.
        smtp, self._smtp = self._connection(), None
        outcome = hand_over(smtp, envelope, message, final_timeout=self._session.final_timeout)
        self._letters_on_connection += 1
        if outcome.state is not DeliveryState.SENT:
            smtp.close()
        elif self._letters_on_connection >= self._session.letters_per_connection:
            disconnect(smtp)
        else:
            self._smtp = smtp
        return outcome

    def _connection(self) -> smtplib.SMTP:
        if self._smtp is None:
            if self._tls is None:
                self._tls = ssl.create_default_context()
            self._smtp = connect(self._address, self._session, password=self._password, tls=self._tls)
            self._letters_on_connection = 0
        return self._smtp


# Of a letter that this carrier did not just prepare, so that it may be out already.
_UNKNOWN = Receipt(state=DeliveryState.UNCERTAIN, detail="SMTP cannot tell what was sent")


def _unwelcome(host: str, refusals: Sequence[str]) -> CarrierError:
    count, last = len(refusals), refusals[-1]
    return CarrierError(
        f"メールサーバー {host} が続けて {count} 通を断ったため、送信を止めました（最後の返答 {last}）。"
        "宛先が正しいか、差出人の送信が許されているか、1日の上限に達していないかを確かめてください。",
        f"The mail server {host} refused {count} letters in a row (last: {last}), so the run stopped. Check whether "
        "the addresses are right, whether the sender may send, and whether the daily limit is reached.",
    )
