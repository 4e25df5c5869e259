"""LINE's Messaging API: one call, its answer, and what the answer means. Vendor exceptions stop here."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from sheets_automation.core.errors import CarrierAccess, CarrierError

if TYPE_CHECKING:
    from linebot.v3.messaging import MessagingApi

T = TypeVar("T")

HOST: Final = "https://api.line.me"
TRIES: Final = 4
_LONGEST_WAIT: Final = 8
_UNAUTHORISED: Final = {401, 403}
_TOO_MANY: Final = 429
_ACCEPTED_BEFORE: Final = 409
_MONTHLY_LIMIT: Final = "monthly limit"
"""In the message of a 429: https://developers.line.biz/en/reference/messaging-api/#error-messages."""


class PushOutcome(StrEnum):
    """What LINE said of a push."""

    ACCEPTED = "accepted"  # taken, which is not delivered: a person may have blocked the account
    ACCEPTED_BEFORE = "accepted_before"  # under this retry key
    REFUSED = "refused"  # this request never goes through
    NOT_ADMITTED = "not_admitted"  # the token does not open the channel
    TOO_FAST = "too_fast"
    BUDGET_SPENT = "budget_spent"
    UNKNOWN = "unknown"  # nobody answered, or with LINE's own trouble: it may have been taken


_TAKEN: Final = {PushOutcome.ACCEPTED, PushOutcome.ACCEPTED_BEFORE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """The end of a push."""

    outcome: PushOutcome
    status: int = 0
    """0 where nothing answered."""
    request_id: str = ""
    """LINE's own name for the request that it accepted."""


class LineApi:
    """Speaks to LINE as one channel."""

    def __init__(self, token: str, *, host: str = HOST, timeout: float = 30, sleep: Callable[[float], None]) -> None:
        self._token = token
        self._host = host
        self._timeout = timeout
        self._sleep = sleep
        self._api: MessagingApi | None = None

    def push(self, user_id: str, texts: Sequence[str], retry_key: str) -> Pushed:
        """Push text messages; LINE takes a retry key once. Asks again, with the same key, where nobody knows."""
        from linebot.v3.messaging import PushMessageRequest, TextMessage

        messages = [TextMessage(text=text, quickReply=None, quoteToken=None) for text in texts]
        request = PushMessageRequest(
            to=user_id, messages=messages, notificationDisabled=False, customAggregationUnits=None
        )

        said: list[Pushed] = []

        def ask() -> Pushed:
            said.append(self._pushed(request, retry_key))
            return said[-1]

        last = self._patiently(ask, lambda one: one.outcome in {PushOutcome.UNKNOWN, PushOutcome.TOO_FAST})
        may_have_left = any(one.outcome is PushOutcome.UNKNOWN for one in said)
        # What refuses a repeat, be it the pace or the token, may be asked before the key is looked up.
        return last if last.outcome in _TAKEN or not may_have_left else replace(last, outcome=PushOutcome.UNKNOWN)

    def messages_left(self) -> int | None:
        """How many messages the month still has, by LINE's own count; None where the plan has no limit.

        Raises CarrierError where LINE does not tell.
        """
        quota = self._read(lambda api: api.get_message_quota(_request_timeout=self._timeout))
        if quota.type.value == "none" or quota.value is None:
            return None
        used = self._read(lambda api: api.get_message_quota_consumption(_request_timeout=self._timeout))
        return max(int(quota.value) - int(used.total_usage), 0)

    def close(self) -> None:
        """Let go of connections."""
        if self._api is not None:
            self._api.api_client.rest_client.pool_manager.clear()
            self._api = None

    def _pushed(self, request: object, retry_key: str) -> Pushed:
        from linebot.v3.messaging import ApiException
        from urllib3.exceptions import HTTPError

        try:
            answer = self._client().push_message_with_http_info(
                request, x_line_retry_key=retry_key, _request_timeout=self._timeout
            )
        except ApiException as error:
            return _said(int(error.status or 0), error)
        except (HTTPError, OSError, ValueError):  # ValueError: an answer that is none of LINE's
            return Pushed(outcome=PushOutcome.UNKNOWN)
        headers = {str(name).lower(): str(value) for name, value in dict(answer.headers or {}).items()}
        return Pushed(outcome=PushOutcome.ACCEPTED, status=200, request_id=_id(headers.get("x-line-request-id", "")))

    def _read(self, ask: Callable[[MessagingApi], T]) -> T:
        from linebot.v3.messaging import ApiException
        from urllib3.exceptions import HTTPError

        def once() -> T | int:
            try:
                return ask(self._client())
            except ApiException as error:
                return int(error.status or 0)
            except (HTTPError, OSError, ValueError):
                return 0

        said = self._patiently(once, lambda one: isinstance(one, int) and not _is_final(one))
        if isinstance(said, int):
            raise _no_answer(said)
        return said

    def _patiently(self, ask: Callable[[], T], is_open: Callable[[T], bool]) -> T:
        """Ask at most four times, after 1, 2 and 4 seconds."""
        first = ask()
        if not is_open(first):
            return first
        from tenacity import RetryCallState, Retrying, retry_if_result, stop_after_attempt, wait_exponential

        def last(state: RetryCallState) -> T:
            return state.outcome.result()  # type: ignore[union-attr,no-any-return]  # it ran at least once

        self._sleep(1)
        trying = Retrying(
            retry=retry_if_result(is_open),
            wait=wait_exponential(multiplier=2, max=_LONGEST_WAIT),
            stop=stop_after_attempt(TRIES - 1),
            sleep=self._sleep,
            retry_error_callback=last,
        )
        return trying(ask)

    def _client(self) -> MessagingApi:
        if self._api is None:
            from linebot.v3.messaging import ApiClient, Configuration, MessagingApi

            configuration = Configuration(host=self._host, access_token=self._token)
            configuration.retries = False  # urllib3 would repeat by itself, uncounted
            self._api = MessagingApi(ApiClient(configuration))
        return self._api


def _said(status: int, error: object) -> Pushed:
    headers = {str(name).lower(): str(value) for name, value in dict(getattr(error, "headers", None) or {}).items()}
    if status == _ACCEPTED_BEFORE:
        request_id = _id(headers.get("x-line-accepted-request-id", ""))
        return Pushed(outcome=PushOutcome.ACCEPTED_BEFORE, status=status, request_id=request_id)
    if status in _UNAUTHORISED:
        return Pushed(outcome=PushOutcome.NOT_ADMITTED, status=status)
    if status == _TOO_MANY:
        spent = _MONTHLY_LIMIT in _message(getattr(error, "body", b""))
        return Pushed(outcome=PushOutcome.BUDGET_SPENT if spent else PushOutcome.TOO_FAST, status=status)
    if 400 <= status < 500:  # noqa: PLR2004 - LINE: trying again does not change the result
        return Pushed(outcome=PushOutcome.REFUSED, status=status)
    return Pushed(outcome=PushOutcome.UNKNOWN, status=status)


def _message(body: object) -> str:
    try:
        document = json.loads(body if isinstance(body, bytes | str) else b"")
    except ValueError:
        return ""
    return str(document.get("message", "")).lower() if isinstance(document, dict) else ""


def _id(text: str) -> str:
    """LINE's name for a request, if it looks like one."""
    return text if text.isascii() and text.replace("-", "").isalnum() and len(text) <= 64 else ""  # noqa: PLR2004


def _is_final(status: int) -> bool:
    return 400 <= status < 500 and status != _TOO_MANY  # noqa: PLR2004


def _no_answer(status: int) -> CarrierError:
    if status in _UNAUTHORISED:
        return not_admitted()
    return CarrierError(
        f"LINE が今月の送信数を答えません({status or '応答なし'})。何も送らずに止めました。"
        "しばらくしてから、もう一度実行してください。",
        f"LINE does not tell this month's messages ({status or 'no answer'}). Nothing was sent; try again later.",
    )


def not_admitted() -> CarrierAccess:
    """The token does not open the channel."""
    return CarrierAccess(
        "LINE がチャネルアクセストークンを受け付けません。"
        "期限が切れていないか、別のチャネルのものでないかを確かめてください。",
        "LINE does not accept the channel access token. Has it expired, or is it another channel's?",
    )
