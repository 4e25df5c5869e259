"""`relay run` over workbooks in files: everybody is gone into, and no one's trouble is another's."""

from __future__ import annotations

import json
import signal

import pytest

from sheets_automation.config.roster import USUAL
from tests.fleet.fleet_house import CONFIG, FleetHouse, people, summary


@pytest.fixture
def house(tmp_path):
    return FleetHouse(tmp_path)


def test_a_night_goes_into_every_workbook_and_does_all_jobs_in_order(house):
    house.add_file("minato", people(3, of="a"))
    house.add_file("kita", people(2, of="b"))

    lines = house.run("nightly")

    assert len(house.letters()) == len(set(house.letters())) == 5
    assert [line["errand"] for line in lines if line.get("workbook") == "kita"] == [
        "sync",
        "collect",
        "collect-line",
        "send",
        "credits",
        "analysis",
    ]
    assert summary(lines)["counts"]["sent"] == 5
    assert summary(lines)["failed"] == []


def test_a_second_night_sends_nothing_more(house):
    house.add_file("minato", people(3))
    house.run("nightly")

    assert summary(house.run("nightly"))["counts"].get("sent", 0) == 0
    assert len(house.letters()) == 3


def test_a_workbook_that_only_a_person_can_mend_is_told_and_costs_the_others_no_second_night(house):
    house.add_file("broken", people(1))
    (house.folder / "broken.xlsx").write_bytes(b"no workbook")
    house.add_file("minato", people(2))
    house.clients.append(("gone", "gone.xlsx"))
    house.write_roster()

    lines = house.run("send")

    assert summary(lines)["failed"] == [
        {"workbook": "broken", "errand": "send", "error": "workbook_unreadable"},
        {"workbook": "gone", "errand": "send", "error": "workbook_not_found"},
    ]
    assert summary(lines)["severity"] == "ERROR"
    assert len(house.letters()) == 2


@pytest.mark.parametrize("wrong", [{"CLOUD_RUN_TASK_INDEX": "5"}, {}])
def test_a_night_that_cannot_even_begin_is_an_error_of_the_log(house, wrong):
    if not wrong:
        (house.folder / "workbooks.toml").write_text("[default]\n", encoding="utf-8")

    process = house.start("nightly", **wrong)
    out, err = process.communicate(timeout=60)

    [line] = map(json.loads, out.splitlines())
    assert (process.returncode, line["severity"], line["message"]) == (2, "ERROR", "not begun")
    assert line["error"] == "configuration"
    assert line["text"].splitlines()[0] in err


def test_links_of_which_nobody_says_where_their_use_is_noted_need_a_person(house):
    house.add_file("minato", people(1))
    (house.folder / "relay.toml").write_text(CONFIG + '[links]\nrefusal_url = "https://links.minato.example"\n')
    house.environment["RELAY_LINK_KEY"] = "k" * 40

    lines = house.run("collect")

    assert summary(lines)["needs_a_person"] == [{"workbook": "minato", "errand": "collect", "error": "configuration"}]
    (house.folder / "link-records").mkdir()
    house.write_roster(more='links = "link-records"')
    assert summary(house.run("collect"))["needs_a_person"] == []


def test_an_unusual_number_waits_for_a_person_and_is_no_failure(house):
    house.add_file("minato", people(60))

    lines = house.run("send")

    assert summary(lines)["needs_a_person"] == [{"workbook": "minato", "errand": "send", "error": "blast_radius"}]
    assert [line["severity"] for line in lines if line.get("errand")] == ["WARNING"]
    assert house.letters() == []


def test_each_task_goes_into_its_own_share_and_together_into_all(house):
    for number in range(6):
        house.add_file(f"c{number}", people(1, of=f"{number}"))

    shares = [
        [
            line["workbook"]
            for line in house.run("send", CLOUD_RUN_TASK_INDEX=str(index), CLOUD_RUN_TASK_COUNT="3")
            if "errand" in line
        ]
        for index in range(3)
    ]

    assert sorted(name for share in shares for name in share) == [f"c{number}" for number in range(6)]
    assert len(house.letters()) == 6


def test_two_executions_at_once_send_nothing_twice(house):
    for number in range(3):
        house.add_file(f"c{number}", people(5, of=f"{number}"))

    both = [house.start("send"), house.start("send")]
    for process in both:
        process.communicate(timeout=120)

    house.run("send")
    assert len(house.letters()) == len(set(house.letters())) == 15


def test_a_task_that_is_asked_to_stop_records_the_letter_in_flight_and_says_what_is_left(house):
    for number in range(3):
        house.add_file(f"c{number}", people(19, of=f"{number}"))
    running = house.start("send")
    first = json.loads(running.stdout.readline())

    running.send_signal(signal.SIGTERM)
    out, _ = running.communicate(timeout=60)

    lines = [first, *map(json.loads, out.splitlines())]
    assert running.returncode == 8
    assert summary(lines)["not_reached"]
    assert summary(house.run("send"))["counts"]["sent"] + summary(lines)["counts"]["sent"] == 57
    assert len(set(house.letters())) == 57


def test_a_task_whose_time_is_over_begins_nothing_more_and_the_next_attempt_goes_on(house):
    for number in range(3):
        house.add_file(f"c{number}", people(2, of=f"{number}"))

    stopped = summary(house.run("send", "--seconds", "0", code=8, CLOUD_RUN_EXECUTION="x"))
    again = summary(house.run("send", CLOUD_RUN_EXECUTION="x", CLOUD_RUN_TASK_ATTEMPT="1"))

    assert len(stopped["not_reached"]) == 3
    assert again["counts"]["sent"] == 6


def test_lines_are_what_cloud_logging_reads(house):
    house.add_file("minato", people(1))

    lines = house.run("send", CLOUD_RUN_EXECUTION="relay-abc", GOOGLE_CLOUD_PROJECT="minato-project")

    for line in lines:
        assert line["severity"] in {"INFO", "WARNING", "ERROR"}
        assert line["logging.googleapis.com/trace"].startswith("projects/minato-project/traces/")
        assert line["logging.googleapis.com/labels"]["execution"] == "relay-abc"
    assert lines[0]["run_id"] in (house.folder / ".relay").joinpath("minato.xlsx.journal").read_bytes().decode(
        "latin-1"
    )


def test_no_line_says_who_anybody_is(house):
    rows = people(12)
    rows[3][1] = "not an address"
    rows[4][0] = ""
    rows[5][3] = "不採用？"
    rows.append(rows[0])
    house.add_file("minato", rows)
    house.add_file("broken", people(1, of="z"))
    (house.folder / "broken.xlsx").write_bytes(b"PK no workbook")

    said = json.dumps(house.run("nightly"), ensure_ascii=False)

    assert [text for row in [*rows, *people(1, of="z")] for text in row[:2] if text and text in said] == []


def test_programs_get_one_document_and_the_lines_on_the_other_stream(house):
    house.add_file("minato", people(2))

    process = house.start("send", "--json")
    out, err = process.communicate(timeout=60)

    assert json.loads(out)["counts"]["sent"] == 2
    assert [json.loads(line)["message"] for line in err.splitlines()] == ["send done", "summary"]


def test_a_plan_opens_nothing(house):
    house.add_file("minato", people(2))
    (house.folder / "minato.xlsx").unlink()

    process = house.start("nightly", "--plan", "--json")
    out, _ = process.communicate(timeout=60)

    assert json.loads(out)["workbooks"] == [{"workbook": "minato", "errands": [*USUAL]}]


def test_a_workbook_can_be_named_instead_of_a_roster(house):
    house.add_file("minato", people(2))
    (house.folder / "workbooks.toml").unlink()

    lines = house.run("send", "minato.xlsx", "--config", "relay.toml", "--carrier", "outbox:outbox")

    assert summary(lines)["counts"]["sent"] == 2
