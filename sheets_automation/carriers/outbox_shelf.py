"""What lies in an outbox of one person's letters: to be shown to them, or taken away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from sheets_automation.carriers.outbox import letter_name
from sheets_automation.core.model import DeliveryKey


class OutboxShelf:
    """The files of an outbox, wherever a mail client has moved them within it."""

    name = "outbox"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def letters(self, claims: Sequence[tuple[DeliveryKey, int]]) -> Iterator[tuple[str, bytes]]:
        """The letters of these keys and attempts that still lie there, by name."""
        for file in self._files(claims):
            with suppress(OSError):
                if content := file.read_bytes():
                    yield file.name, content

    def erase(self, claims: Sequence[tuple[DeliveryKey, int]]) -> int:
        """Delete them; how many they were. Raises OSError where one cannot be deleted."""
        count = 0
        for file in [*self._files(claims)]:
            file.unlink(missing_ok=True)
            count += 1
        return count

    def _files(self, claims: Sequence[tuple[DeliveryKey, int]]) -> Iterator[Path]:
        names = tuple(letter_name(key, attempt) for key, attempt in claims)
        for part in ("new", "cur", "tmp"):
            folder = self._folder / part
            if names and folder.is_dir():
                yield from (file for file in sorted(folder.iterdir()) if file.name.startswith(names))
