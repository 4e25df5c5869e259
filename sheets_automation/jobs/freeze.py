"""Freezing: stop all sending from a workbook, and let it go on. Each is a fact with who, when and why.

The fact stands in the log, which every run reads again with every batch. A file may be held by Excel or by a run at
that moment: there a flag beside it counts at once, and whoever holds the file next writes the fact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.errors import ConfigurationError, ExpectationMissed, WorkbookError
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.rules import SendRules
from sheets_automation.core.stops import Stop, StopSource
from sheets_automation.core.table import Snapshot
from sheets_automation.jobs.desk import Desk, in_open_window
from sheets_automation.jobs.plan import plan_letters
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.show import show_state
from sheets_automation.jobs.situation import OpenDesk, Situation, sit_down, understand
from sheets_automation.ports import Workbook

OpenNews = Callable[[Snapshot], Iterable[Desk]]
"""Makes the desks at which news is written, one for each way by which it can go."""


class Flag(Protocol):
    """What stops the sending from a file while the file itself is held by others."""

    def read(self) -> Stop | None:
        """The stop that it says."""
        ...

    def put(self, stop: Stop) -> None:
        """Set it."""
        ...

    def take_away(self, stop: Stop) -> None:
        """Remove it, unless somebody has set another one since."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Thaw:
    """What a person says to let sending go on: how many letters wait, or why it is right."""

    expect: int | None = None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopReport:
    """How it stands now."""

    was: tuple[Stop, ...]
    """What stopped the sending before."""
    stops: tuple[Stop, ...]
    """What stops it now; none, and letters may go."""
    waiting: int
    """Letters that are due now, but for the stop: results and news."""
    not_shown: WorkbookError | None = None


def flagged(run: Run, because: str) -> Stop:
    """A person's word, before it stands anywhere."""
    return Stop(source=StopSource.FLAG, at=run.clock(), by=run.actor, because=because, id=run.id)


def freeze(workbook: Workbook, open_desk: OpenDesk, open_news: OpenNews, run: Run, stop: Stop) -> StopReport:
    """Record that nothing is to be sent from now on; runs that are under way end with the batch that they are at."""
    desk, situation = sit_down(workbook, open_desk)
    was = situation.stops
    event = run.stop_word(EventKind.FROZEN, stop.because, stop=stop)
    _append(workbook, desk.rules, [event])
    not_shown = show_state(workbook, desk, run)
    now = understand(workbook.read(), desk.rules, desk.headings_used)
    waiting = letters_waiting(now, desk, open_news, run)
    return StopReport(was=was, stops=now.stops, waiting=waiting, not_shown=not_shown)


def thaw(
    workbook: Workbook, open_desk: OpenDesk, open_news: OpenNews, run: Run, word: Thaw, flag: Flag | None = None
) -> StopReport:
    """Record that sending may go on. Sends nothing.

    Raises ConfigurationError where neither a number nor a reason was given, and ExpectationMissed for a number that is
    not that of the letters which wait. A stop that HR typed into a cell only HR takes away.
    """
    desk, situation = sit_down(workbook, open_desk)
    was = situation.stops
    waiting = letters_waiting(situation, desk, open_news, run)
    by_word = [stop for stop in was if stop.source is not StopSource.SETTING]
    if not by_word:
        return StopReport(was=was, stops=was, waiting=waiting)
    _check(word, waiting)
    record_flag(workbook, situation, desk.rules, run)
    because = word.because or f"expect {word.expect}"
    _append(workbook, desk.rules, [run.stop_word(EventKind.THAWED, because)])
    if flag is not None:  # after the fact: whoever dies in between leaves a workbook that still does not send
        for stop in by_word:
            if stop.source is StopSource.FLAG:
                flag.take_away(stop)
    not_shown = show_state(workbook, desk, run)
    now = understand(workbook.read(), desk.rules, desk.headings_used)
    return StopReport(was=was, stops=now.stops, waiting=waiting, not_shown=not_shown)


def letters_waiting(situation: Situation, desk: Desk, open_news: OpenNews, run: Run) -> int:
    """How many letters of every kind are due, at night too: a stop holds all of them, and without it all may go."""
    snapshot = situation.snapshot
    news = [(understand(snapshot, one.rules, one.headings_used), one) for one in open_news(snapshot)]
    both = ((situation, desk), *news)
    return sum(len(plan_letters(seen, in_open_window(one), run).letters) for seen, one in both)


def record_flag(workbook: Workbook, situation: Situation, rules: SendRules, run: Run) -> None:
    """Write what the flag beside the file says into the log, once."""
    stop = situation.snapshot.stop
    # A flag that nobody can read stops for as long as that is so: a drive that failed once is nobody's word.
    if stop is not None and stop.is_readable and not any(_is_of(event, stop) for event in situation.events):
        _append(workbook, rules, [run.stop_word(EventKind.FROZEN, stop.because, stop=stop)])


def _is_of(event: DeliveryEvent, stop: Stop) -> bool:
    return event.kind is EventKind.FROZEN and event.reference == stop.id


def _check(word: Thaw, waiting: int) -> None:
    if word.expect is None and not word.because.strip():
        raise ConfigurationError(
            f"再開すると、通知とフォローを合わせて {waiting} 通が送れます。--expect {waiting} で数を確かめるか、"
            "--because で理由を書いてください。",
            f"{waiting} letters would be free to go, follow-ups included. Name that number with --expect {waiting}, "
            "or give a reason with --because.",
        )
    if word.expect is not None and word.expect != waiting:
        raise ExpectationMissed(
            f"待っている通知とフォローは、合わせて {word.expect} 通ではなく {waiting} 通です。再開していません。"
            "一覧を確かめてください。",
            f"{waiting} letters wait, follow-ups included, not {word.expect}. Sending is still stopped; "
            "look at the plans.",
        )


def _append(workbook: Workbook, rules: SendRules, events: list[DeliveryEvent]) -> None:
    workbook.append({rules.tabs.log: [to_row(event) for event in events]})
