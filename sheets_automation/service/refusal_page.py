"""What a browser shows whose person was refused: nobody who opens an address has to read JSON."""

from __future__ import annotations

from html import escape
from string import Template
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse

from sheets_automation.service.refusals import Refusal

# Nothing of it is fetched: whoever is not let in gets no file of ours.
_PAGE: Final = Template(
    "<!doctype html>\n"
    '<html lang="ja">\n'
    "<head>\n"
    '<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>キャリアリレー</title>\n"
    "</head>\n"
    '<body style="max-width: 36rem; margin: 4rem auto; padding: 0 1rem; font: 1rem/1.8 system-ui, sans-serif">\n'
    "<main>\n"
    "<h1>キャリアリレー</h1>\n"
    "<p>$ja</p>\n"
    '<p lang="en">$en</p>\n'
    "</main>\n"
    "</body>\n"
    "</html>\n"
)


def is_for_people(request: Request) -> bool:
    """Whether the answer will stand in a tab of a browser by itself; a script asks for something else."""
    kind = request.headers.get("sec-fetch-dest")
    return kind == "document" if kind is not None else request.headers.get("accept", "").startswith("text/html")


def refusal_page(refusal: Refusal) -> HTMLResponse:
    """The refusal in both languages: of whom nobody knows anything, nobody knows the language either."""
    text = _PAGE.substitute(ja=escape(refusal.ja), en=escape(refusal.en))
    return HTMLResponse(text, refusal.status, refusal.headers)
