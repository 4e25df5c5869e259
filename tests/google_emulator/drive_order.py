"""The order of files.list: `modifiedTime desc,name`."""

from __future__ import annotations

from collections.abc import Callable

from tests.google_emulator.drive_query import invalid
from tests.google_emulator.errors import GoogleError, located
from tests.google_emulator.files import FOLDER, File

Order = Callable[[list[File]], list[File]]

_LATEST_FIRST = "modifiedTime desc"
_KEYS: dict[str, Callable[[File], object]] = {
    "createdTime": lambda file: file.created,
    "folder": lambda file: file.mime_type != FOLDER,
    "modifiedByMeTime": lambda file: file.modified,
    "modifiedTime": lambda file: file.modified,
    "name": lambda file: file.name.casefold(),
    "name_natural": lambda file: file.name.casefold(),
    "quotaBytesUsed": lambda file: len(file.content),
    "recency": lambda file: file.modified,
    "sharedWithMeTime": lambda file: file.created,
    "starred": lambda file: not file.more.get("starred"),
    "viewedByMeTime": lambda file: file.modified,
}


def read_order(text: str, query: str) -> Order:
    """The order that a request asks for; without any, what was changed last comes first."""
    keys = [_key(part) for part in (text or _LATEST_FIRST).split(",")]
    if len({name for name, _ in keys}) < len(keys):
        message = "The orderBy parameter cannot contain duplicate sort keys."
        raise GoogleError(403, "", message, errors=located(message, "orderByContainsDuplicateSortKeys", "orderBy"))
    if text and "fullText" in query:
        message = (
            "Sorting is not supported for queries with fullText terms. "
            "Results are always in descending relevance order."
        )
        raise GoogleError(403, "", message, errors=located(message, "forbidden", "orderBy"))
    return lambda files: _sorted(files, keys)


def _key(part: str) -> tuple[str, bool]:
    name, _, direction = part.strip().partition(" ")
    if name not in _KEYS or direction not in {"", "desc"}:
        raise invalid("orderBy")
    return name, direction == "desc"


def _sorted(files: list[File], keys: list[tuple[str, bool]]) -> list[File]:
    for name, backwards in reversed(keys):
        files = sorted(files, key=_KEYS[name], reverse=backwards)  # type: ignore[arg-type]
    return files
