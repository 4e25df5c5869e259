"""Gmail v1: mailboxes with drafts, labels, threads, history and search, and a ledger of every letter that left."""

from __future__ import annotations

from tests.google_emulator.gmail.service import make_service

__all__ = ["make_service"]
