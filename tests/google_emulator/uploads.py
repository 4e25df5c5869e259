"""Media uploads: simple, multipart and resumable, on /upload/…."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field, replace
from email.parser import BytesParser
from random import Random

from tests.google_emulator.discovery import ApiMethod
from tests.google_emulator.errors import GoogleError
from tests.google_emulator.exchange import Answer, Request, text_answer
from tests.google_emulator.syntax import read_json
from tests.google_emulator.wire import Json

_BOUNDARY = "emulator-upload"


@dataclass(slots=True, kw_only=True)
class _Session:
    """A resumable upload that has begun."""

    request: Request
    """The request that began it; it is completed with what comes in."""
    data: bytes = b""


@dataclass(slots=True)
class Uploads:
    """Resumable uploads under way."""

    random: Random
    _sessions: dict[str, _Session] = field(default_factory=dict)

    def begin(self, request: Request) -> Answer:
        """Open a session and say where the bytes are to go."""
        name = f"{self.random.getrandbits(128):032x}"
        self._sessions[name] = _Session(request=request)
        place = f"http://{request.address}{request.path}?uploadType=resumable&upload_id={name}"
        return text_answer(200, "", **{"Location": place, "X-GUploader-UploadID": name})

    def go_on(self, request: Request) -> Request | Answer:
        """Take in bytes: the whole request once they are all there, else the answer that asks for more."""
        session = self._sessions.get(request.one("upload_id"))
        if session is None:
            return text_answer(404, "Not Found")
        span, _, total = request.header("content-range").removeprefix("bytes ").partition("/")
        session.data += request.body
        if span and (total == "*" or len(session.data) < int(total)):
            reached = {"Range": f"bytes=0-{len(session.data) - 1}"} if session.data else {}
            return text_answer(308, "", **reached)
        del self._sessions[request.one("upload_id")]
        return _completed(session, request)


def _completed(session: _Session, last: Request) -> Request:
    """The upload as a multipart one, so that only that kind has to be understood."""
    first = session.request
    kind = first.header("x-upload-content-type") or last.header("content-type") or "application/octet-stream"
    head = f"--{_BOUNDARY}\r\nContent-Type: application/json\r\n\r\n".encode()
    middle = f"\r\n--{_BOUNDARY}\r\nContent-Type: {kind}\r\n\r\n".encode()
    return replace(
        first,
        query={**first.query, "uploadType": ["multipart"]},
        headers={**first.headers, "content-type": f"multipart/related; boundary={_BOUNDARY}"},
        body=head + (first.body or b"{}") + middle + session.data + f"\r\n--{_BOUNDARY}--\r\n".encode(),
    )


def read_upload(method: ApiMethod, request: Request) -> tuple[Json, Json]:
    """The metadata that came with an upload, and the fields that hold the media for the service."""
    if request.content_type.startswith("multipart/"):
        metadata, kind, data = _parts(request)
    else:
        metadata, kind, data = {}, request.content_type or "application/octet-stream", request.body
    if method.api.name != "gmail":
        return metadata, {"$media": {"mimeType": kind, "data": base64.b64encode(data).decode()}}
    raw = {"raw": base64.urlsafe_b64encode(data).decode()}
    if ".drafts." not in method.id:
        return metadata, raw
    return metadata, {"message": {**metadata.get("message", {}), **raw}}


def _parts(request: Request) -> tuple[Json, str, bytes]:
    head = f"Content-Type: {request.header('content-type')}\r\n\r\n".encode()
    parsed = BytesParser().parsebytes(head + request.body)
    parts = parsed.get_payload()
    if not isinstance(parts, list) or len(parts) != 2:
        raise GoogleError(400, "INVALID_ARGUMENT", "Multipart must contain exactly two parts: metadata and media.")
    first, second = parts
    metadata = read_json(first.get_payload(decode=True) or json.dumps({}).encode())
    # The parser rewrites no bytes of an undecoded payload, but its line ends before the boundary are gone already.
    payload = second.get_payload(decode=True)
    return metadata, second.get_content_type(), payload if isinstance(payload, bytes) else b""
