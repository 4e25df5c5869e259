"""JSON that is no JSON: what Google's reader says of it.

Its sentences are those of the stream parser of protocol buffers: what was expected, the text around it, and a caret.
"""

from __future__ import annotations

import json
import re

from tests.google_emulator.errors import GoogleError
from tests.google_emulator.wire import Json

_AROUND = 20
_SENTENCES = {
    "Expecting property name enclosed in double quotes": "Expected an object key or }.",
    "Illegal trailing comma before end of object": "Expected an object key or }.",
    "Illegal trailing comma before end of array": "Expected a value.",
    "Expecting ':' delimiter": "Expected : between key:value pair.",
    "Unterminated string starting at": "Closing quote expected in string.",
    "Invalid control character at": "Closing quote expected in string.",
    "Extra data": "Parsing terminated before end of input.",
    "Invalid \\escape": "Invalid escape sequence.",
    "Invalid \\uXXXX escape": "Illegal hex string.",
}
_KEY = re.compile(r"[A-Za-z_$][\w$]*")


def read_json(body: bytes) -> Json:
    """Read a body; none at all is an empty object, as it is for Google."""
    text = body.decode("utf-8-sig", errors="replace")
    if not text.strip():
        return {}
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise syntax_error(text, error) from error
    if not isinstance(data, dict):
        raise invalid_payload('Unknown name "": Root element must be a message.')
    return data


def syntax_error(text: str, error: json.JSONDecodeError) -> GoogleError:
    """Say what is wrong, and where."""
    at = error.pos
    sentence = _sentence(text, error)
    if at >= len(text.rstrip()):
        at, sentence = len(text), f"Unexpected end of string. {sentence}"
    start = max(at - _AROUND, 0)
    segment = text[start : at + _AROUND]
    return invalid_payload(f"{sentence}\n{segment}\n{' ' * (at - start)}^")


def invalid_payload(problem: str) -> GoogleError:
    """A body that can't be read at all."""
    return GoogleError(
        code=400, status="INVALID_ARGUMENT", message=f"Invalid JSON payload received. {problem}", reason="badRequest"
    )


def _sentence(text: str, error: json.JSONDecodeError) -> str:
    if error.msg == "Expecting value":
        ahead = text[error.pos : error.pos + 1]
        return "Unexpected token." if ahead in set("]}:,") - {""} or _KEY.match(ahead) else "Expected a value."
    if error.msg == "Expecting ',' delimiter":
        inside = _innermost(text[: error.pos])
        return "Expected , or ] after array value." if inside == "[" else "Expected , or } after key:value pair."
    return _SENTENCES.get(error.msg, "Unexpected token.")


def _innermost(text: str) -> str:
    """The bracket that is open at the end of a piece of JSON."""
    bare = re.sub(r'"(?:\\.|[^"\\])*"', '""', text)
    depth = 0
    for letter in reversed(bare):
        depth += (letter in "]}") - (letter in "[{")
        if depth < 0:
            return letter
    return ""
