"""The two calls that we make of Sheets: read everything, and write one atomic batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from requests import Response

from sheets_automation.core.errors import (
    QuotaUsedUp,
    WorkbookAccess,
    WorkbookChanged,
    WorkbookError,
    WorkbookNotFound,
    WorkbookUnreachable,
    WriteRefused,
)
from sheets_automation.google.answers import FORBIDDEN, NOT_FOUND, Refusal
from sheets_automation.google.pace import SheetsPace
from sheets_automation.google.patience import Sleep, patiently
from sheets_automation.google.problems import access_problem, is_pace, is_passing, is_undone
from sheets_automation.google.transport import AnswerLost, Caller, NotReached, Refused, SignInRefused
from sheets_automation.workbooks.google_book import FIELDS, Book, parse_cells, read_book

Json = dict[str, Any]

_SPREADSHEET = "https://sheets.googleapis.com/v4/spreadsheets/%s"
_TROUBLES = (Refused, NotReached, AnswerLost, SignInRefused)


class _Paced:
    """Our session, at the pace of whoever shares the quota: one try a call, with an end that says what is known."""

    def __init__(self, caller: Caller, pace: SheetsPace | None) -> None:
        self._caller = caller
        self._pace = pace

    def request(self, method: str, endpoint: str, *words: Any, **content: Any) -> Response:
        """Ask once, when it is our turn."""
        if self._pace is None:
            return self._caller.call(method, endpoint, *words, **content)
        pace = self._pace.of(method)
        pace.wait()
        try:
            answer = self._caller.call(method, endpoint, *words, **content)
        except Refused as refused:
            if is_pace(refused.refusal):
                pace.was_too_fast()
            raise
        pace.went_well()
        return answer


class SheetsClient:
    """One spreadsheet."""

    def __init__(
        self,
        spreadsheet_id: str,
        caller: Caller,
        *,
        sleep: Sleep,
        account: Callable[[], str] = str,
        pace: SheetsPace | None = None,
    ) -> None:
        """`account` tells with which service account the sheet has to be shared; "" where a person signs in.

        `pace` is for whoever shares the quota with other tasks; a person's own run is never held up.
        """
        self._id = spreadsheet_id
        self._http = _Paced(caller, pace)
        self._caller = caller
        self._sleep = sleep
        self._account = account

    def link_to(self, sheet_id: int) -> str:
        """Where a browser shows this tab."""
        return f"https://docs.google.com/spreadsheets/d/{self._id}/edit#gid={sheet_id}"

    def fetch(self) -> Book:
        """Everything at one moment, in one call; tried again for a bounded time."""
        try:
            return patiently(self._fetch, may_repeat=is_passing, sleep=self._sleep)
        except _TROUBLES as trouble:
            raise self._explained(trouble) from trouble

    def write(self, requests: Sequence[Json], *, ranges: Sequence[str] = (), fields: str = "spreadsheetId") -> Json:
        """Write one atomic batch, and return of the sheet after it what `ranges` and `fields` ask for.

        Raises AnswerLost when nobody knows whether it was done; it was not when anything else is raised.
        """
        body: Json = {"requests": list(requests)}
        if ranges:
            body |= {
                "includeSpreadsheetInResponse": True,
                "responseIncludeGridData": True,
                "responseRanges": list(ranges),
            }
        from sheets_automation.workbooks.google_gspread import CarriedClient

        client = CarriedClient(self._http.request)

        def ask() -> Response:
            return client.batch_update_of(self._id, body, fields)

        try:
            answer = patiently(ask, may_repeat=is_undone, sleep=self._sleep)
        except Refused as trouble:
            if trouble.refusal.is_server_fault:
                raise AnswerLost(str(trouble)) from trouble  # Google may have done it all the same
            raise self._explained(trouble) from trouble
        except (NotReached, SignInRefused) as trouble:
            raise self._explained(trouble) from trouble
        try:
            return parse_cells(answer.content)
        except ValueError as error:
            raise AnswerLost("cut off") from error

    def metadata(self, metadata_id: int) -> str | None:
        """The value of one piece of developer metadata; None where there is none of this id."""
        fields = "developerMetadata(metadataId,metadataValue)"

        def ask() -> Response:
            return self._http.request("get", _SPREADSHEET % self._id, params={"fields": fields})

        try:
            found = patiently(ask, may_repeat=is_passing, sleep=self._sleep).json().get("developerMetadata", [])
        except _TROUBLES as trouble:
            raise self._explained(trouble) from trouble
        return next((str(one.get("metadataValue", "")) for one in found if one.get("metadataId") == metadata_id), None)

    def close(self) -> None:
        """Let go of the connections."""
        self._caller.close()

    def _fetch(self) -> Book:
        answer = self._http.request("get", _SPREADSHEET % self._id, params={"fields": FIELDS, "prettyPrint": "false"})
        try:
            return read_book(answer.content)
        except ValueError as error:
            raise AnswerLost("cut off") from error

    def _explained(self, trouble: Exception) -> WorkbookError:
        """The sentence for whoever runs the command."""
        if said := access_problem(trouble):
            return WorkbookAccess(*said)
        if isinstance(trouble, Refused):
            return self._refused(trouble.refusal)
        return unreachable()

    def _refused(self, refusal: Refusal) -> WorkbookError:
        if refusal.status == FORBIDDEN and not is_pace(refusal):
            return self._not_shared()
        if refusal.status == NOT_FOUND:
            return WorkbookNotFound(
                "このアドレスのスプレッドシートがありません。アドレスを確かめてください。",
                "There is no spreadsheet at this address. Check the address.",
            )
        if is_pace(refusal):
            return QuotaUsedUp(
                "Google スプレッドシートの読み書きの上限に達しています。1 分ほど待ってから、もう一度実行してください。",
                "The limit of reads and writes of Google Sheets is used up. Wait a minute, then run again.",
            )
        if refusal.is_server_fault:
            return unreachable()
        return _bad_request(refusal)

    def _not_shared(self) -> WorkbookError:
        account = self._account()
        whom = account or "relay がサインインしているアカウント"
        who = account or "the account that relay signs in with"
        return WorkbookAccess(
            f"このスプレッドシートを編集する権限がありません。「共有」で {whom} を編集者に加えてください。",
            f"This spreadsheet may not be edited. Share it with {who}, as an editor.",
        )


def unreachable() -> WorkbookError:
    """Google did not answer for as long as we tried."""
    return WorkbookUnreachable(
        "Google スプレッドシートが 2 分ほど応答しません。時間をおいて、もう一度実行してください。"
        "送信済みの記録はそのまま残っています。",
        "Google Sheets does not answer; it was tried for two minutes. Run again later. What was sent is recorded.",
    )


def _bad_request(refusal: Refusal) -> WorkbookError:
    if "protected cell" in refusal.message:
        return WriteRefused(
            "保護された範囲があるため書き込めません。保護を外すか、relay のアカウントに編集を許可してください。",
            "A protected range is in the way. Remove the protection, or let the account of relay edit it.",
        )
    if "10000000" in refusal.message or "above the limit" in refusal.message:
        return WriteRefused(
            "スプレッドシートのセルの上限に達しています。使っていないタブや行を消してください。",
            "The spreadsheet has reached its limit of cells. Delete tabs or rows that nobody uses.",
        )
    # A tab or column that the batch names is gone since the read: what was asked for makes no sense any more.
    return WorkbookChanged(
        "読み取りのあとでスプレッドシートの構成が変わったため、書き込みませんでした。もう一度実行してください。",
        "The spreadsheet changed after it was read, so nothing was written. Run again.",
    )
