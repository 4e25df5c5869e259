from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.message import AddressUnwritable, Sender, compose_message, message_id
from sheets_automation.core.mime import one_line, text_part
from sheets_automation.core.model import Attachment, DeliveryKey, Letter, LetterKind, OutgoingLetter
from sheets_automation.core.sent_mail import NOTHING_TOLD, read_delivery
from tests.core.mail_grammar import check_message

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SENDER = Sender(name="株式会社みなと製作所 採用担当", address="saiyo@minato.example", reply_to="reply@minato.example")
LETTER = Letter(
    template="standard.ja",
    language="ja",
    subject="選考結果のご連絡【株式会社みなと製作所】",
    text="山田 太郎様\n\nこのたびは…\n",
    html="<p>山田 太郎様</p>\n",
)
OUTGOING = OutgoingLetter(
    key=DeliveryKey(candidate_id="C-1", kind=LetterKind.REJECTION),
    attempt=1,
    to_name="山田 太郎",
    to_address="taro@example.jp",
    letter=LETTER,
)
ANY_TEXT = st.text(st.characters(), max_size=200)  # surrogates, controls, line breaks, direction marks, emoji


def composed(**changes):
    letter = replace(LETTER, **{key: changes.pop(key) for key in ("subject", "text", "html") if key in changes})
    return compose_message(replace(OUTGOING, letter=letter, **changes), SENDER, date=NOON)


def parsed(data):
    return BytesParser(policy=policy.default).parsebytes(data)


def display_name(data, field):
    # The parser of the newer policies sets a blank between two encoded words of a name, against RFC 2047, section 6.2.
    value = BytesParser(policy=policy.compat32).parsebytes(data)[field]
    return str(make_header(decode_header(parseaddr(str(value))[0])))


def contents(data):
    return [part.get_content().replace("\r\n", "\n") for part in parsed(data).iter_parts()]


def readable(text):
    """What a reader can get back: halves of surrogate pairs cannot travel in UTF-8."""
    return text.encode("utf-8", "replace").decode()


def test_a_japanese_letter_keeps_every_rule_and_reads_back_the_same():
    data = composed()

    check_message(data)
    message = parsed(data)
    assert message["Subject"] == LETTER.subject
    assert display_name(data, "To") == "山田 太郎"
    assert message["To"].addresses[0].addr_spec == "taro@example.jp"
    assert display_name(data, "From") == SENDER.name
    assert message["Reply-To"] == "reply@minato.example"
    assert message["Date"].datetime == NOON
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "ja"
    assert message.get_content_type() == "multipart/alternative"
    assert contents(data) == [LETTER.text, LETTER.html]


@example(name="=?utf-8?b?5bGx?=", subject="=?utf-8?b?5bGx?= =?x")
@example(name="Dr. " + '"' * 40, subject="Ordinary words, " * 5)
@example(name="half \ud83d", subject="half \udc00")
@example(name="a\r\nBcc: evil@example.jp", subject="a\r\n\r\n<script>")
@given(name=ANY_TEXT, subject=ANY_TEXT)
def test_no_name_and_no_subject_can_break_a_header(name, subject):
    data = composed(to_name=name, subject=subject)

    check_message(data)
    message = parsed(data)
    assert len(message.keys()) == len(parsed(composed()).keys())
    assert message["To"].addresses[0].addr_spec == "taro@example.jp"
    assert len(message["To"].addresses) == 1
    assert message["Subject"] == readable(one_line(subject))


@given(name=st.text('山田太郎髙﨑𠮷👩‍👩‍👧 Ab.,"\\<>@()[]:;=?_', max_size=120))
def test_a_display_name_reads_back_as_it_was(name):
    assert display_name(composed(to_name=name), "To") == one_line(name)


@example(text="From here on\n.\n", html="..\n" + "a" * 5_000 + " \n")
@given(text=ANY_TEXT, html=ANY_TEXT)
def test_any_body_travels_unharmed(text, html):
    data = composed(text=text, html=html)

    check_message(data)
    plain, rich = parsed(data).iter_parts()
    for part, sent in ((plain, text), (rich, html)):
        lines = readable(sent).replace("\r\n", "\n").replace("\r", "\n")
        assert part.get_payload(decode=True).decode().replace("\r\n", "\n") == lines


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Dear Taro,\r\n\r\nthank you.\r\n", b"7bit"),
        ("Dear Zoë,\n\nthank you for your long letter about many things.\n", b"quoted-printable"),
        ("a" * 100, b"quoted-printable"),
        ("From here on\n", b"quoted-printable"),
        (".\n", b"quoted-printable"),
        ("=_a_197347c48878b4639edc6eb7902951e0", b"quoted-printable"),
        ("blank at the end \n", b"quoted-printable"),
        ("山田様", b"base64"),
        ("\0", b"base64"),
    ],
)
def test_a_body_gets_the_plainest_encoding_that_is_safe(text, encoding):
    part = text_part("plain", text)

    assert part.split(b"\r\n")[1] == b"Content-Transfer-Encoding: " + encoding


def test_a_letter_that_holds_its_own_boundary_is_not_cut():
    boundary = parsed(composed()).get_boundary()
    text = f"--{boundary}\nContent-Type: text/html\n\n<b>forged</b>\n--{boundary}--\n"

    data = composed(text=text, html=text)

    check_message(data)
    assert contents(data) == [text, text]


def test_the_message_id_names_the_attempt_and_nothing_about_the_person():
    first, again = parsed(composed())["Message-ID"], parsed(composed())["Message-ID"]
    second = parsed(composed(attempt=2))["Message-ID"]

    assert first == again == message_id(OUTGOING.key, 1, "taro@example.jp", SENDER)
    assert first != second
    assert first.endswith("@minato.example>")
    assert "C-1" not in first


def test_the_relay_key_is_the_same_for_every_attempt():
    assert parsed(composed())["X-Relay-Key"] == parsed(composed(attempt=2))["X-Relay-Key"]


@pytest.mark.parametrize("template", ["standard.ja", "開発職のみなさま.ja", "not: a field\r\nBcc: x@y.example"])
def test_a_letter_says_its_kind_its_cycle_and_its_template(template):
    outgoing = replace(
        OUTGOING,
        key=replace(OUTGOING.key, kind=LetterKind.FOLLOW_UP, cycle=7),
        letter=replace(OUTGOING.letter, template=template),
    )
    found = parsed(compose_message(outgoing, SENDER, date=NOON))

    assert read_delivery(found["X-Relay-Delivery"]) == (LetterKind.FOLLOW_UP, 7, " ".join(template.split()))
    assert "Bcc" not in found


def test_a_result_does_not_name_its_template_to_whoever_reads_its_source():
    outgoing = replace(OUTGOING, letter=replace(OUTGOING.letter, template="スキル不足.ja"))
    message = compose_message(outgoing, SENDER, date=NOON)

    assert read_delivery(parsed(message)["X-Relay-Delivery"]) == (LetterKind.REJECTION, 1, "")
    assert b"X-Relay-Delivery: rejection 1 -\r\n" in message


@pytest.mark.parametrize("field", ["", "follow_up", "rejection 0 standard.ja", "news 1 standard.ja", "rejection x y"])
def test_a_header_that_we_never_wrote_says_nothing(field):
    assert read_delivery(field) == NOTHING_TOLD


@example(name="half \ud83d")
@example(name="会社案内" * 40 + ".pdf")
# The standard parser takes quotes and angle brackets round a file name for signs of its own.
@given(name=st.text(st.characters(exclude_characters='/\\<"'), max_size=200).filter(one_line))
def test_an_attachment_keeps_its_name_and_content(name):
    attachment = Attachment(name=name, media_type="application/pdf", content=bytes(range(256)))

    data = composed(attachments=(attachment,))

    check_message(data)
    body, attached = parsed(data).iter_parts()
    assert body.get_content_type() == "multipart/alternative"
    assert attached.get_filename() == readable(one_line(name))
    assert attached.get_content() == attachment.content


@pytest.mark.parametrize("media_type", ["message/rfc822", "multipart/mixed", "text/html\r\nX-Evil: 1", "", "ſ/x"])
def test_an_attachment_of_an_unfit_media_type_goes_as_plain_bytes(media_type):
    data = composed(attachments=(Attachment(name="C:\\会社案内.pdf", media_type=media_type, content=b"x"),))

    check_message(data)
    attached = list(parsed(data).iter_parts())[1]
    assert attached.get_content_type() == "application/octet-stream"
    assert attached.get_filename() == "会社案内.pdf"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "taro",
        "a@b@c",
        "a b@example.jp",
        "a@example.jp\r\nBcc: x@y.jp",
        "a@example.jp, b@example.jp",
        "<a@b.jp>",
        "a@",
    ],
)
def test_an_address_that_cannot_stand_in_a_header_is_refused(address):
    with pytest.raises(AddressUnwritable):
        composed(to_address=address)


def test_an_old_mobile_address_with_stray_dots_is_quoted():
    data = composed(to_address="taro..yamada.@docomo.example")

    check_message(data)
    assert b'<"taro..yamada."@docomo.example>' in data


def test_an_international_address_travels_as_utf8():
    data = composed(to_address="太郎@example.jp")

    assert "<太郎@example.jp>".encode() in data


@pytest.mark.parametrize("changes", [{"address": ""}, {"address": "日本@語.jp"}, {"reply_to": "x\r\ny@z.jp"}])
def test_a_sender_with_a_wrong_address_is_refused(changes):
    with pytest.raises(ConfigurationError) as problem:
        Sender(**{"name": "採用", "address": "saiyo@minato.example", **changes})

    assert "[sender]" in problem.value.ja
