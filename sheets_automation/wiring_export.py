"""Exports' part of the composition root: the key of their names, and under which name each workbook goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from sheets_automation.core.errors import ConfigurationError

EXPORT_KEY: Final = "RELAY_EXPORT_KEY"
"""With it the opaque names of an export are made: the same key, the same names."""
SHORTEST_KEY: Final = 32
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")


def export_key(environ: Mapping[str, str]) -> str:
    """The key. Raises ConfigurationError where there is none, or one that anybody may guess."""
    key = environ.get(EXPORT_KEY, "").strip()
    if len(key) < SHORTEST_KEY:
        raise ConfigurationError(
            f"環境変数 {EXPORT_KEY} に、{SHORTEST_KEY} 文字以上の推測できない鍵を入れてください。"
            "書き出すデータの番号はこの鍵から作ります。同じ鍵なら、いつも同じ番号になります。",
            f"Set {EXPORT_KEY} to a key of {SHORTEST_KEY} characters or more that nobody can guess. "
            "The ids in an export are made with it: the same key, the same ids.",
        )
    return key


def export_name(address: str) -> str:
    """The name of a workbook that no roster names: that of its file, or else an opaque one."""
    from sheets_automation.workbooks.addresses import spreadsheet_id

    found = spreadsheet_id(address)
    stem = "" if found else Path(address).stem.lower()
    return stem if _NAME.fullmatch(stem) else f"workbook-{_digest(found or stem)[:12]}"


def export_source(address: str) -> str:
    """A digest of where a workbook is, so that two do not take one name."""
    from sheets_automation.workbooks.addresses import spreadsheet_id

    return _digest(spreadsheet_id(address) or str(Path(address).resolve()))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
