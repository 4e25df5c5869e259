"""Stopping all sending from the page of a real service, also while it sends, and letting it go on."""

import threading

import pytest

from tests.service.service_house import delivered, recruiter_writes


def test_whoever_stops_it_is_on_record_and_nothing_is_sent_until_it_is_let_go(service, tmp_path):
    outbox = tmp_path / "out"
    approval = service.approve()
    frozen = service.post("freeze", because="別の方に届いた")

    refused = service.post("send", approval=approval)

    assert (frozen["recorded"], frozen["waiting"], len(frozen["stops"])) == (True, 24, 1)
    assert "hanako さんがすべての送信を止めました" in frozen["stops"][0]["text"]
    assert (refused["error"]["name"], refused["done"]) == ("sending_frozen", False)
    assert service.get("plan")["stops"] == frozen["stops"]
    assert delivered(outbox) == []

    assert service.post("thaw", code=422)["error"]["name"] == "configuration"
    assert service.post("thaw", code=422, expect=3)["error"]["name"] == "expectation_missed"
    assert service.post("thaw", expect=24)["stops"] == []
    service.send(approval)
    assert len(delivered(outbox)) == 24


def test_a_send_that_is_under_way_stops_with_its_batch(service, tmp_path):
    outbox = tmp_path / "out"
    approval = service.approve()
    answers = []
    sending = threading.Thread(target=lambda: answers.append(service.post("send", approval=approval, seconds=20.0)))
    sending.start()
    while not delivered(outbox):
        pass

    frozen = service.post("freeze", because="止めて")
    sending.join()

    assert frozen["stops"]
    sent = sum(line["state"] == "sent" for line in answers[0]["sent"])
    assert sent == len(delivered(outbox))
    assert service.post("send", approval=approval)["error"]["name"] == "sending_frozen"
    assert sent == len(delivered(outbox))


def test_a_cell_of_the_workbook_stops_it_as_well(service, book):
    approval = service.approve()
    recruiter_writes(book, "A9", "送信停止", tab="設定")
    recruiter_writes(book, "B9", "はい", tab="設定")

    refused = service.post("send", approval=approval)

    assert refused["error"]["name"] == "sending_frozen"
    assert "設定!B9" in refused["error"]["text"]
    (shown,) = service.get("plan", lang="en")["stops"]
    assert (shown["source"], shown["advice"]) == ("setting", "Empty that cell to let it go on.")


@pytest.mark.parametrize("because", ["", None])
def test_to_stop_it_a_reason_is_needed(service, because):
    assert service.post("freeze", code=400, because=because)["error"]["name"] == "bad_request"
