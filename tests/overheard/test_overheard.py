"""Whoever listens hears every log, and a leak is found in whatever shape it comes."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from datetime import datetime
from io import StringIO

import pytest

from sheets_automation.fleet.lines import Lines, Severity
from sheets_automation.fleet.tasks import Task
from tests.fleet.fleet_house import NOW, FleetHouse, people
from tests.overheard.ear import command_of, listening
from tests.overheard.leaks import NEEDED, heard_in, leaks_in, verdict
from tests.overheard.people import every_datum

DATA = every_datum()
QUIET = '{"severity": "INFO", "message": "send done", "workbook": "minato", "counts": {"sent": 2}}'


def folder_with(tmp_path, *lines):
    heard = tmp_path / "heard"
    heard.mkdir()
    sources = [f"{source}\t{QUIET}" for source in NEEDED]
    (heard / "1.log").write_text("\n".join([*sources, *lines]), encoding="utf-8")
    return heard


def test_logs_that_name_nobody_are_well(tmp_path):
    said, is_well = verdict(folder_with(tmp_path))

    assert is_well
    assert said.endswith("0 found.")


@pytest.mark.parametrize(
    "datum",
    [
        "佐藤 花子",
        people(1)[0][0],
        people(1)[0][1],
        "whoever@nobody.has.thought.of.example",
        "090-1234-5678",
        "U" + "0123456789abcdef" * 2,
        "誠に残念ながら",
    ],
)
@pytest.mark.parametrize("write", [str, lambda text: json.dumps({"message": text}), lambda text: f"File x: {text}様"])
def test_a_leak_is_found_plain_and_escaped(tmp_path, datum, write):
    sentence = next((one for one in sorted(DATA) if datum in one), datum)

    said, is_well = verdict(folder_with(tmp_path, f"run\t{write(sentence)}"))

    assert not is_well
    assert "run: " in said


def test_where_nobody_listened_nothing_is_well(tmp_path):
    said, is_well = verdict(tmp_path)

    assert not is_well
    assert "Nothing was heard of run, serve" in said


def test_whoever_stands_in_a_test_is_known_without_being_entered_anywhere():
    assert {"佐藤 花", "taro@example.com", "090-1234-5678", "takumi.nakamura@example.jp", "中村 拓海"} <= DATA


def test_processes_and_lines_and_loggers_are_heard_however_they_are_read(tmp_path):
    house = FleetHouse(tmp_path)
    house.add_file("minato", people(1))

    with listening(tmp_path / "heard"):
        first = house.start("send")
        assert first.stdout.readline()
        first.communicate(timeout=60)
        house.run("send")
        Lines(stream=StringIO(), task=Task(), clock=lambda: datetime.fromisoformat(NOW)).write(Severity.INFO, "within")
        logging.getLogger("relay.links").warning("of a visit")
        logging.getLogger("httpx").warning("of the test itself")

    heard = heard_in(tmp_path / "heard")
    texts = [line for _, line in heard]
    assert sum('"send done"' in text for text in texts) == 2
    assert any('"summary"' in text for text in texts)
    assert any('"within"' in text for text in texts)
    assert [source for source, line in heard if "of a visit" in line] == ["logging:relay.links"]
    assert "itself" not in "".join(texts)
    assert leaks_in(heard, DATA) == []


def test_a_process_that_says_too_much_is_heard(tmp_path):
    shouting = "import sys; print(sys.argv[-1]); print('quiet', file=sys.stderr)"

    with listening(tmp_path):
        # As `python -m sheets_automation.cli serve` is called; a program that is not ours stands in for it.
        words = [sys.executable, "-c", shouting, "sheets_automation.cli", "serve", "佐藤 花"]
        subprocess.run(words, capture_output=True, check=True)

    assert [leak.datum for leak in leaks_in(heard_in(tmp_path), DATA)] == ["佐藤 花"]


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["python", "-m", "sheets_automation.cli", "run", "send"], "run"),
        (["/opt/relay/bin/relay", "serve-links", "--port", "1"], "serve-links"),
        (["python", "-m", "tests.scale.hurried", "4", "run", "send"], "run"),
        (["python", "-m", "sheets_automation.cli", "send", "book.xlsx"], ""),
        (["node", "serve"], ""),
        ("relay run", ""),
    ],
)
def test_only_commands_whose_output_is_a_log_are_listened_to(words, command):
    assert command_of(words) == command
