"""What Gmail says when it will not, in its own words."""

from __future__ import annotations

from datetime import datetime

from tests.google_emulator.clock import rfc3339
from tests.google_emulator.wire import ApiError

NO_RAW = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"


def invalid(message: str) -> ApiError:
    """A request that is wrong in itself."""
    return ApiError(400, "INVALID_ARGUMENT", message, reason="invalidArgument")


def not_found() -> ApiError:
    """Nothing with this id, or no longer."""
    return ApiError(404, "NOT_FOUND", "Requested entity was not found.", reason="notFound")


def delegation_denied(address: str) -> ApiError:
    """Somebody else's mailbox. Gmail names the one who asks, not the mailbox asked for."""
    return ApiError(403, "PERMISSION_DENIED", f"Delegation denied for {address}", reason="forbidden")


def no_mail(message: str) -> ApiError:
    """An account that has no mailbox."""
    return ApiError(400, "FAILED_PRECONDITION", message, reason="failedPrecondition")


def label_taken() -> ApiError:
    """A label of this name is there already, whatever its case."""
    return ApiError(409, "ABORTED", "Label name exists or conflicts", reason="aborted")


def too_large() -> ApiError:
    """More bytes than the method takes."""
    return ApiError(413, "INVALID_ARGUMENT", "Request Entity Too Large", reason="uploadTooLarge")


def cap_reached(until: datetime) -> ApiError:
    """The mailbox has sent as much as it may within a day. There is no Retry-After: the time stands in the sentence."""
    return ApiError(
        code=429,
        status="RESOURCE_EXHAUSTED",
        message=f"User-rate limit exceeded.  Retry after {rfc3339(until)} (Mail sending)",
        reason="rateLimitExceeded",
    )
