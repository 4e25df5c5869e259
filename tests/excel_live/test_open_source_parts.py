"""Only the open-source parts of xlwings are used: those that need a key never even get into the process."""

import json
import os
import subprocess
import sys

import pytest

from sheets_automation.workbooks.excel_live_calls import load_xlwings
from tests.excel_engine.server import serving
from tests.excel_live.world import OpenWorld
from tests.kill.world import CONFIG

RUN = """
import json, sys
sys.argv = ["relay"]
from sheets_automation.cli import main
code = main(json.loads({words!r}))
import xlwings
paid = [name for name in sys.modules if name.startswith("xlwings.pro")]
print(json.dumps({{"code": code, "paid": paid, "pro": xlwings.__pro__}}), file=sys.stderr)
"""


@pytest.fixture
def world(excel, tmp_path):
    with serving(excel) as port:
        yield OpenWorld(tmp_path, excel, port)


@pytest.mark.parametrize("command", ["send", "credits", "check", "status"])
def test_a_whole_run_does_without_the_paid_parts(world, command):
    more = ["--carrier", world.carrier, "--send"] if command == "send" else []
    words = json.dumps([command, world.workbook(), "--config", str(CONFIG), *more, "--json"])
    environment = {**world.environment(), "XLWINGS_LICENSE_KEY": ""}

    done = subprocess.run(
        [sys.executable, "-c", RUN.format(words=words)],
        env=environment,
        cwd=world.folder,
        capture_output=True,
        text=True,
        check=True,
    )

    told = json.loads(done.stderr.splitlines()[-1])
    assert told["code"] in {0, 7}
    assert (told["paid"], told["pro"]) == ([], False)


def test_a_key_in_the_environment_changes_nothing(tmp_path):
    code = (
        "from sheets_automation.workbooks.excel_live_calls import load_xlwings as load; import sys; xw = load();"
        "print(xw.__pro__, [name for name in sys.modules if name.startswith('xlwings.pro')])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "False []"


def test_here_too():
    assert not load_xlwings().__pro__


def test_xlwings_brings_no_pandas():
    from importlib.metadata import requires

    wanted = [line for line in requires("xlwings") or [] if "extra" not in line]

    assert not [line for line in wanted if line.startswith(("pandas", "numpy"))]
