"""`relay login` as a process, and the person in the browser whom it asks."""

from __future__ import annotations

import json
import os
import shlex
import stat
import sys
from urllib.parse import parse_qs, urlsplit

import pytest

from sheets_automation.installing import install_line
from tests.commands.login_desk import (
    ALL,
    AUTH,
    MAILBOX,
    Desk,
    agrees,
    agrees_as,
    agrees_to_the_sheets_only,
    refuses,
)


@pytest.fixture
def desk(google, tmp_path):
    return Desk(google, tmp_path)


class TestAConsent:
    def test_is_kept_in_the_keyring_under_the_mailbox_and_as_the_default(self, desk):
        out, _ = desk.log_in()

        assert f"Signed in to Google as {MAILBOX}." in out
        assert set(desk.kept()) == {f"relay google/{MAILBOX}", "relay google/default"}

    def test_opens_sheet_and_mailbox_from_then_on(self, desk):
        desk.log_in()

        out, _ = desk.relay("doctor", "--carrier", f"gmail:{MAILBOX}", "--json", code=7)

        checks = {check["name"]: check["ok"] for check in json.loads(out)["checks"]}
        assert checks["carrier"]

    def test_asks_for_the_least_that_is_needed(self, desk):
        _, err = desk.log_in()
        with_label = parse_qs(urlsplit(err.split()[-1]).query)["scope"][0].split()
        desk.configure(f'client_file = "{desk.client}"', 'label = ""')
        _, err = desk.log_in()
        without = parse_qs(urlsplit(err.split()[-1]).query)["scope"][0].split()

        assert with_label == ALL
        assert without == [ALL[0], f"{AUTH}gmail.compose", f"{AUTH}gmail.readonly"]

    def test_can_go_into_a_file_that_only_its_owner_may_read(self, desk):
        out, _ = desk.log_in("--out", "secret/sign-in.json", "--json")

        path = desk.folder / "secret" / "sign-in.json"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert json.loads(path.read_text())["account"] == MAILBOX
        assert json.loads(out) == {
            "mailbox": MAILBOX,
            "kept_in": "file",
            "file": "secret/sign-in.json",
            "scopes": ALL,
        }
        assert desk.kept() == {}

    def test_replaces_a_file_that_others_could_read_by_one_that_they_cannot(self, desk):
        path = desk.folder / "sign-in.json"
        path.write_text("{}")
        path.chmod(0o644)

        desk.log_in("--out", "sign-in.json")

        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_never_leads_through_a_link_to_somewhere_else(self, desk):
        (desk.folder / "sign-in.json").symlink_to("/dev/stdout")

        out, err = desk.log_in("--out", "sign-in.json", code=2)

        assert "cannot be written" in err
        assert "refresh_token" not in out

    @pytest.mark.parametrize("words", [[], ["--out", "sign-in.json"], ["--json"]])
    def test_shows_no_token_to_anybody(self, desk, words):
        out, err = desk.log_in(*words)

        said = out + err
        assert "ya29." not in said
        assert "1//0e" not in said
        assert desk.google.control.calls("token")

    def test_keeps_nothing_but_what_the_next_run_needs(self, desk):
        desk.log_in()

        for kept in map(json.loads, desk.kept().values()):
            assert set(kept) == {"type", "client_id", "client_secret", "refresh_token", "token_uri", "account"}

    def test_comes_from_the_browser_of_this_computer(self, desk):
        visit = f"{shlex.quote(sys.executable)} -c 'import sys, requests; requests.get(sys.argv[1])' %s &"
        desk.environment["BROWSER"] = visit

        out, _ = desk.relay("login")

        assert "Signed in to Google" in out

    def test_comes_from_another_browser_where_this_computer_has_none(self, desk):
        desk.environment["PATH"] = "/nowhere"

        out, _ = desk.relay("login", browser=agrees)

        assert "Signed in to Google" in out

    def test_is_asked_of_the_mailbox_that_the_configuration_names(self, desk):
        desk.configure(f'client_file = "{desk.client}"', sender='carrier = "gmail:jobs@example.co.jp"')

        out, _ = desk.log_in("--json")

        assert json.loads(out)["mailbox"] == "jobs@example.co.jp"


class TestNothingIsKept:
    @pytest.fixture(autouse=True)
    def _nothing(self, desk):
        yield
        assert desk.kept() == {}

    def test_when_the_person_refuses(self, desk):
        out, err = desk.log_in(browser=refuses, code=2)

        assert "It was not allowed in the browser" in err
        assert out == ""

    def test_when_a_box_stays_without_its_tick_and_the_missing_one_is_named(self, desk):
        _, err = desk.log_in(browser=agrees_to_the_sheets_only, code=2)

        assert "missing: gmail.modify" in err

    def test_when_somebody_else_agrees(self, desk):
        _, err = desk.log_in(MAILBOX, browser=agrees_as("taro@example.co.jp"), code=2)

        assert "another account" in err
        assert "taro@" not in err.splitlines()[-1]

    def test_when_gmail_is_switched_off_in_the_project(self, desk):
        desk.google.control.disable_api("gmail")

        _, err = desk.log_in(code=2)

        assert "The Gmail API is not enabled" in err

    def test_when_google_does_not_answer(self, desk):
        desk.google.control.fault("token", kind="reset_before", times=None)

        _, err = desk.log_in(code=6)

        assert "Google cannot be reached" in err

    @pytest.mark.parametrize("content", ["", "{}", '{"web": {"client_id": "x"}}'])
    def test_without_the_client_of_a_desktop_app(self, desk, content):
        desk.client.write_text(content)

        _, err = desk.relay("login", code=2)

        assert "Desktop app" in err

    def test_with_a_client_that_was_deleted(self, desk):
        client = json.loads(desk.client.read_text())
        desk.client.write_text(json.dumps({"installed": {**client["installed"], "client_secret": "old"}}))

        _, err = desk.log_in(code=2)

        assert "not completed (invalid_client)" in err

    def test_with_the_client_of_a_real_project_while_an_emulator_is_set(self, desk):
        client = json.loads(desk.client.read_text())["installed"]
        real = {**client, "token_uri": "https://oauth2.googleapis.com/token"}
        desk.client.write_text(json.dumps({"installed": real}))

        _, err = desk.relay("login", code=2)

        assert "Real credentials" in err

    def test_where_there_is_no_keyring_and_nobody_is_sent_to_the_browser_for_it(self, desk):
        desk.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

        _, err = desk.relay("login", code=2)

        assert "relay login --out" in err
        assert "http" not in err

    def test_with_an_address_that_is_none(self, desk):
        _, err = desk.relay("login", "saiyo", code=2)

        assert "no address of a mailbox" in err

    @pytest.mark.parametrize("part", ["gspread", "keyring", "google_auth_oauthlib"])
    def test_without_the_parts_for_google(self, desk, part):
        hidden = desk.folder / "without"
        hidden.mkdir()
        (hidden / "sitecustomize.py").write_text(
            "import sys\n"
            "class Missing:\n"
            "    def find_spec(self, name, path=None, target=None):\n"
            f"        if name == {part!r}: raise ModuleNotFoundError(name)\n"
            "sys.meta_path.insert(0, Missing())\n"
        )
        desk.environment["PYTHONPATH"] += os.pathsep + str(hidden)

        _, err = desk.relay("login", code=2)

        assert f"A part for Google ({part}) is not installed" in err
        assert install_line("google") in err


class TestForgetting:
    def test_removes_the_sign_in_and_says_where_to_revoke_it(self, desk):
        desk.log_in()

        out, _ = desk.relay("login", "--forget")

        assert desk.kept() == {}
        assert f"Removed the sign-in of {MAILBOX}" in out
        assert "https://myaccount.google.com/connections" in out

    def test_leaves_the_sign_in_of_another_mailbox(self, desk):
        desk.log_in("jobs@example.co.jp")
        desk.log_in(MAILBOX)

        out, _ = desk.relay("login", "--forget", "Jobs@example.co.jp", "--json")

        assert json.loads(out) == {"forgotten": ["jobs@example.co.jp"]}
        assert set(desk.kept()) == {f"relay google/{MAILBOX}", "relay google/default"}

    def test_says_when_there_was_nothing(self, desk):
        out, _ = desk.relay("login", "--forget", "--lang", "ja")

        assert out == "キーチェーンに保存されたサインインはありません。\n"

    def test_does_not_pretend_to_delete_files(self, desk):
        _, err = desk.relay("login", "--forget", "--out", "sign-in.json", code=2)

        assert "Delete the file yourself" in err


def test_it_speaks_japanese(desk):
    out, err = desk.log_in("--lang", "ja")

    assert err.startswith("ブラウザでこのアドレスを開いて、許可してください")
    assert out.startswith(f"{MAILBOX} として Google にサインインし、")
