"""`make bench`: the same work done by us, by the obvious stack and by the peers, in one run, as ratios.

python -m tests.bench PEERS_PYTHON [--quick] [--write docs/performance.md]
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.books import large_book
from tests.bench.measure import Cost, compare, run

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "bench"
OURS = [sys.executable, "-m", "tests.bench.ours"]
NOW = {"RELAY_NOW": "2026-11-24T10:00:00+09:00", "PYTHONPATH": str(ROOT)}
Row = tuple[str, str, Cost, str, str]


def main() -> None:
    """Measure everything and print one table."""
    options = argparse.ArgumentParser()
    options.add_argument("peers", type=Path)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--write", type=Path)
    chosen = options.parse_args()
    bench = Bench(peers=[str(chosen.peers), str(Path(__file__).with_name("peers.py"))], quick=chosen.quick)
    for work in (bench.compose, bench.smtp, bench.read, bench.write, bench.dry_run, bench.help):
        work()
    table = bench.table()
    sys.stdout.write(table)
    if chosen.write:
        chosen.write.write_text(_page(table))


class Bench:
    """All measurements of one run."""

    def __init__(self, peers: list[str], *, quick: bool) -> None:
        self.peers = peers
        self.mailmerge = str(Path(peers[0]).with_name("mailmerge"))
        self.rows = 10_000 if quick else 100_000
        self.letters = 200 if quick else 2_000
        self.runs = 1 if quick else 3
        self.found: list[Row] = []

    def compose(self) -> None:
        """Per letter: what is left of a whole process when the same process without letters is taken off."""
        letters = 2_000
        commands = {
            "ours": [*OURS, "compose", str(letters)],
            "Jinja2 + EmailMessage": [*self.peers, "compose", str(letters)],
        }
        empty = {name: [*command[:-1], "1"] for name, command in commands.items()}
        costs, starts = compare(commands, self.runs, NOW), compare(empty, self.runs, NOW)
        per_letter = {
            name: Cost((cost.cpu - starts[name].cpu) / letters, cost.wall, cost.memory) for name, cost in costs.items()
        }
        self._add("compose, lint and MIME, one letter", per_letter, unit="ms")

    def smtp(self) -> None:
        """To a sink on this machine; each side brings its own letters."""
        with _sink() as port:
            folder = BUILD / "mailmerge"
            run([*self.peers, "mailmerge_files", str(folder), port, str(self.letters)])
            names = ("template", "database", "config")
            files = ("template.txt", "database.csv", "server.conf")
            where = [f"--{name}={folder / file}" for name, file in zip(names, files, strict=True)]
            commands = {
                "ours": [*OURS, "smtp", port, str(self.letters)],
                "mailmerge": [self.mailmerge, "--no-dry-run", "--no-limit", *where],
            }
            costs = compare(commands, self.runs, NOW)
            self._add(f"SMTP, {self.letters:,} letters", costs)
            speed = costs["mailmerge"].wall / costs["ours"].wall
            few = run([*OURS, "smtp", port, str(self.letters // 10)], NOW)
        note = f"{speed:.1f} times the letters a second; {few.memory:.0f} MB for a tenth of the letters"
        self.found.append(("", "ours against mailmerge", costs["ours"], note, "s"))

    def read(self) -> None:
        """Four columns of a large sheet."""
        book = str(large_book(BUILD / f"{self.rows}.xlsx", self.rows))
        commands = {
            "ours": [*OURS, "read", book],
            "inflate + expat alone": [*self.peers, "inflate_and_expat", book],
            "python-calamine, whole sheet": [*self.peers, "calamine", book],
            "openpyxl read-only": [*self.peers, "openpyxl_read", book],
        }
        self._add(f"read 4 columns of {self.rows:,} × 25", compare(commands, self.runs, NOW))
        if self.rows >= 100_000:
            million = str(large_book(BUILD / "1000000.xlsx", 1_000_000))
            self._add("read 4 columns of 1,000,000 × 25", compare({"ours": [*OURS, "read", million]}, 1, NOW))

    def write(self) -> None:
        """500 cells, on a fresh copy each time."""
        book = large_book(BUILD / f"{self.rows}.xlsx", self.rows)
        costs = {}
        for name, command in {"ours": [*OURS, "write"], "openpyxl": [*self.peers, "openpyxl_write"]}.items():
            copy = BUILD / "copy.xlsx"
            shutil.copyfile(book, copy)
            costs[name] = run([*command, str(copy)], NOW)
        self._add(f"write 500 statuses into {self.rows:,} × 25", costs)

    def dry_run(self) -> None:
        """The whole command."""
        book = str(large_book(BUILD / f"{self.rows}.xlsx", self.rows))
        config = BUILD / "config.toml"
        text = (ROOT / "config" / "example.toml").read_text()
        config.write_text(text.replace("daily_limit = 500", "daily_limit = 100000"))
        relay = [sys.executable, "-m", "sheets_automation.cli", "send", book, "--config", str(config)]
        commands = {"--json": [*relay, "--json"], "for people": relay}
        self._add(f"relay send (dry), {self.rows:,} candidates", compare(commands, 1, NOW))

    def help(self) -> None:
        """How soon the command answers."""
        commands = {
            "ours": [sys.executable, "-m", "sheets_automation.cli", "--help"],
            "bare Python": [sys.executable, "-c", "pass"],
        }
        self._add("relay --help", compare(commands, 3 * self.runs, NOW), unit="ms")

    def table(self) -> str:
        """Everything that was found, as a table."""
        lines = ["| work | by | CPU | peak memory | against ours |", "|---|---|---:|---:|---|"]
        for work, by, cost, note, unit in self.found:
            cpu = f"{cost.cpu * 1000:.2f} ms" if unit == "ms" else f"{cost.cpu:.2f} s"
            lines.append(f"| {work} | {by} | {cpu} | {cost.memory:.0f} MB | {note} |")
        return "\n".join(lines) + "\n"

    def _add(self, work: str, costs: dict[str, Cost], unit: str = "s") -> None:
        ours = next(iter(costs.values()))
        for place, (name, cost) in enumerate(costs.items()):
            note = "" if not place else f"{cost.cpu / ours.cpu:.1f} × CPU, {cost.memory / ours.memory:.1f} × memory"
            self.found.append((work if not place else "", name, cost, note, unit))


@contextmanager
def _sink():
    with subprocess.Popen([sys.executable, "-m", "tests.bench.sink"], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _page(table: str) -> str:
    machine = f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    return (
        "# Performance\n\n"
        f"Measured by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {machine},\n"
        "2 cores shared with other work, so that seconds vary. Ratios are of one run, A B A B, medians;\n"
        "CPU is user and system time of the whole process, less the start of Python where one letter is meant.\n\n"
        f"{table}"
    )


if __name__ == "__main__":
    main()
