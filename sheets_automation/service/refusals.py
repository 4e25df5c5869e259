"""Why a request gets no answer: our own refusals, and how every error of the house is told over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sheets_automation.core.errors import (
    ApprovalVoid,
    BlastRadius,
    CarrierAccess,
    CarrierError,
    ConfigurationError,
    CreditsMissing,
    ExpectationMissed,
    HeadingProblem,
    ImportUnreadable,
    LetterError,
    MailCapReached,
    PlanChanged,
    SecondPersonNeeded,
    SendRefused,
    SheetsAutomationError,
    UnknownCandidate,
    UnknownImport,
    WorkbookAccess,
    WorkbookBusy,
    WorkbookError,
    WorkbookNotFound,
    WorkbookNotSaved,
    WorkbookUnreachable,
)
from sheets_automation.service.gate import StartedFrom


class Refusal(Exception):
    """A request that is not answered, and why. No error of a job: nothing was begun."""

    def __init__(self, status: int, name: str, ja: str, en: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(en)
        self.status = status
        self.name = name
        self.ja = ja
        self.en = en
        self.headers = dict(headers or {})

    def text(self, language: str) -> str:
        """The sentence in `language`."""
        return self.ja if language == "ja" else self.en


STATUSES: Mapping[type[SheetsAutomationError], int] = MappingProxyType(
    {
        WorkbookNotFound: 404,
        WorkbookBusy: 423,
        WorkbookAccess: 403,
        WorkbookUnreachable: 503,
        WorkbookNotSaved: 503,
        HeadingProblem: 422,
        WorkbookError: 409,
        ConfigurationError: 422,
        LetterError: 422,
        CarrierAccess: 403,
        MailCapReached: 429,
        CarrierError: 503,
        BlastRadius: 422,
        ExpectationMissed: 422,
        PlanChanged: 409,
        ApprovalVoid: 409,
        SecondPersonNeeded: 403,
        SendRefused: 422,
        UnknownCandidate: 404,
        CreditsMissing: 422,
        ImportUnreadable: 422,
        UnknownImport: 404,
    }
)
"""The nearest of an error's classes counts."""
UNEXPECTED = 500


def status_of(error: SheetsAutomationError) -> int:
    """The HTTP status for an error of the house."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), UNEXPECTED)


def bad_request(ja: str, en: str) -> Refusal:
    """A request that makes no sense."""
    return Refusal(400, "bad_request", ja, en)


def not_there(status: int = 404, headers: Mapping[str, str] | None = None) -> Refusal:
    """No such call, or not by this method."""
    name = "not_found" if status == 404 else "bad_request"  # noqa: PLR2004 - HTTP's own number
    return Refusal(status, name, "そのような操作はありません。", "There is no such call.", headers)


def not_signed_in(started_from: StartedFrom) -> Refusal:
    """Nobody that we know: the address was used, or is that of an earlier page."""
    ja, en = "ターミナルで relay open をもう一度始めてください。", "Start `relay open` again in the terminal."
    if started_from == "excel":
        ja, en = "Excel のボタンをもう一度押してください。", "Press the button in Excel again."
    return Refusal(
        401,
        "not_signed_in",
        f"この画面はもう使えません。画面のアドレスは一度だけ使えます。{ja}",
        f"This page can no longer be used: its address works once. {en}",
    )


def not_allowed() -> Refusal:
    """A request that did not come from our own page."""
    return Refusal(
        403,
        "not_allowed",
        "この画面からの操作ではないので、受け付けませんでした。",
        "This did not come from our own page, so nothing was done.",
    )


def sending_already() -> Refusal:
    """One send at a time a workbook."""
    return Refusal(
        423,
        "workbook_busy",
        "このブックでは別の操作が進行中です。終わってから、もう一度お試しください。",
        "Something else is under way in this workbook. Wait until it has ended, then try again.",
    )


def too_many_requests(seconds: int) -> Refusal:
    """Whoever asks faster than any person."""
    return Refusal(
        429,
        "too_many_requests",
        f"操作が多すぎます。{seconds} 秒ほど待ってください。",
        f"Too many requests. Wait about {seconds} seconds.",
        {"Retry-After": str(seconds)},
    )
