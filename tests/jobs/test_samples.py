"""Test letters: no guard looks at them, so they go to whoever asks and never where a letter would."""

from dataclasses import replace

import pytest

from sheets_automation.core.errors import NotForOneself
from sheets_automation.core.stops import SendingFrozen
from sheets_automation.jobs.freeze import flagged, freeze
from sheets_automation.jobs.samples import send_samples, write_named, write_samples
from sheets_automation.jobs.send import Order
from tests.jobs.house import House, no_news, people, rejected, workbook_of

ROWS = [
    *people(2),
    rejected("佐藤 花", "hana@bücher.example", 携帯メールアドレス="hana.sato@gmail.com"),
    rejected("鈴木 葵", "aoi@example.com、aoi2@example.com"),
    rejected("田中 光", "hikaru@example.com", 選考結果="選考中"),
]


@pytest.fixture
def house(tmp_path):
    return House(folder=tmp_path / "out", file=workbook_of(ROWS))


def test_a_test_letter_goes_to_whoever_asks_and_leaves_no_fact(house):
    samples = write_samples(house.workbook(), house.desk, house.run(), Order(), "me@example.com")

    sent = send_samples(house.outbox(), samples)

    assert {one.outgoing.to_address for one in sent} == {"me@example.com"}
    assert len(house.delivered()) == len(sent)
    assert "送信記録" not in house.file.sheets


@pytest.mark.parametrize(
    "address",
    [
        "yamada0@example.com",
        "Yamada0@EXAMPLE.com",
        "yamada0+relay@example.com",
        "hana@xn--bcher-kva.example",
        "hanasato@gmail.com",
        "aoi2@example.com",
        "hikaru@example.com",
    ],
)
def test_no_test_letter_goes_to_an_address_of_any_row_however_it_is_spelt(house, address):
    ids = [house.plan().plan.letters[0].candidate.id]

    with pytest.raises(NotForOneself):
        write_samples(house.workbook(), house.desk, house.run(), Order(), address)
    with pytest.raises(NotForOneself):
        write_named(house.workbook(), house.desk, house.run(), ids, address)


def test_no_test_letter_goes_to_an_address_that_was_written_to_before(house):
    house.send(only=[house.plan().plan.letters[0].candidate.id])
    house.file.sheets["候補者"].put(4, 1, "moved@example.com")

    with pytest.raises(NotForOneself):
        write_samples(house.workbook(), house.desk, house.run(), Order(), "yamada0@example.com")


def test_while_all_sending_is_stopped_no_test_letter_is_written_either(house):
    run = house.run()
    freeze(house.workbook(), house.desk, no_news, run, flagged(run, "別の方に届いた"))

    with pytest.raises(SendingFrozen):
        write_samples(house.workbook(), house.desk, house.run(), Order(), "me@example.com")


def test_whatever_its_reader_presses_is_said_by_nobody_of_whom_we_know(house):
    written = []

    def open_desk(snapshot):
        desk = house.desk(snapshot)

        def compose(candidate, code):
            letter = desk.compose(candidate, code)
            written.append((letter, candidate.id, candidate.address.value))
            return letter

        return replace(desk, compose=compose)

    samples = write_samples(house.workbook(), open_desk, house.run(), Order(), "me@example.com")

    about = [(name, to) for letter, name, to in written if letter.text in {one.outgoing.letter.text for one in samples}]
    assert about[-1] == (samples[-1].outgoing.key.candidate_id, "me@example.com")
    assert about[-1][0].startswith("TEST-")
