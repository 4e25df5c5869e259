"""What the documents say exists: commands, options, words of the sheet, reasons, errors, keys, files."""

import argparse
import importlib
import os
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import sheets_automation
from sheets_automation.cli import build_parser
from sheets_automation.config.reading import shape_of
from sheets_automation.config.roster import ERRANDS, Roster
from sheets_automation.config.sections import Config
from sheets_automation.core.decisions import DECISION_WORDS
from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.core.headings import ALIASES, OWN_FIELDS, Field
from sheets_automation.core.sentences import SENTENCES

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text()
COMMANDS_PAGE, REASONS_PAGE, WORKBOOK_PAGE = (
    (ROOT / "docs" / f"{name}.md").read_text() for name in ("commands", "reasons", "workbook")
)
COMMANDS = next(
    action.choices for action in build_parser("en")._actions if isinstance(action, argparse._SubParsersAction)
)
IN_CODE = r"```.*?```|`[^`\n]+`"
OPERATORS_OWN = {"config/workbooks.toml", "config/relay.toml", "../config/relay.toml"}
MADE_BY_COMMANDS = {
    "demo",
    ".relay",
    "tmp",
    "new",
    "outbox",
    ".venv",
    "relay.toml",
    "candidates.xlsx",
    "registrations.csv",
}

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def table(page, heading):
    """The rows of the page's table whose first column is called so: by the name in it, the other cells."""
    body = re.search(rf"^\| {heading} \|.*\n\|-.*\n((?:\|.*\n)+)", page, re.MULTILINE)[1]
    return {name: cells.split(" | ") for name, cells in re.findall(r"^\| `(\w+)` \| (.*) \|$", body, re.MULTILINE)}


def code_in(document):
    return [span.strip("`") for span in re.findall(IN_CODE, document.read_text(), re.DOTALL)]


def errors(root=SheetsAutomationError):
    """Every error with a name of its own, wherever it is defined."""
    yield root
    for error in root.__subclasses__():
        yield from errors(error)


@every_document
def test_every_command_and_option_that_a_document_names_exists(document):
    for line in "\n".join(code_in(document)).splitlines():
        for command, rest in re.findall(r"(?:^|\s|/)relay ([a-z][a-z-]*)([^#]*)", line):
            assert command in COMMANDS, line
            known = COMMANDS[command]._option_string_actions
            assert set(re.findall(r"(?<![\w-])--[a-z-]+", rest)) <= set(known), line


@every_document
def test_an_option_that_stands_alone_belongs_to_some_command(document):
    known = {option for command in COMMANDS.values() for option in command._option_string_actions}

    named = {span.split()[0] for span in code_in(document) if re.match(r"--[a-z]", span)}

    assert {option.partition("=")[0] for option in named} <= known


def test_the_readme_names_every_command():
    overview = README.partition("## The commands")[2].partition("##")[0]

    assert set(re.findall(r"`relay ([a-z-]+)`", overview)) == set(COMMANDS)


def test_the_page_of_the_commands_names_each_and_every_option_of_it():
    rows = {row[1]: row[2] for row in re.finditer(r"^\| `relay ([a-z-]+)` \| (.*) \|$", COMMANDS_PAGE, re.MULTILINE)}
    common = {"-h", "--help", "--config", "--lang", "--json"}

    assert set(rows) == set(COMMANDS)
    for name, command in COMMANDS.items():
        assert set(re.findall(r"--[a-z-]+", rows[name])) == set(command._option_string_actions) - common


def test_the_page_of_the_commands_names_every_variable_of_the_environment_and_no_other():
    code = "".join(path.read_text() for path in (ROOT / "sheets_automation").rglob("*.py"))
    in_workbooks = {"RELAY_XLWINGS_VERSION"}  # settings of the buttons, in their own tab
    read = {name for name in re.findall(r"RELAY_[A-Z_]+", code) if not name.startswith("RELAY_SAYS_")} - in_workbooks
    table = COMMANDS_PAGE.partition("## Environment")[2].partition("\n## ")[0]

    assert set(re.findall(r"`(RELAY_[A-Z_]+)`", table)) == {
        f"{name}ID" if name.endswith("_") else name for name in read
    }


@pytest.mark.parametrize(
    "document", ["docs/commands.md", "docs/cloud-run.md", "docs/cloud-run.ja.md", "config/workbooks.example.toml"]
)
def test_every_scheduled_job_is_named_where_operators_look(document):
    words = set(re.findall(r"[a-z-]+", (ROOT / document).read_text(encoding="utf-8")))

    assert set(ERRANDS) - words == set()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_help_names_every_scheduled_job(language):
    commands = next(
        action for action in build_parser(language)._actions if isinstance(action, argparse._SubParsersAction)
    )

    assert set(ERRANDS) <= set(re.findall(r"[a-z-]+", commands.choices["run"].format_help()))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("command", "by_line"),
    [("send", True), ("follow-up", True), ("open", True), ("doctor", True), ("incident", False), ("sync", False)],
)
def test_the_help_names_line_where_letters_go_by_it_and_nowhere_else(command, by_line, language):
    commands = next(
        action for action in build_parser(language)._actions if isinstance(action, argparse._SubParsersAction)
    )
    carrier = commands.choices[command]._option_string_actions["--carrier"]

    assert "gmail:" in carrier.help
    assert ("line:" in carrier.help) == by_line


@pytest.mark.parametrize(("document", "locale"), [("README.md", "C.UTF-8"), ("README.ja.md", "ja_JP.UTF-8")])
def test_the_output_of_the_demo_is_what_it_prints_to_the_last_number(document, locale, tmp_path):
    command = [sys.executable, "-m", "sheets_automation.demo_workbook", str(tmp_path)]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}  # only slows it
    environment = {**plain, "LC_ALL": locale, "RELAY_NOW": "2026-11-24T08:00:00+09:00"}

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)

    assert done.stdout.replace(str(tmp_path), "demo").strip("\n") in (ROOT / document).read_text()


def test_the_page_of_the_reasons_lists_each_with_its_sentences():
    wanted = {reason.value: [s.severity.value, s.en, s.ja] for reason, s in SENTENCES.items()}

    assert table(REASONS_PAGE, "reason") == wanted


def test_the_page_of_the_reasons_lists_every_error_with_its_exit_code():
    for module in pkgutil.walk_packages(sheets_automation.__path__, "sheets_automation."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

    listed = {name: int(cells[0]) for name, cells in table(REASONS_PAGE, "error").items()}

    assert listed == {error.name: error.exit_code for error in errors()}


def test_the_page_of_the_workbook_lists_every_heading_that_is_read():
    listed = {key: tuple(cells[-1].split("、")) for key, cells in table(WORKBOOK_PAGE, "heading").items()}

    assert listed == {field.value: ALIASES[field] for field in Field if field not in OWN_FIELDS}


def test_the_page_of_the_workbook_lists_every_heading_that_is_written():
    assert all(ALIASES[field][0] in WORKBOOK_PAGE for field in OWN_FIELDS)


def test_the_page_of_the_workbook_lists_every_decision_word():
    listed = {word: key for key, cells in table(WORKBOOK_PAGE, "decision").items() for word in cells[0].split("、")}

    assert listed == {word: decision.name.lower() for word, decision in DECISION_WORDS.items()}


@every_document
def test_every_section_and_key_that_a_document_names_exists(document):
    shapes = shape_of(Config) | shape_of(Roster)
    for section, key in re.findall(
        r"(?<!\[)\[{1,2}([a-z]+)(?:\.[a-z]+)?\]{1,2}(?!\()[ `]*([a-z_]+_[a-z_]+)?", document.read_text()
    ):
        assert section in shapes, section
        assert not key or key in shape_of(shapes[section]), f"[{section}] {key}"


@every_document
def test_every_file_that_a_document_links_to_exists(document):
    for target in re.findall(r"\]\(([^)#:]+)\)|src=\"([^\"]+)\"", document.read_text()):
        assert (document.parent / "".join(target)).exists(), target


def test_the_list_of_the_documents_has_each_of_them():
    listed = set(re.findall(r"\]\(([\w.-]+\.md)\)", (ROOT / "docs" / "README.md").read_text()))

    assert listed == {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"}


@every_document
def test_every_heading_that_a_document_links_to_exists(document):
    for path, heading in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", document.read_text()):
        target = (document.parent / path if path else document).read_text()
        headings = re.findall(r"^#+ (.*)$", target, re.MULTILINE)
        anchors = {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
        assert heading in anchors, f"{path}#{heading}"


@every_document
def test_every_path_that_a_document_writes_as_code_exists(document):
    spans = [span for span in code_in(document) if re.fullmatch(r"[\w.-]*/?[\w./-]+\.(?:py|md|toml|sh)|[\w./]+/", span)]
    for span in spans:
        known = span.split("/")[0] in MADE_BY_COMMANDS or span in OPERATORS_OWN
        assert known or any((place / span).exists() for place in (ROOT, ROOT / "templates")), span


@pytest.mark.parametrize("document", ["excel.md", "excel.ja.md"])
def test_the_shell_into_which_a_line_is_pasted_leaves_variables_to_the_one_that_it_starts(document):
    lines = [one for one in (ROOT / "docs" / document).read_text().splitlines() if one.startswith("powershell ")]

    assert lines
    assert not [one for one in lines if re.search(r"(?<!`)\$", one)]


@every_document
def test_nothing_is_installed_by_our_name_alone_since_an_index_may_have_another_package_of_that_name(document):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    commands = re.findall(
        r"(?:pip|uv tool|pipx) install [^\n]*", "\n".join(re.findall(r"```.*?```", document.read_text(), re.DOTALL))
    )
    ours = [
        one
        for command in commands
        for one in re.findall(r"(sheets[-_]automation)(?:\[([\w,]+)\])?( @ )?(?!/)", command)
    ]

    for name, extras, place in ours:
        assert (name, place) == (project["name"], " @ ")
        assert set(extras.split(",")) <= set(project["optional-dependencies"])
    assert ours or document.stem not in {"excel", "excel.ja"}


def test_every_picture_is_shown_by_some_document_and_every_picture_that_is_shown_exists():
    shown = {
        (document.parent / target).resolve()
        for document in [*DOCUMENTS, *(ROOT / "apps_script_bridge").glob("*.md")]
        for target in re.findall(r"(?:\]\(|src=\")([^)\"]*images/[^)\"]+)", document.read_text())
    }

    assert shown == set((ROOT / "docs" / "images").iterdir())


def test_no_picture_is_larger_than_a_page_should_load():
    assert [path.name for path in (ROOT / "docs" / "images").iterdir() if path.stat().st_size > 250_000] == []


def test_no_tracked_text_names_a_path_of_some_machine():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    texts = [ROOT / name for name in tracked.splitlines() if name.endswith((".md", ".toml", ".py", ".lock"))]
    marks = ["/" + "work/", "/" + "root/", "/" + "home/"]

    assert [path.name for path in texts if any(mark in path.read_text() for mark in marks)] == []
