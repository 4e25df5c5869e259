"""The import rule: core ← ports ← jobs ← edge; adapters → core; only wiring knows adapters; vendors come in late."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "sheets_automation"
MODULES = sorted(path.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("*.py"))

# Longer than 300 lines, or than 50 for a function, only with a reason that stands at the top of the file.
LONGEST_MODULE = 300
LONGEST_FUNCTION = 50

# What core may import beside itself and the standard library, and where.
CORE_VENDORS = {
    "letters": {"jinja2"},
    "letter_syntax": {"jinja2", "markupsafe"},
    "letter_markdown": {"jinja2", "markdown_it"},
    "addresses": {"idna"},
    "lint": {"idna"},
    "columns": {"rapidfuzz"},
    "recognition": {"rapidfuzz"},
    "tagging_spelling": {"rapidfuzz"},
}
HEAVY = {
    "jinja2",
    "markdown_it",
    "rich",
    "xlsxwriter",
    "sqlite3",
    "smtplib",
    "ssl",
    "jpholiday",
    "dataclasses",
    "keyring",
    "google",
    "googleapiclient",
    "gspread",
    "requests",
    "tenacity",
    "fastapi",
    "starlette",
    "pydantic",
    "uvicorn",
    "asyncio",
    "rapidfuzz",
    "charset_normalizer",
    "duckdb",
}
IMPURE = {
    "os",
    "pathlib",
    "socket",
    "random",
    "secrets",
    "time",
    "logging",
    "subprocess",
    "sqlite3",
    "uuid",
    "io",
    "shutil",
}


def imports_of(path: Path) -> Iterator[tuple[str, bool]]:
    """Each imported module, and whether it is imported at the top of the module."""
    tree = ast.parse((PACKAGE.parent / path).read_text())
    top = set(map(id, tree.body))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, id(node) in top


def ours(path: Path) -> set[str]:
    return {name for name, _ in imports_of(path) if name.startswith("sheets_automation")}


def layer(path: Path) -> str:
    parts = path.with_suffix("").parts[1:]
    return parts[0]


def modules_in(*layers: str) -> list[Path]:
    return [path for path in MODULES if layer(path) in layers]


def allowed(path: Path, *prefixes: str) -> set[str]:
    """Our imports that are not under one of the prefixes."""
    return {name for name in ours(path) if not name.startswith(tuple(f"sheets_automation.{p}" for p in prefixes))}


@pytest.mark.parametrize("path", modules_in("core"), ids=str)
def test_core_imports_only_core_and_what_is_pure(path):
    assert allowed(path, "core") == set()

    outside = {name.partition(".")[0] for name, _ in imports_of(path)} - {"sheets_automation"}
    vendors = outside - set(sys.stdlib_module_names)
    assert vendors <= CORE_VENDORS.get(path.stem, set())
    assert not outside & IMPURE


def test_ports_speak_of_core_only():
    assert allowed(Path("sheets_automation/ports.py"), "core") == set()


@pytest.mark.parametrize("path", modules_in("jobs"), ids=str)
def test_jobs_know_core_and_ports_only(path):
    assert allowed(path, "core", "ports", "jobs") == set()


@pytest.mark.parametrize("path", modules_in("xlsx"), ids=str)
def test_the_file_library_knows_nothing_of_candidates(path):
    assert allowed(path, "xlsx", "core.table", "core.errors") == set()


@pytest.mark.parametrize("path", modules_in("workbooks", "carriers"), ids=str)
def test_adapters_know_core_and_their_own_kind_only(path):
    assert allowed(path, "core", "ports", "xlsx", "google", "installing", layer(path)) == set()


@pytest.mark.parametrize("path", modules_in("imports"), ids=str)
def test_readers_of_files_know_core_and_the_file_library_only(path):
    assert allowed(path, "core", "xlsx", "imports") == set()


@pytest.mark.parametrize("path", modules_in("exports"), ids=str)
def test_exports_know_core_and_duckdb_only_when_they_are_used(path):
    assert allowed(path, "core", "exports", "installing") == set()
    assert not [name for name, top in imports_of(path) if top and name.partition(".")[0] == "duckdb"]


@pytest.mark.parametrize("path", modules_in("google"), ids=str)
def test_the_way_to_google_knows_neither_candidates_nor_letters(path):
    assert allowed(path, "google", "core.errors", "installing") == set()


@pytest.mark.parametrize("path", [path for path in MODULES if not layer(path).startswith("wiring")], ids=str)
def test_only_wiring_knows_adapters(path):
    if layer(path) in {"workbooks", "carriers"}:
        return
    assert not {
        name for name in ours(path) if name.startswith(("sheets_automation.workbooks", "sheets_automation.carriers"))
    }


@pytest.mark.parametrize("path", [path for path in MODULES if layer(path) not in {"service", "commands"}], ids=str)
def test_nothing_below_the_service_knows_it(path):
    assert not {name for name in ours(path) if name.startswith("sheets_automation.service")}


def test_help_imports_nothing_heavy():
    code = f"import sys, sheets_automation.cli as c; c.build_parser('ja'); print({HEAVY!r} & set(sys.modules))"

    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}  # it imports a lot
    run = subprocess.run([sys.executable, "-c", code], env=plain, capture_output=True, text=True, check=True)
    loaded = run.stdout.strip()

    assert loaded == "set()"


TESTS = sorted(path.relative_to(PACKAGE.parent) for path in (PACKAGE.parent / "tests").rglob("*.py"))


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=str)
def test_no_module_and_no_function_grows_out_of_hand(path):
    text = (PACKAGE.parent / path).read_text()
    has_reason = "Longer than" in text[:600]
    assert text.count("\n") <= LONGEST_MODULE or has_reason
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            assert length <= LONGEST_FUNCTION or has_reason, f"{node.name}: {length} lines"


def test_no_test_takes_the_time():
    """A busy machine is no defect: how fast something is stands in `make bench`, how much work it is in calls."""
    takers = {
        path
        for path in TESTS
        if path.name.startswith("test_") and path.parts[1] != "bench"
        for line in (PACKAGE.parent / path).read_text(encoding="utf-8").splitlines()
        if re.match(r"(from|import) (time|timeit)\b", line) and re.search(r"perf_counter|process_time|timeit", line)
    }

    assert takers == set()


def test_only_the_open_workbook_speaks_to_xlwings_and_only_when_it_is_opened():
    speakers = {path: top for path in MODULES for name, top in imports_of(path) if name.partition(".")[0] == "xlwings"}

    assert [path for path in speakers if not str(path).startswith("sheets_automation/workbooks/excel_live")] == []
    assert [path for path, is_at_the_top in speakers.items() if is_at_the_top] == []


def test_a_button_imports_nothing_before_it_is_pressed():
    code = "import sys; old = set(sys.modules); import sheets_automation.excel_buttons; print(set(sys.modules) - old)"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    loaded = {name.partition(".")[0] for name in ast.literal_eval(run.stdout)}
    assert loaded - set(sys.stdlib_module_names) == {"sheets_automation"}
    assert not {name for name in ast.literal_eval(run.stdout) if name.startswith("sheets_automation.workbooks")}


def test_nothing_of_xlwings_pro_is_ever_imported():
    assert not [path for path in MODULES if any(name.startswith("xlwings.pro") for name, _ in imports_of(path))]
