"""The grammar of the commands about partners and credits. Their help stands in cli_partners_texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheets_automation.cli_numbers import one_or_more

Add = Callable[..., None]
"""Adds an option; see `cli_grammar.Options`."""


def _register(add: Add) -> None:
    add("workbook")
    add("codes", nargs="*", metavar="CODE")
    add("--csv", metavar="FILE")
    add("--tab", action="store_true", key="reports_tab")
    add("--hired", action="store_true")
    add("--partner", default="", metavar="ID")


def _reconcile(add: Add) -> None:
    add("workbook")
    add("statement", metavar="STATEMENT")
    add("--partner", default="", metavar="ID")
    add("--month", metavar="MONTH")
    add("--accept", action="append", default=[], metavar="CODE", key="accept_code")
    add("--out", metavar="FILE", key="reconcile_out")


def _credits(add: Add) -> None:
    add("workbook")
    add("--redeem", type=one_or_more, metavar="N")
    add("--opening", default="", metavar="OPENING", key="redeem_opening")
    add("--partner", default="", metavar="ID")
    add("--note", default="")


PARTNERS: Mapping[str, Callable[[Add], None]] = {"register": _register, "reconcile": _reconcile, "credits": _credits}
"""By the names of the commands."""
