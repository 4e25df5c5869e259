"""The files in which the LINE webhook has noted what it heard, as far as somebody is to be taken out of them."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.line_records import read_line_records


class LineRecordFiles:
    """A folder of the webhook, with a file of JSON lines for each day, or one such file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def forget(self, users: Collection[str]) -> int:
        """Write each file anew without the lines of these users; how many those were.

        Raises ConfigurationError where a file cannot be replaced. A record that comes in at this very moment is of
        somebody who still writes to us, and is noted again when LINE delivers it again.
        """
        count = 0
        for file in [self._folder] if self._folder.is_file() else sorted(self._folder.glob("*.jsonl")):
            try:
                count += _without(file, users)
            except OSError as error:
                raise ConfigurationError(
                    f"LINE の記録 {file} を書き換えられません。場所と書き込み権限を確かめてください。",
                    f"The LINE records {file} cannot be written. Check where they are and who may write them.",
                ) from error
        return count


def _without(file: Path, users: Collection[str]) -> int:
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    kept = [line for line in lines if not any(one.user_id in users for one in read_line_records(line).records)]
    gone = len(lines) - len(kept)
    if gone:
        fresh = file.with_name(f"{file.name}.{os.getpid()}~")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write("".join(f"{line}\n" for line in kept))
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(file)
    return gone
