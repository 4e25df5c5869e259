"""What the wheel holds: our files, and nothing of whoever builds it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from zipfile import ZipFile

import pytest

from sheets_automation.deployment import BIGQUERY, BIGQUERY_MANIFESTS, COMMANDS, MANIFESTS
from tests.container.box import ROOT

THEIRS = ("workbooks.toml", "relay.toml", "cloudrun/deployed.yaml")


@pytest.fixture(scope="module")
def packaged(tmp_path_factory):
    """The files of `config` in a wheel that was built where a roster and a configuration lie beside ours."""
    checkout = tmp_path_factory.mktemp("checkout")
    for name in ("sheets_automation", "templates", "config"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, checkout / name)
    for name in THEIRS:
        (checkout / "config" / name).write_text("# of a client\n", encoding="utf-8")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    [wheel] = (checkout / "dist").glob("*.whl")
    with ZipFile(wheel) as files:
        return {name.partition("/_data/config/")[2] for name in files.namelist() if "/_data/config/" in name}


def test_it_holds_no_roster_and_no_configuration_of_whoever_builds_it(packaged):
    assert packaged & {*THEIRS} == set()


def test_it_holds_every_file_of_ours(packaged):
    manifests = {f"cloudrun/{name}" for name in (*MANIFESTS, COMMANDS)}
    queries = {f"{BIGQUERY}/{name}" for name in (*BIGQUERY_MANIFESTS, COMMANDS)}

    assert {"example.toml", "workbooks.example.toml", *manifests, *queries} <= packaged
