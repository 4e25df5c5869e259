"""Test letters: what candidates will get, to the person who asks."""

from __future__ import annotations

from sheets_automation.core.addresses import read_address
from sheets_automation.core.errors import NotForOneself
from sheets_automation.core.model import DeliveryState
from sheets_automation.jobs.samples import send_samples, write_named
from sheets_automation.service.house import Room
from sheets_automation.service.refusals import bad_request
from sheets_automation.service.work_documents import TestSent, TestWanted


def send_test(room: Room, wanted: TestWanted) -> TestSent:
    """Send these letters to one address; candidates get nothing and nothing is recorded.

    It is the asker's own where that is known, so that nobody has a letter sent to others past every guard.
    """
    address = read_address(wanted.to).value
    if address is None:
        raise bad_request("宛先のメールアドレスが正しくありません。", "This is no valid address.")
    if room.actor.address and address.casefold() != room.actor.address.casefold():
        raise NotForOneself(
            f"試し送りできるのはご自分のアドレス({room.actor.address})だけです。",
            f"Test letters go to your own address ({room.actor.address}) only.",
        )
    with room.reading() as workbook:
        samples = write_named(workbook, room.office.open_desk, room.office.new_run(), wanted.ids, address)
    with room.posting() as carrier:
        samples = send_samples(carrier, samples)
    sent = sum(sample.receipt is not None and sample.receipt.state is DeliveryState.SENT for sample in samples)
    missed = "" if sent == len(samples) else _missed(len(samples) - sent, room.language)
    text = f"試し送り {sent} 通を {address} に送りました。" if room.language == "ja" else f"{sent} sent to {address}."
    return TestSent(sent=sent, text=f"{text}{missed}")


def _missed(count: int, language: str) -> str:
    return f"{count} 通は送れませんでした。" if language == "ja" else f" {count} could not be sent."
