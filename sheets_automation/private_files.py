"""Files full of personal data: readable by their owner alone, and never written over a workbook."""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError


class PageNotSaved(SheetsAutomationError):
    """The page could not be written: no such folder, no permission, or a full disk."""

    name = "page_not_saved"


def write_private(path: Path, content: bytes) -> None:
    """Write a file anew, whole or not at all, readable by its owner only. Raises PageNotSaved where it cannot be."""
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}~")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise PageNotSaved(
            f"「{path}」に保存できません（{error.strerror}）。フォルダの書き込み権限と空き容量を確かめてください。",
            f"{path} cannot be saved ({error.strerror}); check that the folder is writable and the disk has room.",
        ) from error


def must_end_in(option: str, path: Path, endings: Collection[str]) -> None:
    """Refuse a name that may be that of a workbook: what is written replaces what is there."""
    if path.suffix.lower() not in endings:
        named = " / ".join(endings)
        raise ConfigurationError(
            f"{option} のファイル名を {named} で終わらせてください(いまは「{path.name}」)。",
            f"{option} must name a file that ends in {named}, not {path.name}.",
        )
