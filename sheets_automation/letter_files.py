"""What goes into letters and lies in files: the templates, and what is attached to every letter."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sheets_automation.core.errors import ConfigurationError, LetterError
from sheets_automation.core.model import Attachment, Letter

if TYPE_CHECKING:
    from sheets_automation.core.letters import LetterSource, LetterTemplate

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
        yield _compiled(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedLetter:
    """A letter that comes with the program. It is compiled when the first of it is written.

    Compiling all of them takes longer than looking through a sheet in which nobody is due. That they compile and name
    nothing but words of ours, the tests see to.
    """

    path: Path
    variables: tuple[str, ...] = ()
    """Headings of the sheet: none."""

    @property
    def id(self) -> str:
        """Name and language, e.g. "standard.ja"."""
        return self.path.stem

    def check_variables(self, known: Collection[str]) -> None:
        """All is known."""

    def render(self, fields: Mapping[str, str]) -> Letter:
        """The letter for one candidate."""
        return _compiled(self.path).render(fields)


def shipped_letters(folder: Path) -> list[ShippedLetter]:
    """The letters that come with the program."""
    return [ShippedLetter(path=path) for path in sorted(folder.glob("*.md"))]


def sources_in(folder: Path, language: str) -> Iterator[LetterSource]:
    """Read the letters of a folder in one language as they were written."""
    from sheets_automation.core.letters import read_source

    for path in sorted(folder.glob(f"*.{language}.md")):
        yield read_source(path.name, _text(path))


def _compiled(path: Path) -> LetterTemplate:
    from sheets_automation.core.letters import letter_from_file  # Jinja and Markdown take their time

    return letter_from_file(path.name, _text(path))


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
