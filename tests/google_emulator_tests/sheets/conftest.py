"""A new spreadsheet for each test."""

from __future__ import annotations

import pytest

from tests.google_emulator_tests.sheets.book import Book


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def japanese() -> Book:
    return Book(locale="ja_JP")
