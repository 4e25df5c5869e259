"""The empty workbook: every heading, setting and word in it must be one that the product reads."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from sheets_automation.config import Config, apply_settings
from sheets_automation.core.candidates import CandidateRules, read_candidates
from sheets_automation.core.decisions import DECISION_WORDS
from sheets_automation.core.errors import WorkbookNotSaved
from sheets_automation.core.headings import Field
from sheets_automation.core.layout import locate_candidates
from sheets_automation.core.letter_fields import OWN_FIELDS
from sheets_automation.core.letters_tab import templates_from_tab
from sheets_automation.core.model import Decision
from sheets_automation.core.table import Row, Snapshot, table_of
from sheets_automation.empty_workbook import build_empty_workbook
from sheets_automation.letter_files import sources_in, templates_in

TEMPLATES = Path(__file__).parents[1] / "templates"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("empty") / "候補者.xlsx"
    build_empty_workbook(path, sources_in(TEMPLATES, "ja"))
    return load_workbook(path)


@pytest.fixture(scope="module")
def snapshot(book):
    tables = {sheet.title: table_of(sheet.title, cells_of(sheet)) for sheet in book}
    return Snapshot(tables=tables, revision="1")


def cells_of(sheet):
    return {row[0].row: {c.column - 1: c.value for c in row if c.value is not None} for row in sheet.iter_rows()}


def choices(sheet, column):
    lists = [v for v in sheet.data_validations.dataValidation if str(v.sqref).startswith(f"{column}2:")]
    return lists[0].formula1.strip('"').split(",")


def test_the_candidates_tab_is_found_by_its_headings_and_holds_nobody_yet(snapshot):
    layout = locate_candidates(snapshot)

    assert (layout.place.tab, layout.place.heading_row, layout.place.id_column) == ("候補者", 1, 0)
    assert read_candidates(snapshot, layout, CandidateRules()) == ()


def test_every_heading_that_matters_is_there_in_the_form_we_read(snapshot):
    read = set(locate_candidates(snapshot).columns)

    wanted = {"name", "address", "phone", "decision", "decided_at", "applied_at", "opening", "medium", "stage", "tags"}
    assert wanted | {"consent", "opt_out", "language"} <= {Field(field).value for field in read}


def test_the_drop_down_of_decisions_offers_known_words_only(book):
    known = [DECISION_WORDS[word] for word in choices(book["候補者"], "J")]

    assert set(known) == set(Decision) - {Decision.UNKNOWN}


def test_tags_can_be_chosen_or_typed_several_to_a_cell(book):
    (tags,) = [v for v in book["候補者"].data_validations.dataValidation if str(v.sqref).startswith("L2:")]

    assert {"スキル強", "再応募候補", "別ポジション適性あり", "保留"} <= set(choices(book["候補者"], "L"))
    assert not tags.showErrorMessage


def test_media_can_be_chosen_or_typed_and_only_the_agency_among_them_is_one(book):
    (media,) = [v for v in book["候補者"].data_validations.dataValidation if str(v.sqref).startswith("H2:")]

    agency_words = CandidateRules().agency_media
    assert [one for one in choices(book["候補者"], "H") if any(word in one for word in agency_words)] == [
        "エージェント"
    ]
    assert not media.showErrorMessage


def test_it_is_ready_for_a_thousand_candidates(book):
    sheet = book["候補者"]

    assert sheet.auto_filter.ref == "A1:Q1001"
    assert all(str(v.sqref).endswith("1001") for v in sheet.data_validations.dataValidation)
    assert sheet.column_dimensions["E"].number_format == "@"
    assert sheet.column_dimensions["K"].number_format == "yyyy/m/d"


def test_every_setting_is_one_that_we_know(book):
    rows = [Row(number, cells) for number, cells in cells_of(book["設定"]).items()]
    filled = [Row(row.number, {**row.cells, 1: "採用担当"}) for row in rows if row.cells[0] != "返信先"]

    config, problems = apply_settings(Config(), filled)

    assert problems == ()
    assert config.company.name == "採用担当"


def test_the_standard_letters_stand_in_their_tab_and_are_not_used_before_somebody_says_so(book, snapshot):
    assert [sheet_row[0].value for sheet_row in book["文面"].iter_rows(min_row=2)] == [
        "標準", "最終面接後", "半年後のご連絡", "会社だより", "求人のご案内", "新しい求人のご案内", "別ポジション",
        "再応募", "再応募のご案内",
    ]  # fmt: skip
    assert templates_from_tab(snapshot.tables["文面"]) == ((), ())


def test_a_letter_that_somebody_puts_to_use_is_the_standard_one(book):
    rows = {
        number: {**cells, 4: cells[4].replace("いいえ", "はい")} for number, cells in cells_of(book["文面"]).items()
    }

    letters, problems = templates_from_tab(table_of("文面", rows))

    facts = {**dict.fromkeys(OWN_FIELDS, "みなと"), "紹介URL": "https://relay.example.com/r/A"}
    from_files = {letter.id: letter for letter in templates_in(TEMPLATES)}
    assert problems == ()
    assert len(letters) == 9
    assert all(letter.render(facts).text == from_files[letter.id].render(facts).text for letter in letters)


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path):
    with pytest.raises(WorkbookNotSaved, match="cannot be saved"):
        build_empty_workbook(tmp_path / "nowhere" / "候補者.xlsx")
