"""The roster: for which workbooks the scheduled jobs run, each with its own configuration and mailbox."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from sheets_automation.config import kinds
from sheets_automation.config.problems import ConfigurationWrong, Problem
from sheets_automation.config.reading import load_section

ERRANDS = ("sync", "collect", "collect-line", "send", "follow-up", "credits", "tags", "retention", "analysis")
"""In the order in which `relay run nightly` does them: what came back is known before anything is sent."""
USUAL = tuple(errand for errand in ERRANDS if errand not in {"follow-up", "tags", "retention"})
"""What is done for workbooks whose roster says nothing: nobody gets columns or news, or loses anybody, unasked."""


def _label(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,62}", value):
        return value
    raise ValueError


_LABEL = kinds.Kind(
    ja="小文字の英数字と . _ - だけの名前（63 文字まで）",
    en="a name of small letters, digits and . _ - (63 characters at most)",
    read=_label,
)
_ERRANDS = kinds.list_of(
    kinds.one_of(*ERRANDS), ja=f"次の語のリスト: {', '.join(ERRANDS)}", en=f"a list of {', '.join(ERRANDS)}"
)


@dataclass(frozen=True, kw_only=True)
class ClientSection:
    """One workbook."""

    name: Annotated[str, _LABEL]
    """What logs and the digest call it; nobody's name."""
    address: Annotated[str, kinds.NAME]
    config: Annotated[str, kinds.TEXT] = ""
    """Relative to the roster; empty = that of [defaults]."""
    carrier: Annotated[str, kinds.CARRIER] = ""
    links: Annotated[str, kinds.TEXT] = ""
    """Folder or file of link records for `collect`; empty = that of [defaults]."""
    line_records: Annotated[str, kinds.TEXT] = ""
    """Folder or file of records of the LINE webhook for `collect-line`; empty = that of [defaults]."""
    jobs: Annotated[tuple[str, ...], _ERRANDS] = ()
    """Empty = those of [defaults]."""


@dataclass(frozen=True, kw_only=True)
class DefaultsSection:
    """What holds for workbooks that say nothing else."""

    config: Annotated[str, kinds.TEXT] = ""
    carrier: Annotated[str, kinds.CARRIER] = ""
    links: Annotated[str, kinds.TEXT] = ""
    line_records: Annotated[str, kinds.TEXT] = ""
    jobs: Annotated[tuple[str, ...], _ERRANDS] = USUAL


@dataclass(frozen=True, kw_only=True)
class OperatorSection:
    """Who runs all this, and how they hear of it."""

    address: Annotated[str, kinds.ADDRESS] = ""
    """Who gets the digest."""
    carrier: Annotated[str, kinds.CARRIER] = ""
    """What takes it; empty = no mail, only a line in the log."""
    config: Annotated[str, kinds.TEXT] = ""
    """Whose [sender] writes it; empty = that of [defaults]."""
    calls_per_minute: Annotated[int, kinds.whole(3, 3000)] = 60
    """Reads, and writes, that Sheets allows the account a minute; all tasks share them."""
    metrics: Annotated[bool, kinds.SWITCH] = False
    """Send metrics by OpenTelemetry; where to, the variables OTEL_EXPORTER_OTLP_… say."""


@dataclass(frozen=True, kw_only=True)
class Roster:
    """All of it."""

    defaults: DefaultsSection = DefaultsSection()
    operator: OperatorSection = OperatorSection()
    workbooks: tuple[ClientSection, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Client:
    """One workbook, with everything that its jobs need to know."""

    name: str
    address: str
    config: str | None
    """Path of its configuration; None = found as always."""
    carrier: str
    """Empty = what its configuration says."""
    links: str
    jobs: tuple[str, ...]
    line_records: str = ""


def load_roster(path: Path) -> Roster:
    """Read a roster. Raises ConfigurationError that names every mistake."""
    roster = load_section(Roster, path)
    if found := list(_doubles(roster)):
        raise ConfigurationWrong(path.name, found)
    return roster


def clients_of(roster: Roster, folder: Path) -> tuple[Client, ...]:
    """The workbooks of a roster that lies in `folder`."""
    given = roster.defaults
    return tuple(
        Client(
            name=one.name,
            address=beside(folder, one.address) if _is_file(one.address) else one.address,
            config=beside(folder, one.config or given.config) or None,
            carrier=one.carrier or given.carrier,
            links=beside(folder, one.links or given.links),
            jobs=one.jobs or given.jobs,
            line_records=beside(folder, one.line_records or given.line_records),
        )
        for one in roster.workbooks
    )


def beside(folder: Path, path: str) -> str:
    """A path as the roster means it; "" stays empty."""
    return str(folder / path) if path else ""


def _is_file(address: str) -> bool:
    return Path(address).suffix.lower() in {".xlsx", ".xlsm"}


def _doubles(roster: Roster) -> Iterator[Problem]:
    count = Counter(one.name for one in roster.workbooks)
    for name in (name for name, times in count.items() if times > 1):
        yield Problem(
            key="workbooks.name",
            ja=f"「{name}」が 2 回以上出てきます。ブックごとに違う名前を付けてください。",
            en=f"“{name}” stands there more than once. Give each workbook a name of its own.",
        )
