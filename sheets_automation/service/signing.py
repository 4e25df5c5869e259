"""An approval as text that the page keeps: signed, so that nobody can make one or change one."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sheets_automation.core.model import LetterKind
from sheets_automation.jobs.approve import Approval, void

_PURPOSE = b"relay approval 1\0"
"""The same key may sign other things one day: none of them must pass for an approval."""


def sign(approval: Approval, key: bytes) -> str:
    """The approval as text."""
    document = {
        **asdict(approval),
        "at": approval.at.isoformat(),
        "expires_at": approval.expires_at.isoformat(),
    }
    body = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return f"{_text(body)}.{_text(_seal(body, key))}"


def read(text: str, keys: Sequence[bytes], *, workbook: str, kind: LetterKind, now: datetime) -> Approval:
    """The approval in a text that one of our keys signed. Raises ApprovalVoid for any other, and for an old one."""
    body_text, _, seal_text = text.partition(".")
    try:
        body, seal = _bytes(body_text), _bytes(seal_text)
    except (binascii.Error, ValueError) as error:
        raise void() from error
    if not any(hmac.compare_digest(seal, _seal(body, key)) for key in keys):
        raise void()
    document = json.loads(body)
    for moment in ("at", "expires_at"):
        document[moment] = datetime.fromisoformat(document[moment])
    document["kind"] = LetterKind(document.get("kind", LetterKind.REJECTION))
    approval = Approval(**document)
    if (approval.workbook, approval.kind) != (workbook, kind) or now >= approval.expires_at:
        raise void()
    return approval


def _seal(body: bytes, key: bytes) -> bytes:
    return hmac.digest(key, _PURPOSE + body, hashlib.sha256)


def _text(body: bytes) -> str:
    return base64.urlsafe_b64encode(body).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
