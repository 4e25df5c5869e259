"""`make scale`: nights by real processes, the model that they calibrate, and docs/scale.md with both.

What was played is kept in build/scale: who stops it goes on where it stopped. `--fresh` begins anew.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from tests.google_emulator import Emulator, Running, running
from tests.scale.calibration import NEEDED, calibrate
from tests.scale.chart import chart
from tests.scale.clients import Clients, Workload
from tests.scale.model import Answers, Measured, Play, Setting
from tests.scale.nights import Night, play
from tests.scale.report import Found, Modelled, Prices, document, in_short

ROOT = Path(__file__).parents[2]
KEPT_IN = ROOT / "build" / "scale"
TASKS = (1, 4, 16, 64)
LIMITS = (60, 300, 3000)
DEATHS_EVERY = 60.0


def main() -> int:
    """Play what is not kept yet, and say what came of it; ends with 1 where a letter left twice or never."""
    words = _options().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # as Ctrl-C: the tasks end with us
    kept = KEPT_IN / f"{words.workbooks}-{words.others}-{words.rows}-{words.speed:g}-{words.limit}.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    if words.fresh:
        kept.unlink(missing_ok=True)
    found = _Kept(kept)
    if not words.model_only:
        _play_really(words, found)
    if found.measured is None:
        sys.stderr.write("Nothing is measured yet: run it without --model-only.\n")
        return 2
    result = Found(
        measured=found.measured,
        real=found.nights,
        foreseen=_foreseen(found.measured, found.nights, words),
        model=_modelled(found.measured, words),
        answers=_answers(words),
        prices=Prices(vcpu=words.price_vcpu, gib=words.price_gib, as_of=words.priced_on),
        rows=words.rows,
        speed=words.speed,
        limit=words.limit,
    )
    sys.stdout.write(in_short(result))
    if words.write:
        command = " ".join(["python -m tests.scale", *sys.argv[1:]])
        words.write.write_text(document(result, command), encoding="utf-8")
        (words.write.parent / "images" / "scale.svg").write_text(chart(result.model.plain), encoding="utf-8")
    return int(any(night.twice or night.never for night in found.nights))


class _Kept:
    """What was played so far, on the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        stored = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        self.measured = Measured(**stored["measured"]) if "measured" in stored else None
        self.nights = [Night(**one) for one in stored.get("nights", [])]

    def add(self, what: Measured | Night) -> None:
        if isinstance(what, Measured):
            self.measured = what
        else:
            self.nights.append(what)
        measured = {"measured": asdict(self.measured)} if self.measured else {}
        text = json.dumps({**measured, "nights": [asdict(one) for one in self.nights]}, indent=1)
        self._path.write_text(text, encoding="utf-8")

    def has(self, tasks: int, workbooks: int, *, with_deaths: bool) -> bool:
        return any(
            (one.tasks, one.workbooks, bool(one.deaths)) == (tasks, workbooks, with_deaths) for one in self.nights
        )


def _play_really(words: argparse.Namespace, kept: _Kept) -> None:
    """All workbooks by one number of tasks; a part of them by the others, and once while tasks die."""
    wanted = [(tasks, words.others, 0.0) for tasks in words.tasks if tasks != words.all_by]
    wanted += [(4, words.others, DEATHS_EVERY), (words.all_by, words.workbooks, 0.0)]
    left = [one for one in wanted if not kept.has(one[0], one[1], with_deaths=bool(one[2]))]
    if left or kept.measured is None:
        with _world(words) as (google, emulator, clients):
            if kept.measured is None:
                _say("measuring one process …")
                kept.add(calibrate(google, emulator, clients))
            for tasks, workbooks, die_every in left:
                _say(f"{workbooks} workbooks, {tasks} tasks{', one dies each minute' if die_every else ''} …")
                clients.renew()
                settings = {"tasks": tasks, "speed": words.speed, "limit": words.limit, "die_every": die_every}
                kept.add(play(google, emulator, clients, numbers=range(workbooks), **settings))


@contextmanager
def _world(words: argparse.Namespace) -> Iterator[tuple[Running, Emulator, Clients]]:
    emulator = Emulator()
    with running(emulator) as google, tempfile.TemporaryDirectory() as folder:
        google.control.quotas(enabled=False)
        _say("making the workbooks …")
        workload = Workload(workbooks=max(words.workbooks, words.others, NEEDED), rows=words.rows)
        yield google, emulator, Clients(google, Path(folder), workload)


def _modelled(measured: Measured, words: argparse.Namespace) -> Modelled:
    """Each number of tasks under each quota; without large workbooks; and with deaths."""

    def night(workload: Workload, tasks: int, limit: int, die_every: float = 0.0) -> Night:
        return Play(
            Setting(
                workload=workload,
                tasks=tasks,
                limit=limit,
                measured=measured,
                answers=_answers(words),
                die_every=die_every,
            )
        ).night()

    mixed = [Workload(workbooks=number, rows=words.rows) for number in words.modelled]
    return Modelled(
        plain=[night(one, tasks, limit) for one in mixed for limit in LIMITS for tasks in words.tasks],
        small_alone=[night(replace(one, large=0), tasks, words.limit) for one in mixed for tasks in words.tasks],
        with_deaths=[night(one, tasks, words.limit, DEATHS_EVERY) for one in mixed for tasks in words.tasks],
    )


def _foreseen(measured: Measured, nights: Sequence[Night], words: argparse.Namespace) -> list[Night]:
    """What the model makes of each real night without deaths, at its speed and with answers as they came."""
    speed = words.speed
    hurried = replace(
        measured,
        start=measured.start * speed,
        quiet=measured.quiet * speed,
        visit=measured.visit * speed,
        letter=measured.letter * speed,
    )
    return [
        Play(
            Setting(
                workload=Workload(workbooks=night.workbooks, rows=words.rows),
                tasks=night.tasks,
                limit=night.limit,
                measured=hurried,
                answers=Answers(**night.answers),
            )
        ).night()
        for night in nights
        if not night.deaths
    ]


def _answers(words: argparse.Namespace) -> Answers:
    return Answers(read=words.read_seconds, write=words.write_seconds, mail=words.mail_seconds)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.scale", description=__doc__)
    options.add_argument("--workbooks", type=int, default=1000, help="workbooks of the largest real night")
    options.add_argument("--all-by", type=int, default=16, help="tasks of that night")
    options.add_argument("--others", type=int, default=200, help="workbooks of the other real nights")
    options.add_argument("--rows", type=int, default=1000, help="candidates in each")
    options.add_argument("--tasks", type=int, nargs="+", default=TASKS, help="numbers of tasks")
    options.add_argument("--speed", type=float, default=2.0, help="how much faster the quota's minute passes")
    options.add_argument("--limit", type=int, default=300, help="reads, and writes, a minute of account and project")
    options.add_argument("--modelled", type=int, nargs="+", default=(1000, 10_000), help="workbooks of the model")
    options.add_argument("--read-seconds", type=float, default=Answers().read, help="until Sheets answers a read")
    options.add_argument("--write-seconds", type=float, default=Answers().write, help="until Sheets answers a write")
    options.add_argument("--mail-seconds", type=float, default=Answers().mail, help="until Gmail answers")
    options.add_argument("--price-vcpu", type=float, default=Prices().vcpu, help="dollars for a vCPU-second")
    options.add_argument("--price-gib", type=float, default=Prices().gib, help="dollars for a GiB-second")
    options.add_argument("--priced-on", default=Prices().as_of, help="where that price comes from, and when")
    options.add_argument("--model-only", action="store_true", help="only the model, by what was measured before")
    options.add_argument("--fresh", action="store_true", help="forget what was played before")
    options.add_argument("--write", type=Path, metavar="FILE", help="keep it as a document, and its chart beside it")
    return options


if __name__ == "__main__":
    sys.exit(main())
