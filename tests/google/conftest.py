"""The ways to sign in, each set up as an admin would."""

from __future__ import annotations

import pytest

from sheets_automation.google.signin import SHEETS, Account, Way
from tests.google.somebody import MAILER, RUNTIME, SCOPES, consented


@pytest.fixture(autouse=True)
def nobody_is_signed_in(monkeypatch, tmp_path):
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "gcloud"))
    for variable in ("GOOGLE_APPLICATION_CREDENTIALS", "CLOUD_RUN_JOB", "K_SERVICE"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture(params=["CLOUD_RUN_JOB", "K_SERVICE", "a machine that google-auth finds"])
def keyless(google, request, monkeypatch):
    """All that an admin sets up, done, on each kind of machine at Google."""
    if " " not in request.param:
        monkeypatch.setenv(request.param, "relay")
    google.control.instance_account(RUNTIME)
    google.control.grant_token_creator(RUNTIME, MAILER)
    google.control.grant_delegation(MAILER, SCOPES)
    return Account(way=Way.KEYLESS, mailer=MAILER, emulator=google.address)


@pytest.fixture
def oauth(google, tmp_path):
    """A mounted secret with the consent of MAILBOX to all scopes."""
    return consented(google, tmp_path, [SHEETS, *SCOPES])
