"""What people typed, written so that it stays text in a CSV file too: there nothing else tells a formula from text."""

from __future__ import annotations

from typing import Final

_MARK: Final = "'"
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def as_text(cell: str) -> str:
    """The cell with an apostrophe in front where a spreadsheet program would make a formula of it."""
    bare = cell.lstrip().lstrip(_MARK).lstrip()
    return f"{_MARK}{cell}" if bare.startswith(_FORMULA_SIGNS) else cell


def typed(cell: str) -> str:
    """What `as_text` was given."""
    if not cell.startswith(_MARK):
        return cell
    rest = cell.removeprefix(_MARK)
    return rest if as_text(rest) == cell else cell
