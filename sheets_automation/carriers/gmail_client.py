"""Gmail's calls: built by Google's own client, carried by our session, paced to the quota, never repeated blindly."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sheets_automation.carriers.gmail_pacing import UNITS, Pacer
from sheets_automation.core.errors import CarrierAccess, CarrierError, MailCapReached
from sheets_automation.google.answers import FORBIDDEN, NOT_FOUND, UNAUTHORIZED, Refusal, refusal_of
from sheets_automation.google.patience import Sleep, patiently
from sheets_automation.google.problems import access_problem, is_pace, is_passing
from sheets_automation.google.transport import AnswerLost, Caller, NotReached, Refused, SignInRefused

Json = dict[str, Any]
TROUBLES = (Refused, NotReached, AnswerLost, SignInRefused)

LOST = "lost"
"""The reason of a call that the answer to its batch does not mention."""
_LONGEST_WAIT = timedelta(minutes=15)
_BAD_REQUEST = 400
_ME = {"userId": "me"}


class Asked(NamedTuple):
    """One call of Gmail's, ready to be made."""

    name: str
    """As the quota table calls it: "drafts.send"."""
    request: Any
    """googleapiclient's request: method, address, body."""


class GmailClient:
    """One mailbox."""

    def __init__(self, caller: Caller, pacer: Pacer, *, sleep: Sleep, now: Callable[[], datetime]) -> None:
        from googleapiclient.discovery import build

        self._caller = caller
        self._pacer = pacer
        self._sleep = sleep
        self._now = now
        # static_discovery: the document ships with the package, so nothing is fetched. Every address in it is Google's
        # real one, the batch address too; an emulator is reached below, in the transport.
        self._gmail = build("gmail", "v1", http=_Carried(caller), static_discovery=True, cache_discovery=False)
        self._users = self._gmail.users()

    def asked(self, name: str, **parameters: Any) -> Asked:
        """A call by its name in Google's reference, e.g. "drafts.get"."""
        *resources, method = name.split(".")
        owner = self._users
        for resource in resources:
            owner = getattr(owner, resource)()
        return Asked(name, getattr(owner, method)(**_ME, **parameters))

    def draft(self, message: bytes) -> Asked:
        """Make a draft of this message."""
        raw = base64.urlsafe_b64encode(message).decode("ascii")
        return self.asked("drafts.create", body={"message": {"raw": raw}})

    def ask(self, asked: Asked) -> Json:
        """Ask once. Raises Refused, NotReached, AnswerLost or SignInRefused."""
        with self._pacer.spending(UNITS[asked.name]):
            answer = asked.request.execute(num_retries=0)
        return answer if isinstance(answer, dict) else {}

    def look(self, asked: Asked) -> Json:
        """Ask for something that changes nothing; tried again for a bounded time."""
        return patiently(lambda: self.ask(asked), may_repeat=is_passing, sleep=self._sleep)

    def look_together(self, calls: Sequence[Asked]) -> list[Json | Refusal]:
        """The same for calls that change nothing; the round trip is tried again for a bounded time."""
        return patiently(lambda: self.ask_together(calls), may_repeat=is_passing, sleep=self._sleep)

    def look_each(self, calls: Sequence[Asked]) -> list[Json | None]:
        """The same, where what one call meets is tried again alone; None for a mail that somebody has deleted."""
        return [
            self._look_again(call) if isinstance(answer, Refusal) else answer
            for call, answer in zip(calls, self.look_together(calls), strict=True)
        ]

    def _look_again(self, call: Asked) -> Json | None:
        try:
            return self.look(call)
        except Refused as refused:
            if call.name == "messages.get" and refused.refusal.status in {_BAD_REQUEST, NOT_FOUND}:
                return None
            raise

    def ask_together(self, calls: Sequence[Asked]) -> list[Json | Refusal]:
        """Up to 100 calls in one round trip, each with an answer or a refusal of its own, in order.

        A batch is let in with any token, and its calls are not: those are asked again, once, with a fresh one.
        """
        answers = self._batch(calls)
        stale = [number for number, answer in enumerate(answers) if _is_stale(answer)]
        if stale:
            self._caller.renew()
            for number, answer in zip(stale, self._batch([calls[number] for number in stale]), strict=True):
                answers[number] = answer
        return answers

    def _batch(self, calls: Sequence[Asked]) -> list[Json | Refusal]:
        answers: dict[str, Json | Refusal] = {}

        def take(number: str, answer: Json | None, error: Any) -> None:
            answers[number] = (answer or {}) if error is None else refusal_of(int(error.resp.status), error.content)

        batch = self._gmail.new_batch_http_request(callback=take)
        for number, one in enumerate(calls):
            batch.add(one.request, request_id=str(number))
        with self._pacer.spending(sum(UNITS[one.name] for one in calls)):
            self._carry(batch)
        lost = Refusal(0, LOST, "")
        return [answers.get(str(number), lost) for number in range(len(calls))]

    def _carry(self, batch: Any) -> None:
        from googleapiclient.errors import BatchError

        try:
            batch.execute(http=_Carried(self._caller))
        except (BatchError, LookupError, ValueError) as error:  # what came is no answer to a batch, though it says 200
            raise AnswerLost(type(error).__name__) from error

    def wait_for_quota(self, refusal: Refusal) -> None:
        """Wait as long as Gmail says. Raises CarrierError when that is too long for a run."""
        left = (refusal.retry_at or self._now() + timedelta(seconds=30)) - self._now()
        if left > _LONGEST_WAIT:
            raise MailCapReached(
                f"Gmail の送信が {_LONGEST_WAIT.seconds // 60} 分より長く止められています。残りは次の実行で送ります。",
                f"Gmail holds back for over {_LONGEST_WAIT.seconds // 60} minutes. The rest goes with the next run.",
            )
        self._sleep(max(left.total_seconds(), 1.0))

    def explained(self, trouble: Exception) -> CarrierError:
        """The sentence for whoever runs the command."""
        if said := access_problem(trouble):
            return CarrierAccess(*said)
        refusal = trouble.refusal if isinstance(trouble, Refused) else None
        if refusal and (refusal.is_mail_cap or refusal.is_daily_quota):
            return MailCapReached(
                "このメールボックスの 1 日の送信上限に達しました。残りは明日以降の実行で送ります。",
                "The mailbox has reached its daily limit. The rest goes with a run from tomorrow on.",
            )
        if refusal and is_pace(refusal):
            return CarrierError(
                "Gmail の 1 分あたりの上限に達しています。しばらく待ってから、もう一度実行してください。",
                "Gmail's limit for this minute is used up. Wait a while, then run again.",
            )
        if refusal and refusal.status == FORBIDDEN:
            return CarrierAccess(
                "このメールボックスで Gmail を使う許可がありません。管理者に、Gmail API の利用とサインインの設定を"
                "確かめてもらってください(docs/google.ja.md)。",
                "Gmail may not be used in this mailbox. Ask the administrator whether the Gmail API is allowed there, "
                "and how we sign in (docs/google.md).",
            )
        if refusal and not refusal.is_server_fault:
            return CarrierAccess(
                "このメールボックスでは Gmail が使えません。アドレスと Gmail の契約を確かめてください。",
                "This mailbox has no Gmail. Check the address, and that Gmail is switched on for it.",
            )
        return CarrierError(
            "Gmail が応答しません。時間をおいて、もう一度実行してください。送信済みの記録はそのまま残っています。",
            "Gmail does not answer. Run again later. What was sent is recorded.",
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._caller.close()


def _is_stale(answer: Json | Refusal) -> bool:
    return isinstance(answer, Refusal) and answer.status == UNAUTHORIZED


class _Carried:
    """What googleapiclient takes for an HTTP library; each request is made once.

    Its own, httplib2, sends a POST a second time by itself when the connection closes without an answer.
    """

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        **_ignored: object,
    ) -> tuple[Any, bytes]:
        from httplib2 import Response  # the shape of an answer, no more

        data = body.encode() if isinstance(body, str) else body
        answer = self._caller.call(method, uri, data=data, headers=dict(headers or {}))
        head = {name.lower(): value for name, value in answer.headers.items() if name.lower() != "content-encoding"}
        return Response({**head, "status": str(answer.status_code)}), answer.content

    def close(self) -> None:
        """Nothing is held open here."""
