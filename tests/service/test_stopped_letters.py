"""Letters that go no more by themselves: whoever has no terminal decides about them on the page."""

import pytest

from sheets_automation.core.sentences import SENTENCES
from sheets_automation.service.on_page import on_page

TRIES = 3


def fail(service, server, one):
    """Let this letter fail until it is no longer tried."""
    server.switches.answers["DOT"] = "451 4.3.0 try later"
    for _ in range(TRIES):
        others = [letter["id"] for letter in service.get("plan")["letters"] if letter["id"] != one["id"]]
        (line,) = service.post("send", approval=service.approve(without=others))["sent"]
        assert line["state"] == "failed"
    server.switches.answers.clear()


def test_a_letter_that_failed_too_often_waits_for_a_persons_word_and_goes_again(by_mail, server):
    one = by_mail.get("plan")["letters"][0]
    fail(by_mail, server, one)

    (waiting,) = by_mail.get("uncertain")["letters"]
    (group,) = [group for group in by_mail.get("plan")["left_out"] if group["reason"] == "too_many_failures"]
    settled = by_mail.post("settle", ids=[waiting["id"]], word="again")

    assert (waiting["id"], waiting["state"], waiting["words"]) == (one["id"], "failed", ["again"])
    assert (waiting["name"], waiting["address"]) == (one["name"], one["address"])
    assert "「未確定」で「もう一度送る」を選んでください" in group["advice"]
    assert settled["settled"] == 1
    assert by_mail.get("uncertain")["letters"] == []
    assert one["id"] in {letter["id"] for letter in by_mail.get("plan")["letters"]}


@pytest.mark.parametrize("reason", SENTENCES)
def test_no_sentence_on_the_page_sends_anybody_to_a_terminal(reason):
    sentence = SENTENCES[reason]

    assert "relay " not in on_page(sentence.ja)
    assert "relay " not in on_page(sentence.en)
    assert on_page(sentence.ja).count("。") == sentence.ja.count("。")
