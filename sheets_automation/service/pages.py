"""The files of the page, as they lie in the package: nothing else is ever served."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import Response

from sheets_automation.service.refusals import not_there

PAGE = Path(__file__).parent / "page"
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
}


def page_file(name: str) -> Response:
    """One file of the page. Raises Refusal (404) for all else."""
    path = (PAGE / (name or "index.html")).resolve()
    kind = _KINDS.get(path.suffix)
    if kind is None or not path.is_relative_to(PAGE.resolve()) or not path.is_file():
        raise not_there()
    return Response(path.read_bytes(), media_type=kind)
