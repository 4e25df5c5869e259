"""Lists for a terminal: columns without lines, and sentences folded where Japanese may be folded."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from sheets_automation.folding import cells, fold

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

_NARROWEST = 20


def listing(*headings: str, right: Collection[int] = (), fixed: Collection[int] = ()) -> Table:
    """A table without lines; columns `right` are flush right, columns `fixed` are never folded."""
    from rich.table import Table

    table = Table(box=None, show_header=any(headings), padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for number, heading in enumerate(headings):
        table.add_column(
            heading, justify="right" if number in right else "left", no_wrap=number in fixed, overflow="fold"
        )
    return table


def plain(value: object) -> str:
    """Text from a cell, for a terminal: no control characters."""
    return "".join(character if character.isprintable() else "\ufffd" for character in str(value))


class Sentence:
    """Text for people in a cell of a list; rich itself folds at blanks only, and Japanese has none."""

    def __init__(self, text: object) -> None:
        self._text = plain(text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Give the lines; rich asks."""
        from rich.text import Text

        words = self._text.lstrip(" ")
        indent = " " * min(len(self._text) - len(words), options.max_width - 1)
        for line in fold(words, options.max_width - len(indent)):
            yield Text(indent + line, overflow="fold")  # a word longer than a line, such as a link

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Say how narrow and how wide it may be; rich asks."""
        from rich.measure import Measurement

        width = cells(self._text)
        return Measurement(min(width, _NARROWEST), width)
