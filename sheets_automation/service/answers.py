"""Documents as answers."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from starlette.responses import Response

_SHAPES: dict[type[Any], TypeAdapter[Any]] = {}
"""How each kind of document is written; to make that takes longer than to write most of them."""


def encoded(kind: type[Any], document: object) -> bytes:
    """A document as JSON."""
    return _shape(kind).dump_json(document, by_alias=True)


def answer(kind: type[Any], document: object) -> Response:
    """A document as an answer."""
    return Response(encoded(kind, document), media_type="application/json")


def _shape(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _SHAPES:
        _SHAPES[kind] = TypeAdapter(kind)
    return _SHAPES[kind]
