"""A person who does not come, and a file that is none of ours."""

from __future__ import annotations

import json

import pytest

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.google.consent import ask_for_consent, read_client
from sheets_automation.google.kept_consent import is_open_to_others
from sheets_automation.google.signin import SHEETS

MAILBOX = "saiyo@example.co.jp"


def test_nobody_is_waited_for_without_end(google, tmp_path, monkeypatch, capsys):
    for switch in ("OAUTHLIB_INSECURE_TRANSPORT", "OAUTHLIB_RELAX_TOKEN_SCOPE"):
        monkeypatch.setenv(switch, "1")  # restored in the end
    path = tmp_path / "client.json"
    path.write_text(json.dumps(google.control.client_secrets(MAILBOX)))
    client = read_client(str(path), emulator=google.address)

    with pytest.raises(ConfigurationError, match="Nobody agreed in the browser in time"):
        ask_for_consent(
            client,
            [SHEETS],
            MAILBOX,
            emulator=google.address,
            open_browser=False,
            invitation="open {url}",
            patience_seconds=0.05,
        )

    assert capsys.readouterr().err.startswith(f"open http://{google.address}/o/oauth2/auth?")


@pytest.mark.parametrize(("mode", "is_open"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True)])
def test_a_secret_is_open_when_anybody_else_may_read_it(tmp_path, mode, is_open):
    path = tmp_path / "sign-in.json"
    path.write_text("{}")
    path.chmod(mode)

    assert is_open_to_others(str(path)) is is_open


def test_a_secret_that_is_not_there_is_open_to_nobody(tmp_path):
    assert not is_open_to_others(str(tmp_path / "sign-in.json"))
