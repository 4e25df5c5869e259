"""Each kind of poison in an Excel file, and letters into the outbox: what arrives, what is said, what is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.poison.company import (
    NOW,
    TAB,
    headings_of,
    innocent_address,
    rows_of,
    tabs_of,
    write_configuration,
)
from tests.poison.excel import write_workbook
from tests.poison.kind import Kind, Refused
from tests.poison.kinds import KINDS
from tests.poison.ledger import Arrived, arrived, check_bytes
from tests.poison.outcomes import check_letters, check_outcome, check_second_run, expected_letters
from tests.poison.pages import letters_on, live_parts
from tests.poison.said import Said, everything_said, run

SHEETS_OF_OURS = {"送信記録", "クレジット", "要確認"}


@dataclass(frozen=True)
class Aftermath:
    """What is to be seen when all commands have run."""

    kind: Kind
    before: dict[str, Any]
    after: dict[str, Any]
    plan: Said
    sent: Said
    again: Said
    said: tuple[Said, ...]
    page: Path
    raw: list[bytes]
    letters: list[Arrived]
    book: Path


@pytest.fixture(scope="module", params=KINDS, ids=lambda kind: kind.name)
def aftermath(request, tmp_path_factory):
    kind: Kind = request.param
    folder = tmp_path_factory.mktemp("poison")
    book, page, outbox = folder / "book.xlsx", folder / "page.html", folder / "out"
    write_workbook(book, tabs_of(kind))
    config = ["--config", write_configuration(folder)]
    before = values_of(book)
    carrier = [*config, "--carrier", f"outbox:{outbox}", "--send"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELAY_NOW", NOW)
        plan = run("send", str(book), *config, "--json", "--lang", "en")
        first = (
            run("send", str(book), *config, "--lang", "ja"),
            run("preview", str(book), *config, "--out", str(page), "--lang", "ja"),
            run("check", str(book), *config, "--lang", "en"),
        )
        sent = run("send", str(book), *carrier, "--json", "--lang", "ja")
        again = run("send", str(book), *carrier, "--json", "--lang", "en")
        status = run("status", str(book), *config, "--lang", "ja")
    raw = [path.read_bytes() for path in sorted((outbox / "new").glob("*"))]
    return Aftermath(
        kind=kind,
        before=before,
        after=values_of(book),
        plan=plan,
        sent=sent,
        again=again,
        said=(plan, *first, sent, again, status),
        page=page,
        raw=raw,
        letters=[arrived(one) for one in raw],
        book=book,
    )


def values_of(book: Path) -> dict[str, Any]:
    """What stands in each cell that people have filled, formulas as they are written."""
    return {
        f"{sheet.title}!{cell.coordinate}": (cell.value, cell.data_type)
        for sheet in load_workbook(book, rich_text=True).worksheets
        if isinstance(sheet, Worksheet)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_each_innocent_and_nobody_else_gets_the_own_letter_once(aftermath):
    check_letters(aftermath.letters, expected_letters(aftermath.kind, "excel"))


def test_a_poisoned_letter_keeps_the_rules_of_mail_byte_by_byte(aftermath):
    innocent = {innocent_address(number) for number in range(2, 21)}  # one of them is looked at, too

    for raw, letter in zip(aftermath.raw, aftermath.letters, strict=True):
        if not innocent.issuperset(letter.envelope):
            check_bytes(raw)


def test_the_poisoned_row_ends_as_its_kind_says(aftermath):
    check_outcome(aftermath.kind, aftermath.sent, "excel")


def test_a_second_run_sends_nothing_more(aftermath):
    check_second_run(aftermath.kind, aftermath.again, "excel")


def test_the_plan_says_beforehand_who_gets_a_letter(aftermath):
    planned = {letter["to"] for letter in aftermath.plan.document["letters"]}

    assert aftermath.plan.error == aftermath.sent.error
    assert planned == set(expected_letters(aftermath.kind, "excel"))


def test_nothing_that_is_said_is_obeyed_by_a_terminal(aftermath):
    assert everything_said(aftermath.said) == {}


def test_no_command_stumbles(aftermath):
    stumbled = [one.words for one in aftermath.said if one.code == 1 or "Traceback" in one.err]

    assert stumbled == []


def test_nothing_on_the_page_of_the_preview_runs_or_leads_away(aftermath):
    if not aftermath.page.exists():
        assert isinstance(aftermath.kind.outcome("excel"), Refused)
        return

    shown = {letter["address"] for letter in letters_on(aftermath.page)}

    assert live_parts(aftermath.page) == []
    assert shown == {letter["to"] for letter in aftermath.plan.document["letters"]}


def test_what_people_wrote_stands_as_it_stood(aftermath):
    kept = {place: cell for place, cell in aftermath.before.items() if not is_ours(place, aftermath)}

    assert {place: aftermath.after.get(place) for place in kept} == kept


def is_ours(place: str, aftermath: Aftermath) -> bool:
    """Whether the cell is one that we may write."""
    title, _, cell = place.partition("!")
    if title == TAB:
        headings = headings_of(rows_of(aftermath.kind))
        column = "".join(filter(str.isalpha, cell))
        heading = headings[ord(column) - ord("A")] if len(column) == 1 else ""
        return heading in {"候補者ID", "照合", "通知状況", "通知日時", "通知メモ", "不採用確認日時"}
    return title in SHEETS_OF_OURS - set(aftermath.kind.tabs)


def test_no_cell_of_ours_is_a_formula_nor_becomes_one_in_a_csv_file(aftermath):
    new = {place: cell for place, cell in aftermath.after.items() if aftermath.before.get(place) != cell}

    assert [place for place, (_, kind) in new.items() if kind == "f"] == []
    ours = [value for place, (value, _) in new.items() if place.partition("!")[0] in {"要確認", "送信記録"}]
    assert [value for value in ours if str(value).lstrip()[:1] in set("=+-@＝＋－＠")] == []
