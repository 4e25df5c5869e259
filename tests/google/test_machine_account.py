"""On Cloud Run the machine itself says who we are, asked once."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from sheets_automation.google.signin import SHEETS, Account, Way
from sheets_automation.google.transport import Caller, NotReached, Refused, SignInRefused
from tests.google.somebody import MAILBOX, RUNTIME, user_of, whose_spreadsheet

A_SHEET = "https://sheets.googleapis.com/v4/spreadsheets/nowhere"


@pytest.fixture
def account(google, monkeypatch):
    monkeypatch.setenv("CLOUD_RUN_JOB", "relay-nightly")
    google.control.instance_account(RUNTIME)
    return Account(way=Way.ADC, emulator=google.address)


def test_one_question_is_enough(google, account):
    whose_spreadsheet(account)

    assert [call["method"] for call in google.control.calls()] == ["metadata", "sheets.spreadsheets.create"]
    assert user_of(google, "sheets.spreadsheets.create") == {RUNTIME}


def test_its_token_is_asked_for_with_our_scopes_alone(google, account):
    with closing(Caller(account.for_sharing(), account.emulator)) as caller, pytest.raises(Refused) as caught:
        caller.call("GET", A_SHEET)

    assert caught.value.refusal.reason == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"


def test_a_token_that_was_taken_back_is_asked_for_anew(google, account):
    with closing(Caller(account.for_sheets(), account.emulator)) as caller:
        for _ in range(2):
            with pytest.raises(Refused):
                caller.call("GET", A_SHEET)
            google.control.revoke_all(RUNTIME)

    assert [call["status"] for call in google.control.calls("sheets.spreadsheets.get")] == [404, 401, 404]


def test_credentials_that_somebody_has_named_go_before_the_machines(google, account, monkeypatch, tmp_path):
    named = tmp_path / "named.json"
    named.write_text(json.dumps(google.control.user_credentials(MAILBOX, [SHEETS])))
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(named))

    whose_spreadsheet(account)

    assert user_of(google, "sheets.spreadsheets.create") == {MAILBOX}


@pytest.mark.parametrize(
    "trouble",
    [{"kind": "status", "status": 503}, {"kind": "status", "status": 429}, {"kind": "reset_before"}],
)
def test_a_machine_in_trouble_means_that_nothing_was_asked(google, account, trouble):
    google.control.fault("metadata", times=None, **trouble)

    with pytest.raises(NotReached):
        whose_spreadsheet(account)

    assert google.control.calls("sheets.spreadsheets.create") == []


def test_a_machine_without_an_account_is_said(google, account):
    google.control.fault("metadata", kind="status", status=404, times=None)

    with pytest.raises(SignInRefused):
        whose_spreadsheet(account)
