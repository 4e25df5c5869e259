"""One turn in one workbook: opened with its own configuration, and whatever goes wrong there stays there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from sheets_automation.config.roster import Client
from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.fleet.calls import Call, Done, Errand, state_of
from sheets_automation.fleet.outcomes import Outcome, State
from sheets_automation.jobs.run import never
from sheets_automation.jobs.stretches import Stretch
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from sheets_automation.wiring_tempo import Tempo


def errand_named(name: str) -> Errand:
    """What does it. Each errand is a module, imported when it runs: a quiet night is to cost little."""
    module = import_module(f"sheets_automation.fleet.errand_{name.replace('-', '_')}")
    do: Errand = module.do
    return do


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Goes into workbooks on behalf of one task."""

    stretch_seconds: float
    is_over: Callable[[], bool]
    monotonic: Callable[[], float]
    tempo: Tempo
    is_leaving: Callable[[], bool] = never
    """Whether letters that were claimed and not sent stay to the next run."""
    _spent: set[str] = field(default_factory=set)
    """Carriers that have said that they may send no more today."""

    def visit(self, client: Client, errand: str) -> Outcome:
        """Do one errand. Raises nothing but the wish of the system to stop at once."""
        since = self.monotonic()
        run_id = kind = ""
        try:
            office = Office.open(client.config, client.address)
            office.tempo = self.tempo
            run = office.new_run(should_stop=self.is_over)
            run.is_leaving = self.is_leaving
            run.is_time_up = Stretch(seconds=self.stretch_seconds, monotonic=self.monotonic).is_time_up
            run_id = run.id
            done = errand_named(errand)(Call(client=client, office=office, run=run, spent=self._spent))
        except SheetsAutomationError as error:
            done = Done(state=state_of(error), error=error)
        except Exception as error:  # noqa: BLE001 - one workbook's trouble is not that of the others
            done, kind = Done(state=State.FAILED), type(error).__name__  # its text may say who somebody is
        return Outcome(
            client=client.name,
            errand=errand,
            state=done.state,
            run_id=run_id,
            error=done.error.name if done.error else kind,
            counts=done.counts,
            allowance=done.allowance,
            seconds=self.monotonic() - since,
        )
