"""The letters that lie in an outbox, read back: where the file stands says that it was delivered."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from sheets_automation.core.errors import CarrierError
from sheets_automation.core.mail_report import decoded
from sheets_automation.core.message import DELIVERY_HEADER, KEY_HEADER
from sheets_automation.core.model import LetterKind
from sheets_automation.core.sent_mail import DeliveryTold, FoundLetter, SentMail, bare_address, read_delivery

_NAME: Final = re.compile(
    rf"(?P<name>(?P<kind>{'|'.join(LetterKind)})-.*-(?P<cycle>\d+)-(?P<attempt>\d+)-[0-9a-f]{{24}}\.eml)(?::2,.*)?",
    re.DOTALL,
)
"""As `outbox.letter_name` makes it, and flagged by a mail client ("NAME:2,S")."""


class OutboxSentLetters:
    """送信箱, looked through. It does not say of which workbook a letter is: its key alone tells whose it is."""

    def __init__(self, folder: Path, referral_code: Callable[[bytes], str]) -> None:
        """`referral_code` finds the code in a letter."""
        self._folder = folder
        self._referral_code = referral_code

    def look(self, since: datetime, known: Collection[str]) -> SentMail:
        """Read every letter in new/ and cur/ that is not older."""
        try:
            if not (self._folder / "new").is_dir():
                raise FileNotFoundError
            found = [letter for path in self._files() if (letter := self._read(path, known)) is not None]
        except OSError as error:
            raise CarrierError(
                f"送信箱 {self._folder} が読めません。フォルダーの場所と権限を確かめてください。",
                f"The outbox {self._folder} cannot be read. Check where the folder is and who may read it.",
            ) from error
        return SentMail(letters=tuple(one for one in found if one.at >= since), looked_at=len(found))

    def close(self) -> None:
        """Nothing is held open."""

    def _files(self) -> Iterator[Path]:
        for part in ("new", "cur"):
            yield from sorted(path for path in (self._folder / part).glob("*.eml*") if path.is_file())

    def _read(self, path: Path, known: Collection[str]) -> FoundLetter | None:
        """A letter of ours; None for whatever else lies there."""
        named = _NAME.fullmatch(path.name)
        raw = path.read_bytes() if named else b""
        head = _head(raw)
        if named is None or not head[KEY_HEADER]:
            return None
        return FoundLetter(
            carrier="outbox",
            reference=named["name"],
            claim_reference=named["name"],
            claim_mark=named["name"],
            letter_key=str(head[KEY_HEADER]).strip(),
            to_address=bare_address(str(head["To"] or "")),
            subject=decoded(str(head["Subject"] or "")),
            at=_written_at(head) or datetime.fromtimestamp(path.stat().st_mtime, UTC),
            attempt=int(named["attempt"]),
            told=_told(head, named),
            referral_code="" if named["name"] in known else self._referral_code(raw),
        )


def _head(raw: bytes) -> Message:
    try:
        return BytesParser(policy=compat32).parsebytes(raw, headersonly=True)
    except (MessageError, ValueError, LookupError):
        return Message()


def _told(head: Message, named: re.Match[str]) -> DeliveryTold:
    by_name = DeliveryTold(LetterKind(named["kind"]), int(named["cycle"]))
    return by_name._replace(template=read_delivery(decoded(str(head[DELIVERY_HEADER] or ""))).template)


def _written_at(head: Message) -> datetime | None:
    try:
        at = parsedate_to_datetime(str(head["Date"]))
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo is not None else None
