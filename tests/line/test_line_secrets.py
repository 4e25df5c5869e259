"""Where the token and the secret come from, and where they never show."""

import keyring
import pytest
from keyring.backend import KeyringBackend

from sheets_automation.carriers.line_secrets import line_token
from sheets_automation.core.errors import CarrierAccess, ConfigurationError
from sheets_automation.wiring_line import line_secret


class Kept(KeyringBackend):
    """A keyring of this process."""

    priority = 1

    def __init__(self, passwords=None):
        super().__init__()
        self.passwords = passwords or {}

    def get_password(self, service, username):
        return self.passwords.get((service, username))

    def set_password(self, service, username, password):
        self.passwords[service, username] = password

    def delete_password(self, service, username):
        del self.passwords[service, username]


@pytest.fixture(autouse=True)
def empty_keyring():
    before = keyring.get_keyring()
    keyring.set_keyring(Kept())
    yield
    keyring.set_keyring(before)


def test_the_token_comes_from_the_environment_a_file_or_the_keyring_in_this_order(tmp_path):
    file = tmp_path / "token"
    file.write_text("of-the-file\n")
    keyring.set_keyring(Kept({("relay line", "channel-access-token"): "of-the-keyring"}))

    assert line_token({"RELAY_LINE_TOKEN": "of-the-environment", "RELAY_LINE_TOKEN_FILE": str(file)}) == (
        "of-the-environment"
    )
    assert line_token({"RELAY_LINE_TOKEN_FILE": str(file)}) == "of-the-file"
    assert line_token({}) == "of-the-keyring"


def test_where_there_is_none_it_says_where_to_put_it():
    with pytest.raises(CarrierAccess, match="RELAY_LINE_TOKEN") as caught:
        line_token({})

    assert 'keyring set "relay line"' in caught.value.ja


@pytest.mark.parametrize("token", ["a b", "a\r\nX-Evil: 1", "ｔｏｋｅｎ"])
def test_a_token_that_would_break_a_header_is_refused_and_not_repeated(token):
    with pytest.raises(CarrierAccess) as caught:
        line_token({"RELAY_LINE_TOKEN": token})

    assert token not in caught.value.ja + caught.value.en


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_told_without_its_content(tmp_path, content):
    file = tmp_path / "token"
    if content:
        file.write_bytes(content)

    with pytest.raises(CarrierAccess):
        line_token({"RELAY_LINE_TOKEN_FILE": str(file)})
    with pytest.raises(ConfigurationError):
        line_secret({"RELAY_LINE_SECRET_FILE": str(file)})


def test_the_secret_comes_from_the_environment_or_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text("of-the-file\n")

    assert line_secret({"RELAY_LINE_SECRET": "one", "RELAY_LINE_SECRET_FILE": str(file)}) == "one"
    assert line_secret({"RELAY_LINE_SECRET_FILE": str(file)}) == "of-the-file"
    with pytest.raises(ConfigurationError, match="RELAY_LINE_SECRET"):
        line_secret({})
