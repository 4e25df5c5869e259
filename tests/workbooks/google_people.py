"""A Google spreadsheet in the hands of the people who own it: real gspread, over HTTP, against the emulator."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import closing
from datetime import datetime
from http.client import HTTPConnection
from itertools import count

from google.oauth2.credentials import Credentials

from sheets_automation.core.table import CellValue
from sheets_automation.google.transport import Caller
from sheets_automation.workbooks.google_client import SheetsClient
from sheets_automation.workbooks.google_sheets import GoogleSheetsWorkbook
from tests.google_emulator import Running
from tests.workbooks.people import Grid

_titles = count(1)


def create_spreadsheet(google: Running, *, zone: str = "Asia/Tokyo", small: Mapping[str, tuple[int, int]] = {}) -> str:
    """A new, empty spreadsheet of a Japanese team; returns its id. `small`: rows and columns of tabs, by title."""
    connection = HTTPConnection(google.address)
    properties = {"title": f"採用管理 {next(_titles)}", "locale": "ja_JP", "timeZone": zone}
    sheets = [
        {"properties": {"title": title, "gridProperties": {"rowCount": rows, "columnCount": columns}}}
        for title, (rows, columns) in small.items()
    ]
    body = {"properties": properties, **({"sheets": sheets} if sheets else {})}
    headers = {"Authorization": "Bearer owner", "Content-Type": "application/json"}
    with closing(connection):
        connection.request("POST", "/v4/spreadsheets", json.dumps(body), headers)
        return str(json.loads(connection.getresponse().read())["spreadsheetId"])


class GoogleStore:
    """One spreadsheet. `sleep` and `monotonic` let tests stand in for time."""

    def __init__(
        self,
        google: Running,
        tabs: Mapping[str, Grid],
        hidden: Mapping[str, Collection[int]] | None = None,
        *,
        zone: str = "Asia/Tokyo",
        small: Mapping[str, tuple[int, int]] = {},
    ) -> None:
        self.google = google
        self.id = create_spreadsheet(google, zone=zone, small=small)
        self.waited: list[float] = []
        self._hidden = dict(hidden or {})
        self._write(tabs, {})

    def open(self, **options) -> GoogleSheetsWorkbook:
        caller = Caller(Credentials(token="owner"), self.google.address)
        client = SheetsClient(self.id, caller, sleep=self.waited.append)
        return GoogleSheetsWorkbook(client, sleep=self.waited.append, **options)

    def crash(self, workbook: GoogleSheetsWorkbook) -> None:
        workbook.close()  # Google keeps no lock for anybody

    def look(self) -> dict[str, Grid]:
        with closing(self.open()) as workbook:
            book = workbook.read_book()
        return {
            title: [
                [sheet.value(row, column) for column in range(len(cells or ()))]
                for row, cells in enumerate(sheet.cells)
            ]
            for title, sheet in book.sheets.items()
        }

    def save(self, tabs: Mapping[str, Grid]) -> None:
        self._write(tabs, self.look())

    def formulas(self) -> list[str]:
        return [f"{sheet['title']}!{cell}" for sheet in self.shown() for cell in sheet["formulas"]]

    def shown(self) -> list[dict]:
        """The tabs as the emulator's own state tells them."""
        documents = self.google.control.state()["services"]["sheets"]["spreadsheets"]
        return next(one for one in documents if one["spreadsheetId"] == self.id)["sheets"]

    def tab(self, title: str) -> dict:
        """One of them."""
        return next(one for one in self.shown() if one["title"] == title)

    def edit(self, name: str, **edit) -> None:
        """Do what a person does, by the emulator's own hands."""
        self.google.control.edit(name, spreadsheetId=self.id, **edit)

    def _write(self, tabs: Mapping[str, Grid], before: Mapping[str, Grid]) -> None:
        for title, grid in tabs.items():
            if grid != before.get(title):
                values = [[_as_json(value) for value in row] for row in grid]
                self.edit("load", sheet=title, values=values, hidden=sorted(self._hidden.get(title, ())))
        titles = [sheet["title"] for sheet in self.shown()]
        for title in titles:
            if title not in tabs and len(titles) > 1:
                self.edit("delete_sheet", sheet=title)


def _as_json(value: CellValue) -> object:
    if isinstance(value, datetime):
        has_time = bool(value.hour or value.minute or value.second)
        return {"date": value.isoformat() if has_time else value.date().isoformat()}
    return value
