"""Whom a sign-in makes of us, asked of Gmail and Sheets over HTTP."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from sheets_automation.google.problems import access_problem
from sheets_automation.google.signin import Account, Way, mail_scopes
from sheets_automation.google.transport import Caller, Refused, SignInRefused

RUNTIME = "runtime@emulator.iam.gserviceaccount.com"
MAILER = "mailer@mail-project.iam.gserviceaccount.com"
MAILBOX = "saiyo@example.co.jp"
SCOPES = mail_scopes(has_label=True)
PROFILE = "https://gmail.googleapis.com/gmail/v1/users/me/profile"
SHEET = "https://sheets.googleapis.com/v4/spreadsheets"


def impersonating(account, source):
    """What `gcloud auth application-default login --impersonate-service-account` leaves."""
    place = f"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{account}:generateAccessToken"
    return {
        "type": "impersonated_service_account",
        "service_account_impersonation_url": place,
        "source_credentials": source,
        "delegates": [],
    }


def consented(google, tmp_path, scopes):
    path = tmp_path / "sign-in.json"
    path.write_text(json.dumps(google.control.user_credentials(MAILBOX, scopes)))
    path.chmod(0o600)
    return Account(way=Way.OAUTH, sign_in_file=str(path), emulator=google.address)


def whose_mailbox(account, mailbox=MAILBOX):
    with closing(Caller(account.for_mail(mailbox, SCOPES), account.emulator)) as caller:
        return caller.call("GET", PROFILE).json()["emailAddress"]


def whose_spreadsheet(account):
    with closing(Caller(account.for_sheets(), account.emulator)) as caller:
        caller.call("POST", SHEET, json={"properties": {"title": "候補者"}})


def problem(ask, *words):
    with pytest.raises((Refused, SignInRefused)) as caught:
        ask(*words)
    return access_problem(caught.value)


def user_of(google, method):
    return {call["user"] for call in google.control.calls(method)}
