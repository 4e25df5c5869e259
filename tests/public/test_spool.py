"""What the public app keeps, where, for how long, and how it is read back."""

import errno
import io
import json
import os
import resource
import stat
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.link_records import LinkRecord, LinkUse, read_records, to_line
from sheets_automation.service.public_spool import REFUSALS, FileSpool, LineSpool
from sheets_automation.service.spooling import SpoolFull
from tests.public.links_house import a_code

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def click(code=None, at=NOON, sign=""):
    return LinkRecord(at=at, use=LinkUse.CLICK, code=code or a_code(), sign=sign)


def refusal(code="R1", at=NOON):
    return LinkRecord(at=at, use=LinkUse.REFUSAL, code=code)


def lines(folder, name):
    return read_records((folder / name).read_text()).records


@pytest.fixture
def spool(tmp_path):
    return FileSpool(tmp_path)


def test_clicks_of_each_day_have_a_file_and_refusals_one_for_ever(spool, tmp_path):
    for record in (today := click(), tomorrow := click(at=NOON + timedelta(days=1)), refused := refusal()):
        spool.keep(record)

    assert lines(tmp_path, "clicks-2026-11-26.jsonl") == (today,)
    assert lines(tmp_path, "clicks-2026-11-27.jsonl") == (tomorrow,)
    assert lines(tmp_path, REFUSALS) == (refused,)


def test_nobody_else_on_the_machine_can_read_them(tmp_path):
    folder = tmp_path / "records"
    spool = FileSpool(folder)

    spool.keep(click())
    spool.keep(refusal())

    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())} == {0o700, 0o600}


def test_the_same_click_is_kept_again_only_after_a_while(spool, tmp_path):
    for minutes in (0, 1, 9, 12, 13):
        spool.keep(click("K1", at=NOON + timedelta(minutes=minutes)))

    assert [one.at.minute for one in lines(tmp_path, "clicks-2026-11-26.jsonl")] == [0, 12]


def test_a_clock_that_is_put_back_does_not_silence_a_link(spool, tmp_path):
    spool.keep(click("K1", at=NOON))
    spool.keep(click("K1", at=NOON - timedelta(hours=3)))

    assert len(lines(tmp_path, "clicks-2026-11-26.jsonl")) == 2


def test_a_flood_of_clicks_fills_its_day_and_no_more(spool, tmp_path, monkeypatch):
    monkeypatch.setattr("sheets_automation.service.public_spool._LARGEST_DAY", 1000)

    for _ in range(20):
        with suppress(SpoolFull):
            spool.keep(click())

    assert 900 < (tmp_path / "clicks-2026-11-26.jsonl").stat().st_size < 1200
    spool.keep(click(at=NOON + timedelta(days=1)))
    spool.keep(refusal())


def test_old_clicks_go_and_refusals_stay(spool, tmp_path):
    spool.keep(refusal())
    spool.keep(click())
    spool.keep(click(at=NOON + timedelta(days=90)))
    assert (tmp_path / "clicks-2026-11-26.jsonl").exists()

    spool.keep(click(at=NOON + timedelta(days=91)))

    assert not (tmp_path / "clicks-2026-11-26.jsonl").exists()
    assert lines(tmp_path, REFUSALS) == (refusal(),)


def test_what_a_full_disk_cut_off_takes_no_other_record_along(spool, tmp_path):
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    spool.keep(refusal("R1"))
    size = (tmp_path / REFUSALS).stat().st_size
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, limit[1]))
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            spool.keep(refusal("R2"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)

    spool.keep(refusal("R3"))
    spool.keep(refusal("R2"))

    read = read_records((tmp_path / REFUSALS).read_text())
    assert ([one.code for one in read.records], read.unreadable) == (["R1", "R3", "R2"], 1)


def test_two_servers_may_share_a_folder(tmp_path):
    one, other = FileSpool(tmp_path), FileSpool(tmp_path)

    for number in range(20):
        (one if number % 2 else other).keep(refusal(f"R{number}"))

    assert [record.code for record in lines(tmp_path, REFUSALS)] == [f"R{number}" for number in range(20)]


def test_a_folder_that_cannot_be_made_is_told_at_the_start(tmp_path):
    (tmp_path / "records").write_text("no folder")

    with pytest.raises(OSError, match="exists"):
        FileSpool(tmp_path / "records")


def test_a_stream_gets_one_line_for_each_use():
    stream = io.StringIO()
    spool = LineSpool(stream)

    for record in (one := click(), one, other := refusal(), other):
        spool.keep(record)

    assert read_records(stream.getvalue()).records == (one, other)
    assert {json.loads(line)["severity"] for line in stream.getvalue().splitlines()} == {"INFO"}


def test_a_flood_does_not_fill_a_log_that_is_paid_for(monkeypatch):
    monkeypatch.setattr("sheets_automation.service.public_spool._MOST_LINES", 5)
    stream = io.StringIO()
    spool = LineSpool(stream)

    for _ in range(20):
        with suppress(SpoolFull):
            spool.keep(click())
    spool.keep(refusal())
    spool.keep(click(at=NOON + timedelta(days=1)))

    uses = [record.use for record in read_records(stream.getvalue()).records]
    assert uses == [LinkUse.CLICK] * 5 + [LinkUse.REFUSAL, LinkUse.CLICK]


@pytest.mark.parametrize("by_line", [True, False])
def test_what_cloud_logging_exports_is_read_like_our_own_lines(by_line):
    kept = [click(sign="agent"), refusal()]
    entries = [
        {"insertId": "x", "jsonPayload": json.loads(to_line(one)), "resource": {"type": "cloud_run_revision"}}
        for one in kept
    ]
    entries.insert(1, {"textPayload": "Application startup complete.", "severity": "INFO"})

    text = "\n".join(map(json.dumps, entries)) if by_line else json.dumps(entries, indent=2)

    read = read_records(text)
    assert (list(read.records), read.unreadable) == (kept, 0)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "null",
        "7",
        '"text"',
        '{"link": "click"}',
        '{"link": "other", "at": "2026-11-26T12:00:00+00:00", "code": "K"}',
        '{"link": "click", "at": "yesterday", "code": "K"}',
        '{"link": "click", "at": "2026-11-26T12:00:00", "code": "K"}',
        '{"link": "click", "at": "2026-11-26T12:00:00+00:00"}',
        "[" * 9000,
        "{" + " " * 20_000 + "}",
    ],
)
def test_a_broken_line_is_counted_and_the_others_are_read(line):
    good = to_line(click("K1"))

    read = read_records(f"{good}\n{line}\n\n{good}\n")

    assert ([one.code for one in read.records], read.unreadable) == (["K1", "K1"], 1)


def test_an_export_that_was_cut_off_is_told():
    assert read_records('[{"jsonPayload": {').unreadable == 1


@given(st.text(max_size=300))
def test_no_file_can_break_the_reading(text):
    assert read_records(text).records == ()
