"""The `fields` parameter: which parts of an answer a client wants.

"sheets(properties(sheetId,title),data/rowData)" names paths by commas, slashes or dots, and parentheses; "*" is
everything at its level. A path that the answer's schema does not have is refused, in the words of the API.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.google_emulator.discovery import ApiMethod
from tests.google_emulator.errors import GoogleError, bad_request, located
from tests.google_emulator.wire import Json

Tree = dict[str, "Tree | None"]
"""What is wanted at one level; None is everything below."""

_TOKEN = re.compile(r"\s*([(),/.]|[^(),/.\s]+)")


class _Broken(ValueError):
    """The mask is no mask; the text is the path that can't be followed, if it is a path at all."""


def read_mask(method: ApiMethod, mask: str) -> Tree | None:
    """The mask as a tree of names, each known to the schema; None for everything."""
    if not mask.strip() or mask.strip() == "*":
        return None
    try:
        tree = _parse(mask)
        return _known(method, tree, {"$ref": method.response}, "")
    except _Broken as path:
        raise _refusal(method, mask, str(path) or mask) from path


def apply_mask(data: Any, tree: Tree | None) -> Any:
    """Leave only what is wanted; an object of which nothing is wanted stays, empty."""
    return data if tree is None else _Cut(tree)(data)


class _Cut:
    """A mask made ready for being laid over many objects, as over the cells of a sheet."""

    __slots__ = ("_below", "_others", "_whole")

    def __init__(self, tree: Tree) -> None:
        self._whole = {name for name, below in tree.items() if below is None and name != "*"}
        self._below = {name: _Cut(below) for name, below in tree.items() if below is not None and name != "*"}
        self._others = _others(tree)

    def __call__(self, data: Any) -> Any:
        if isinstance(data, list):
            return [element and self(element) for element in data]  # most cells of a sheet are empty
        if not isinstance(data, dict) or data.keys() <= self._whole:
            return data
        left: Json = {}
        for name, value in data.items():
            if name in self._whole:
                left[name] = value
            elif cut := self._below.get(name, self._others):
                left[name] = cut(value)
        return left


def _others(tree: Tree) -> _Cut | Callable[[Any], Any] | None:
    """What is left of the objects that the mask does not name: what "*" says of them."""
    if "*" not in tree:
        return None
    below = tree["*"]
    return _as_it_is if below is None else _Cut(below)


def _as_it_is(data: Any) -> Any:
    return data


def _parse(mask: str) -> Tree:
    tokens = [token for token in _TOKEN.findall(mask) if token]
    tree: Tree = {}
    _level(tokens, tree)
    if tokens:
        raise _Broken
    return tree


def _level(tokens: list[str], tree: Tree) -> None:
    """Read paths up to the parenthesis that closes this level."""
    while tokens and tokens[0] != ")":
        if tokens[0] == ",":
            tokens.pop(0)
            continue
        _path(tokens, tree)


def _path(tokens: list[str], tree: Tree) -> None:
    name = tokens.pop(0)
    if name in "(/.":
        raise _Broken(name)
    ahead = tokens[0] if tokens else ""
    if ahead not in {"/", ".", "("}:
        tree[name] = None
        return
    below = tree.setdefault(name, {})
    target: Tree = {} if below is None else below
    tokens.pop(0)
    if ahead != "(":
        if not tokens:
            raise _Broken
        _path(tokens, target)
        return
    _level(tokens, target)
    if not tokens:
        raise _Broken
    tokens.pop(0)


def _known(method: ApiMethod, tree: Tree, spec: Json, path: str) -> Tree:
    """The tree with each name as the answer spells it."""
    while spec.get("type") == "array":
        spec = spec["items"]
    if spec.get("type") in {"object", "any"}:
        return tree
    plan = method.api.plan(spec["$ref"]) if "$ref" in spec else {}
    read: Tree = {}
    for name, below in tree.items():
        place = f"{path}.{name}" if path else name
        if name == "*":
            read[name] = below
            continue
        if name not in plan:
            raise _Broken(place)
        field, inner = plan[name]
        read[field] = below if below is None else _known(method, below, inner, place)
    return read


def _refusal(method: ApiMethod, mask: str, path: str) -> GoogleError:
    if method.api.name == "drive":
        leaf = path.rpartition(".")[2]
        message = f"Invalid field selection {leaf}"
        return GoogleError(400, "", message, errors=located(message, "invalidParameter", "fields"))
    description = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    return bad_request([(mask, description)], "Request contains an invalid argument.")
