"""What `relay doctor` looks at, one thing each, and how it keeps what it found."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from sheets_automation.config.rules import sender
from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError
from sheets_automation.core.excessive_columns import excessive_columns
from sheets_automation.core.layout import locate_candidates
from sheets_automation.wiring_links import refusal_key

if TYPE_CHECKING:
    from sheets_automation.wiring import Office
    from sheets_automation.wiring_checks import GoogleChecks


class Finding(NamedTuple):
    """One thing that was looked at."""

    name: str
    ja: str
    en: str
    error: SheetsAutomationError | None = None
    is_premise: bool = False
    """Something that we take for granted of Google, and not something that is set up."""
    workbook: str = ""
    """What the roster calls it, where one is looked through."""


class Findings(list[Finding]):
    """All of them, in order."""

    def look(self, name: str, ja: str, en: str, look: Callable[[], object], workbook: str = "") -> bool:
        """Look at one thing; whether all was well. Its failure does not hide the next."""
        error: SheetsAutomationError | None = None
        try:
            look()
        except SheetsAutomationError as found:
            error = found
        self.append(Finding(name, ja, en, error, workbook=workbook))
        return error is None


def claim(office: Office, workbook: str, google: GoogleChecks) -> None:
    """Take the lock that a run takes, or ask Google whether we may edit; nothing is changed."""
    if google.spreadsheet:
        google.editing()
    else:
        office.open_workbook(workbook, exclusive=True).close()


def columns_not_to_be_kept(office: Office, workbook: str) -> ConfigurationError | None:
    """Columns that may not be kept; None where there are none. Those that no selection needs, `relay check` names."""
    with closing(office.open_workbook(workbook, exclusive=False)) as opened:
        snapshot = opened.read()
        layout = locate_candidates(snapshot, office.look_at_desk(snapshot).rules.headings)
    found = "、".join(one.heading for one in excessive_columns(layout) if one.is_forbidden)
    if not found:
        return None
    return ConfigurationError(
        f"集めてはならない列があります: {found}。列ごと消してください(relay check)。",
        f"There are columns that must not be kept: {found}. Delete them (see `relay check`).",
    )


def company(office: Office) -> None:
    """The workbook's own setting counts too, where it was read."""
    if not office.reading.config.company.name:
        raise ConfigurationError(
            "会社名がありません。設定タブの「会社名」か、設定ファイルの [company] name に書いてください。",
            "The company's name is missing. Write it into the 設定 tab or [company] name.",
        )


def has_sender(office: Office, carrier: str) -> None:
    """An outbox and LINE do without an address, a mailbox of Gmail has one; a mail server needs to be told."""
    if not carrier.startswith(("outbox:", "gmail:", "line:")):
        sender(office.config)


def link_key(office: Office) -> None:
    """Is there a key for the refusal links that letters carry?"""
    refusal_key(office.config, office.environ)


def connect(office: Office, carrier: str) -> None:
    """Preparing no letter at all still makes the folder, or logs in."""
    with closing(office.open_carrier(carrier)) as opened:
        opened.prepare([])
