"""What people do to documents between two calls of a program, as a script tells it in advance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from tests.google_emulator.wire import Edit, Json


class NoSuchEdit(KeyError):
    """No service offers an edit of this name."""


@dataclass(slots=True, kw_only=True)
class _Planned:
    match: str
    nth: int
    after: bool
    """Whether it comes after the call, and else right before it."""
    edit: Json
    seen: int = 0
    done: bool = False


@dataclass(slots=True)
class Edits:
    """Edits that wait for their call, and the way to do one at once."""

    find: Callable[[str], Edit | None]
    _planned: list[_Planned] = field(default_factory=list)

    def do(self, edit: Json) -> None:
        """Do it now; the name is a service's, "sort", or says which: "gmail.bounce"."""
        name = str(edit.get("name", ""))
        found = self.find(name)
        if found is None:
            raise NoSuchEdit(name)
        found({key: value for key, value in edit.items() if key != "name"})

    def plan(self, script: Json) -> None:
        """Do it before or after the nth call from now of a method."""
        moment = "after" if "after" in script else "before"
        when = script[moment]
        edit = script["edit"]
        if self.find(str(edit.get("name", ""))) is None:
            raise NoSuchEdit(edit.get("name"))
        self._planned.append(_Planned(match=when["method"], nth=when.get("nth", 1), after=moment == "after", edit=edit))

    def run(self, method: str, *, after: bool) -> None:
        """Do what was planned for this moment of this call."""
        for planned in self._planned:
            if planned.done or planned.after != after or not fnmatchcase(method, planned.match):
                continue
            planned.seen += 1
            if planned.seen == planned.nth:
                planned.done = True
                self.do(planned.edit)

    def waiting(self) -> list[Json]:
        """What is still to come."""
        return [planned.edit for planned in self._planned if not planned.done]
