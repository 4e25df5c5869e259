"""What `relay doctor` looks at, one thing each, and how it keeps what it found."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sheets_automation.config.finding import find_config, usual_places
from sheets_automation.config.rules import sender
from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError
from sheets_automation.core.excessive_columns import excessive_columns
from sheets_automation.core.layout import locate_candidates
from sheets_automation.wiring_links import refusal_key
from sheets_automation.wiring_live import file_behind

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


def configuration(option: str | None, workbook: str | None) -> Finding:
    """Which file the configuration is read from, or where none was found."""
    beside = Path(file_behind(workbook)) if workbook and "://" not in workbook else None
    found = find_config(Path(option) if option else None, os.environ, workbook=beside, here=Path.cwd())
    if found is not None:
        return Finding("configuration", f"設定ファイル {found}", f"configuration {found}")
    places = usual_places(beside, Path.cwd())
    ja, en = (word.join(map(str, places)) for word in ("、", ", "))
    hidden = next((path for one in places if (path := one.with_name(f"{one.name}.txt")).is_file()), None)
    return Finding(
        "configuration",
        f"設定ファイル(なし。{ja} を探しました)",
        f"configuration (none; looked at {en})",
        _named_by_notepad(hidden) if hidden is not None else None,
    )


def _named_by_notepad(path: Path) -> ConfigurationError:
    return ConfigurationError(
        f"「{path}」は読まれません。メモ帳が名前の終わりに .txt を付けました。名前を relay.toml に変えてください"
        "(エクスプローラーの「表示」で「ファイル名拡張子」に印を付けると見えます)。",
        f"{path} is not read: Notepad has put .txt behind its name. Rename it to relay.toml "
        "(the Explorer shows the ending once “File name extensions” is ticked under View).",
    )


def has_carrier(carrier: str) -> None:
    """Buttons know no carrier but that of the configuration."""
    if not carrier:
        raise ConfigurationError(
            "送信手段がありません。ブックと同じフォルダーの relay.toml で、[sender] に "
            'carrier = "gmail:アドレス" か carrier = "smtp://ユーザー名@メールサーバー:587" と書いてください。',
            'No carrier is set: under [sender] of relay.toml beside the workbook, write carrier = "gmail:ADDRESS" '
            'or carrier = "smtp://USER@HOST:587".',
        )


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
