"""The bodies of requests that anybody may send."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.requests import ClientDisconnect, Request

SECONDS: Final = 10
"""For a whole body. Who sends us one has it ready."""


async def body_of(request: Request, most: int) -> bytes | None:
    """The body; None where it is longer than `most` bytes, or somebody takes too long to send it, or goes away."""
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    return None
    except (TimeoutError, ClientDisconnect):
        return None
    return bytes(body)
