"""Plugging the make-believe Excel into xlwings, and pulling it out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sheets_automation.workbooks.excel_live_calls import load_xlwings


def plug(do: Callable[..., object], *, is_mac: bool = False) -> None:
    """Let xlwings find this Excel, as it finds the real one."""
    xlwings = load_xlwings()
    from tests.excel_engine.engine import Engine

    engine = xlwings.Engine(impl=Engine(do, is_mac=is_mac))
    xlwings.engines.add(engine)
    xlwings.engines.active = engine


@contextmanager
def plugged_in(do: Callable[..., object], *, is_mac: bool = False) -> Iterator[None]:
    """For as long as a test runs."""
    xlwings = load_xlwings()
    engines, by_name, active = (
        list(xlwings.engines.engines),
        dict(xlwings.engines.engines_by_name),
        xlwings.engines.active,
    )
    plug(do, is_mac=is_mac)
    try:
        yield
    finally:
        xlwings.engines.engines, xlwings.engines.engines_by_name = engines, by_name
        xlwings.engines.active = active
