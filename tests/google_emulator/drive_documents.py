"""Spreadsheets as Drive handles them: made and copied, renamed, filled from CSV and written as CSV.

All but the making goes through the methods of the Sheets service, as if a client had called them.
"""

from __future__ import annotations

from dataclasses import replace

from tests.google_emulator.files import File
from tests.google_emulator.wire import Call, Json, Service


class Documents:
    """The Sheets service, as Drive sees it."""

    def __init__(self, sheets: Service) -> None:
        self._sheets = sheets

    def create(self, file_id: str, title: str, *, owner: str, copy_of: str = "") -> None:
        """Make the document of a new file, empty or as a copy."""
        document = {"spreadsheetId": file_id, "title": title, "owner": owner}
        self._sheets.edits["create_document"](document | ({"copy_of": copy_of} if copy_of else {}))

    def rename(self, call: Call, file_id: str, title: str) -> None:
        """Give the document the title that its file was given."""
        properties = {"properties": {"title": title}, "fields": "title"}
        self._change(call, file_id, [{"updateSpreadsheetProperties": properties}])

    def first_tab(self, call: Call, file_id: str) -> list[list[str]]:
        """What the first tab shows, all rows equally long."""
        title = self._tabs(call, file_id)[0]["title"]
        answer = self._do(call, "sheets.spreadsheets.values.get", file_id, range=_quoted(title))
        rows: list[list[str]] = answer.get("values", [])
        width = max(map(len, rows), default=0)
        return [[*row, *[""] * (width - len(row))] for row in rows]

    def replace_by_rows(self, call: Call, file: File, rows: list[list[str]]) -> None:
        """Leave one new tab, named like the file, with these rows, typed in as a person would type them.

        A file that is imported lives in Google's own time zone from then on, as gspread's recording shows.
        """
        old = [tab["sheetId"] for tab in self._tabs(call, file.id)]
        size = {"rowCount": max(len(rows), 1000), "columnCount": max([26, *map(len, rows)])}
        zone = {"properties": {"timeZone": "America/Los_Angeles"}, "fields": "timeZone"}
        requests: list[Json] = [_out_of_the_way(sheet_id) for sheet_id in old]
        requests.append({"addSheet": {"properties": {"title": file.name, "gridProperties": size}}})
        requests += [{"deleteSheet": {"sheetId": sheet_id}} for sheet_id in old]
        self._change(call, file.id, [*requests, {"updateSpreadsheetProperties": zone}])
        asked = replace(call, query={"valueInputOption": ["USER_ENTERED"]}, body={"values": rows})
        self._do(asked, "sheets.spreadsheets.values.update", file.id, range=f"{_quoted(file.name)}!A1")

    def _tabs(self, call: Call, file_id: str) -> list[Json]:
        book = self._do(call, "sheets.spreadsheets.get", file_id)
        return [tab["properties"] for tab in book["sheets"]]

    def _change(self, call: Call, file_id: str, requests: list[Json]) -> None:
        self._do(replace(call, query={}, body={"requests": requests}), "sheets.spreadsheets.batchUpdate", file_id)

    def _do(self, call: Call, method: str, file_id: str, **path: str) -> Json:
        query = call.query if method.endswith("values.update") else {}
        asked = replace(call, method=method, query=query, path={"spreadsheetId": file_id, **path}, fields="")
        return self._sheets.methods[method](asked)


def _out_of_the_way(sheet_id: int) -> Json:
    """Rename a tab, so that another one can have its title."""
    return {
        "updateSheetProperties": {"properties": {"sheetId": sheet_id, "title": f"old {sheet_id}"}, "fields": "title"}
    }


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"
