"""`relay` in forked children of one warmed-up process, each with half a gigabyte and twenty seconds to live on.

    python -m tests.ruined_files.nursery

Starting Python takes longer than most commands do, and there are thousands of them.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config" / "example.toml"
TUESDAY = "2026-11-24T10:00:00+09:00"
MOST_MEMORY = 512 * 2**20
MOST_SECONDS = 20
# A child that waits for something for ever uses no CPU. Nothing is measured by this clock.
_GIVE_UP_AFTER = 300
_ESCAPED = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One command for one child."""

    words: Sequence[str]
    folder: str
    """Where it runs, and what an obstacle stands in the way of."""
    obstacle: Mapping[str, object] = field(default_factory=dict)
    user: int = 0
    """Another user than ours; only root can become somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a child ended."""

    words: Sequence[str]
    code: int
    """The exit code, or minus the signal that killed it."""
    out: str
    err: str
    megabytes: float
    """Of memory, at its peak."""
    seconds: float
    """Of CPU."""

    @property
    def document(self) -> dict:
        """What --json printed."""
        return json.loads(self.out)


class Nursery:
    """The warmed-up process, from outside."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, order: Order) -> Ending:
        """Let a child carry out an order, and wait for its end."""
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        return Ending(**json.loads(self._process.stdout.readline()))


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A nursery that is open for orders."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "LC_", "LANG"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ruined_files.nursery"],
        env={**plain, "PYTHONPATH": str(ROOT), "RELAY_NOW": TUESDAY, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with process:  # which closes its stdin in the end, and so ends it
        yield Nursery(process)


def _carried_out(order: Order, talk: Path) -> Ending:
    out, err = talk / "out", talk / "err"
    child = os.fork()
    if child == 0:
        os._exit(_life(order, out, err))
    _, status, usage = os.wait4(child, 0)
    return Ending(
        words=order.words,
        code=os.waitstatus_to_exitcode(status),
        out=out.read_text(errors="replace"),
        err=err.read_text(errors="replace"),
        megabytes=round(usage.ru_maxrss / 1024, 1),
        seconds=round(usage.ru_utime + usage.ru_stime, 2),
    )


def _life(order: Order, out: Path, err: Path) -> int:
    try:
        for number, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        signal.alarm(_GIVE_UP_AFTER)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        os.chdir(order.folder)
        if order.user:
            os.setgroups([])
            os.setgid(order.user)
            os.setuid(order.user)
        return _relay(order)
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - whatever it is, it must not go on as the parent
        traceback.print_exc()
        return _ESCAPED


def _relay(order: Order) -> int:
    from sheets_automation.cli import main

    if not order.obstacle:
        return main(list(order.words))
    from tests.ruined_files.obstacles import put_up

    obstacle = put_up(Path(order.folder), **order.obstacle)
    code = main(list(order.words))
    obstacle.tell()
    return code


def _warm_up(folder: Path) -> None:
    """Import all that commands import, by giving some."""
    from sheets_automation.cli import main

    book, config = str(folder / "book.xlsx"), ["--config", str(CONFIG)]
    with (folder / "said").open("w") as said, redirect_stdout(said):
        main(["init", book, "--demo"])
        for words in (["check"], ["preview"], ["send"], ["send", "--send", "--carrier", f"outbox:{folder / 'outbox'}"]):
            for more in ([], ["--json"]):
                main([*words, book, *config, *more])


def main() -> None:
    """Carry out orders, one on each line of stdin, until there are no more."""
    with TemporaryDirectory() as folder:
        talk = Path(folder)
        talk.chmod(0o755)
        _warm_up(talk)
        gc.freeze()  # no child looks through what all have in common
        for line in sys.stdin:
            sys.stdout.write(json.dumps(asdict(_carried_out(Order(**json.loads(line)), talk))) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
