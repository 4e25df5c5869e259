"""What erasing adds to the composition root: the key of what stands for addresses, and whoever can erase."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sheets_automation.core.erased import SHORTEST_KEY
from sheets_automation.core.errors import ConfigurationError, WorkbookNotSaved, WriteRefused
from sheets_automation.core.rules import SendRules
from sheets_automation.core.sealed_codes import read_keys

if TYPE_CHECKING:
    from sheets_automation.jobs.erase import LetterShelf, LineNotes, Tools
    from sheets_automation.ports import Eraser
    from sheets_automation.wiring import Office

ERASURE_KEY: Final = "RELAY_ERASURE_KEY"
"""The keys of what stands for erased addresses, the newest first."""
_KEY_FILE: Final = "erasure.key"
_FOLDER: Final = ".relay"


def with_erasure_key(environ: Mapping[str, str] | None, workbook: str | None) -> dict[str, str]:
    """The environment, with the key that lies beside a workbook file where none was given."""
    found = dict(os.environ) if environ is None else dict(environ)
    file = _key_file(workbook) if workbook and not found.get(ERASURE_KEY) else None
    if file is not None:
        with suppress(OSError):  # without it nothing is sent where somebody was erased, and opening the file says more
            found[ERASURE_KEY] = file.read_text(encoding="ascii", errors="replace").strip()
    return found


def with_erasures(rules: SendRules, environ: Mapping[str, str]) -> SendRules:
    """The rules, by which people are known again who were erased."""
    keys = erasure_keys(environ)
    return replace(rules, guards=replace(rules.guards, erasure_keys=keys)) if keys else rules


def erasure_keys(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that the environment gives, or none. Raises ConfigurationError for one that is too short."""
    try:
        return read_keys(environ.get(ERASURE_KEY, ""))
    except ValueError as error:
        raise ConfigurationError(
            f"環境変数 {ERASURE_KEY} の鍵が短すぎます。{SHORTEST_KEY} 文字以上の、推測できない文字にしてください。",
            f"A key in {ERASURE_KEY} is too short: it needs {SHORTEST_KEY} characters that nobody can guess.",
        ) from error


def key_to_erase(office: Office, workbook: str) -> str:
    """The key to erase with; for a file it is made beside it, if need be.

    Raises ConfigurationError for a spreadsheet whose key nobody has set: it would have to lie in the spreadsheet.
    """
    if keys := erasure_keys(office.environ):
        return keys[0]
    file = _key_file(workbook)
    if file is None:
        raise ConfigurationError(
            f"環境変数 {ERASURE_KEY} がありません。消去した方に二度送らないための鍵です。"
            f"{SHORTEST_KEY} 文字以上の推測できない文字を入れ、なくさないように保管してください。",
            f"{ERASURE_KEY} is not set. It keeps a second letter from people who were erased: give it {SHORTEST_KEY} "
            "characters that nobody can guess, and keep it well.",
        )
    office.environ[ERASURE_KEY] = _made(file)
    return office.environ[ERASURE_KEY]


def _made(file: Path) -> str:
    """A new key, on the disk when this returns: what is erased by a key that is lost protects nobody."""
    key = secrets.token_urlsafe(SHORTEST_KEY)
    try:
        file.parent.mkdir(exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as handle:
            handle.write(key)
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:
        raise WorkbookNotSaved(
            f"鍵のファイル「{file}」を作れません。ブックのあるフォルダに書き込めるか確かめてください。",
            f"Cannot make the key file {file}. Check that you may write where the workbook is.",
        ) from error
    return key


def _key_file(workbook: str) -> Path | None:
    """Where the key of a workbook file lies; None for a spreadsheet."""
    from sheets_automation.wiring_live import LIVE
    from sheets_automation.workbooks.addresses import spreadsheet_id

    place = workbook.removeprefix(LIVE)
    is_unsaved = place != workbook and not Path(place).is_absolute()
    if is_unsaved or "://" in place or spreadsheet_id(place) is not None:
        return None
    return Path(place).resolve().parent / _FOLDER / _KEY_FILE


def open_eraser(office: Office, workbook: str) -> Eraser:
    """The workbook, to erase in. Raises WriteRefused for one that is open in Excel."""
    from sheets_automation.wiring_live import LIVE

    if workbook.startswith(LIVE):
        raise WriteRefused(
            "Excel で開いたままのブックからは消去できません。古い写しが Excel に残り、次の保存で戻ってしまうためです。"
            "保存して閉じてから、ファイルの名前で実行してください。",
            "Nobody is erased from a workbook that is open in Excel: Excel keeps what it has read, and the next save "
            "would bring it back. Save and close it, then name the file.",
        )
    found: Eraser = office.open_workbook(workbook, exclusive=True)  # type: ignore[assignment]
    return found


def tools_to_erase(office: Office, workbook: str, *, carrier: str = "", line_records: str = "") -> Tools:
    """What an erasure needs from outside the workbook; `line_records` is where the LINE webhook notes what it hears."""
    from sheets_automation.jobs.erase import Tools

    return Tools(
        key=key_to_erase(office, workbook),
        shelves=letter_shelves(office, carrier),
        line_notes=_line_notes(line_records),
    )


def letter_shelves(office: Office, carrier: str) -> tuple[LetterShelf, ...]:
    """Where letters lie that can be shown and erased: the outboxes, of results and of news, if there are any."""
    from sheets_automation.carriers.addresses import OutboxAddress, parse_carrier

    addresses = (carrier or office.config.sender.carrier, office.config.follow_up.carrier)
    parsed = [parse_carrier(address) for address in addresses if address]
    folders = dict.fromkeys(one.folder for one in parsed if isinstance(one, OutboxAddress))
    if not folders:
        return ()
    from sheets_automation.carriers.outbox_shelf import OutboxShelf

    return tuple(map(OutboxShelf, folders))


def read_letter(name: str, content: bytes) -> Mapping[str, str]:
    """What a file of an outbox says; one that is damaged says as much as can be read."""
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    message = message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what the default policy makes
    body = message.get_body(preferencelist=("plain",))
    return {
        "name": name,
        "subject": str(message.get("Subject", "")),
        "date": str(message.get("Date", "")),
        "text": str(body.get_content()).strip() if body is not None else "",
    }


def _line_notes(place: str) -> tuple[LineNotes, ...]:
    """What the LINE webhook has noted, where somebody says where that is."""
    if not place:
        return ()
    from sheets_automation.line_record_files import LineRecordFiles

    return (LineRecordFiles(Path(place)),)
