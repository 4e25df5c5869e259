"""`relay doctor --workbooks`: each workbook of a roster, a line for its access, its headings and its secrets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sheets_automation.commands import doctor_checks as checks
from sheets_automation.config.roster import Client
from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.core.table import Snapshot
from sheets_automation.fleet.calls import carrier_of, news_carrier_of
from sheets_automation.wiring import Office
from sheets_automation.wiring_checks import google_checks
from sheets_automation.wiring_fleet import open_roster, shared_tempo
from sheets_automation.wiring_follow_up import FollowUpOffice, ways_of_news
from sheets_automation.wiring_line import line_keys
from sheets_automation.wiring_links import records_lacking
from sheets_automation.wiring_retention import key_to_erase

if TYPE_CHECKING:
    from sheets_automation.wiring_tempo import Tempo

Look = Callable[[], object]

_TITLES: Final = {
    "configuration": ("設定ファイル", "configuration"),
    "access": ("読み書き", "reading and writing"),
    "headings": ("見出し・設定・文面", "headings, settings and letters"),
    "secrets": ("差出人・送信手段・鍵", "sender, carrier and keys"),
    "news": ("フォロー", "follow-ups"),
    "links": ("リンクの記録", "records of the links"),
}


def examine_roster(path: Path, findings: checks.Findings) -> None:
    """Look at every workbook; what is wrong with one hides nothing of the next.

    Raises ConfigurationError where the roster itself is wrong.
    """
    roster, clients = open_roster(path)
    tempo = shared_tempo(1, roster.operator.calls_per_minute, len(clients))
    examination = _Examination(findings, tempo)
    for client in clients:
        examination.examine(client)


class _Examination:
    """Goes from workbook to workbook; a carrier that many share is tried once."""

    def __init__(self, findings: checks.Findings, tempo: Tempo) -> None:
        self._findings = findings
        self._tempo = tempo
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
        office.tempo = self._tempo
        snapshots: list[Snapshot] = []
        with ExitStack() as stack:  # a table of a file is read as it is asked for
            if self._look("access", client, lambda: snapshots.append(_read(office, client, stack))):
                self._look("headings", client, lambda: office.open_desk(snapshots[0]))
            if "follow-up" in client.jobs:
                self._look("news", client, lambda: self._news(office, client, snapshots))
        self._look("secrets", client, lambda: self._secrets(office, client))
        if "collect" in client.jobs and (lacking := records_lacking(office.config, client.links)):
            self._findings.append(checks.Finding("links", *_titled("links", client), lacking, workbook=client.name))

    def _look(self, name: str, client: Client, look: Look) -> bool:
        return self._findings.look(name, *_titled(name, client), lambda: _foreseen(look), client.name)

    def _secrets(self, office: Office, client: Client) -> None:
        config, jobs = office.config, client.jobs
        checks.company(office)
        carrier = client.carrier or config.sender.carrier
        if {"sync", "send"} & set(jobs):
            carrier = carrier_of(client, config)
        if "retention" in jobs and config.retention.erase_nightly and office.is_on_google(client.address):
            key_to_erase(office, client.address)
        if config.links.refusal_url:
            checks.link_key(office)
        if client.line_records:
            line_keys(office.environ)
        if carrier:
            checks.has_sender(office, carrier)
            self._try_carrier(office, client.config, carrier)
        if "sync" in jobs and config.follow_up.carrier.startswith("gmail:"):
            self._try_carrier(office, client.config, config.follow_up.carrier)

    def _news(self, office: Office, client: Client, snapshots: Sequence[Snapshot]) -> None:
        """What the job follow-up needs beside that: what the law asks for, and what takes news."""
        news = FollowUpOffice(office)
        for carrier in ways_of_news(office.config, news_carrier_of(client, office.config)):
            news.leaves_by = carrier
            for snapshot in snapshots:  # none, where it could not be read
                news.open_desk(snapshot)
            checks.has_sender(news, carrier)
            self._try_carrier(news, client.config, carrier)

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
