"""Query parameters, held to the discovery document."""

from __future__ import annotations

from collections.abc import Mapping

from tests.google_emulator.bodies import enum_url
from tests.google_emulator.discovery import ApiMethod, snake
from tests.google_emulator.errors import GoogleError, bad_request, located
from tests.google_emulator.values import NotThatType, read_scalar, shown, type_name
from tests.google_emulator.wire import Json

_SYSTEM_VALUES = {"$.xgafv": {"1", "2"}, "alt": {"json", "media", "proto"}, "uploadType": None}


def check_system(query: Mapping[str, list[str]]) -> None:
    """Refuse a system parameter with a value that it does not take; this comes before anything else."""
    for name, allowed in _SYSTEM_VALUES.items():
        value = query.get(name, [""])[-1]
        if name in query and allowed and value not in allowed:
            raise GoogleError(
                code=400,
                status="INVALID_ARGUMENT",
                message=f"Invalid query parameters. Invalid value '{value}' for system query parameter : {name}",
            )


def read_query(method: ApiMethod, query: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The method's own parameters as the service gets them; GoogleError if any does not fit."""
    own = {name: values for name, values in query.items() if name not in method.api.standard}
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
        spec = method.query[field]
        read[field] = [_plain(value, spec) for value in values]
        violations += [(snake(field), _invalid(method, field, value)) for value in values if not _fits(value, spec)]
    if violations:
        raise bad_request(violations)
    return read


def _unknown(name: str) -> str:
    leaf = name.rpartition(".")[2]
    return (
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
        f"Field '{leaf}' could not be found in request message."
    )


def _invalid(method: ApiMethod, field: str, value: str) -> str:
    spec = method.query[field]
    kind = enum_url(method.api, field) if "enum" in spec else type_name(spec)
    return f"Invalid value at '{snake(field)}' ({kind}), {shown(value)}"


def _fits(value: str, spec: Json) -> bool:
    if "enum" in spec:
        return _plain(value, spec) in spec["enum"]
    try:
        read_scalar(value, spec)
    except NotThatType:
        return False
    return True


def _plain(value: str, spec: Json) -> str:
    """A word as the discovery document spells it: Gmail's clients write "full" and "FULL" alike."""
    return next((word for word in spec.get("enum", ()) if word.lower() == value.lower()), value)


def _of_drive(method: ApiMethod, query: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Drive passes over what it does not know, and speaks in its older words of what it does."""
    read = {name: values for name, values in query.items() if name in method.query}
    for name, spec in method.query.items():
        if spec.get("required") and name not in read:
            message = f"Required parameter: {name}"
            raise GoogleError(400, "", message, errors=located(message, "required", name))
        for value in read.get(name, ()):
            _check_drive_value(name, value, spec)
    return read


def _check_drive_value(name: str, value: str, spec: Json) -> None:
    low, high = int(spec.get("minimum", -(2**31))), int(spec.get("maximum", 2**31 - 1))
    fits = _fits(value, spec)
    if fits and (spec["type"] != "integer" or low <= int(value) <= high):
        return
    ranged = "minimum" in spec and "maximum" in spec
    message = (
        f"Invalid value '{value}'. Values must be within the range: [{low}, {high}]" if ranged else "Invalid Value"
    )
    raise GoogleError(400, "", message, errors=located(message, "invalidParameter" if ranged else "invalid", name))
