"""One turn in one workbook: what an errand is given, and how it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sheets_automation.config import Config
from sheets_automation.config.roster import Client
from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError
from sheets_automation.fleet.outcomes import Allowance, State
from sheets_automation.jobs.run import Run
from sheets_automation.wiring import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One turn in one workbook."""

    client: Client
    office: Office
    run: Run
    spent: set[str] = field(default_factory=set)
    """Carriers that may send no more today: what one workbook was told holds for all of this task that use it."""

    @property
    def carrier(self) -> str:
        """What takes the letters."""
        return carrier_of(self.client, self.office.config)

    @property
    def news_carrier(self) -> str:
        """What takes follow-ups."""
        return news_carrier_of(self.client, self.office.config)


def carrier_of(client: Client, config: Config) -> str:
    """What takes the letters of a workbook. Raises ConfigurationError where nobody has said it."""
    if found := client.carrier or config.sender.carrier:
        return found
    raise ConfigurationError(
        f"ブック {client.name} の送信手段がありません。名簿の carrier か [sender] carrier に書いてください。",
        f"Workbook {client.name} has no carrier. Set carrier in the roster, or [sender] carrier.",
    )


def news_carrier_of(client: Client, config: Config) -> str:
    """What takes follow-ups: what takes results, where nobody has said another."""
    return config.follow_up.carrier or carrier_of(client, config)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How it ended, in numbers."""

    state: State
    counts: Mapping[str, int] = field(default_factory=dict)
    error: SheetsAutomationError | None = None
    allowance: Allowance | None = None


def state_of(error: SheetsAutomationError) -> State:
    """What an error means for whoever schedules: a person has to act, somebody else is at work, or it failed."""
    if error.name == "workbook_busy":
        return State.BUSY
    if error.name == "stop_asked":
        return State.MORE
    return State.NEEDS_A_PERSON if error.name in _FOR_A_PERSON else State.FAILED


_FOR_A_PERSON = {
    "sending_frozen",
    "blast_radius",
    "second_person_needed",
    "cells_kept",
    "cells_overwritten",
    "mail_cap_reached",
}

Errand = Callable[[Call], Done]
