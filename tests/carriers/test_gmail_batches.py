"""A batch of Gmail calls, with a token that is good no more."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime

import pytest
from google.oauth2.credentials import Credentials

from sheets_automation.carriers.gmail_client import GmailClient
from sheets_automation.carriers.gmail_pacing import Pacer
from sheets_automation.google.answers import Refusal
from sheets_automation.google.signin import mail_scopes
from sheets_automation.google.transport import AnswerLost, Caller, SignInRefused
from tests.carriers.gmail_post import MAILBOX

PROFILE, DRAFTS = "gmail.users.getProfile", "gmail.users.drafts.list"


@pytest.fixture
def client(google):
    """Somebody who consented, and whose first token was used already."""
    consent = google.control.user_credentials(MAILBOX, mail_scopes(has_label=True))
    caller = Caller(Credentials.from_authorized_user_info(consent), google.address)
    pacer = Pacer(units_per_minute=6000, monotonic=time.monotonic, sleep=time.sleep)
    with closing(GmailClient(caller, pacer, sleep=time.sleep, now=lambda: datetime.now(UTC))) as client:
        client.ask(client.asked("getProfile"))
        google.control.forget_calls()
        yield client


def test_an_expired_token_is_renewed_and_what_it_was_refused_for_is_asked_again(google, client):
    google.control.advance(3600)

    profile, drafts = client.ask_together([client.asked("getProfile"), client.asked("drafts.list")])

    assert (profile["emailAddress"], drafts) == (MAILBOX, {"resultSizeEstimate": 0})
    assert len(google.control.calls("token")) == 1


def test_what_was_done_is_not_asked_again(google, client):
    google.control.fault(PROFILE, kind="unauthorized", times=2)  # googleapiclient tries once more with the same token

    client.ask_together([client.asked("getProfile"), client.asked("drafts.list")])

    assert [call["status"] for call in google.control.calls(PROFILE)] == [401, 401, 200]
    assert len(google.control.calls(DRAFTS)) == 1


def test_a_token_that_stays_refused_is_renewed_once(google, client):
    google.control.fault(PROFILE, kind="unauthorized", times=None)

    [answer] = client.ask_together([client.asked("getProfile")])

    assert isinstance(answer, Refusal)
    assert len(google.control.calls("token")) == 1


def test_a_consent_that_was_revoked_is_said(google, client):
    google.control.revoke_all(MAILBOX)

    with pytest.raises(SignInRefused):
        client.ask_together([client.asked("getProfile")])


def test_an_answer_that_is_no_answer_to_a_batch_is_a_lost_one(google, client):
    google.control.fault("batch", kind="status", status=200)

    with pytest.raises(AnswerLost):
        client.ask_together([client.asked("getProfile")])
