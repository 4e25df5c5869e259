"""What the documents say exists: commands, options, reasons, configuration keys, files."""

import re
import subprocess
from pathlib import Path

import pytest

from sheets_automation.cli import build_parser
from sheets_automation.config.reading import shape_of
from sheets_automation.config.sections import Config
from sheets_automation.core.reasons import Reason
from sheets_automation.core.sentences import SENTENCES

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text()


def commands():
    parser = build_parser("en")
    subparsers = next(action for action in parser._actions if hasattr(action, "choices") and action.choices)
    return subparsers.choices


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_a_document_names_exists(document):
    named = set(re.findall(r"\brelay ([a-z]+)\b(?! is| was)", document.read_text()))

    assert named <= set(commands())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_option_that_a_document_gives_a_command_exists(document):
    for line in document.read_text().splitlines():
        match = re.search(r"\brelay ([a-z]+)\b([^|`]*)", line)
        if match and match[1] in commands():
            known = set(commands()[match[1]]._option_string_actions)
            assert set(re.findall(r"(?<![\w-])--[a-z-]+", match[2])) <= known, line


def test_every_command_is_in_the_readme():
    assert all(f"`relay {name}`" in README for name in commands())


def test_the_readme_lists_every_reason_with_its_sentences():
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| (.*) \|$", README, re.MULTILINE))
    wanted = {r.value: f"{s.severity.value} | {s.en} | {s.ja}" for r, s in SENTENCES.items()}

    assert {name: text for name, text in rows.items() if name in wanted} == wanted
    assert set(wanted) == {reason.value for reason in Reason}


def test_every_section_and_key_of_the_example_exists():
    sections = shape_of(Config)
    text = (ROOT / "config" / "example.toml").read_text()

    assert set(re.findall(r"^\[+(\w+)", text, re.MULTILINE)) <= set(sections)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_links_to_exists(document):
    for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text()):
        assert (document.parent / target).exists(), target


def test_no_tracked_text_names_a_path_of_some_machine():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    texts = [ROOT / name for name in tracked.splitlines() if name.endswith((".md", ".toml", ".py", ".lock"))]
    marks = ["/" + "work/", "/" + "root/", "/" + "home/"]

    assert [path.name for path in texts if any(mark in path.read_text() for mark in marks)] == []
