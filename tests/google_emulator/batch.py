"""Batch addresses: many calls in one multipart/mixed request, each answered by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit

from tests.google_emulator.errors import GoogleError, error_answer
from tests.google_emulator.exchange import Answer, Ending, Request, query_of

_LIMIT = 100
_ADDRESS = re.compile(r"/batch(?:/(\w+)/v\d+)?")
_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')
_BLANK = re.compile(rb"\r?\n\r?\n")
_ANSWERS = "batch_emulatorEmulatorEmulator"

Answerer = Callable[[Request], Answer]


def is_batch(path: str) -> bool:
    """Whether a path is a batch address: /batch, or one of a single API."""
    return bool(_ADDRESS.fullmatch(path))


def answer_batch(request: Request, answer_one: Answerer) -> Answer:
    """Answer all parts in order. What a fault does to one part's connection it does to the connection of all."""
    try:
        parts = list(_parts(request))
    except GoogleError as error:
        return error_answer(error, "batch", request)
    answers, ending, hold = [], Ending.WHOLE, 0.0
    for content_id, part in parts:
        answer = answer_one(part)
        answers.append((content_id, answer))
        if answer.ending is not Ending.WHOLE:
            ending, hold = answer.ending, answer.hold
            break
    body = b"".join(_written(content_id, answer) for content_id, answer in answers) + f"--{_ANSWERS}--\r\n".encode()
    headers = {"Content-Type": f"multipart/mixed; boundary={_ANSWERS}"}
    return Answer(status=200, body=body, headers=headers, ending=ending, hold=hold)


def _parts(request: Request) -> Iterator[tuple[str, Request]]:
    boundary = _BOUNDARY.search(request.header("content-type"))
    if request.content_type != "multipart/mixed" or boundary is None:
        raise _malformed("Missing or invalid multipart/mixed Content-Type header.")
    pieces = request.body.split(b"--" + boundary[1].encode())[1:]
    pieces = [piece for piece in pieces if not piece.startswith(b"--")]
    if len(pieces) > _LIMIT:
        raise _malformed(f"Inner request count exceeds the limit. Received: {len(pieces)}, Limit: {_LIMIT}")
    if not pieces:
        raise _malformed("Batch request contains no inner requests.")
    api = _ADDRESS.fullmatch(request.path)
    for piece in pieces:
        yield _part(piece, request, (api and api[1]) or "")


def _part(piece: bytes, outer: Request, api: str) -> tuple[str, Request]:
    head, inner = _split(piece.lstrip(b"\r\n"))
    line, _, rest = inner.partition(b"\n")
    words = line.decode().split()
    if len(words) < 2:
        raise _malformed("Failed to parse an inner request.")
    fields, body = _split(rest)
    headers = {**_inherited(outer), **_headers(fields)}
    address = urlsplit(words[1])
    # A batch address reaches the paths of its own API only.
    path = address.path if not api or address.path.startswith((f"/{api}/", f"/upload/{api}/")) else "/-outside-batch"
    part = replace(
        outer, verb=words[0], path=path, query=query_of(address.query), headers=headers, body=body.rstrip(b"\r\n")
    )
    return _headers(head).get("content-id", ""), part


def _split(text: bytes) -> tuple[bytes, bytes]:
    """Headers and body; there may be no headers, and then the text begins with the blank line."""
    if text.startswith((b"\r\n", b"\n")):
        return b"", text.lstrip(b"\r\n")
    head, *body = _BLANK.split(text, maxsplit=1)
    return head, body[0] if body else b""


def _headers(text: bytes) -> dict[str, str]:
    lines = [line.partition(":") for line in text.decode().splitlines() if ":" in line]
    return {name.strip().lower(): value.strip() for name, _, value in lines}


def _inherited(outer: Request) -> dict[str, str]:
    """What a part takes from the request around it: above all its Authorization."""
    own = {"content-type", "content-length", "content-encoding", "transfer-encoding", "accept-encoding"}
    return {name: value for name, value in outer.headers.items() if name not in own}


def _written(content_id: str, answer: Answer) -> bytes:
    named = f"<response-{content_id[1:]}" if content_id.startswith("<") else f"response-{content_id}"
    lines = [f"--{_ANSWERS}", "Content-Type: application/http"]
    lines += [f"Content-ID: {named}"] if content_id else []
    status = answer.status or HTTPStatus.SERVICE_UNAVAILABLE
    lines += ["", f"HTTP/1.1 {int(status)} {HTTPStatus(status).phrase}"]
    headers = dict(answer.headers)
    vary = headers.pop("Vary", "Origin, X-Origin, Referer")
    lines += [f"{header}: {value}" for header, value in headers.items()]
    # Recorded parts have a line for each, and do not say how long they are.
    lines += [f"Vary: {word}" for word in vary.split(", ")]
    return "\r\n".join([*lines, "", ""]).encode() + answer.body + b"\r\n"


def _malformed(message: str) -> GoogleError:
    return GoogleError(400, "INVALID_ARGUMENT", message)
