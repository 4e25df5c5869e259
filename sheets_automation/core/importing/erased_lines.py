"""Lines of files about people who were erased: an old export must not bring anybody back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sheets_automation.core.erasing import erased_line
from sheets_automation.core.importing.history import History
from sheets_automation.core.importing.records import Record
from sheets_automation.core.importing.refusals import LineReason, RefusedLine


def without_erased(
    records: Sequence[Record], history: History, keys: Collection[str]
) -> tuple[Sequence[Record], Sequence[RefusedLine]]:
    """The lines that may be taken in, and those of people who were erased since they were taken in before.

    A new application is another line, and is taken in like any other.
    """
    # Undone imports count as well: what they added may be gone, and who was erased stays erased.
    erased = {fact.key for one in history.imports.values() for fact in one.facts if fact.key.startswith("x-")}
    if not keys or not erased:
        return records, ()
    gone = [one for one in records if any(erased_line(one.key, key) in erased for key in keys)]
    lost = {id(one) for one in gone}
    refused = [RefusedLine(file=one.file, line=one.line, reason=LineReason.ERASED_SINCE) for one in gone]
    return [one for one in records if id(one) not in lost], refused
