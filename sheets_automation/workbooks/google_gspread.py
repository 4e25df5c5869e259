"""gspread's client, carried by our session, for what is written: importing it takes as long as a read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gspread.http_client import HTTPClient
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL
from requests import Response

Request = Callable[..., Response]


class CarriedClient(HTTPClient):
    """One try a call, with a time limit. gspread's BackOffHTTPClient never gives up, its default time limit is none."""

    def __init__(self, request: Request) -> None:
        self._request = request

    def request(self, method: str, endpoint: str, *words: Any, **content: Any) -> Response:
        """Ask once."""
        return self._request(method, endpoint, *words, **content)

    def batch_update_of(self, spreadsheet_id: str, body: dict[str, Any], fields: str) -> Response:
        """One atomic batch; of the answer only these fields."""
        url = SPREADSHEET_BATCH_UPDATE_URL % spreadsheet_id
        return self.request("post", url, params={"fields": fields, "prettyPrint": "false"}, json=body)
