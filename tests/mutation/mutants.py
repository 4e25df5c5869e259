"""What a mutant is: one small change of one module, and what the tests said of it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

CORE = Path("sheets_automation/core")
HERE = Path(__file__).parent

# The modules that decide who is written to, and count what it earned, each with its own tests. mutmut finds the tests
# of a function by itself, among all of the core; what it leaves alone has to be noticed by these.
MODULES: Mapping[str, Sequence[str]] = {
    "selection": ("test_selection*.py",),
    "guards": ("test_guards*.py", "test_delivery_log_lost.py"),
    "delivery_log": ("test_delivery_log*.py",),
    "log_folding": ("test_delivery_log*.py", "test_bounced_letters.py"),
    "credits": ("test_credits*.py",),
    "credit_folding": ("test_credits*.py",),
    "credit_months": ("test_credits*.py",),
    "blast_radius": ("test_blast_radius*.py",),
    "identity": ("test_identity*.py",),
    "persons": ("test_persons*.py",),
    "log_rows": ("test_log_rows*.py", "test_log_checks.py"),
    "rivals": ("test_rivals.py",),
    "decisions": ("test_decisions*.py", "test_candidates.py"),
    "send_window": ("test_send_window*.py",),
}


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    TIMEOUT = "timeout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One changed program, and what the tests said of it."""

    module: str
    place: str
    """The function, class or table in which it was changed."""
    change: str
    fate: Fate

    @property
    def name(self) -> str:
        """How equivalents.toml names it: what was changed, and no line number that the next edit moves."""
        return f"{self.place}: {self.change}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the tests of one module stand."""

    mutants: int
    killed: int
    timeouts: int
    equivalent: int
    survived: int

    @property
    def share(self) -> float:
        """Percentage noticed, of those that could be noticed. A program that never ends is noticed."""
        return 100 * (self.killed + self.timeouts) / max(self.mutants - self.equivalent, 1)

    @property
    def share_of_all(self) -> float:
        """Percentage noticed when equivalent mutants count as missed."""
        return 100 * (self.killed + self.timeouts) / max(self.mutants, 1)


def equivalents() -> Mapping[str, Mapping[str, str]]:
    """By module and name: why no test can tell this mutant from the program."""
    return tomllib.loads((HERE / "equivalents.toml").read_text(encoding="utf-8"))


def standing(mutants: Iterable[Mutant], excused: Mapping[str, str]) -> Standing:
    """Count the fates of one module's mutants."""
    all_ = list(mutants)
    survived = [mutant for mutant in all_ if mutant.fate is Fate.SURVIVED]
    equivalent = sum(mutant.name in excused for mutant in survived)
    return Standing(
        mutants=len(all_),
        killed=sum(mutant.fate is Fate.KILLED for mutant in all_),
        timeouts=sum(mutant.fate is Fate.TIMEOUT for mutant in all_),
        equivalent=equivalent,
        survived=len(survived) - equivalent,
    )


def write_figures(file: Path, standings: Mapping[str, Standing], about: Mapping[str, str]) -> None:
    """Keep the figures of these modules, and those of the others as they were found before."""
    found = {name: {**asdict(one), "share": round(one.share, 1), **about} for name, one in standings.items()}
    before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    modules = {name: found.get(name) or before[name] for name in MODULES if name in found or name in before}
    file.write_text(json.dumps(modules, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
