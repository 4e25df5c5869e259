import pytest

from sheets_automation.carriers.addresses import Security, SmtpAddress
from sheets_automation.carriers.smtp import SmtpCarrier
from sheets_automation.carriers.smtp_connection import SmtpSession
from sheets_automation.core.errors import CarrierError, ConfigurationError
from sheets_automation.core.model import DeliveryState
from tests.carriers.contract import a_letter, as_mail
from tests.carriers.mail_server import PASSWORD, USER, MailServer, make_certificates


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("tls"))


def carrier_to(server, security, *, tls=None, user=USER, password=lambda: PASSWORD):
    address = SmtpAddress(host="127.0.0.1", port=server.port, security=security, user=user)
    session = SmtpSession(sender="saiyo@example.co.jp", timeout=30, final_timeout=30)
    return SmtpCarrier(address, session, as_mail, password=password, tls=tls)


def send_one(carrier):
    receipt = carrier.commit(carrier.prepare([a_letter()])[0])
    carrier.close()
    return receipt


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_letters_go_over_an_encrypted_connection_after_a_login(certificates, security):
    server = MailServer(tls=certificates.server, tls_from_the_start=security is Security.TLS)

    with server.running():
        receipt = send_one(carrier_to(server, security, tls=certificates.client))

    assert receipt.state is DeliveryState.SENT
    assert server.seen["login"] == len(server.letters) == 1


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_that_nobody_vouches_for_stops_the_run(certificates, security):
    server = MailServer(tls=certificates.server, tls_from_the_start=security is Security.TLS)

    with server.running(), pytest.raises(CarrierError, match="certificate") as caught:
        send_one(carrier_to(server, security))

    assert "証明書" in caught.value.ja
    assert server.seen["MAIL"] == 0


def test_a_certificate_for_another_host_stops_the_run(tmp_path):
    others = make_certificates(tmp_path, host="mail.example.net")
    server = MailServer(tls=others.server)

    with server.running(), pytest.raises(CarrierError, match="certificate"):
        send_one(carrier_to(server, Security.STARTTLS, tls=others.client))


def test_a_server_without_encryption_gets_neither_password_nor_letter():
    asked = []
    server = MailServer()

    with server.running(), pytest.raises(CarrierError, match="STARTTLS"):
        send_one(carrier_to(server, Security.STARTTLS, password=lambda: asked.append(1) or PASSWORD))

    assert asked == []
    assert server.seen["MAIL"] == 0


def test_a_server_on_this_machine_may_do_without_encryption():
    server = MailServer()

    with server.running():
        receipt = send_one(carrier_to(server, Security.LOCAL))

    assert receipt.state is DeliveryState.SENT
    assert server.seen["login"] == 1


@pytest.mark.parametrize("password", ["wrong", "ひみつ", "two\nlines"])
def test_a_wrong_password_stops_the_run_before_any_letter(password):
    server = MailServer()

    with server.running(), pytest.raises(CarrierError, match="refused the login") as caught:
        send_one(carrier_to(server, Security.LOCAL, password=lambda: password))

    assert password not in caught.value.en + caught.value.ja
    assert server.seen["MAIL"] == 0


def test_no_other_machine_is_ever_used_without_encryption():
    with pytest.raises(ConfigurationError):
        SmtpAddress(host="mail.example.com", port=25, security=Security.LOCAL)


def test_a_plain_port_that_is_addressed_with_tls_says_what_to_check():
    server = MailServer()

    with server.running(), pytest.raises(CarrierError, match="smtps://"):
        send_one(carrier_to(server, Security.TLS))
