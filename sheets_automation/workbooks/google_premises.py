"""Whether Sheets does what our writing rests on, tried in a scratch tab that is made for it and removed again."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sheets_automation.core.errors import WorkbookChanged, WorkbookError
from sheets_automation.google.premises import Premise
from sheets_automation.google.problems import Sentence
from sheets_automation.google.transport import AnswerLost
from sheets_automation.workbooks.google_book import Sheet
from sheets_automation.workbooks.google_cells import cell_of, row_of, update_cells
from sheets_automation.workbooks.google_client import SheetsClient, unreachable
from sheets_automation.workbooks.google_verifying import ANSWER_FIELDS, seen_in

Json = dict[str, Any]

_ROWS, _COLUMNS = 20, 3
_HEAD, _FORMULA_LIKE, _BELOW, _HALF = "見出し", "=1+1", "追加", "半分"
_LAST_ROW: Final = 4
"""The last row with data before something is appended, from 0; the rows over it are blank but for the first."""
_HALF_ROW: Final = 2

_DO_NOT_SEND = Sentence(
    "このスプレッドシートでは送信記録を確かに残せないので、送らず、開発者に知らせてください。",
    "The record of what was sent would not be safe in this spreadsheet: do not send from it, and tell the developers.",
)
_LESS_SURE = Sentence(
    "送信には影響しませんが、表示がずれたり、消された送信記録に気づけないことがあります。開発者に知らせてください。",
    "Sending is not affected, but the columns may be misplaced, or deleted records go unnoticed. Tell the developers.",
)


def may_edit(client: SheetsClient) -> None:
    """Make sure that we may write, by a note that comes and goes in one atomic call. Raises WorkbookError if not."""
    note = {"metadataId": secrets.randbelow(2**31 - 2) + 1, "metadataKey": "relay.check", "visibility": "DOCUMENT"}
    lookup = {"developerMetadataLookup": {"metadataId": note["metadataId"]}}
    _write(
        client,
        [
            {"createDeveloperMetadata": {"developerMetadata": {**note, "location": {"spreadsheet": True}}}},
            {"deleteDeveloperMetadata": {"dataFilter": lookup}},
        ],
    )


def sheet_premises(client: SheetsClient, number: int) -> list[Premise]:
    """Try them all. Raises WorkbookError where Sheets does not let us; `number` makes the tab one of its kind."""
    title = f"relay の確認 {number}"
    properties = {
        "sheetId": number,
        "title": title,
        "gridProperties": {"rowCount": _ROWS, "columnCount": _COLUMNS},
    }
    _write(client, [{"addSheet": {"properties": properties}}])
    try:
        premises = [*_tried(client, number, title)]
    finally:
        is_removed = _is_removed(client, number)
    return [*premises, _cleaned(title, is_removed=is_removed)]


def _tried(client: SheetsClient, tab: int, title: str) -> Iterator[Premise]:
    cells = [[cell_of(_HEAD), cell_of(_FORMULA_LIKE)]]
    answer = _write(client, [update_cells(tab, 0, 0, cells, "userEnteredValue")], [f"'{title}'!A1:B2"])
    yield Premise(
        "sheets_answer_shows",
        Sentence(
            "書き込みの答えに、書いた直後の表が付いてくる", "the answer to a write shows the sheet right after it"
        ),
        seen_in(answer, tab).get((0, 0)) == _HEAD,
        _LESS_SURE,
    )
    yield _atomic(client, tab, title)
    yield Premise(
        "sheets_text_stays_text",
        Sentence("「=」で始まる文字は、式にならない", "text that begins with “=” does not become a formula"),
        _look(client, title).cell(0, 1) == _FORMULA_LIKE,
        _DO_NOT_SEND,
    )
    last = update_cells(tab, _LAST_ROW, 0, [[cell_of("末尾")]], "userEnteredValue")
    appended = {"appendCells": {"sheetId": tab, "rows": [row_of({0: _BELOW})], "fields": "userEnteredValue"}}
    _write(client, [last])
    _write(client, [appended])
    yield Premise(
        "sheets_append_below",
        Sentence("追加した行は、最後の行の下に入る", "rows are appended below the last one"),
        _look(client, title).cell(_LAST_ROW + 1, 0) == _BELOW,
        _DO_NOT_SEND,
    )
    yield _unique_note(client, tab)


def _atomic(client: SheetsClient, tab: int, title: str) -> Premise:
    good = update_cells(tab, _HALF_ROW, 0, [[cell_of(_HALF)]], "userEnteredValue")
    bad = {"deleteSheet": {"sheetId": tab + 1}}
    is_refused = _is_refused(client, [good, bad])
    return Premise(
        "sheets_all_or_nothing",
        Sentence("一部が誤りの書き込みは、全部が取りやめになる", "a write that is wrong in part is not done at all"),
        is_refused and _look(client, title).cell(_HALF_ROW, 0) is None,
        _DO_NOT_SEND,
    )


def _unique_note(client: SheetsClient, tab: int) -> Premise:
    note = {"metadataId": tab, "metadataKey": "relay.check", "visibility": "DOCUMENT", "location": {"sheetId": tab}}
    create = {"createDeveloperMetadata": {"developerMetadata": note}}
    _write(client, [create])
    return Premise(
        "sheets_note_id_unique",
        Sentence("同じ番号のメタデータは、二つ作れない", "metadata with an id in use is refused"),
        _is_refused(client, [create]),
        _LESS_SURE,
    )


def _cleaned(title: str, *, is_removed: bool) -> Premise:
    return Premise(
        "sheets_scratch_removed",
        Sentence("確認用のタブを消した", "the scratch tab is removed"),
        is_removed,
        Sentence(
            f"「{title}」タブが残っています。手で消してください。", f"The tab {title} is left. Delete it by hand."
        ),
    )


def _is_removed(client: SheetsClient, tab: int) -> bool:
    try:
        _write(client, [{"deleteSheet": {"sheetId": tab}}])
    except WorkbookError:
        return False
    return True


def _is_refused(client: SheetsClient, requests: Sequence[Json]) -> bool:
    try:
        _write(client, requests)
    except WorkbookChanged:  # what the client makes of a bad request
        return True
    return False


def _write(client: SheetsClient, requests: Sequence[Json], ranges: Sequence[str] = ()) -> Json:
    try:
        return client.write(requests, ranges=ranges, fields=ANSWER_FIELDS if ranges else "spreadsheetId")
    except AnswerLost as trouble:
        raise unreachable() from trouble


def _look(client: SheetsClient, title: str) -> Sheet:
    sheet = client.fetch().sheets.get(title)
    if sheet is None:
        raise WorkbookChanged(
            "確認の途中で、確認用のタブが消されました。もう一度実行してください。",
            "Somebody deleted the scratch tab meanwhile. Run it again.",
        )
    return sheet
