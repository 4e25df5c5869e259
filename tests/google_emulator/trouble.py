"""Faults in action: what becomes of a call that a rule hits."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from threading import Timer

from tests.google_emulator.errors import SENTENCES, STATUS_BY_CODE, GoogleError, error_answer, invalid_credentials
from tests.google_emulator.exchange import Answer, Ending, Request
from tests.google_emulator.faults import Fault, Kind
from tests.google_emulator.pages import error_page
from tests.google_emulator.premises import Premises

Perform = Callable[[], Answer]


def troubled(premises: Premises, faults: list[Fault], api: str, request: Request, perform: Perform) -> Answer:
    """Do the call, or not, as the rules say that hit it; latency adds up, and of the others the first counts."""
    time.sleep(sum(fault.seconds for fault in faults if fault.kind is Kind.LATENCY))
    fault = next((fault for fault in faults if fault.kind is not Kind.LATENCY), None)
    if fault is None:
        return perform()
    if fault.kind in {Kind.STATUS, Kind.HTML, Kind.UNAUTHORIZED}:
        if fault.effect:
            perform()
        return _refusal(fault, api, request)
    return _broken(premises, fault, perform)


def _refusal(fault: Fault, api: str, request: Request) -> Answer:
    if fault.kind is Kind.HTML:
        return error_page(fault.status)
    if fault.kind is Kind.UNAUTHORIZED:
        return error_answer(invalid_credentials(), api, request)
    error = GoogleError(
        code=fault.status,
        status=STATUS_BY_CODE.get(fault.status, "UNKNOWN"),
        message=fault.message or SENTENCES.get(fault.status, "Unknown Error."),
        reason=fault.reason,
    )
    return error_answer(error, api, request)


def _broken(premises: Premises, fault: Fault, perform: Perform) -> Answer:
    if fault.kind is Kind.REFUSE:
        return Answer(status=0, ending=Ending.CLOSED)
    if fault.kind is Kind.CUT_BODY:
        return replace(perform(), ending=Ending.CUT)
    if fault.kind is Kind.RESET_AFTER:
        perform()
    if fault.kind is Kind.LATE:
        premises.later(fault.seconds, perform)
        # Where the clock runs by itself, nobody else may come by at the right moment.
        timer = Timer(fault.seconds, premises.run_due)
        timer.daemon = True
        timer.start()
    return Answer(status=0, ending=Ending.RESET, hold=fault.hold)
