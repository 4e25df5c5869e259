"""What the operator hears of the day: a mail with numbers, a line in the log, metrics for whoever wants them."""

from __future__ import annotations

import email
import email.policy
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

from sheets_automation.config.roster import USUAL
from tests.fleet.fleet_house import FleetHouse, people, summary

OPERATOR = '[operator]\naddress = "ops@minato.example"\ncarrier = "outbox:ops"'


@pytest.fixture
def house(tmp_path):
    house = FleetHouse(tmp_path)
    house.add_file("minato", people(3, of="a"))
    house.add_file("kita", people(60, of="b"))
    house.write_roster(more=OPERATOR)
    return house


def mails(house):
    files = sorted((house.folder / "ops").glob("new/*"))
    return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]


def test_the_operator_gets_one_mail_with_a_line_for_each_workbook_the_needy_ones_first(house):
    house.run("send")

    lines = house.run("digest", "--lang", "en", RELAY_NOW="2026-12-08T10:00:00+09:00")

    [mail] = mails(house)
    text = mail.get_body(("plain",)).get_content()
    assert mail["To"] == "ops@minato.example"
    assert mail["Subject"] == "relay 2026-12-08: 1 need somebody"
    assert [line.partition(":")[0] for line in text.splitlines()] == ["kita", "minato"]
    assert "waiting too long 60" in text
    assert [line["message"] for line in lines][-2:] == ["digest", "summary"]


def test_it_counts_what_happened_in_a_day(house):
    house.run("send")

    same_day = {line["workbook"]: line["counts"] for line in house.run("digest") if line.get("errand")}
    next_week = {
        line["workbook"]: line["counts"]
        for line in house.run("digest", RELAY_NOW="2026-12-01T10:00:00+09:00")
        if line.get("errand")
    }

    assert [day["minato"]["sent"] for day in (same_day, next_week)] == [3, 0]


def test_what_a_mailbox_may_still_send_is_counted_for_all_its_workbooks_together(house):
    house.add_file("nishi", people(4, of="c"))
    house.write_roster(more=OPERATOR)
    house.run("send")

    house.run("digest", "--lang", "en")

    text = mails(house)[0].get_body(("plain",)).get_content()
    assert [line.rpartition("/")[2].strip() for line in text.splitlines()] == ["letters left today 493"] * 3


def test_a_workbook_that_cannot_be_read_stands_in_it_too(house):
    (house.folder / "minato.xlsx").write_bytes(b"no workbook")

    house.run("digest")

    [mail] = mails(house)
    assert "minato: workbook_unreadable" in mail.get_body(("plain",)).get_content()


def test_a_digest_names_nobody(house):
    house.run("send")
    house.run("digest")

    said = mails(house)[0].as_bytes().decode("latin-1") + mails(house)[0].get_body(("plain",)).get_content()

    assert [text for row in people(3, of="a") for text in row[:2] if text in said] == []


def test_a_digest_that_cannot_be_sent_is_a_failure(house):
    house.write_roster(more=OPERATOR.replace("outbox:ops", "smtp://nobody@127.0.0.1:9"))

    lines = house.run("digest", code=8, RELAY_SMTP_PASSWORD="x")

    assert [(line["severity"], line["error"]) for line in lines if line["message"] == "digest not sent"] == [
        ("ERROR", "carrier")
    ]
    assert summary(lines)["severity"] == "ERROR"
    assert summary(lines)["failed"] == [{"workbook": "operator", "errand": "digest-mail", "error": "carrier"}]


def test_it_changes_nothing_in_a_workbook(house):
    before = (house.folder / "minato.xlsx").read_bytes()

    house.run("digest")

    assert (house.folder / "minato.xlsx").read_bytes() == before


class Collector(BaseHTTPRequestHandler):
    """Where metrics arrive."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(ExportMetricsServiceRequest.FromString(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def collector():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    server.received = []
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def numbers(received):
    """What was counted, by the metric's name and its state."""
    found = Counter()
    for request in received:
        for resource in request.resource_metrics:
            for scope in resource.scope_metrics:
                for metric in scope.metrics:
                    for point in metric.sum.data_points:
                        states = [one.value.string_value for one in point.attributes if one.key == "state"]
                        found[metric.name, *states] = point.as_int
    return found


def test_metrics_say_how_many_letters_and_errands_ended_how(house, collector):
    house.write_roster(more="[operator]\nmetrics = true")
    endpoint = f"http://127.0.0.1:{collector.server_port}"

    house.run("send", OTEL_EXPORTER_OTLP_ENDPOINT=endpoint, OTEL_EXPORTER_OTLP_COMPRESSION="none")

    assert numbers(collector.received) == {
        ("relay.letters", "sent"): 3,
        ("relay.errands", "done"): 1,
        ("relay.errands", "needs_a_person"): 1,
    }
    assert not any(row[1].encode() in one.SerializeToString() for row in people(3) for one in collector.received)


def test_without_a_word_of_the_roster_no_metric_leaves(house, collector):
    endpoint = f"http://127.0.0.1:{collector.server_port}"

    house.run("send", OTEL_EXPORTER_OTLP_ENDPOINT=endpoint)

    assert collector.received == []


def test_the_night_is_not_the_digest(house):
    lines = house.run("nightly")

    assert "digest" not in {line.get("errand") for line in lines}
    assert summary(lines)["done"] == 2 * len(USUAL)
