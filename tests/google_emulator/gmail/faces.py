"""What the API shows of a message: everything, the header, next to nothing, or the bytes."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from tests.google_emulator.gmail.contents import Part
from tests.google_emulator.gmail.ids import Ids
from tests.google_emulator.gmail.letter import Field
from tests.google_emulator.gmail.mailbox import Message
from tests.google_emulator.wire import Json


def message_face(message: Message, form: str, named: Sequence[str], ids: Ids) -> Json:
    """A message in "full", "metadata", "minimal" or "raw"; `named` are the header fields that metadata is cut to."""
    form = form.lower() or "full"
    shown = message.stub()
    if form == "minimal":
        # Recorded in April 2026: a part of nothing, and no snippet any more.
        return {**shown, "payload": {"partId": ""}, **_stored(message)}
    shown["snippet"] = message.snippet
    if form == "full":
        shown["payload"] = _part_face(message.part, message.id, ids)
    elif form == "metadata":
        shown["payload"] = _header_face(message.part, named)
    raw = {"raw": websafe(message.raw)} if form == "raw" else {}
    stored = _stored(message)
    return {**shown, "sizeEstimate": stored.pop("sizeEstimate"), **raw, **stored}


def untouched_face(message: Message) -> Json:
    """A message as methods answer that were to change its labels and had nothing to change."""
    return {**message.stub(), "snippet": message.snippet, **_stored(message)}


def _stored(message: Message) -> Json:
    return {
        "sizeEstimate": message.size_estimate,
        "historyId": str(message.history),
        "internalDate": str(message.date),
    }


def websafe(data: bytes) -> str:
    """Bytes as the API writes them."""
    return base64.urlsafe_b64encode(data).decode()


def _header_face(part: Part, named: Sequence[str]) -> Json:
    """Names are compared without case; a header of which nothing is left is left out."""
    wanted = {name.lower() for name in named}
    fields = [field for field in part.fields if not wanted or field.name.lower() in wanted]
    return {"mimeType": part.mime_type, **({"headers": _headers(fields)} if fields else {})}


def _part_face(part: Part, message_id: str, ids: Ids) -> Json:
    shown: Json = {"partId": part.id, "mimeType": part.mime_type, "filename": part.filename}
    shown["headers"] = _headers(part.fields)
    shown["body"] = _body_face(part, message_id, ids)
    if part.parts:
        shown["parts"] = [_part_face(child, message_id, ids) for child in part.parts]
    return shown


def _body_face(part: Part, message_id: str, ids: Ids) -> Json:
    """Files are fetched on their own; empty bodies have no data."""
    if part.is_attachment:
        return {"attachmentId": ids.attachment(message_id, part.id), "size": len(part.data)}
    return {"size": len(part.data), **({"data": websafe(part.data)} if part.data else {})}


def _headers(fields: Sequence[Field]) -> list[Json]:
    return [{"name": field.name, "value": field.value} for field in fields]
