"""Run the fault campaign: `python -m tests.campaign --seed 1 --seconds 600`, or one schedule of it again.

It goes on where the last run with the same seed stopped, and ends with 1 when any promise was broken.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.campaign.report import publish, summary
from tests.campaign.schedule import draw
from tests.campaign.stage import Played, Stage
from tests.campaign.tally import Ledger, sum_of
from tests.campaign.worlds import GOALS, WORLDS, standing

KEPT_IN = Path(__file__).parents[2] / "build" / "campaign"
_SAVE_EVERY = 5.0
# Of the time: so that all worlds reach their goals together.
_SHARES = {"memory": 0.17, "google": 0.42, "excel": 0.2, "smtp": 0.08, "news": 0.05, "line": 0.08}


def main() -> int:
    """Play schedules for as long as was said."""
    words = _words()
    if words.publish:
        publish(sum_of(Ledger(path) for path in sorted(words.kept_in.glob("*.json"))))
        return 0
    worlds = [words.world] if words.world else list(WORLDS)
    if words.only is not None:
        return _again(worlds[0], words.seed, words.only)
    part, parts = map(int, words.part.split("/"))
    ledger = Ledger(words.kept_in / f"seed-{words.seed}-part-{part}-of-{parts}.json")
    shares = sum(_SHARES[world] for world in worlds)
    for world in worlds:
        _play(world, ledger, words.seed, (part - 1, parts), words.seconds * _SHARES[world] / shares, words.schedules)
    sys.stdout.write(summary(ledger.tallies))
    return int(any(tally.broken for tally in ledger.tallies.values()))


def _play(world: str, ledger: Ledger, seed: int, part: tuple[int, int], seconds: float, schedules: int | None) -> None:
    goal = -(-(schedules or GOALS[world]) // part[1])
    with standing(world) as (happenings, make):
        saved = time.monotonic()
        ends = saved + seconds
        while time.monotonic() < ends and _played(ledger, world) < goal:
            schedule = draw(world, seed, ledger.next_number(world, *part), happenings)
            since = time.monotonic()
            ledger.add(schedule, Stage(schedule, make(schedule)).play(), time.monotonic() - since)
            if time.monotonic() - saved > _SAVE_EVERY:
                ledger.save()
                saved = time.monotonic()
    ledger.save()


def _played(ledger: Ledger, world: str) -> int:
    return ledger.tallies[world].schedules if world in ledger.tallies else 0


def _again(world: str, seed: int, number: int) -> int:
    """Play one schedule, and tell all about it."""
    with standing(world) as (happenings, make):
        schedule = draw(world, seed, number, happenings)
        at = make(schedule)
        played: Played = Stage(schedule, at).play()
        rows = [*map(str, schedule.rows), *map(str, schedule.starts), *map(str, schedule.events)]
        log = [" ".join(f"{name}={value}" for name, value in row.items() if value) for row in at.log()]
        sheet = [str(row) for row in at.cells()]
    sys.stdout.write("\n".join([str(schedule.begins), *rows, "", *log, "", *sheet, "", str(played), ""]))
    return int(bool(played.violations))


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__)
    parser.add_argument("--world", choices=WORLDS, help="one world alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=600.0, help="how long to play, all worlds together")
    parser.add_argument("--schedules", type=int, help="no more than so many in each world; else what is published")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="play this schedule and tell all about it")
    parser.add_argument("--part", default="1/1", help="2/3: every third schedule, from the second on")
    parser.add_argument("--kept-in", type=Path, default=KEPT_IN, metavar="FOLDER", help="where the tally is kept")
    parser.add_argument("--publish", action="store_true", help="write the figures of all that was played")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
