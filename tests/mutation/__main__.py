"""`make mutants`: change the core in every small way, and see whether its tests notice."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from tests.mutation import by_mutmut
from tests.mutation.mutants import MODULES, Fate, Mutant, Standing, equivalents, standing, write_figures

COPY = Path("build/mutants")
_NEEDED = ("sheets_automation", "tests", "templates", "config", "docs", "pyproject.toml")
_ROW = "{:16}{:>9}{:>9}{:>10}{:>12}{:>10}{:>9}{:>9}\n"


def main() -> int:
    """Try every mutant of the chosen modules; 1 when one survived that nobody has called equivalent."""
    options = _options().parse_args()
    modules = options.only or list(MODULES)
    os.environ["CI"] = "1"  # hypothesis then draws the same examples in every run, and keeps none
    _copy_checkout()
    _say(f"{by_mutmut.version()} …")
    by_mutmut.run(modules, COPY)
    excused = equivalents()
    standings: dict[str, Standing] = {}
    for module in modules:
        _say(f"{module} …")
        mutants = [*by_mutmut.outcomes(module, COPY), *_the_rest(module)]
        known = excused.get(module, {})
        standings[module] = standing(mutants, known)
        missed = [mutant.name for mutant in mutants if mutant.fate is Fate.SURVIVED and mutant.name not in known]
        sys.stdout.writelines(f"{module}: {name}\n" for name in missed)
    sys.stdout.write(_table(standings))
    if options.write:
        write_figures(options.write, standings, _about())
    return 1 if any(one.survived for one in standings.values()) else 0


def _copy_checkout() -> None:
    """Copy what is needed, so that nobody's changes move under a run, and it leaves nothing behind."""
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for name in _NEEDED:
        if Path(name).is_dir():
            shutil.copytree(name, COPY / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(name, COPY / name)


def _the_rest(module: str) -> Iterator[Mutant]:
    """Judge the changes that mutmut does not make."""
    command = [Path(sys.executable).absolute(), "-m", "tests.mutation.forked", module]
    found = subprocess.run(command, cwd=COPY, stdout=subprocess.PIPE, text=True, check=True)
    for line in found.stdout.splitlines():
        one = json.loads(line)
        yield Mutant(module=module, place=one["place"], change=one["change"], fate=Fate(one["fate"]))


def _table(standings: Mapping[str, Standing]) -> str:
    rows = [_ROW.format("module", "mutants", "killed", "timeouts", "equivalent", "survived", "share", "of all")]
    for name, one in {**standings, "together": _together(standings)}.items():
        counts = (one.mutants, one.killed, one.timeouts, one.equivalent, one.survived)
        rows.append(_ROW.format(name, *counts, f"{one.share:.1f} %", f"{one.share_of_all:.1f} %"))
    return "".join(rows)


def _together(standings: Mapping[str, Standing]) -> Standing:
    all_ = standings.values()
    return Standing(
        mutants=sum(one.mutants for one in all_),
        killed=sum(one.killed for one in all_),
        timeouts=sum(one.timeouts for one in all_),
        equivalent=sum(one.equivalent for one in all_),
        survived=sum(one.survived for one in all_),
    )


def _about() -> Mapping[str, str]:
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    return {
        "tool": f"{by_mutmut.version()}, and tests/mutation/operators.py for what it leaves alone",
        "date": datetime.now(UTC).date().isoformat(),
        "machine": machine,
    }


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    options.add_argument("--only", choices=MODULES, nargs="+", metavar="MODULE", help=", ".join(MODULES))
    options.add_argument("--write", type=Path, metavar="FILE", help="keep the figures, beside those of other modules")
    return options


if __name__ == "__main__":
    raise SystemExit(main())
