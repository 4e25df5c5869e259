"""What a quiet night does without: whatever only a letter needs is imported when there is one."""

from __future__ import annotations

import pytest

from tests.fleet.fleet_house import FleetHouse, people

FOR_LETTERS = ("jinja2", "markdown_it", "linebot", "smtplib", "opentelemetry", "rich.console", "gspread")


@pytest.fixture
def house(tmp_path):
    return FleetHouse(tmp_path)


def imported(house):
    """The modules that `relay run send` imports, as Python itself tells."""
    process = house.start("send", PYTHONPROFILEIMPORTTIME="1")
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0
    return {line.rpartition("|")[2].strip() for line in told.splitlines()}


def test_a_night_without_letters_imports_nothing_that_only_letters_need(house):
    house.add_file("minato", [["佐藤 花", "sato@example.com", "営業職", "選考中", ""]])

    assert imported(house) & set(FOR_LETTERS) == set()


def test_a_night_with_a_letter_does(house):
    house.add_file("minato", people(1))

    assert {"jinja2", "markdown_it"} <= imported(house)
