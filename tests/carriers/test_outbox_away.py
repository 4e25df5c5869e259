"""An outbox on a network drive that goes away: nothing is published beside it, and nothing is said of its letters."""

from __future__ import annotations

import pytest

from sheets_automation.carriers.outbox import OutboxCarrier
from sheets_automation.core.errors import CarrierError
from sheets_automation.core.model import DeliveryState
from tests.carriers.contract import a_letter, as_mail, claimed


@pytest.fixture
def drive(tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    return folder


@pytest.fixture
def carrier(drive):
    return OutboxCarrier(drive / "outbox", as_mail)


def test_an_outbox_on_a_drive_that_is_gone_is_not_made_anew_where_the_drive_was(drive, carrier):
    carrier.prepare([a_letter()])
    drive.rename(drive.with_name("away"))

    with pytest.raises(CarrierError):
        carrier.prepare([a_letter()])

    assert not drive.exists()


def test_a_letter_that_cannot_be_published_for_lack_of_its_outbox_has_not_failed(drive, carrier):
    [prepared] = carrier.prepare([a_letter()])
    drive.rename(drive.with_name("away"))

    with pytest.raises(CarrierError):
        carrier.commit(prepared)


def test_while_the_outbox_is_away_no_letter_is_called_uncertain(drive, carrier):
    [prepared] = carrier.prepare([a_letter()])
    away = drive.rename(drive.with_name("away"))

    with pytest.raises(CarrierError):
        carrier.resolve(claimed(prepared))
    away.rename(drive)

    assert carrier.resolve(claimed(prepared)).state is DeliveryState.WITHDRAWN
