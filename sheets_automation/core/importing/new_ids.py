"""Ids for those who are added: the ones that their rows would get of themselves, by what they say."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_automation.core.cells import text
from sheets_automation.core.headings import Field
from sheets_automation.core.identity import derived_id
from sheets_automation.core.importing.records import Record
from sheets_automation.core.importing.scene import Scene

_SAID_BY = (Field.ADDRESS, Field.OPENING, Field.APPLIED_AT, Field.MEDIUM)


class NewIds:
    """Gives each id away once."""

    def __init__(self, scene: Scene, headings: Mapping[Field, str]) -> None:
        self._scene = scene
        self._headings = headings
        self._taken = {*scene.by_id, *scene.ids_alone}

    def take(self, record: Record) -> str | None:
        """An id that nobody has; None for somebody whom an import has added before, and whose row is gone since."""
        said = (text(record.cells.get(self._headings.get(one, ""))) for one in _SAID_BY)
        plain = derived_id((record.candidate.name, *said))
        if plain in self._scene.history.added and plain not in self._taken - self._scene.ids_alone:
            return None
        number, distinct = 1, plain
        while distinct in self._taken:
            number += 1
            distinct = f"{plain}-{number}"
        self._taken.add(distinct)
        return distinct
