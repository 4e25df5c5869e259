"""Where an emulator is set, bytes go to it and nowhere else."""

from __future__ import annotations

import copy

import pytest
import requests

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.google.emulator import VARIABLE, emulator_host
from sheets_automation.google.redirect import session_to

PROFILE = "https://gmail.googleapis.com/gmail/v1/users/me/profile"
OWNER = {"Authorization": "Bearer owner:saiyo@example.co.jp"}


@pytest.mark.parametrize("host", ["127.0.0.1:8085", "localhost:8085", "[::1]:8085", " 127.0.0.1:8085 "])
def test_it_is_a_port_of_this_machine(host):
    assert emulator_host({VARIABLE: host}) == host.strip()


@pytest.mark.parametrize("host", ["example.com:80", "10.0.0.1:8085", "127.0.0.1:8085/v4", "http://127.0.0.1:8085"])
def test_another_machine_is_refused(host):
    with pytest.raises(ConfigurationError, match=VARIABLE):
        emulator_host({VARIABLE: host})


@pytest.mark.parametrize("environ", [{}, {VARIABLE: ""}])
def test_without_the_variable_it_is_the_real_google(environ):
    assert emulator_host(environ) is None


@pytest.mark.parametrize("made", [lambda session: session, copy.deepcopy], ids=["session", "copy"])
class TestASession:
    """google-auth copies its transport for what it asks in the background."""

    def test_reaches_the_emulator_by_google_s_names(self, google, made):
        answer = made(session_to(google.address)).get(PROFILE, headers=OWNER, timeout=60)

        assert answer.json()["emailAddress"] == "saiyo@example.co.jp"

    @pytest.mark.parametrize("url", ["https://example.com/", "http://10.0.0.1/", "https://googleapis.com.example/"])
    def test_reaches_nothing_else(self, google, made, url):
        with pytest.raises(requests.exceptions.InvalidURL):
            made(session_to(google.address)).get(url, timeout=60)

    def test_uses_no_proxy_of_the_surroundings(self, google, made, monkeypatch):
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

        assert made(session_to(google.address)).get(PROFILE, headers=OWNER, timeout=60).status_code == 200
