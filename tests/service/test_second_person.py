"""Two people: whoever proposes cannot agree alone, any change voids what was agreed, and nothing leads around it."""

import pytest

from tests.service.service_house import delivered, recruiter_writes


@pytest.fixture
def both(opened, book, tmp_path):
    """Hanako and Taro, each with a page of their own over the same workbook."""
    config = tmp_path / "two.toml"
    config.write_text('[guards]\nsecond_person = true\n[sender]\naddress = "saiyo@minato.example"\n')
    shared = {"carrier": f"outbox:{tmp_path / 'out'}", "config": str(config)}
    return opened(book, **shared, actor="hanako"), opened(book, **shared, actor="taro")


def propose(one, **more):
    return one.post("approvals", plan=one.get("plan")["plan"], **more)


def test_one_proposes_and_another_approves_and_then_it_goes(both, tmp_path):
    hanako, taro = both

    proposed = propose(hanako)
    seen = taro.get("plan")["approval"]
    approved = propose(taro)
    lines, _ = taro.send(approved["approval"])

    assert (proposed["state"], proposed["approval"], proposed["letters"]) == ("proposed", None, 24)
    assert (seen["state"], seen["by"], len(seen["ids"])) == ("proposed", "hanako (relay open, test)", 24)
    assert approved["state"] == "approved"
    assert len(lines) == len(delivered(tmp_path / "out")) == 24


def test_nobody_agrees_to_their_own_proposal(both, tmp_path):
    hanako, _ = both
    propose(hanako)

    refused = hanako.post("approvals", code=403, plan=hanako.get("plan")["plan"])

    assert refused["error"]["name"] == "second_person_needed"
    assert delivered(tmp_path / "out") == []


def test_whoever_proposed_may_send_once_the_other_has_agreed(both):
    hanako, taro = both
    propose(hanako)
    propose(taro)

    again = propose(hanako)
    lines, _ = hanako.send(again["approval"])

    assert again["state"] == "approved"
    assert len(lines) == 24


def test_a_letter_that_changed_after_the_proposal_has_to_be_proposed_anew(both, book):
    hanako, taro = both
    propose(hanako)
    first = hanako.get("plan")["letters"][0]
    recruiter_writes(book, f"C{first['row']}", "別姓")

    state = propose(taro)["state"]

    assert state == "proposed"
    assert propose(hanako)["state"] == "approved"


def test_the_second_person_approves_only_what_was_proposed(both):
    hanako, taro = both
    out = [hanako.get("plan")["letters"][0]["id"]]
    propose(hanako, without=out)

    more = propose(taro)
    fewer = propose(hanako, without=out)

    assert more["state"] == "proposed"
    assert (fewer["state"], fewer["letters"]) == ("approved", 23)


def test_the_command_line_sends_only_what_two_people_agreed_to(both, relay, tmp_path):
    hanako, taro = both
    config = str(tmp_path / "two.toml")
    words = ("send", "book.xlsx", "--carrier", f"outbox:{tmp_path / 'out'}", "--send")

    before = relay(*words, config=config)
    propose(hanako)
    between = relay(*words, config=config)
    propose(taro)
    after = relay(*words, config=config)

    assert (before["sent"], between["sent"], after["sent"]) == (0, 0, 24)
    assert [one["reason"] for one in before["skipped"]].count("second_person_missing") == 24


def test_the_sheet_itself_can_ask_for_a_second_person_and_not_do_without(opened, book, tmp_path):
    config = tmp_path / "one.toml"
    config.write_text('[sender]\naddress = "saiyo@minato.example"\n')
    recruiter_writes(book, "A8", "二人目の承認", tab="設定")
    recruiter_writes(book, "B8", "はい", tab="設定")
    service = opened(book, config=str(config), carrier=f"outbox:{tmp_path / 'out'}")

    asked = propose(service)
    config.write_text(config.read_text() + "[guards]\nsecond_person = true\n")
    recruiter_writes(book, "B8", "いいえ", tab="設定")
    kept = service.get("plan")

    assert asked["state"] == "proposed"
    assert kept["approval"]["state"] == "proposed"
    assert [problem["stops"] for problem in kept["problems"]] == [False]


def test_where_one_person_is_enough_nobody_is_asked_for_another(service):
    assert service.get("plan")["approval"] is None
    assert propose(service)["state"] == "approved"
