"""Let mutmut change the functions, in a copy of the checkout, and read what it found."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.mutation.mutants import CORE, Fate, Mutant

_SETTINGS = """
[tool.mutmut]
source_paths = ["sheets_automation"]
only_mutate = {modules}
also_copy = ["templates", "config", "docs"]
pytest_add_cli_args_test_selection = ["tests/core"]
pytest_add_cli_args = ["-p", "no:cacheprovider"]
"""
_KILLED, _SURVIVED, _UNTESTED = 1, 0, 33
"""mutmut's own exit codes; a signal is a negative one."""


def run(modules: list[str], checkout: Path) -> None:
    """Change the functions of these modules. Takes about three minutes for all."""
    paths = json.dumps([str(CORE / f"{module}.py") for module in modules])
    with (checkout / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(_SETTINGS.format(modules=paths))
    shutil.rmtree(checkout / "mutants", ignore_errors=True)
    mutmut = Path(sys.executable).with_name("mutmut").absolute()
    with (checkout / "mutmut.log").open("w", encoding="utf-8") as log:
        found = subprocess.run(
            [mutmut, "run", "--max-children", "2"], cwd=checkout, stdout=log, stderr=log, check=False
        )
    if found.returncode:
        raise SystemExit(f"mutmut stopped with {found.returncode}; see {checkout / 'mutmut.log'}")


def outcomes(module: str, checkout: Path) -> Iterator[Mutant]:
    """What the last run found about one module."""
    with contextlib.chdir(checkout):
        meta = Path("mutants", CORE, f"{module}.py.meta")
        found = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        for name, code in found.items():
            fate = _fate(code)
            change = _change(name) if fate is Fate.SURVIVED else ""
            yield Mutant(module=module, place=_place(name), change=change, fate=fate)


def _fate(code: int) -> Fate:
    if code in {_SURVIVED, _UNTESTED}:
        return Fate.SURVIVED
    return Fate.KILLED if code == _KILLED else Fate.TIMEOUT


def _place(name: str) -> str:
    """The function of "package.module.xǁ_Foldǁadd__mutmut_4"."""
    function = name.rpartition(".")[2].rpartition("__mutmut_")[0]
    return function[2:].replace("ǁ", ".")


def _change(name: str) -> str:
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    lines = [line for line in get_diff_for_mutant(name).splitlines() if not line.startswith(("---", "+++", "@@"))]
    before, after = (" ".join(line[1:].strip() for line in lines if line[:1] == sign) for sign in "-+")
    return f"{before} → {after}"


def version() -> str:
    """The tool and its version."""
    from importlib.metadata import version as version_of

    return f"mutmut {version_of('mutmut')}"
