"""What stops the circle: a letter that went wrong, people who answer, and addresses that are no more."""

from __future__ import annotations

import pytest

from tests.circle.people import ADDRESSES, ITO, NEWS, REJECTED, RESULTS, SUZUKI, TAKAHASHI, TANAKA, WATANABE, applicants

CAMPAIGN = "半年後のご連絡"
WHY = "並べ替えの誤りで、送り先を取り違えました。"
OKADA = ("岡田 恵", "okada@example.com", "営業職", "", "書類選考", "2026/03/20", "不採用", "2026/04/14", "", "")


@pytest.fixture(autouse=True)
def told(company, around):
    """Eleven have their letter."""
    company.takes_in("applicants.csv", *applicants())
    assert company.send("--expect", "11")["sent"] == 11


def test_a_bad_day_from_the_stop_to_the_apology(company, around):
    company.takes_in("okada.csv", OKADA)
    company.at("2026-04-20T10:30:00")
    assert company.relay("freeze", "--because", "別の方に届いた")["waiting"] == 1
    held = company.send("--expect", "1", code=3)
    assert (held["error"]["name"], held["sent"]) == ("sending_frozen", 0)
    assert around.presses_unsubscribe(company.last_letter_to(SUZUKI).unsubscribe_path()) == 200

    incident = ("incident", "--since", "2026/04/20 9:00")
    found = company.relay(*incident)
    assert sorted(one["to"] for one in found["letters"]) == sorted(ADDRESSES)
    sorry = (*incident, "--explain", WHY, "--carrier", company.post.carrier(RESULTS), "--send", "--although-frozen")
    assert company.relay(*sorry, "--expect", "10")["apologies"]["sent"] == 10

    apologies = company.letters()[11:]
    assert {one.to for one in apologies} == {*ADDRESSES} - {SUZUKI}  # who refused is told in another way
    assert all(WHY in one.text and not any(name in one.text for name in REJECTED) for one in apologies)
    assert company.relay("thaw", "--expect", "1")["stops"] == []
    assert company.send("--expect", "1")["sent"] == 1
    assert company.letters()[-1].to == "okada@example.com"


@pytest.mark.parametrize("company", ["google"], indirect=True)
def test_news_ends_for_whoever_answers_and_for_whoever_cannot_be_reached(company, google):
    company.at("2026-11-24T10:00:00")
    company.relay("follow-up", "--init")
    company.switch_on(CAMPAIGN, "60日")
    assert company.write_news()["sent"] == 5
    google.control.edit("reply", mailbox=NEWS, to=TANAKA)
    google.control.edit("bounce", mailbox=NEWS, to=WATANABE, style="docomo")

    company.at("2026-11-25T10:00:00")
    seen = company.relay("sync", "--carrier", f"gmail:{NEWS}", code=7)
    company.at("2027-02-03T10:00:00")
    later = company.write_news()

    assert (seen["replied"], seen["bounced"]) == (1, 1)
    assert {one["to"] for one in later["letters"]} == {SUZUKI, TAKAHASHI, ITO}
    why = company.left_out(later)
    assert (why[TANAKA], why[WATANABE]) == ("person_answered", "address_bounced")

    company.relay("settle", company.column("候補者ID")[TANAKA], "--follow-up", "--reopen")
    assert [one["to"] for one in company.write_news()["letters"]] == [TANAKA]
