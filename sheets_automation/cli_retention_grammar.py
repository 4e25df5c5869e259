"""The grammar of the commands that erase people and tell what is held about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheets_automation.cli_numbers import count

Add = Callable[..., None]


def _outside(add: Add) -> None:
    add("--carrier", metavar="ADDRESS", key="outbox")
    add("--line-records", metavar="DIR")


def _retention(add: Add) -> None:
    add("workbook")
    add("--announce", action="store_true")
    add("--erase", action="store_true", key="erase_due")
    add("--expect", type=count, metavar="N", key="expect_people")
    add("--certificate", metavar="FILE")
    _outside(add)


def _erase(add: Add) -> None:
    add("workbook")
    add("--person", required=True, metavar="ID")
    add("--write", action="store_true", key="erase_write")
    add("--certificate", metavar="FILE")
    _outside(add)


def _person(add: Add) -> None:
    add("workbook")
    add("--person", required=True, metavar="ID")
    add("--out", metavar="FILE", key="person_out")
    add("--carrier", metavar="ADDRESS", key="outbox")


RETENTION: Mapping[str, Callable[[Add], None]] = {"retention": _retention, "erase": _erase, "person": _person}
