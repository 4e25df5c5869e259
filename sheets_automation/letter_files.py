"""What goes into letters and lies in files: the templates, and what is attached to every letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sheets_automation.core.errors import ConfigurationError, LetterError
from sheets_automation.core.letters import LetterSource, LetterTemplate, letter_from_file, read_source
from sheets_automation.core.model import Attachment

MOST_ATTACHED: Final = 5_000_000
"""Bytes of all attachments together; a third more in the mail, and many mailboxes take no letter over 10 MB."""


def templates_in(folder: Path) -> Iterator[LetterTemplate]:
    """Compile every NAME.LANGUAGE.md of a folder. Raises ConfigurationError, or LetterError for a broken letter."""
    if not folder.is_dir():
        raise ConfigurationError(
            f"文面のフォルダ「{folder}」がありません。設定 [letters] folder を直してください。",
            f"There is no folder {folder} for letters. Correct folder in [letters] of the configuration.",
        )
    for path in sorted(folder.glob("*.md")):
        yield letter_from_file(path.name, _text(path))


def sources_in(folder: Path, language: str) -> Iterator[LetterSource]:
    """Read the letters of a folder in one language as they were written."""
    for path in sorted(folder.glob(f"*.{language}.md")):
        yield read_source(path.name, _text(path))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise LetterError(
            f"文面のファイル「{path.name}」が読めません。UTF-8 で保存し直してください。",
            f"The letter file {path.name} cannot be read. Save it as UTF-8.",
        ) from error


def attachments_from(paths: Sequence[Path]) -> tuple[Attachment, ...]:
    """Read what goes with every letter. Raises ConfigurationError where a file is missing, or all are too large."""
    attachments = tuple(_attachment(path) for path in paths)
    size = sum(len(attachment.content) for attachment in attachments)
    if size > MOST_ATTACHED:
        raise ConfigurationError(
            f"添付ファイルが合わせて {size / 1e6:.1f} MB あります。{MOST_ATTACHED / 1e6:.0f} MB までにしてください"
            "(設定 [letters] attachments)。",
            f"The attachments have {size / 1e6:.1f} MB together. Keep to {MOST_ATTACHED / 1e6:.0f} MB "
            "(attachments in [letters] of the configuration).",
        )
    return attachments


def _attachment(path: Path) -> Attachment:
    from mimetypes import guess_type

    try:
        with path.open("rb") as file:
            content = file.read(MOST_ATTACHED + 1)
    except OSError as error:
        raise ConfigurationError(
            f"添付ファイル「{path}」が読めません。設定 [letters] attachments を直してください。",
            f"The attachment {path} cannot be read. Correct attachments in [letters] of the configuration.",
        ) from error
    return Attachment(name=path.name, media_type=guess_type(path.name)[0] or "", content=content)
