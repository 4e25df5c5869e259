"""Real processes without their first half second: children that one warmed-up process forks, one for each command.

    python -m tests.kill.warm

Most of what these commands do takes a tenth of the time in which Python starts, and there are hundreds of them. A child
is killed as any process is: by SIGKILL, in the middle of whatever it does.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import random
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess

ROOT = Path(__file__).parents[2]
_IMPORTED = ("core", "jobs", "commands", "carriers", "config", "google", "xlsx")
_ALSO = (
    "tests.kill.harness",
    "sheets_automation.cli",
    "sheets_automation.wiring_google",
    "sheets_automation.workbooks.excel_file",
    "sheets_automation.workbooks.google_sheets",
    "sheets_automation.workbooks.google_giving_back",
    "sheets_automation.workbooks.google_gspread",
)


def run(words: Sequence[object], environment: Mapping[str, str]) -> CompletedProcess[str]:
    """What `python -m` does with these words, the name of a module first, and waits for."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        order = {"words": list(map(str, words)), "environment": dict(environment), "out": str(out), "err": str(err)}
        server = _server(os.getpid())
        server.stdin.write(json.dumps(order) + "\n")
        server.stdin.flush()
        code = json.loads(server.stdout.readline())
        return CompletedProcess(order["words"], code, out.read_text("utf-8"), err.read_text("utf-8"))


@cache
def _server(_of_process: int) -> subprocess.Popen[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    pipe = subprocess.PIPE
    command = [sys.executable, "-m", "tests.kill.warm"]
    server = subprocess.Popen(command, cwd=ROOT, env=plain, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
    atexit.register(server.communicate)  # which closes its stdin, and so ends it
    return server


def _warm_up() -> None:
    for package in _IMPORTED:
        place = ROOT / "sheets_automation" / package
        for module in pkgutil.iter_modules([str(place)]):
            importlib.import_module(f"sheets_automation.{package}.{module.name}")
    for name in _ALSO:
        importlib.import_module(name)


def _warm_up_for(environment: Mapping[str, str]) -> None:
    if "RELAY_LINE_API_HOST" in environment:
        importlib.import_module("linebot.v3.messaging")  # longer than all the others; most do without it


def _life(order: dict) -> int:
    """What a child does: be the process that was asked for."""
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, path in ((1, order["out"]), (2, order["err"])):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        os.environ.clear()
        os.environ.update(order["environment"])
        random.seed()
        module, *sys.argv[1:] = order["words"]
        code = importlib.import_module(module).main()
        sys.stdout.flush()
        return int(code or 0)
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - whatever it is, it must not go on as the parent
        traceback.print_exc()
        return 1


def main() -> None:
    """Carry out orders, one on each line of stdin, until there are no more; answer with exit codes."""
    _warm_up()
    gc.freeze()  # no child looks through what all have in common
    for line in sys.stdin:
        order = json.loads(line)
        _warm_up_for(order["environment"])
        child = os.fork()
        if child == 0:
            os._exit(_life(order))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
