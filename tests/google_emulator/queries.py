"""Query parameters, held to the discovery document."""

from __future__ import annotations

from collections.abc import Mapping

from tests.google_emulator.bodies import enum_url
from tests.google_emulator.discovery import ApiMethod, snake
from tests.google_emulator.errors import GoogleError, bad_request, located
from tests.google_emulator.values import NotThatType, read_flag, read_scalar, read_word, shown, type_name
from tests.google_emulator.wire import Json

_READ_FIRST = {"q", "pageSize", "pageToken", "orderBy", "mimeType"}
"""Of these Drive reads the first if they are given twice; of all others Google reads the last."""


def check_system(query: Mapping[str, list[str]]) -> None:
    """Refuse a version of the error format that there is none of; this comes before anything else."""
    name = "$.xgafv"
    value = query.get(name, ["1"])[-1]
    if value not in {"1", "2"}:
        raise _bad(f"Invalid query parameters. Invalid value '{value}' for system query parameter : {name}")


def check_alt(method: ApiMethod, query: Mapping[str, list[str]]) -> None:
    """Refuse a format that the answer can't have."""
    value = query.get("alt", [""])[0]
    form = value.casefold()
    if form in {"", "json"} or (form == "media" and method.downloads):
        return
    if form == "media":
        raise _bad('Unsupported alt type "media" for non byte stream request.')
    raise _bad(f"Invalid value \"{value}\" for query parameter 'alt'")


def _bad(message: str) -> GoogleError:
    return GoogleError(code=400, status="INVALID_ARGUMENT", message=message)


def read_query(method: ApiMethod, query: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The method's own parameters as the service gets them; GoogleError if any does not fit."""
    standard = method.api.standard - {"uploadType"} if method.api.name == "sheets" else method.api.standard
    own = {name: values for name, values in query.items() if name not in standard}
    return _of_drive(method, own) if method.api.name == "drive" else _of_frame(method, own)


def _of_frame(method: ApiMethod, query: Mapping[str, list[str]]) -> dict[str, list[str]]:
    known = {spelling: name for name in method.query for spelling in (snake(name), name)}
    violations: list[tuple[str, str]] = []
    read: dict[str, list[str]] = {}
    for name, values in query.items():
        field = known.get(name)
        if field is None:
            violations.append(("", _unknown(name)))
            continue
        read[field] = [_plain(value, method.query[field]) for value in values]
        violations += _misfits(method, field, values)
    if violations:
        raise bad_request(violations)
    return read


def _unknown(name: str) -> str:
    leaf = name.rpartition(".")[2]
    return (
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
        f"Field '{leaf}' could not be found in request message."
    )


def _misfits(method: ApiMethod, field: str, values: list[str]) -> list[tuple[str, str]]:
    spec, place = method.query[field], snake(field)
    kind = enum_url(method.api, field) if "enum" in spec else type_name(spec)
    wrong = [value for value in values if not _fits(value, spec)]
    return [(place, f"Invalid value at '{place}' ({kind}), {shown(value)}") for value in wrong]


def _fits(value: str, spec: Json) -> bool:
    if "enum" in spec:
        return read_word(value, spec["enum"]) is not None
    try:
        read_scalar(value, spec)
    except NotThatType:
        return False
    return True


def _plain(value: str, spec: Json) -> str:
    """A value as the services expect it: a word as the discovery document spells it, a boolean as true or false."""
    if "enum" in spec:
        return read_word(value, spec["enum"]) or value
    return str(read_flag(value, default=False)).lower() if spec["type"] == "boolean" else value


def _of_drive(method: ApiMethod, query: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Drive passes over what it does not know."""
    known = {name: values for name, values in query.items() if name in method.query}
    if violations := [misfit for name, values in known.items() for misfit in _misfits(method, name, values)]:
        raise bad_request(violations)
    for name, spec in method.query.items():
        if spec.get("required") and name not in known:
            message = f"Required parameter: {name}"
            raise GoogleError(400, "", message, errors=located(message, "required", name))
        if len(known.get(name, ())) == 1:
            _check_range(name, known[name][0], spec)
    return {
        name: [_plain(value, method.query[name]) for value in (values[:1] if name in _READ_FIRST else values)]
        for name, values in known.items()
    }


def _check_range(name: str, value: str, spec: Json) -> None:
    if not {"minimum", "maximum"} <= spec.keys() or int(spec["minimum"]) <= int(value) <= int(spec["maximum"]):
        return
    # The line breaks are Drive's own.
    span = f"[value: {spec['minimum']}\n, value: {spec['maximum']}\n]"
    message = f"Invalid value '{int(value)}'. Values must be within the range: {span}"
    raise GoogleError(400, "", message, errors=located(message, "invalidParameter", snake(name)))
