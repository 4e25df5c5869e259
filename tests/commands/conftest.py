"""The demo workbook in a folder of its own, and `relay` as a person types it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sheets_automation.cli import main

ROOT = Path(__file__).parents[2]
CONFIG = str(ROOT / "config" / "example.toml")
TUESDAY = "2026-11-24T10:00:00+09:00"


@pytest.fixture(scope="session")
def demo_bytes(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "book.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELAY_NOW", TUESDAY)
        assert main(["init", str(path), "--demo", "--json"]) == 0
    return path.read_bytes()


@pytest.fixture
def relay(tmp_path, monkeypatch, capsys):
    """Run a command in this process; its document."""
    monkeypatch.setenv("RELAY_NOW", TUESDAY)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)

    def run(*words, code=0, config=CONFIG):
        capsys.readouterr()
        assert main([*words, *(["--config", config] if config else []), "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def say(relay, capsys):
    """Run a command in this process; the lines that people see, and what stands on stderr."""

    def run(*words, code=0, config=CONFIG):
        capsys.readouterr()
        assert main([*words, *(["--config", config] if config else [])]) == code
        return capsys.readouterr()

    return run


@pytest.fixture
def book(relay, demo_bytes, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(demo_bytes)
    return path


@pytest.fixture
def process(book):
    """Start `relay` as a process of its own."""

    def start(*words, **environment):
        plain = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
        return subprocess.Popen(
            [sys.executable, "-m", "sheets_automation.cli", *words],
            env={**plain, "PYTHONPATH": str(ROOT), "RELAY_NOW": TUESDAY, **environment},
            cwd=book.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    return start
