"""Single values as the wire writes them: what counts as an int32, a boolean, bytes, and how each is called."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable

from tests.google_emulator.wire import Json

_INTEGERS = {
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
_NAMES = {"google-fieldmask": "FieldMask", "google-datetime": "Timestamp", "google-duration": "Duration"}
_SHOWN = 4096


class NotThatType(ValueError):
    """This value is of another type; the text, if there is one, says more than the type's name."""


def type_name(spec: Json) -> str:
    """What Google calls a scalar type in its refusals."""
    if wellknown := _NAMES.get(spec.get("format", "")):
        return f"type.googleapis.com/google.protobuf.{wellknown}"
    if spec["type"] == "boolean":
        return "TYPE_BOOL"
    if spec.get("format") == "byte":
        return "TYPE_BYTES"
    if spec["type"] in {"integer", "number"} or spec.get("format") in _INTEGERS:
        return f"TYPE_{spec.get('format', 'int32').upper()}"
    return "TYPE_STRING"


def read_scalar(value: object, spec: Json) -> object:
    """The value as a service wants it, or NotThatType."""
    return _reader(spec)(value, spec)


def _reader(spec: Json) -> Callable[[object, Json], object]:
    if spec["type"] == "any":
        return lambda value, _: value
    if spec["type"] == "boolean":
        return _boolean
    if spec["type"] == "integer" or spec.get("format") in _INTEGERS:
        return _integer
    if spec["type"] == "number":
        return _number
    return _bytes if spec.get("format") == "byte" else _string


_YES = {"true", "t", "yes", "y", "1"}
_NO = {"false", "f", "no", "n", "0"}


def _boolean(value: object, _: Json) -> bool:
    word = str(value).lower()
    if isinstance(value, int | float) and value in {0, 1}:
        return bool(value)
    if isinstance(value, str) and word.isascii() and word in _YES | _NO:
        return word in _YES
    raise NotThatType


def read_flag(value: str, *, default: bool) -> bool:
    """A boolean system parameter, which takes what it does not understand for its default."""
    word = value.lower()
    return word in _YES if word in _YES | _NO else default


def read_word(value: object, words: list[str]) -> str | None:
    """One of a few words, in any case and with dashes, or by its number; None if it is none of them."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value)
    if text.isdecimal() and int(text) < len(words):
        return words[int(text)]
    plain = text.replace("-", "_").lower()
    return next((word for word in words if word.lower() == plain), None) if text.isascii() else None


def _integer(value: object, spec: Json) -> int | str:
    """Sixty-four bits travel as text in JSON and stay text; the rest become numbers."""
    low, high = _INTEGERS[spec.get("format", "int32")]
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise NotThatType
    if isinstance(value, str) and not re.fullmatch(r"[+-]?[0-9]+", value.strip("\t\n\v\f\r")):
        raise NotThatType
    if isinstance(value, float) and not value.is_integer():
        raise NotThatType
    number = int(value)
    if not low <= number <= high:
        raise NotThatType
    return number if spec["type"] == "integer" else str(number)


def _number(value: object, _: Json) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise NotThatType
    try:
        number = float(value)
    except ValueError as error:
        raise NotThatType from error
    return value if isinstance(value, int) else number


def _string(value: object, _: Json) -> str:
    if not isinstance(value, str):
        raise NotThatType
    return value


def _bytes(value: object, _: Json) -> str:
    if not isinstance(value, str):
        raise NotThatType
    bare = value.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotThatType(f"Base64 decoding failed for {shown(value)}") from error
    return value


def shown(value: object) -> str:
    """A value as a refusal quotes it: text in quotes, numbers bare."""
    if isinstance(value, float):
        short = f"{value:.15g}"
        return short if float(short) == value else f"{value:.17g}"
    return json.dumps(value, ensure_ascii=False)[:_SHOWN] if not isinstance(value, str) else f'"{value[:_SHOWN]}"'
