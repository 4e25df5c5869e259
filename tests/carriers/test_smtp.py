import pytest

from sheets_automation.carriers.addresses import Security, SmtpAddress
from sheets_automation.carriers.smtp import SmtpCarrier
from sheets_automation.carriers.smtp_connection import SmtpSession
from sheets_automation.core.errors import CarrierError
from sheets_automation.core.model import DeliveryState
from tests.carriers.contract import CarrierContract, a_letter, as_mail, claimed
from tests.carriers.mail_server import MailServer


class SmtpPost:
    """A running server, and carriers to it."""

    def __init__(self, server, **session):
        self.server = server
        self.switches = server.switches
        self.session = {"sender": "saiyo@example.co.jp", "timeout": 30, "final_timeout": 30} | session

    def carrier(self, compose=as_mail):
        address = SmtpAddress(host="127.0.0.1", port=self.server.port, security=Security.LOCAL)
        return SmtpCarrier(address, SmtpSession(**self.session), compose, password=str)

    def send(self, *letters, compose=as_mail):
        """Send like a job does, and say how each letter fared."""
        carrier = self.carrier(compose)
        receipts = [carrier.commit(carrier.prepare([letter])[0]) for letter in letters]
        carrier.close()
        return receipts

    def delivered(self):
        return [content for _, content in self.server.letters]


@pytest.fixture(params=["step by step", "pipelined"])
def post(request):
    server = MailServer()
    server.switches.pipelining = request.param == "pipelined"
    with server.running():
        yield SmtpPost(server)


class TestSmtp(CarrierContract):
    pass


@pytest.mark.parametrize(
    ("answer", "state", "detail"),
    [
        ("550 5.1.1 <taro@example.jp> no such user", DeliveryState.REFUSED, "550 5.1.1"),
        ("550 mailbox unavailable", DeliveryState.REFUSED, "550"),
        ("450 4.2.0 greylisted", DeliveryState.FAILED, "450 4.2.0"),
        ("554 5.7.1 Relay access denied", DeliveryState.FAILED, "554 5.7.1"),
        ("550 5.1.8 Access denied, bad outbound sender", DeliveryState.FAILED, "550 5.1.8"),
        ("550 5.4.5 Daily user sending limit exceeded", DeliveryState.FAILED, "550 5.4.5"),
    ],
)
@pytest.mark.parametrize("step", ["taro@example.jp", "DOT"])
def test_an_answer_decides_what_becomes_of_a_letter_and_of_no_other(post, step, answer, state, detail):
    post.switches.answers[step] = answer
    carrier = post.carrier()
    refused = carrier.commit(carrier.prepare([a_letter("C-1")])[0])
    post.switches.answers.clear()

    sent = carrier.commit(carrier.prepare([a_letter("C-2")])[0])

    assert (refused.state, refused.detail) == (state, detail)
    assert sent.state is DeliveryState.SENT
    assert post.delivered() == [as_mail(a_letter("C-2"))]


def test_a_connection_that_is_lost_before_the_end_of_the_letter_is_a_failure(post):
    post.switches.hang_up = {"DATA"}

    [receipt] = post.send(a_letter(), compose=lambda _outgoing: b"x" * 70 + b"\r\n" * 10_000_000)

    assert receipt.state is DeliveryState.FAILED
    assert receipt.detail == "connection lost at DATA"
    assert post.server.seen["DATA"] == 1


def test_a_connection_that_is_lost_after_the_end_of_the_letter_is_uncertain_and_not_tried_again(post):
    post.switches.hang_up = {"DOT"}

    [receipt] = post.send(a_letter())

    assert receipt.state is DeliveryState.UNCERTAIN
    assert len(post.delivered()) == 1


def test_an_answer_that_does_not_come_in_time_leaves_the_letter_uncertain(post):
    post.session["final_timeout"] = 0.1
    post.switches.delays["DOT"] = 60

    [receipt] = post.send(a_letter())

    assert receipt.state is DeliveryState.UNCERTAIN


def test_the_answer_to_a_whole_letter_is_awaited_longer_than_any_other(post):
    post.session |= {"timeout": 2, "final_timeout": 60}
    post.switches.delays["DOT"] = 3
    carrier = post.carrier()
    slow = carrier.commit(carrier.prepare([a_letter("C-1")])[0])
    [prepared] = carrier.prepare([a_letter("C-2")])
    post.switches.delays["MAIL"] = 600

    lost = carrier.commit(prepared)

    assert slow.state is DeliveryState.SENT
    assert lost.state is DeliveryState.FAILED


def test_an_answer_to_the_letter_that_is_no_smtp_leaves_it_uncertain(post):
    post.switches.answers["DOT"] = "what?"

    [receipt] = post.send(a_letter())

    assert receipt.state is DeliveryState.UNCERTAIN


def test_one_connection_carries_many_letters_and_is_left_politely(post):
    post.send(*(a_letter(f"C-{number}") for number in range(20)))

    assert post.server.seen["connection"] == 1
    assert post.server.seen["quit"] == 1
    assert len(post.delivered()) == 20


def test_after_so_many_letters_a_new_connection_is_opened(post):
    post.session["letters_per_connection"] = 3

    post.send(*(a_letter(f"C-{number}") for number in range(7)))

    assert post.server.seen["connection"] == 3
    assert len(post.delivered()) == 7


def test_a_connection_that_went_stale_is_replaced_before_the_letter(post):
    carrier = post.carrier()
    [prepared] = carrier.prepare([a_letter()])
    post.switches.hang_up = {"MAIL"}
    first = carrier.commit(prepared)
    post.switches.hang_up = set()
    [prepared] = carrier.prepare([a_letter("C-2")])
    post.switches.answers["MAIL"] = "421 4.4.2 idle too long"
    second = carrier.commit(prepared)

    assert first.state is second.state is DeliveryState.FAILED
    assert post.server.seen["connection"] == 4
    assert post.delivered() == []


def test_a_server_that_is_gone_fails_the_letter_and_then_stops_the_run():
    server = MailServer()
    with server.running():
        carrier = SmtpPost(server).carrier()
        [prepared] = carrier.prepare([a_letter()])

    assert carrier.commit(prepared).state is DeliveryState.FAILED
    with pytest.raises(CarrierError) as caught:
        carrier.prepare([a_letter("C-2")])
    assert f"127.0.0.1:{server.port}" in caught.value.en


@pytest.mark.parametrize("answer", ["554 5.7.1 Relay access denied", "550 relaying denied"])
def test_a_server_that_refuses_everybody_stops_the_run(post, answer):
    post.switches.answers["taro@example.jp"] = answer
    carrier = post.carrier()
    for number in range(5):
        carrier.commit(carrier.prepare([a_letter(f"C-{number}")])[0])

    with pytest.raises(CarrierError, match="refused 5 letters in a row"):
        carrier.prepare([a_letter("C-5")])


def test_single_refusals_do_not_stop_the_run(post):
    post.switches.answers["gone@example.jp"] = "550 5.1.1 no such user"
    letters = [a_letter(f"C-{n}", to="gone@example.jp" if n % 5 else "taro@example.jp") for n in range(11)]

    receipts = post.send(*letters)

    assert [r.state for r in receipts].count(DeliveryState.SENT) == 3


def test_a_sender_that_is_not_allowed_stops_the_run_before_any_letter_is_claimed(post):
    post.switches.answers["MAIL"] = "553 5.7.1 not owned by user"

    with pytest.raises(CarrierError, match="refuses this sender"):
        post.carrier().prepare([a_letter()])


def test_an_address_with_other_letters_than_ascii_needs_a_server_that_knows_them(post):
    letter = a_letter(to="太郎@example.jp")

    [sent] = post.send(letter)
    post.switches.smtputf8 = False
    [refused] = post.send(letter)

    assert sent.state is DeliveryState.SENT
    assert [address for address, _ in post.server.letters] == ["太郎@example.jp"]
    assert "SMTPUTF8" in post.server.mail_options
    assert (refused.state, refused.detail) == (DeliveryState.REFUSED, "553 5.6.7")


@pytest.mark.parametrize("to", ["a@example.jp>\r\nRCPT TO:<b@example.jp", "a b@example.jp", "<a@example.jp>", "a@\x00"])
def test_an_address_can_never_speak_to_the_server(post, to):
    carrier = post.carrier()

    [prepared] = carrier.prepare([a_letter(to=to)])

    assert prepared.failure is not None
    assert carrier.commit(prepared).state is DeliveryState.REFUSED
    assert post.server.letters == []


@pytest.mark.parametrize(
    "text",
    [b".", b".\r\nMAIL FROM:<x@example.com>", b"\n.\n", b"\r.\r", b"\r\n.\r\n", b"a\r\n..\r\nb\n.b", b"", b"no end"],
)
def test_no_text_can_end_a_letter_early(post, text):
    message = b"Subject: x\r\n\r\n" + text

    [receipt] = post.send(a_letter(), compose=lambda _outgoing: message)

    assert receipt.state is DeliveryState.SENT
    assert [content.splitlines() for content in post.delivered()] == [message.splitlines()]


def test_a_letter_that_this_carrier_did_not_just_prepare_is_uncertain(post):
    carrier = post.carrier()
    [older] = carrier.prepare([a_letter("C-1")])
    carrier.prepare([a_letter("C-2")])

    assert carrier.commit(older).state is DeliveryState.UNCERTAIN
    assert post.delivered() == []


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("550 5.1.1", DeliveryState.WITHDRAWN),
        ("450 4.2.0", DeliveryState.WITHDRAWN),
        ("what?", DeliveryState.UNCERTAIN),
    ],
)
def test_what_was_surely_not_taken_counts_as_withdrawn(post, answer, state):
    post.switches.answers["DOT"] = answer
    carrier = post.carrier()
    [prepared] = carrier.prepare([a_letter()])
    carrier.commit(prepared)

    assert carrier.resolve(claimed(prepared)).state is state
