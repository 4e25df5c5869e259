"""The contract, kept by a Google spreadsheet: real gspread over HTTP."""

from __future__ import annotations

import pytest

from tests.workbooks.contract import WorkbookContract
from tests.workbooks.google_people import GoogleStore


class TestGoogleSheetsWorkbook(WorkbookContract):
    @pytest.fixture
    def make_store(self, google):
        def make(tabs, hidden=None):
            return GoogleStore(google, tabs, hidden)

        return make
