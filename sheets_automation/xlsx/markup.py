"""XML from strangers: expat with the guards that it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from sheets_automation.xlsx.limits import Limits

Attributes = Mapping[str, str]
Places = Mapping[str, tuple[str, ...]]
"""Elements by local name, each with the parents it may have; the root's parent is ""."""


class MarkupError(Exception):
    """Markup is not well-formed, or is built to hurt. The text is for the detail of a message."""


def local_name(name: str) -> str:
    """A tag or attribute name without its prefix."""
    return name.rpartition(":")[2]


class Markup:
    """An XML parser that is fed chunks and calls `start` and `end` with local names, and `text`.

    With `places`, only elements in their place are told of, so that nothing in an extension is mistaken for the real
    thing. Attributes come as written: expanding namespaces would let one long namespace name fill the memory.
    """

    def __init__(
        self,
        limits: Limits,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
        *,
        places: Places | None = None,
    ) -> None:
        self._limits = limits
        self._start = start
        self._end = end
        self._places = places
        self._open = [""]
        self._elements = 0
        self._fed = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._enter
        self._parser.EndElementHandler = self._leave
        self._parser.CharacterDataHandler = text
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    @property
    def inside(self) -> str:
        """The innermost open element; "" where that element is out of place."""
        return self._open[-1]

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Parse the next chunk. Raises MarkupError when the markup is broken or over a limit."""
        self._fed += len(chunk)
        try:
            self._parser.Parse(chunk, last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise MarkupError(str(error)) from error
        # Expat before 2.6 scans an unfinished token again at every chunk, so a long one costs quadratic time.
        if self._fed - self._parser.CurrentByteIndex > self._limits.max_token_bytes + len(chunk):
            raise MarkupError("one tag or comment is longer than a megabyte")
        if len(self._parser.intern) > self._limits.max_names:
            raise MarkupError("too many different names")

    def _enter(self, name: str, attributes: Attributes) -> None:
        self._elements += 1
        if self._elements > self._limits.max_elements:
            raise MarkupError("too many tags")
        if len(self._open) > self._limits.max_depth:
            raise MarkupError("tags are nested too deeply")
        local = local_name(name)
        if self._places is not None and self._open[-1] not in self._places.get(local, ()):
            local = _OUT_OF_PLACE
        self._open.append(local)
        if local:
            self._start(local, attributes)

    def _leave(self, _: str) -> None:
        local = self._open.pop()
        if local and self._end is not None:
            self._end(local)


def check_well_formed(data: bytes) -> None:
    """Raise MarkupError unless markup that we wrote ourselves is well-formed; without limits, so nearly for free."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat knows no keywords
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise MarkupError(str(error)) from error


def _refuse_doctype(*_: object) -> None:
    raise MarkupError("it declares a DOCTYPE, which no workbook needs")


_OUT_OF_PLACE = ""


def start_tags(chunks: Iterable[bytes], limits: Limits) -> list[tuple[str, Attributes]]:
    """All start tags of a small part, in order, as (local name, attributes)."""
    tags: list[tuple[str, Attributes]] = []
    markup = Markup(limits, lambda name, attributes: tags.append((name, attributes)))
    for chunk in chunks:
        markup.feed(chunk)
    markup.feed(b"", last=True)
    return tags
