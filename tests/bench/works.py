"""The works that are measured: who does each of them with which command, and what we want to hold."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sheets_automation.cli import module_of
from sheets_automation.cli_texts import COMMANDS
from tests.bench.applicants import applicants
from tests.bench.books import book_with_our_columns, large_book
from tests.bench.measure import Command, compare
from tests.bench.report import Goal, Line, at_least, at_most, lines_of

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "bench"
RELAY = str(Path(sys.executable).with_name("relay"))
ENVIRONMENT = {"RELAY_NOW": "2026-11-24T10:00:00+09:00", "PYTHONPATH": str(ROOT)}

Found = tuple[list[Line], list[Goal]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """How much of everything, and who the others are."""

    peers: Path
    quick: bool

    @property
    def rows(self) -> int:
        """Candidates in the large workbook."""
        return 10_000 if self.quick else 100_000

    @property
    def letters(self) -> int:
        """Letters to the mail server."""
        return 200 if self.quick else 2_000

    @property
    def runs(self) -> int:
        """Of each command, beside the warm-up."""
        return 1 if self.quick else 3

    @property
    def book(self) -> Path:
        """The large workbook."""
        return large_book(BUILD / f"{self.rows}.xlsx", self.rows)

    def their(self, work: str, *words: object) -> Command:
        """A command of peers.py, in the environment of the peers."""
        return Command(words=[str(self.peers), str(Path(__file__).with_name("peers.py")), work, *map(str, words)])


def our(work: str, *words: object, before: Callable[[], object] = lambda: None) -> Command:
    """A command of ours.py."""
    command = [sys.executable, "-m", "tests.bench.ours", work, *map(str, words)]
    return Command(words=command, environment=ENVIRONMENT, before=before)


def _python(code: str) -> Command:
    return Command(words=[sys.executable, "-c", code], environment=ENVIRONMENT)


def relay(*words: object, before: Callable[[], object] = lambda: None) -> Command:
    """The command that people use."""
    return Command(words=[RELAY, *map(str, words)], environment=ENVIRONMENT, before=before)


def compose(bench: Bench) -> Found:
    """One letter: what is left of a whole process when the same process with a single letter is taken off."""
    pieces = bench.letters
    folder = _letter_for_peers()

    def commands(letters: int) -> dict[str, Command]:
        return {
            "ours, with lint": our("compose", letters),
            "Jinja2 + EmailMessage": bench.their("compose", folder, letters),
        }

    costs, starts = compare(commands(pieces + 1), bench.runs), compare(commands(1), bench.runs)
    each = {name: cost.per_piece(starts[name], pieces) for name, cost in costs.items()}
    ours, theirs = each.values()
    return lines_of("compose one letter + MIME", each), [at_least("compose", "less CPU", theirs.cpu / ours.cpu, 10)]


def smtp(bench: Bench) -> Found:
    """To a mail server on this machine that announces PIPELINING, as the real ones do; ours also to one that doesn't.

    The carrier alone is what mailmerge does. The whole command also decides about every row, writes all letters before
    it sends the first, makes each claim durable before its letter goes, looks at the file again after it, and saves the
    workbook twice, verified.
    """
    few = bench.letters // 10
    with mail_server() as port, mail_server("--plain") as plain:
        commands = {
            "ours, the carrier": our("smtp", port, bench.letters),
            "ours, relay send --send": _relay_send(port, bench.letters),
            "ours, no PIPELINING": our("smtp", plain, bench.letters),
            "mailmerge": _mailmerge(bench, port, "markdown"),
            "mailmerge, text only": _mailmerge(bench, port, "plain"),
        }
        costs = compare(commands, bench.runs)
        shorter = compare({"carrier": our("smtp", port, few), "relay": _relay_send(port, few)}, bench.runs)
    ours, whole, theirs = costs["ours, the carrier"], costs["ours, relay send --send"], costs["mailmerge"]
    more = ours.memory - shorter["carrier"].memory
    growth = (whole.memory - shorter["relay"].memory) * 1024 / (bench.letters - few)
    goals = [
        at_least("smtp, the carrier", "letters a second", theirs.wall / ours.wall, 3),
        at_least("smtp, the carrier", "less CPU", theirs.cpu / ours.cpu, 3),
        at_most("smtp, the carrier", f"more for ten times {few} letters", more, 2, "MB"),
        at_least("relay send", "letters a second", theirs.wall / whole.wall, 1.5),
        at_least("relay send", "less CPU", theirs.cpu / whole.cpu, 1.5),
        at_most("relay send", "of memory for each further letter and its row", growth, 20, "KB"),
    ]
    return lines_of(f"SMTP, {bench.letters:,} letters", costs), goals


def read(bench: Bench) -> Found:
    """Four columns of a large sheet; and of one ten times as large."""
    book = bench.book
    commands = {
        "ours": our("read", book),
        "inflate + expat alone": bench.their("inflate_and_expat", book),
        "python-calamine, whole sheet": bench.their("calamine", book),
        "openpyxl read-only": bench.their("openpyxl_read", book),
    }
    costs = compare(commands, bench.runs)
    larger = 10 * bench.rows
    million = compare({"ours": our("read", large_book(BUILD / f"{larger}.xlsx", larger))}, bench.runs, warm_up=False)
    ours = costs["ours"]
    goals = [
        at_least("read", "CPU of python-calamine", costs["python-calamine, whole sheet"].cpu / ours.cpu, 1),
        at_most("read", "peak memory", ours.memory, 150, "MB"),
        at_most(f"read {larger:,} rows", "peak memory", million["ours"].memory, 150, "MB"),
    ]
    lines = lines_of(f"read 4 columns of {bench.rows:,} × 25", costs)
    return [*lines, *lines_of(f"read 4 columns of {larger:,} × 25", million)], goals


def write(bench: Bench) -> Found:
    """500 cells at known places; and as the workbook does it, finding 500 candidates by their ids."""
    book, copy = book_with_our_columns(BUILD / f"{bench.rows}-ours.xlsx", bench.rows), BUILD / "copy" / "copy.xlsx"

    def fresh() -> None:
        shutil.rmtree(copy.parent, ignore_errors=True)
        copy.parent.mkdir()
        shutil.copyfile(book, copy)

    openpyxl = bench.their("openpyxl_write", copy)
    commands = {
        "ours": our("write", copy, before=fresh),
        "ours, by candidate id": our("show", copy, before=fresh),
        "openpyxl": Command(words=openpyxl.words, before=fresh),
    }
    costs = compare(commands, 1 if bench.quick else 2, warm_up=False)
    ours, theirs = costs["ours"], costs["openpyxl"]
    goals = [
        at_least("write", "less CPU", theirs.cpu / ours.cpu, 35),
        at_least("write", "less memory", theirs.memory / ours.memory, 20),
    ]
    return lines_of(f"write 500 statuses into {bench.rows:,} × 25", costs), goals


def dry_run(bench: Bench) -> Found:
    """The whole command: nine of ten candidates are due, every letter is composed and looked at."""
    words = ("send", bench.book, "--config", _config())
    commands = {"relay send --json": relay(*words, "--json"), "relay send": relay(*words)}
    costs = compare(commands, bench.runs, warm_up=False)
    goals = [
        at_most("dry run", "CPU", max(cost.cpu for cost in costs.values()), bench.rows / 5_000, "s"),
        at_most("dry run", "peak memory", max(cost.memory for cost in costs.values()), 200, "MB"),
    ]
    return lines_of(f"dry run over {bench.rows:,} candidates", costs), goals


def start(bench: Bench) -> Found:
    """How soon the command answers, and what each command imports before it begins."""
    bare = "bare Python"
    commands = {bare: _python("pass"), "relay --help": relay("--help")}
    for command in COMMANDS:
        module = module_of(command)
        code = f"import importlib, sheets_automation.cli; importlib.import_module({module!r})"
        commands[f"imports of relay {command}"] = _python(code)
    costs = compare(commands, 3 * bench.runs)
    ratio = costs["relay --help"].cpu / costs[bare].cpu
    return lines_of("start", costs), [at_most("start", "bare Python for --help", ratio, 5, "×")]


def page(bench: Bench) -> Found:
    """Nobody else has such a page: against what a person waits without impatience."""
    from tests.bench.page import measure

    return measure(500 if bench.quick else 5_000, bench.runs)


def night(bench: Bench) -> Found:
    """What an operator pays for each workbook on a day on which nothing is to be done."""
    from tests.bench.night import measure

    return measure(bench.peers, bench.runs)


def take_in(bench: Bench) -> Found:
    """As many lines as the workbook has rows: nine of ten are known, the tenth is added, and all is saved."""
    book, file = BUILD / "import" / "book.xlsx", applicants(BUILD / f"{bench.rows}.csv", bench.rows)

    def afresh() -> None:
        shutil.rmtree(book.parent, ignore_errors=True)
        book.parent.mkdir(parents=True)
        shutil.copy(bench.book, book)

    costs = compare({"relay import": relay("import", book, file, "--json", before=afresh)}, bench.runs)
    [ours] = costs.values()
    goals = [
        at_most("relay import", "of CPU for as many lines as there are rows", ours.cpu, 60, "s"),
        at_most("relay import", "at its peak", ours.memory, 700, "MB"),
    ]
    return lines_of(f"take in a file of {bench.rows:,} lines", costs), goals


def export(bench: Bench) -> Found:
    """What a group is counted by: exported tables that do not fit into the memory that is allowed for them."""
    from tests.bench.exported import measure

    candidates = bench.rows * 100
    folder = BUILD / f"exported-{candidates}"
    return measure(folder, candidates, relay("analyse", "--exported", folder, "--json"), bench.runs)


WORKS: Mapping[str, Callable[[Bench], Found]] = {
    "compose": compose,
    "smtp": smtp,
    "read": read,
    "write": write,
    "dry-run": dry_run,
    "import": take_in,
    "export": export,
    "start": start,
    "night": night,
    "page": page,
}


@contextmanager
def mail_server(*options: str) -> Iterator[str]:
    """A sink in its own process, the same for everybody; gives its port."""
    words = [sys.executable, "-m", "tests.bench.sink", *options]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _letter_for_peers() -> Path:
    folder = BUILD / "letter"
    our("letter", folder).run()
    return folder


def _mailmerge(bench: Bench, port: str, markup: str) -> Command:
    folder = BUILD / f"mailmerge-{markup}"
    bench.their("mailmerge_files", _letter_for_peers(), folder, port, bench.letters, markup).run()
    files = {"template": "template.txt", "database": "database.csv", "config": "server.conf"}
    where = [f"--{option}={folder / file}" for option, file in files.items()]
    return Command(words=[str(bench.peers.with_name("mailmerge")), "--no-dry-run", "--no-limit", *where])


def _relay_send(port: str, letters: int) -> Command:
    rows = letters * 10 // 9  # every tenth is still in selection
    book, copy = large_book(BUILD / f"{rows}.xlsx", rows), BUILD / f"send-{rows}" / "send.xlsx"

    def fresh() -> None:
        shutil.rmtree(copy.parent, ignore_errors=True)
        copy.parent.mkdir()
        shutil.copyfile(book, copy)

    carrier = f"smtp://127.0.0.1:{port}"
    words = ("send", copy, "--config", _config(), "--carrier", carrier, "--send", "--expect", letters)
    return relay(*words, before=fresh)


def _config() -> Path:
    """The example, with a budget for everybody."""
    text = (ROOT / "config" / "example.toml").read_text(encoding="utf-8")
    config = BUILD / "config.toml"
    config.write_text(text.replace("daily_limit = 500", "daily_limit = 100000"), encoding="utf-8")
    return config
