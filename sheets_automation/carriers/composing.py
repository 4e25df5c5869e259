"""One letter that cannot be composed fails alone, with every carrier."""

from __future__ import annotations

from collections.abc import Callable

from sheets_automation.core.errors import SheetsAutomationError
from sheets_automation.core.model import DeliveryState, OutgoingLetter, Receipt

Compose = Callable[[OutgoingLetter], bytes]
"""Makes the whole message that a carrier delivers."""


def composed(compose: Compose, outgoing: OutgoingLetter) -> bytes | Receipt:
    """Return the message, or the failure that stands in for it."""
    try:
        return compose(outgoing)
    except (SheetsAutomationError, ValueError) as error:
        # The kind of error only: its words may hold what is in the letter.
        return Receipt(state=DeliveryState.FAILED, detail=f"not composed: {type(error).__name__}")
