"""The HTML pages that Google's front end shows where no API answers."""

from __future__ import annotations

from html import escape
from urllib.parse import unquote

from tests.google_emulator.exchange import Answer, text_answer

_SERVER_TROUBLE = (
    "The server encountered a temporary error and could not complete your request.<p>Please try again in 30 seconds."
)
_TITLES = {404: "Not Found", 500: "Server Error", 502: "Server Error", 503: "Service Unavailable"}
_SENTENCES = {
    500: "The server encountered an error and could not complete your request.<p>If the problem persists, please report"
    " your problem and mention this error message and the query that caused it.",
    502: _SERVER_TROUBLE,
    503: "The service you requested is not available at this time.<p>Service error -27.",
}


def not_found_page(path: str) -> Answer:
    """What an address answers that no API has."""
    place = escape(unquote(path))
    return error_page(404, f"The requested URL <code>{place}</code> was not found on this server.")


def error_page(status: int, sentence: str = "") -> Answer:
    """One of the pages with the broken robot, without the robot."""
    title = _TITLES.get(status, "Server Error")
    return text_answer(
        status,
        f"""<!DOCTYPE html>
<html lang=en>
  <meta charset=utf-8>
  <meta name=viewport content="initial-scale=1, minimum-scale=1, width=device-width">
  <title>Error {status} ({title})!!1</title>
  <a href=//www.google.com/><span id=logo aria-label=Google></span></a>
  <p><b>{status}.</b> <ins>That’s an error.</ins>
  <p>{sentence or _SENTENCES.get(status, _SERVER_TROUBLE)}  <ins>That’s all we know.</ins>
""",
    )
