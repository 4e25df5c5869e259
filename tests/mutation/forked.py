"""Try each change in a forked process that has all libraries loaded, and none of our modules.

`python -m tests.mutation.forked MODULE` in a copy of the checkout writes one line of JSON for each mutant.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

import hypothesis.strategies  # noqa: F401 - what is loaded here, no child has to load
import jinja2.sandbox  # noqa: F401
import markdown_it  # noqa: F401
import pytest

from tests.mutation.mutants import CORE, MODULES, Fate
from tests.mutation.operators import Change, changes

TESTS = Path("tests/core")
_SECONDS = 60
"""Of CPU, so that a busy machine makes nothing slower."""
_AT_ONCE = 2
# Nobody reads why a test failed, and rewriting its asserts takes longer than running it.
_OPTIONS = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider"]
_JUDGED = {pytest.ExitCode.OK: Fate.SURVIVED, pytest.ExitCode.TESTS_FAILED: Fate.KILLED}
_COULD_NOT_START = pytest.ExitCode.INTERRUPTED
"""A program that cannot even be imported is noticed."""


def main(module: str) -> None:
    """Judge every change of one module that mutmut does not make. The program as it is has to pass."""
    own = [str(path) for pattern in MODULES[module] for path in sorted(TESTS.glob(pattern))]
    path = CORE / f"{module}.py"
    source = path.read_text(encoding="utf-8")
    if _fate(os.waitpid(_start(path, source, own), 0)[1]) is not Fate.SURVIVED:
        raise SystemExit(f"The tests of {module} fail without any change.")
    for change, fate in _in_turn(path, changes(source), own):
        sys.stdout.write(json.dumps({"place": change.place, "change": change.words, "fate": fate}) + "\n")
        sys.stdout.flush()


def _in_turn(path: Path, todo: Iterable[Change], own: Sequence[str]) -> Iterator[tuple[Change, Fate]]:
    """Two at a time: no more than a small machine has to spare."""
    running: dict[int, Change] = {}
    for change in todo:
        if len(running) == _AT_ONCE:
            yield _first_done(running)
        running[_start(path, change.source, own)] = change
    while running:
        yield _first_done(running)


def _first_done(running: dict[int, Change]) -> tuple[Change, Fate]:
    process, status = os.wait()
    return running.pop(process), _fate(status)


def _fate(status: int) -> Fate:
    if os.WIFSIGNALED(status):
        return Fate.TIMEOUT
    code = os.waitstatus_to_exitcode(status)
    if code == _COULD_NOT_START:
        return Fate.KILLED
    return _JUDGED[pytest.ExitCode(code)]


def _start(path: Path, source: str, own: Sequence[str]) -> int:
    process = os.fork()
    if process:
        return process
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)  # what it does by default is to end the process
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    os.dup2(silence, sys.stderr.fileno())
    _import_instead(path, source)
    os._exit(int(pytest.main([*_OPTIONS, *own])))


def _import_instead(path: Path, source: str) -> None:
    """Let the import of this file give the changed source."""
    genuine = SourceFileLoader.get_code

    def get_code(loader: SourceFileLoader, fullname: str) -> CodeType | None:
        if Path(loader.get_filename(fullname)).resolve() == path.resolve():
            return compile(source, str(path), "exec", dont_inherit=True)
        return genuine(loader, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


if __name__ == "__main__":
    main(sys.argv[1])
