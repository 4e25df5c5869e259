"""The grammar of the commands for the day on which a letter went wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheets_automation.cli_numbers import count

Add = Callable[..., None]


def _freeze(add: Add) -> None:
    add("workbook")
    add("--because", required=True, metavar="REASON", key="because_frozen")


def _thaw(add: Add) -> None:
    add("workbook")
    add("--expect", type=count, metavar="N", key="expect_waiting")
    add("--because", default="", metavar="REASON", key="because_thawed")


def _incident(add: Add) -> None:
    add("workbook")
    add("--since", required=True, metavar="MOMENT")
    add("--until", default="", metavar="MOMENT")
    add("--only", action="append", default=[], metavar="ID", key="only_incident")
    add("--csv", default="", metavar="FILE", key="incident_csv")
    add("--report", default="", metavar="FILE", key="incident_report")
    add("--aware", default="", metavar="MOMENT")
    add("--explain", default="", metavar="TEXT")
    add("--letter", default="", metavar="FILE", key="apology_letter")
    add("--carrier", metavar="ADDRESS", key="apology_carrier")
    add("--send", action="store_true", key="send_apologies")
    add("--expect", type=count, metavar="N", key="expect_apologies")
    add("--although-frozen", action="store_true")


INCIDENT: Mapping[str, Callable[[Add], None]] = {
    "freeze": _freeze,
    "thaw": _thaw,
    "incident": _incident,
}
