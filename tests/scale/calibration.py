"""What one process costs, measured: its start, a quiet workbook, one with letters, each letter, and the calls."""

from __future__ import annotations

from collections.abc import Sequence

from tests.google_emulator import Emulator, Running
from tests.google_emulator.wire import Json
from tests.scale.clients import Clients
from tests.scale.model import Measured
from tests.scale.nights import WRITE, Execution, begin, kind_of

NEEDED = 150
"""Workbooks, so that each kind is there often enough."""
_FEW = 6
_LETTER = "gmail.users.drafts.send"


def calibrate(google: Running, emulator: Emulator, clients: Clients) -> Measured:
    """Measure by processes that nobody holds up. The clients are used up by it: renew them."""
    google.control.quotas(enabled=False)
    begin(emulator, 1.0)

    def run(numbers: Sequence[int]) -> Execution:
        emulator.premises.log.clear()
        clients.write_roster(60, numbers)
        execution = Execution(google=google, emulator=emulator, folder=clients.folder, tasks=1, speed=1, name="one")
        execution.run()
        return execution

    workload, kinds = clients.workload, clients.by_letters()
    quiet, small, large = kinds[0], kinds[workload.small], kinds[workload.large]
    one = run(quiet[:1]).cpu
    per_quiet = max((run(quiet[: 1 + _FEW]).cpu - one) / _FEW, 0.0)
    start = max(one - per_quiet, 0.0)
    run(small[:1])
    before, _, after = _around_letters(emulator.premises.log)
    run(large[:1])
    between = _around_letters(emulator.premises.log)[1].count(WRITE)
    with_few = (run(small[1 : 1 + _FEW]).cpu - start) / _FEW
    many = run(large[1:3])
    with_many = (many.cpu - start) / 2
    letter = max((with_many - with_few) / (workload.large - workload.small), 0.0)
    return Measured(
        start=start,
        quiet=per_quiet,
        visit=max(with_few - workload.small * letter, per_quiet),
        letter=letter,
        before=before,
        after=after,
        between=workload.large // (between + 1) if between else 0,
        memory=many.memory,
    )


def _around_letters(log: Sequence[Json]) -> tuple[list[str], list[str], list[str]]:
    """The calls before the first letter, among the letters, and after the last one; a batch is one call."""
    calls = [entry for entry in log if not entry["part"] and kind_of(entry)]
    places = [place for place, entry in enumerate(calls) if entry["method"] == _LETTER]
    kinds = [kind_of(entry) for entry in calls]
    return kinds[: places[0]], kinds[places[0] : places[-1] + 1], kinds[places[-1] + 1 :]
