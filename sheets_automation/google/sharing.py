"""Who may edit a spreadsheet, by the lines of its share dialog as Drive tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sheets_automation.core.errors import WorkbookAccess
from sheets_automation.google.answers import FORBIDDEN, NOT_FOUND
from sheets_automation.google.identity import Member
from sheets_automation.google.problems import access_problem, is_pace
from sheets_automation.google.public_keys import unreachable
from sheets_automation.google.transport import AnswerLost, Caller, NotReached, Refused, SignInRefused

if TYPE_CHECKING:
    from sheets_automation.google.tokens import TokenSource

_ADDRESS = "https://www.googleapis.com/drive/v3/files/{}/permissions"
_FIELDS = "nextPageToken,permissions(type,role,emailAddress,domain,deleted,expirationTime)"
_EDITS = {"owner", "organizer", "fileOrganizer", "writer"}
_MOST_PAGES = 20
_SECONDS = 10.0


class Standing(StrEnum):
    """How a person stands to a spreadsheet."""

    EDITS = "edits"
    PERHAPS = "perhaps"
    """Only a group may edit it; who is in a group, nobody but an admin can ask."""
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a share dialog."""

    kind: str
    """Drive's word: "user", "group", "domain" or "anyone"."""
    role: str
    address: str = ""
    domain: str = ""
    is_deleted: bool = False
    expires: str = ""


def standing_of(member: Member, lines: Sequence[Line], now: datetime) -> Standing:
    """How a person stands to a spreadsheet with these lines. "Anyone with the link" is nobody in particular."""
    holding = [line for line in lines if line.role in _EDITS and not line.is_deleted and not _is_over(line, now)]
    for line in holding:
        if line.kind == "user" and line.address.lower() == member.address:
            return Standing.EDITS
        if line.kind == "domain" and line.domain.lower() == member.domain:
            return Standing.EDITS
    return Standing.PERHAPS if any(line.kind == "group" for line in holding) else Standing.STRANGER


def _is_over(line: Line, now: datetime) -> bool:
    if not line.expires:
        return False
    try:
        end = datetime.fromisoformat(line.expires)
    except ValueError:
        return True
    return end.tzinfo is None or end <= now


class Sharing:
    """Asks Drive, as the account that the spreadsheets are shared with."""

    def __init__(self, credentials: Callable[[], TokenSource], emulator: str | None = None) -> None:
        self._credentials = credentials
        self._emulator = emulator

    def standing(self, member: Member, spreadsheet_id: str) -> Standing:
        """How this person stands to this spreadsheet now.

        Raises WorkbookAccess where we cannot see it ourselves, and WorkbookUnreachable where nobody answers.
        """
        # A caller of our own for each question: they come from many threads, and a session is for one.
        with closing(Caller(self._credentials(), self._emulator)) as caller:
            return standing_of(member, [*_lines(caller, spreadsheet_id)], datetime.now(UTC))

    def look(self, spreadsheet_id: str) -> None:
        """See whether Drive tells us at all who may edit this spreadsheet. Raises as `standing`."""
        with closing(Caller(self._credentials(), self._emulator)) as caller:
            _page(caller, spreadsheet_id, "")


def _lines(caller: Caller, spreadsheet_id: str) -> Iterator[Line]:
    token = ""
    for _ in range(_MOST_PAGES):
        answer = _page(caller, spreadsheet_id, token)
        for line in answer.get("permissions", ()):
            yield Line(
                kind=str(line.get("type", "")),
                role=str(line.get("role", "")),
                address=str(line.get("emailAddress", "")),
                domain=str(line.get("domain", "")),
                is_deleted=bool(line.get("deleted")),
                expires=str(line.get("expirationTime", "")),
            )
        token = str(answer.get("nextPageToken", ""))
        if not token:
            return


def _page(caller: Caller, spreadsheet_id: str, token: str) -> dict[str, Any]:
    asked = {"fields": _FIELDS, "pageSize": "100", "supportsAllDrives": "true"}
    if token:
        asked["pageToken"] = token
    try:
        answer = caller.call("GET", _ADDRESS.format(spreadsheet_id), patience=_SECONDS, params=asked).json()
    except (Refused, NotReached, AnswerLost, SignInRefused) as trouble:
        if said := access_problem(trouble):
            raise WorkbookAccess(*said) from trouble
        if isinstance(trouble, Refused) and _is_closed_to_us(trouble):
            raise _not_shared() from trouble
        raise unreachable() from trouble
    except ValueError as error:
        raise unreachable() from error
    if not isinstance(answer, dict):
        raise unreachable()
    return answer


def _is_closed_to_us(trouble: Refused) -> bool:
    return trouble.refusal.status in {FORBIDDEN, NOT_FOUND} and not is_pace(trouble.refusal)


def _not_shared() -> WorkbookAccess:
    return WorkbookAccess(
        "このスプレッドシートは、サービスのアカウントと共有されていません。管理者に伝えて、編集者に加えてもらってください。",
        "The spreadsheet is not shared with the account of the service. Ask the operator to add it as an editor.",
    )
