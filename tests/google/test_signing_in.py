"""Three ways to sign in, with real google-auth over HTTP: whom they make of us, and what is said when they end."""

from __future__ import annotations

import json
from contextlib import closing

import pytest

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.google import problems
from sheets_automation.google.answers import Refusal
from sheets_automation.google.problems import access_problem
from sheets_automation.google.signin import SHEETS, Account, Way
from sheets_automation.google.transport import Caller, NotReached, Refused
from tests.google.somebody import (
    MAILBOX,
    MAILER,
    PROFILE,
    RUNTIME,
    SCOPES,
    consented,
    impersonating,
    problem,
    user_of,
    whose_mailbox,
    whose_spreadsheet,
)


class TestKeyless:
    def test_the_mailer_acts_for_the_mailbox(self, keyless):
        assert whose_mailbox(keyless) == MAILBOX

    def test_the_sheet_is_opened_by_the_runtime_account_itself(self, google, keyless):
        whose_spreadsheet(keyless)

        assert user_of(google, "sheets.spreadsheets.create") == {RUNTIME}

    def test_no_key_is_ever_asked_for(self, google, keyless):
        whose_mailbox(keyless)

        assert user_of(google, "iamcredentials.projects.serviceAccounts.signJwt") == {RUNTIME}

    def test_a_key_file_signs_in_as_well_where_there_is_no_machine_account(
        self, google, keyless, monkeypatch, tmp_path
    ):
        robot = "robot@emulator.iam.gserviceaccount.com"
        key = tmp_path / "key.json"
        key.write_text(json.dumps(google.control.service_account_key(robot)))
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
        google.control.grant_token_creator(robot, MAILER)

        assert whose_mailbox(keyless) == MAILBOX

    def test_an_admin_tries_it_from_their_desk_in_the_name_of_the_runtime_account(
        self, google, keyless, monkeypatch, tmp_path
    ):
        admin = "admin@example.co.jp"
        google.control.grant_token_creator(admin, RUNTIME)
        file = impersonating(
            RUNTIME, google.control.user_credentials(admin, ["https://www.googleapis.com/auth/cloud-platform"])
        )
        (tmp_path / "adc.json").write_text(json.dumps(file))
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "adc.json"))

        whose_spreadsheet(keyless)

        assert whose_mailbox(keyless) == MAILBOX
        assert user_of(google, "sheets.spreadsheets.create") == {RUNTIME}

    def test_without_a_mailer_the_configuration_is_named(self, google):
        with pytest.raises(ConfigurationError, match=r"\[google\] mailer"):
            whose_mailbox(Account(way=Way.KEYLESS, emulator=google.address))

    def test_without_the_token_creator_role_it_says_so(self, google, keyless):
        google.control.reset()
        google.control.service_account_key(MAILER)

        assert problem(whose_mailbox, keyless) is problems.NO_TOKEN_CREATOR

    @pytest.mark.parametrize("granted", [[], SCOPES[:0], ["https://www.googleapis.com/auth/gmail.send"]])
    def test_without_delegation_of_every_scope_it_says_so(self, google, keyless, granted):
        google.control.grant_delegation(MAILER, granted)

        assert problem(whose_mailbox, keyless) is problems.NOT_DELEGATED

    def test_a_mailer_that_is_not_there_is_said(self, google, keyless):
        google.control.delete_account(MAILER)

        assert problem(whose_mailbox, keyless) is problems.NO_MAILER

    def test_a_mailbox_that_nobody_has_is_said(self, google, keyless):
        google.control.delete_account("nobody@example.co.jp")

        assert problem(whose_mailbox, keyless, "nobody@example.co.jp") is problems.NO_MAILBOX

    @pytest.mark.parametrize(
        ("api", "project", "name"),
        [
            ("iamcredentials", "emulator", "IAM Service Account Credentials API"),
            ("gmail", "mail-project", "Gmail API"),
        ],
    )
    def test_an_api_that_is_switched_off_is_named(self, google, keyless, api, project, name):
        google.control.disable_api(api, project)

        said = problem(whose_mailbox, keyless)

        assert name in said.ja
        assert f"The {name} is not enabled in the Google Cloud project " in said.en


class TestOAuth:
    def test_the_consent_opens_mailbox_and_sheet(self, google, oauth):
        whose_spreadsheet(oauth)

        assert whose_mailbox(oauth) == MAILBOX
        assert user_of(google, "sheets.spreadsheets.create") == {MAILBOX}

    def test_a_revoked_consent_is_said(self, google, oauth):
        google.control.revoke_all(MAILBOX)

        assert problem(whose_mailbox, oauth) is problems.EXPIRED

    def test_a_scope_that_was_not_allowed_is_said(self, google, tmp_path):
        assert problem(whose_mailbox, consented(google, tmp_path, [SHEETS])) is problems.SCOPE_MISSING

    def test_an_account_that_is_gone_is_said(self, google, oauth):
        google.control.delete_account(MAILBOX)

        assert problem(whose_mailbox, oauth) is problems.EXPIRED

    def test_an_oauth_client_that_was_deleted_is_said(self, google, oauth, tmp_path):
        path = tmp_path / "sign-in.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), "client_id": "gone"}))

        assert problem(whose_mailbox, oauth) is problems.CLIENT_GONE

    @pytest.mark.parametrize(
        "content",
        ["", "{", "[]", '{"installed": {"client_id": "x"}}', '{"type": "service_account", "private_key": "x"}'],
        ids=["empty", "cut off", "no object", "an OAuth client", "a key"],
    )
    def test_a_file_that_is_no_sign_in_is_told_how_to_make_one(self, google, oauth, tmp_path, content):
        (tmp_path / "sign-in.json").write_text(content)

        with pytest.raises(ConfigurationError) as caught:
            whose_mailbox(oauth)

        for said in (caught.value.ja, caught.value.en):
            assert "[google] sign_in_file" in said
            assert "relay login --out" in said

    def test_a_file_that_is_not_there_is_told_how_to_make_one(self, oauth, tmp_path):
        (tmp_path / "sign-in.json").unlink()

        with pytest.raises(ConfigurationError, match="relay login --out"):
            whose_mailbox(oauth)


class TestApplicationDefault:
    def test_it_is_whom_gcloud_signed_in(self, google, tmp_path):
        folder = tmp_path / "gcloud"
        folder.mkdir()
        signed_in = google.control.user_credentials(MAILBOX, [SHEETS, *SCOPES])
        (folder / "application_default_credentials.json").write_text(json.dumps(signed_in))
        account = Account(way=Way.ADC, emulator=google.address)

        whose_spreadsheet(account)

        assert whose_mailbox(account) == MAILBOX

    def test_a_credential_file_that_cannot_be_read_is_named(self, google, tmp_path, monkeypatch):
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "missing.json"))

        with pytest.raises(ConfigurationError, match="GOOGLE_APPLICATION_CREDENTIALS"):
            whose_spreadsheet(Account(way=Way.ADC, emulator=google.address))

    @pytest.mark.parametrize(
        ("reason", "message"),
        [
            ("USER_PROJECT_DENIED", "Caller does not have required permission to use project x."),
            (
                "SERVICE_DISABLED",
                "The sheets.googleapis.com API requires a quota project, which is not set by default.",
            ),
        ],
    )
    def test_a_sign_in_without_a_project_is_told_how_to_name_one(self, reason, message):
        trouble = Refused(Refusal(403, reason, message))

        assert access_problem(trouble) is problems.NO_QUOTA_PROJECT


class TestAnEmulator:
    @pytest.mark.parametrize("way", [Way.ADC, Way.KEYLESS])
    def test_gets_no_real_credentials_of_this_computer(self, google, monkeypatch, tmp_path, way):
        real = tmp_path / "real.json"
        secrets = google.control.user_credentials(MAILBOX, [SHEETS])
        real.write_text(json.dumps({**secrets, "token_uri": "https://oauth2.googleapis.com/token"}))
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(real))

        with pytest.raises(ConfigurationError, match="Real credentials"):
            whose_spreadsheet(Account(way=way, mailer=MAILER, emulator=google.address))

        assert google.control.calls() == []

    def test_gets_no_real_credentials_inside_of_others(self, google, monkeypatch, tmp_path):
        secrets = google.control.user_credentials(MAILBOX, [SHEETS])
        real = impersonating(RUNTIME, {**secrets, "token_uri": "https://oauth2.googleapis.com/token"})
        (tmp_path / "real.json").write_text(json.dumps(real))
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "real.json"))

        with pytest.raises(ConfigurationError, match="Real credentials"):
            whose_spreadsheet(Account(way=Way.ADC, emulator=google.address))

    def test_gets_no_real_consent(self, google, oauth, tmp_path):
        path = tmp_path / "sign-in.json"
        real = {**json.loads(path.read_text()), "token_uri": "https://oauth2.googleapis.com/token"}
        path.write_text(json.dumps(real))

        with pytest.raises(ConfigurationError, match="Real credentials"):
            whose_mailbox(oauth)

        assert google.control.calls() == []

    def test_lets_in_whom_it_is_told_of_where_no_way_is_chosen(self, google):
        account = Account(emulator=google.address)

        whose_spreadsheet(account)

        assert whose_mailbox(account) == MAILBOX


class TestInMidRun:
    def test_an_expired_token_is_renewed_and_the_call_made_again_once(self, google, oauth):
        with closing(Caller(oauth.for_mail(MAILBOX, SCOPES), oauth.emulator)) as caller:
            caller.call("GET", PROFILE)
            google.control.advance(3600)

            caller.call("GET", PROFILE)

        assert [call["status"] for call in google.control.calls("gmail.users.getProfile")] == [200, 401, 200]
        assert len(google.control.calls("token")) == 2

    def test_a_keyless_token_that_was_taken_back_is_renewed_by_signing_again(self, google, keyless):
        with closing(Caller(keyless.for_mail(MAILBOX, SCOPES), keyless.emulator)) as caller:
            caller.call("GET", PROFILE)
            google.control.revoke_all(MAILBOX)

            assert caller.call("GET", PROFILE).json()["emailAddress"] == MAILBOX

        assert len(google.control.calls("iamcredentials.projects.serviceAccounts.signJwt")) == 2

    def test_a_token_that_stays_refused_ends_after_the_second_call(self, google, oauth):
        google.control.fault("gmail.users.getProfile", kind="unauthorized", times=None)

        assert problem(whose_mailbox, oauth) is problems.EXPIRED
        assert len(google.control.calls("gmail.users.getProfile")) == 2

    def test_a_consent_that_is_revoked_is_said(self, google, oauth):
        with closing(Caller(oauth.for_mail(MAILBOX, SCOPES), oauth.emulator)) as caller:
            caller.call("GET", PROFILE)
            google.control.revoke_all(MAILBOX)

            assert problem(caller.call, "GET", PROFILE) is problems.EXPIRED

    @pytest.mark.parametrize("kind", ["reset_before", "html"])
    def test_no_token_for_a_passing_trouble_means_that_nothing_was_asked(self, google, keyless, kind):
        google.control.fault("iamcredentials.*", kind=kind, status=503)

        with pytest.raises(NotReached):
            whose_mailbox(keyless)

        assert google.control.calls("gmail.users.getProfile") == []


@pytest.mark.parametrize("said", [one for one in vars(problems).values() if isinstance(one, problems.Sentence)])
def test_every_sentence_tells_what_to_do_in_both_languages(said):
    assert said.ja.endswith("。")
    assert said.ja.count("。") >= 2
    assert said.en.endswith(".")
    assert said.en.count(". ") >= 1
