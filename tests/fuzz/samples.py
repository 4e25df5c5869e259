"""What the fuzzer begins with: seeds from samples of the tests, words to build with, and all that found a fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.core import mail_samples

FOLDER = Path(__file__).parent
LETTERS = FOLDER.parents[1] / "templates"
TARGETS = ("cell", "heading", "template", "bounce")


def seeds(target: str) -> Iterator[bytes]:
    """Inputs that reach deep into a target."""
    yield from _lines("seeds", target)
    if target == "template":
        yield from (path.read_bytes() for path in sorted(LETTERS.glob("*.md")))
    elif target == "bounce":
        yield from map(mail_samples.mail, mail_samples.names())


def words(target: str) -> tuple[bytes, ...]:
    """Pieces that mean something to a target."""
    return tuple(_lines("words", target))


def findings(target: str) -> list[Path]:
    """The inputs that once found a fault, each under a name that says which."""
    return sorted((FOLDER / "findings" / target).glob("*"))


def _lines(kind: str, target: str) -> Iterator[bytes]:
    path = FOLDER / kind / f"{target}.txt"
    for line in path.read_text(encoding="utf-8").split("\n") if path.exists() else ():
        if line:
            written = line.encode("latin-1", "backslashreplace").decode("unicode_escape")
            yield written.encode("utf-8", "surrogatepass")
