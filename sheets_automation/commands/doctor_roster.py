"""`relay doctor --workbooks`: each workbook of a roster, a line for its access, its headings and its secrets."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sheets_automation.commands import doctor_checks as checks
from sheets_automation.config.roster import Client, clients_of, load_roster
from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError
from sheets_automation.core.table import Snapshot
from sheets_automation.wiring import Office
from sheets_automation.wiring_checks import google_checks
from sheets_automation.wiring_fleet import sheets_pace
from sheets_automation.wiring_line import line_keys

if TYPE_CHECKING:
    from sheets_automation.google.pace import SheetsPace

Look = Callable[[], object]

_TITLES: Final = {
    "configuration": ("設定ファイル", "configuration"),
    "access": ("読み書き", "reading and writing"),
    "headings": ("見出し・設定・文面", "headings, settings and letters"),
    "secrets": ("差出人・送信手段・鍵", "sender, carrier and keys"),
}


def examine_roster(path: Path, findings: checks.Findings) -> None:
    """Look at every workbook; what is wrong with one hides nothing of the next.

    Raises ConfigurationError where the roster itself is wrong.
    """
    roster = load_roster(path)
    clients = clients_of(roster, path.parent)
    pace = sheets_pace(1, roster.operator.calls_per_minute) if len(clients) > 1 else None
    examination = _Examination(findings, pace)
    for client in clients:
        examination.examine(client)


class _Examination:
    """Goes from workbook to workbook; a carrier that many share is tried once."""

    def __init__(self, findings: checks.Findings, pace: SheetsPace | None) -> None:
        self._findings = findings
        self._pace = pace
        self._carriers: dict[tuple[str | None, str], SheetsAutomationError | None] = {}

    def examine(self, client: Client) -> None:
        """One line for each thing that a run needs of this workbook."""
        try:
            office = Office.open(client.config, client.address)
        except SheetsAutomationError as error:
            self._findings.append(
                checks.Finding("configuration", *_titled("configuration", client), error, workbook=client.name)
            )
            return
        office.pace = self._pace
        snapshots: list[Snapshot] = []
        with ExitStack() as stack:  # a table of a file is read as it is asked for
            if self._look("access", client, lambda: snapshots.append(_read(office, client, stack))):
                self._look("headings", client, lambda: office.open_desk(snapshots[0]))
        self._look("secrets", client, lambda: self._secrets(office, client))

    def _look(self, name: str, client: Client, look: Look) -> bool:
        return self._findings.look(name, *_titled(name, client), lambda: _foreseen(look), client.name)

    def _secrets(self, office: Office, client: Client) -> None:
        carrier = client.carrier or office.config.sender.carrier
        checks.company(office)
        if "send" in client.jobs and not carrier:
            raise ConfigurationError(
                "送信手段がありません。名簿の carrier か [sender] carrier に書いてください。",
                "There is no carrier. Set carrier in the roster, or [sender] carrier.",
            )
        if office.config.links.refusal_url:
            checks.link_key(office)
        if client.line_records:
            line_keys(office.environ)
        if carrier:
            checks.has_sender(office, carrier)
            self._try_carrier(office, client.config, carrier)

    def _try_carrier(self, office: Office, config: str | None, carrier: str) -> None:
        if (config, carrier) not in self._carriers:
            try:
                checks.connect(office, carrier)
            except SheetsAutomationError as error:
                self._carriers[config, carrier] = error
            else:
                self._carriers[config, carrier] = None
        if (known := self._carriers[config, carrier]) is not None:
            raise known


def _read(office: Office, client: Client, stack: ExitStack) -> Snapshot:
    """See whether we may write, and read it."""
    checks.claim(office, client.address, google_checks(office, client.address, ""))
    return stack.enter_context(closing(office.open_workbook(client.address, exclusive=False))).read()


def _titled(name: str, client: Client) -> tuple[str, str]:
    ja, en = _TITLES[name]
    return f"{client.name}: {ja}", f"{client.name}: {en}"


def _foreseen(look: Look) -> None:
    """Look; what nobody foresaw is told by its kind alone, since its text may say who somebody is."""
    try:
        look()
    except SheetsAutomationError:
        raise
    except Exception as error:  # one workbook's trouble is not that of the others
        kind = type(error).__name__
        raise SheetsAutomationError(
            f"予期しない問題が起きました({kind})。", f"Something unexpected happened ({kind})."
        ) from error
