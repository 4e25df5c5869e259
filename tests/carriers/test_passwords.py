import re
import sys

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from sheets_automation.carriers.passwords import service_name, smtp_password
from sheets_automation.core.errors import CarrierError
from sheets_automation.installing import install_line

WHERE = {"host": "mail.example.com", "user": "hr@example.co.jp"}


class InMemoryKeyring(KeyringBackend):
    """A whole keyring, without an operating system."""

    priority = 1

    def __init__(self):
        self.passwords = {}

    def get_password(self, service, username):
        return self.passwords.get((service, username))

    def set_password(self, service, username, password):
        self.passwords[service, username] = password


@pytest.fixture
def stored():
    before, backend = keyring.get_keyring(), InMemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


def test_the_environment_comes_first(stored):
    keyring.set_password(service_name("mail.example.com"), "hr@example.co.jp", "from the keyring")

    assert smtp_password({"RELAY_SMTP_PASSWORD": "from the environment"}, **WHERE) == "from the environment"


@pytest.mark.parametrize("environ", [{}, {"RELAY_SMTP_PASSWORD": ""}])
def test_else_the_keyring_is_asked(stored, environ):
    keyring.set_password(service_name("mail.example.com"), "hr@example.co.jp", "from the keyring")

    assert smtp_password(environ, **WHERE) == "from the keyring"


def test_a_password_that_is_nowhere_says_how_to_store_one(stored):
    with pytest.raises(CarrierError) as caught:
        smtp_password({}, **WHERE)

    for sentence in (caught.value.ja, caught.value.en):
        assert "RELAY_SMTP_PASSWORD" in sentence
        assert 'keyring set "relay mail.example.com" USER' in sentence
        assert "hr@example.co.jp" not in sentence


def test_a_machine_without_a_keyring_says_the_same(stored):
    keyring.set_keyring(NoKeyring())

    with pytest.raises(CarrierError, match="RELAY_SMTP_PASSWORD"):
        smtp_password({}, **WHERE)


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(CarrierError, match=re.escape(install_line("keyring"))):
        smtp_password({}, **WHERE)
