"""Documents as answers."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from starlette.responses import Response


def encoded(kind: type[Any], document: object) -> bytes:
    """A document as JSON."""
    return TypeAdapter(kind).dump_json(document, by_alias=True)


def answer(kind: type[Any], document: object) -> Response:
    """A document as an answer."""
    return Response(encoded(kind, document), media_type="application/json")
