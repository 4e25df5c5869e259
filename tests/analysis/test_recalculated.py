"""The formulas of the tab, computed by LibreOffice, come to what stands beside them; nothing of the file is broken."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands.conftest import CONFIG, ROOT, TUESDAY
from tests.vba.libreoffice import soffice

# Files that others made are not computed again when they are opened, unless one asks for it.
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item
 oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value>
</prop></item></oor:items>
"""


@pytest.fixture(scope="module")
def relay(tmp_path_factory):
    """A command on the demo workbook, in a process of its own; its document."""
    folder = tmp_path_factory.mktemp("recalculated")
    environment = {**os.environ, "RELAY_NOW": TUESDAY, "PYTHONPATH": str(ROOT)}

    def run(command, *words):
        parts = [sys.executable, "-m", "sheets_automation.cli", command, str(folder / "book.xlsx"), *words]
        done = subprocess.run(
            [*parts, "--config", CONFIG, "--json"],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    run("init", "--demo")
    run("send", "--carrier", f"outbox:{folder / 'outbox'}", "--send")
    run.analysis = run("analyse", "--lang", "ja")
    run.book = folder / "book.xlsx"
    return run


def recalculated(book: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it after it has computed every formula anew."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_RECALCULATE)
    words = [soffice(), f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore"]
    environment = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    subprocess.run(
        [*words, "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(book)],
        env=environment,
        capture_output=True,
        check=True,
        timeout=300,
    )
    return folder / "out" / book.name


def without_values(book: Path, folder: Path) -> Path:
    """The same workbook without any value stored beside a formula: only who computes finds one."""
    changed = folder / "bare.xlsx"
    load_workbook(book).save(changed)  # openpyxl stores formulas without their values
    return changed


def formulas_of(book: Path) -> dict[str, str]:
    sheet = load_workbook(book)["分析"]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}


def values_of(book: Path) -> dict[str, object]:
    sheet = load_workbook(book, data_only=True)["分析"]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_every_formula_comes_to_the_value_that_was_computed(relay, tmp_path):
    formulas, ours = formulas_of(relay.book), values_of(relay.book)

    theirs = values_of(recalculated(without_values(relay.book, tmp_path), tmp_path))

    assert {text.split("(")[0] for text in formulas.values()} >= {"=COUNTIFS", "=IF", "=SUM"}
    assert len(formulas) > 30
    assert {cell: theirs.get(cell) for cell in formulas} == {
        cell: pytest.approx(ours[cell]) if isinstance(ours[cell], float) else ours[cell] for cell in formulas
    }


def test_every_formula_is_over_bounded_ranges(relay):
    for formula in formulas_of(relay.book).values():
        ranges = re.findall(r"[^(,]*:[^),]*", formula)
        assert all(re.search(r"\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+$", one) for one in ranges), formula


def test_the_tab_of_the_demo_holds_what_the_command_printed(relay):
    shown = values_of(relay.book)

    labels = [(value, cell[1:]) for cell, value in shown.items() if cell[0] == "A" and cell[1:].isdigit()]

    for figure in relay.analysis["figures"]:
        wanted = "–" if figure["value"] is None else pytest.approx(figure["value"])
        values = [shown.get(f"B{row}") for label, row in labels if label == figure["name"]]  # a step may have its name
        assert any(value == wanted for value in values), figure["name"]


def test_the_workbook_keeps_its_own_tabs_and_charts(relay):
    book = load_workbook(relay.book)

    assert {"応募者一覧", "集計", "媒体費", "設定", "分析"} <= set(book.sheetnames)
    assert len(book["集計"]._charts) == 2
    assert len(book["分析"]._charts) == 4


def test_a_second_analysis_of_the_same_workbook_writes_nothing(relay):
    before = relay.book.read_bytes()

    relay("analyse")

    assert relay.book.read_bytes() == before
