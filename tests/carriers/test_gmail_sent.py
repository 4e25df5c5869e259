"""What a Gmail mailbox has sent for one workbook, over real HTTP."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sheets_automation.carriers import gmail_sent
from sheets_automation.carriers.gmail_sent import GmailSentLetters
from sheets_automation.core.errors import CarrierAccess
from tests.carriers.contract import a_letter
from tests.carriers.gmail_post import MAILBOX, GmailPost

MARK = "0123456789ab"


@pytest.fixture
def post(google, monkeypatch):
    monkeypatch.setattr(gmail_sent, "_HEADS_A_CALL", 2)
    return GmailPost(google)


def sends(post, *ids, mark=MARK):
    """Send letters to these candidates, one an hour; their receipts."""
    carrier = post.carrier(workbook_mark=mark)
    receipts = []
    for one in ids:
        [ready] = carrier.prepare([a_letter(one)])
        receipts.append(carrier.commit(ready))
        post.google.control.advance(3600)
    return receipts


def look(post, *, days=30.0, known=(), mailbox=MAILBOX, opened=None):
    letters = GmailSentLetters(
        post.mailbox().client, mailbox, MARK, lambda raw: (opened if opened is not None else []).append(raw) or "CODE"
    )
    return letters.look(post.google.control.now() - timedelta(days=days), known)


def test_every_letter_of_the_workbook_is_found_with_what_the_log_has_of_it(post):
    receipts = sends(post, "C-1", "C-2", "C-3")

    sent = look(post)

    assert [one.reference for one in sent.letters] == [one.reference for one in reversed(receipts)]
    assert {one.to_address for one in sent.letters} == {a_letter("C-1").to_address}
    assert (sent.looked_at, sent.foreign, sent.is_whole) == (3, 0, True)


def test_letters_of_other_workbooks_and_ordinary_mail_are_counted_and_left(post):
    sends(post, "C-1")
    sends(post, "C-2", mark="ffffffffffff")

    sent = look(post)

    assert (len(sent.letters), sent.foreign) == (1, 1)


def test_the_look_ends_where_all_are_older(post):
    sends(post, *[f"C-{number}" for number in range(7)])
    post.google.control.forget_calls()

    sent = look(post, days=2.5 / 24)

    assert len(sent.letters) == 2
    assert len(post.google.control.calls("gmail.users.messages.get")) <= 4 + len(sent.letters)


def test_more_mail_than_one_look_takes_in_is_told(post, monkeypatch):
    monkeypatch.setattr(gmail_sent, "_MOST_MAILS", 2)
    sends(post, "C-1", "C-2", "C-3")

    assert not look(post).is_whole


def test_a_letter_that_is_known_is_not_opened(post):
    sends(post, "C-1", "C-2")
    opened = []
    known = look(post).letters[0].claim_mark

    codes = [one.referral_code for one in look(post, known=[known], opened=opened).letters]

    assert (codes, len(opened)) == (["", "CODE"], 1)


def test_a_draft_is_no_letter_that_left(post):
    post.carrier().prepare([a_letter("C-1")])

    assert look(post).letters == ()


def test_the_mailbox_of_somebody_else_is_not_read(post):
    sends(post, "C-1")

    with pytest.raises(CarrierAccess):
        look(post, mailbox="other@example.co.jp")
