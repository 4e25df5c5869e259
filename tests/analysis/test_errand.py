"""The nightly run rebuilds the analysis of every workbook of a roster, last of all, and names nobody in its lines."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.fleet.fleet_house import FleetHouse, people


@pytest.fixture
def house(tmp_path):
    return FleetHouse(tmp_path)


def analysis_of(house, name):
    return load_workbook(house.folder / f"{name}.xlsx", data_only=True)["分析"]


def test_a_night_shows_the_letters_that_it_has_just_sent(house):
    house.add_file("minato", people(3))

    lines = house.run("nightly")

    line = next(one for one in lines if one.get("errand") == "analysis")
    assert (line["state"], line["counts"]) == ("done", {"rejected": 3, "told": 3})
    assert analysis_of(house, "minato")["B5"].value == "100.0%"


def test_it_can_be_done_alone_and_its_line_names_nobody(house):
    house.add_file("minato", people(2))

    lines = house.run("analysis")

    assert [one["errand"] for one in lines if "errand" in one] == ["analysis"]
    assert "@" not in str(lines)
    assert "沢" not in str(lines)
    assert house.letters() == []
    assert analysis_of(house, "minato")["B5"].value == "0.0%"
