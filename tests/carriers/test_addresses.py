from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.carriers.addresses import (
    GmailAddress,
    LineAddress,
    OutboxAddress,
    Security,
    SmtpAddress,
    is_loopback,
    parse_carrier,
)
from sheets_automation.core.errors import ConfigurationError


def smtp(host, port, security, user=""):
    return SmtpAddress(host=host, port=port, security=security, user=user)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("outbox:letters", OutboxAddress(folder=Path("letters"))),
        (" OUTBOX:/tmp/採用 letters ", OutboxAddress(folder=Path("/tmp/採用 letters"))),  # noqa: S108
        ("outbox:C:\\letters", OutboxAddress(folder=Path("C:\\letters"))),
        ("smtp://hr@mail.example.com:587", smtp("mail.example.com", 587, Security.STARTTLS, "hr")),
        ("smtp://mail.example.com", smtp("mail.example.com", 587, Security.STARTTLS)),
        ("smtps://mail.example.com/", smtp("mail.example.com", 465, Security.TLS)),
        (
            "smtps://hr@example.co.jp@mail.example.com:465",
            smtp("mail.example.com", 465, Security.TLS, "hr@example.co.jp"),
        ),
        (
            "smtp://hr%40example.co.jp@mail.example.com",
            smtp("mail.example.com", 587, Security.STARTTLS, "hr@example.co.jp"),
        ),
        ("smtp://127.0.0.1:2525", smtp("127.0.0.1", 2525, Security.LOCAL)),
        ("smtp://[::1]:2525", smtp("::1", 2525, Security.LOCAL)),
        ("smtps://localhost:465", smtp("localhost", 465, Security.TLS)),
    ],
)
def test_a_carrier_address_is_read(text, address):
    assert parse_carrier(text) == address


@pytest.mark.parametrize(
    "text",
    [
        *("", "outbox", "outbox:", "letters", "ftp://host", "smtp:mail.example.com", "smtp://", "smtp://@"),
        *(
            "smtp://host:0",
            "smtp://host:99999",
            "smtp://host:port",
            "smtp://a host",
            "smtp://host/path",
            "smtp://host?x",
        ),
    ],
)
def test_anything_else_is_refused_with_the_forms_that_work(text):
    with pytest.raises(ConfigurationError) as caught:
        parse_carrier(text)

    assert "outbox:DIR" in caught.value.en
    assert "outbox:DIR" in caught.value.ja


@pytest.mark.parametrize("text", ["smtp://hr:s3cret@mail.example.com", "smtp://hr:s3cret@mail.example.com:x"])
def test_a_password_in_an_address_is_refused_and_not_repeated(text):
    with pytest.raises(ConfigurationError) as caught:
        parse_carrier(text)

    assert "s3cret" not in caught.value.en + caught.value.ja


def test_line_needs_no_more_than_its_name():
    assert parse_carrier(" LINE: ") == LineAddress()


@pytest.mark.parametrize("text", ["line", "line:@minato", "line:U0123456789abcdef0123456789abcdef"])
def test_whom_line_reaches_is_never_said_in_its_address(text):
    with pytest.raises(ConfigurationError, match="line:"):
        parse_carrier(text)


def test_a_mailbox_of_gmail_is_given_by_its_address():
    assert parse_carrier("gmail:Saiyo@Example.co.jp") == GmailAddress(mailbox="Saiyo@example.co.jp")


@pytest.mark.parametrize("text", ["gmail:", "gmail:saiyo", "gmail:a@example.com,b@example.com"])
def test_a_mailbox_that_is_none_is_refused(text):
    with pytest.raises(ConfigurationError):
        parse_carrier(text)


@pytest.mark.parametrize(
    ("host", "answer"),
    [("localhost", True), ("127.8.9.1", True), ("::1", True), ("10.0.0.1", False), ("localhost.example.com", False)],
)
def test_only_this_machine_is_loopback(host, answer):
    assert is_loopback(host) is answer


@given(st.text() | st.from_regex(r"(outbox|smtps?):(//)?[a-z@:%./\[\]0-9]*", fullmatch=True))
def test_whatever_is_typed_is_an_address_or_a_clear_refusal(text):
    with suppress(ConfigurationError):
        assert isinstance(parse_carrier(text), OutboxAddress | SmtpAddress)
