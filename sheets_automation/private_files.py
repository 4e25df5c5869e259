"""Files full of personal data: readable by their owner alone, and never written over a workbook."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from sheets_automation.core.errors import ConfigurationError


def write_private(path: Path, content: bytes) -> None:
    """Write a file anew. Raises PageNotSaved where it cannot be."""
    try:
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        from sheets_automation.gallery import PageNotSaved  # it brings the templates of pages along

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
