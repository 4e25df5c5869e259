import smtplib
import socket

from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.carriers.smtp_transaction import Envelope, _commands, _has_hung_up, on_the_wire


def test_a_server_that_has_hung_up_is_noticed_before_the_end_of_the_letter_is_sent():
    ours, theirs = socket.socketpair()
    smtp = smtplib.SMTP()
    smtp.sock = ours

    assert not _has_hung_up(smtp)
    theirs.close()
    assert _has_hung_up(smtp)
    ours.close()


@given(st.lists(st.sampled_from([b".", b"\r", b"\n", b"\r\n", b"a", b"", b"\x0b", b"\xe3\x81\x82"])).map(b"".join))
def test_what_goes_over_the_wire_has_no_lone_dot_and_reads_back_the_same(message):
    wire = on_the_wire(message)

    lines = wire.split(b"\r\n")
    assert b"." not in lines
    assert b"\r" not in b"".join(lines)
    assert b"\n" not in b"".join(lines)
    assert [line.removeprefix(b".") for line in lines[:-1]] == (message.splitlines() or [b""])


def test_commands_are_spelt_as_strict_servers_want_them():
    smtp = smtplib.SMTP()
    smtp.esmtp_features = {"size": "1000", "smtputf8": ""}

    commands = _commands(smtp, Envelope("a@example.jp", "太@example.jp"), 42)

    assert list(commands.values()) == [
        b"MAIL FROM:<a@example.jp> SIZE=42 SMTPUTF8\r\n",
        "RCPT TO:<太@example.jp>\r\n".encode(),
        b"DATA\r\n",
    ]
