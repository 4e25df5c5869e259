"""The `fields` of updates: which parts of an object a request sets, and so clears where it gives none."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from tests.google_emulator.sheets.model import Json
from tests.google_emulator.sheets.refusals import Refused, no_fields

Path = tuple[str, ...]

_TOKEN = re.compile(r"[(),/.]|[^(),/.\s]+")


def read_paths(mask: str, known: Collection[str]) -> list[Path]:
    """The paths of a mask, in either spelling; "*" is every known field.

    Raises:
        Refused: the mask is empty, or names a field that there is not.
    """
    paths = list(expanded(mask))
    if not paths:
        raise no_fields()
    if any(path[0] == "*" for path in paths):
        return [(name,) for name in known]
    unknown = [path for path in paths if path[0] not in known]
    if unknown:
        raise Refused(f"Invalid field: {'.'.join(unknown[0])}")  # unverified
    return paths


@lru_cache(maxsize=256)
def expanded(mask: str) -> tuple[Path, ...]:
    """The paths that a mask names, each on its own: "a.b(c,d)" is a.b.c and a.b.d."""
    tokens = _TOKEN.findall(mask)
    return tuple(_level(tokens))


def _level(tokens: list[str]) -> list[Path]:
    paths: list[Path] = []
    while tokens and tokens[0] != ")":
        if tokens[0] == ",":
            tokens.pop(0)
            continue
        paths.extend(_one(tokens))
    return paths


def _one(tokens: list[str]) -> list[Path]:
    name = _camel(tokens.pop(0))
    ahead = tokens[0] if tokens else ""
    if ahead in {".", "/"}:
        tokens.pop(0)
        return [(name, *rest) for rest in _one(tokens)] if tokens else [(name,)]
    if ahead != "(":
        return [(name,)]
    tokens.pop(0)
    inner = _level(tokens)
    del tokens[:1]
    return [(name, *rest) for rest in inner]


def _camel(name: str) -> str:
    """Masks may spell fields as the protocol does: user_entered_value."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)


def merged(target: Json | None, source: Json | None, paths: list[Path]) -> Json | None:
    """The target with the source's content at these paths; what the source lacks there is cleared."""
    result = dict(target or {})
    for path in paths:
        _set(result, path, _get(source or {}, path))
    return result or None


def _get(source: Any, path: Path) -> Any:
    for name in path:
        if name == "*":
            return source
        if not isinstance(source, dict) or name not in source:
            return None
        source = source[name]
    return source


def _set(target: Json, path: Path, value: Any) -> None:
    name, *rest = path
    if rest and rest[0] != "*":
        inner = dict(target.get(name) or {})
        _set(inner, tuple(rest), value)
        value = inner or None
    if value is None:
        target.pop(name, None)
    else:
        target[name] = value


def below(paths: list[Path], name: str) -> list[Path] | None:
    """The rest of the paths below a field: [] where the field is named whole, None where it is not named."""
    inner = [path[1:] for path in paths if path[0] == name]
    if not inner:
        return None
    return [] if any(not rest or rest[0] == "*" for rest in inner) else inner


@lru_cache(maxsize=1024)
def wants(mask: str, *path: str) -> bool:
    """Whether an answer under this mask shows anything at, or below, a path. No mask shows everything."""
    if not mask:
        return True
    return any(_covers(asked, path) for asked in expanded(mask))


def _covers(asked: Path, path: tuple[str, ...]) -> bool:
    return all(mine in {"*", theirs} for mine, theirs in zip(asked, path, strict=False))
