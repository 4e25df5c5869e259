"""Where the configuration is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sheets_automation.core.errors import ConfigurationError

VARIABLE = "RELAY_CONFIG"


def find_config(option: Path | None, environ: Mapping[str, str], *, workbook: Path | None, here: Path) -> Path | None:
    """Return the file to read: the one that was named, else relay.toml beside the workbook, else config/relay.toml.

    None means the built-in defaults. A file that was named must exist.
    """
    named = option or (Path(environ[VARIABLE]) if environ.get(VARIABLE) else None)
    if named is not None:
        if not named.is_file():
            by = "--config" if option else VARIABLE
            raise ConfigurationError(
                f"設定ファイル {named}（{by} で指定）がありません。場所を確かめてください。",
                f"There is no configuration {named} (named by {by}). Check where it is.",
            )
        return named
    return next((path for path in usual_places(workbook, here) if path.is_file()), None)


def usual_places(workbook: Path | None, here: Path) -> list[Path]:
    """Where the configuration is looked for while nobody names it, the first place first."""
    beside = [workbook.parent / "relay.toml"] if workbook is not None else []
    return [*beside, here / "config" / "relay.toml"]
