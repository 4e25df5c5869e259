"""One spreadsheet of a Sheets service, and a Drive that knows who may open it, for tests without HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from tests.google_emulator.sheets import make_service
from tests.google_emulator.wire import ApiError, Call, Json, Principal, Service, World

NOW = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
OWNER = "hr@example.co.jp"


@dataclass
class Shares:
    """Drive, as far as Sheets asks it."""

    roles: dict[tuple[str, str], str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    touched_at: dict[str, datetime] = field(default_factory=dict)

    def add(self, file_id: str, *, name: str, mime_type: str, owner: str) -> None:
        self.names[file_id] = name
        self.roles[file_id, owner] = "owner"

    def role(self, file_id: str, email: str) -> str | None:
        return self.roles.get((file_id, email))

    def renamed(self, file_id: str, name: str) -> None:
        self.names[file_id] = name

    def touched(self, file_id: str, at: datetime) -> None:
        self.touched_at[file_id] = at

    def exists(self, file_id: str) -> bool:
        return file_id in self.names


class Book:
    """Calls the methods on one spreadsheet, as its owner unless told otherwise."""

    def __init__(self, locale: str = "") -> None:
        self.shares = Shares()
        self.service: Service = make_service(World(now=lambda: NOW, files=self.shares, random=Random(7)))
        properties = {"title": "候補者一覧", **({"locale": locale} if locale else {})}
        self.made = self.call("create", spreadsheet_id=None, body={"properties": properties})
        self.id: str = self.made["spreadsheetId"]

    def call(self, method: str, *, email: str = OWNER, fields: str = "", **given: Any) -> Json:
        path = {"spreadsheetId": given.get("spreadsheet_id", getattr(self, "id", "")), **given.get("path", {})}
        query = {name: value if isinstance(value, list) else [value] for name, value in given.get("query", {}).items()}
        return self.service.methods[f"sheets.spreadsheets.{method}"](
            Call(
                method=f"sheets.spreadsheets.{method}",
                path={name: value for name, value in path.items() if value is not None},
                query=query,
                body=given.get("body", {}),
                principal=Principal(email=email, scopes=frozenset()),
                now=NOW,
                fields=fields,
            )
        )

    def get(self, fields: str = "", **query: Any) -> Json:
        return self.call("get", fields=fields, query=query)

    def read(self, text: str, **query: Any) -> Json:
        return self.call("values.get", path={"range": text}, query=query)

    def values(self, text: str, **query: Any) -> list[list[Any]]:
        return self.read(text, **query).get("values", [])

    def write(self, text: str, values: list[list[Any]], option: str = "RAW", **query: Any) -> Json:
        asked = {"valueInputOption": option, **query}
        return self.call("values.update", path={"range": text}, query=asked, body={"values": values})

    def type_in(self, text: str, values: list[list[Any]], **query: Any) -> Json:
        return self.write(text, values, "USER_ENTERED", **query)

    def append(self, text: str, values: list[list[Any]], **query: Any) -> Json:
        asked = {"valueInputOption": "RAW", **query}
        return self.call("values.append", path={"range": text}, query=asked, body={"values": values})

    def batch(self, *requests: Json, email: str = OWNER, **body: Any) -> Json:
        return self.call("batchUpdate", email=email, body={"requests": list(requests), **body})

    def reply(self, request: Json) -> Json:
        return self.batch(request)["replies"][0]

    def sheet(self, fields: str = "", index: int = 0, **query: Any) -> Json:
        return self.get(fields, **query)["sheets"][index]

    def cell(self, a1: str, **query: Any) -> Json:
        rows = self.sheet(ranges=[a1], includeGridData="true", **query)["data"][0].get("rowData", [{}])
        return rows[0].get("values", [{}])[0]

    def edit(self, name: str, **given: Any) -> None:
        self.service.edits[name]({"spreadsheetId": self.id, **given})

    def refusal(self, *requests: Json, **given: Any) -> str:
        with pytest.raises(ApiError) as refused:
            self.batch(*requests, **given)
        assert (refused.value.code, refused.value.status) == (400, "INVALID_ARGUMENT")
        return refused.value.message


def grid(top: int, left: int, bottom: int, right: int, sheet_id: int = 0) -> Json:
    """A GridRange."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def text_cells(*rows: list[str]) -> list[Json]:
    """RowData of texts."""
    return [{"values": [{"userEnteredValue": {"stringValue": text}} for text in row]} for row in rows]
