"""The ribbon add-in: declared as one, with a ribbon that calls our macros, and its settings inside."""

import re
from xml.etree import ElementTree as ET

import pytest
from openxml_audit import OpenXmlValidator

from sheets_automation.macros.addin import build_addin
from sheets_automation.macros.buttons import BUTTONS
from sheets_automation.macros.sources import ribbon_modules
from sheets_automation.macros.xlwings_modules import xlwings_modules
from sheets_automation.xlsx.package import Package
from tests.vba.books import parts
from tests.vba.olevba import macros

UI = "{http://schemas.microsoft.com/office/2009/07/customui}"


@pytest.fixture(scope="module")
def ribbon(addin):
    return ET.fromstring(parts(addin)["customUI/customUI14.xml"])  # noqa: S314 - our own


def test_it_is_an_add_in_and_leads_to_its_ribbon(addin):
    with Package.open(addin) as package:
        kind = package.content_type(package.workbook_part)
        links = {link.type: link.target for link in package.relationships("")}

    assert kind == "application/vnd.ms-excel.addin.macroenabled.main+xml"
    assert links["http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"] == "customUI/customUI14.xml"


def test_the_ribbon_has_the_five_buttons_in_japanese_and_one_macro_for_all(ribbon):
    buttons = list(ribbon.iter(f"{UI}button"))

    assert [one.get("label") for one in buttons] == [button.caption for button in BUTTONS]
    assert [one.get("id") for one in buttons] == [button.macro for button in BUTTONS]
    assert {one.get("onAction") for one in buttons} == {"RelayPressed"}
    assert all(one.get("supertip") for one in buttons)
    assert [element.tag.removeprefix(UI) for element in ribbon.iter()][:5] == [
        "customUI", "ribbon", "tabs", "tab", "group",
    ]  # fmt: skip


def test_its_macros_are_those_for_any_workbook(addin):
    read = macros(addin)

    written = {one.name: one.source for one in [*ribbon_modules(), *xlwings_modules(on_active_workbook=True)]}
    assert {name: read[name] for name in written} == written
    assert "ActiveWorkbook.FullName" in read["xlwings"]


def test_its_settings_are_on_a_sheet_that_is_not_hidden_since_a_workbook_needs_one(addin):
    workbook = parts(addin)["xl/workbook.xml"].decode()

    assert re.findall(r'<sheet name="([^"]+)"([^>]*)>', workbook) == [("xlwings.conf", ' sheetId="1" r:id="rId1"/')]


def test_a_schema_checker_finds_nothing(addin):
    assert [error.description for error in OpenXmlValidator().validate(addin).errors] == []


def test_the_same_program_makes_the_same_add_in(addin, tmp_path):
    build_addin(tmp_path / "again.xlam")

    assert (tmp_path / "again.xlam").read_bytes() == addin.read_bytes()
