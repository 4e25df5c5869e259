import base64
import email.header
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core import bounce_wordings, bounce_words
from sheets_automation.core.bounce_causes import Cause, in_words
from sheets_automation.core.bounce_wordings import cause_of
from sheets_automation.core.bounces import MailKind, may_be_a_bounce, understand, understand_headers
from sheets_automation.core.mail_report import MOST_BYTES, read_report
from tests.core.cost import lines_run_in
from tests.core.mail_samples import WORD, mail, names

YAMADA = "yamada@example.com"

BOUNCES = {
    # name: (failed by structure, named in the text, cause, status, the returned letter's word)
    "gmail_ja_unknown_user": (YAMADA, "", Cause.UNKNOWN_ADDRESS, "5.1.1", WORD),
    "gmail_en_domain_not_found": ("yamada@exmaple.com", "", Cause.UNKNOWN_DOMAIN, "5.1.2", WORD),
    "gmail_empty_status_part": (YAMADA, YAMADA, Cause.REFUSED, "", WORD),
    "postfix_mailbox_full": (YAMADA, "", Cause.MAILBOX_FULL, "5.2.2", WORD),
    "postfix_forwarded_elsewhere": (YAMADA, "", Cause.UNKNOWN_ADDRESS, "5.1.1", WORD),
    "docomo_unknown_user_by_sendmail": ("yamada@docomo.ne.jp", "", Cause.UNKNOWN_ADDRESS, "5.2.0", WORD),
    "docomo_ja_plain_text": ("", "yamada@docomo.ne.jp", Cause.UNKNOWN_ADDRESS, "", None),
    "au_domain_filter": ("", "yamada@ezweb.ne.jp", Cause.REFUSED, "", None),
    "au_account_disabled": ("", "yamada@au.com", Cause.MAILBOX_CLOSED, "550", WORD),
    "kddi_mailbox_full": ("", "yamada@t.vodafone.ne.jp", Cause.MAILBOX_FULL, "", None),
    "softbank_over_quota": ("yamada@i.softbank.ne.jp", "", Cause.MAILBOX_FULL, "5.2.2", WORD),
    "yahoo_jp_inactive": ("", "yamada@yahoo.co.jp", Cause.UNKNOWN_ADDRESS, "", WORD),
    "exchange_ja_not_found": (YAMADA, "", Cause.UNKNOWN_ADDRESS, "5.1.10", WORD),
    "exchange_ja_text_only": ("", YAMADA, Cause.UNKNOWN_ADDRESS, "5.1.1", None),
    "exchange_en_expired": (YAMADA, "", Cause.EXPIRED, "4.4.7", WORD),
    "notes_ja": ("", YAMADA, Cause.UNKNOWN_ADDRESS, "", WORD),
    "m_filter_ja": ("", YAMADA, Cause.UNKNOWN_ADDRESS, "550", WORD),
    "biglobe_too_many_messages": ("", "yamada@biglobe.ne.jp", Cause.MAILBOX_FULL, "", WORD),
    "provider_ja_sjis": ("", "yamada@provider.example.jp", Cause.MAILBOX_FULL, "", None),
    "provider_ja_no_charset": ("", "yamada@school.example.ac.jp", Cause.UNKNOWN_ADDRESS, "", None),
    "provider_ja_base64": ("", YAMADA, Cause.REFUSED, "5.7.1", None),
    "provider_ja_page_only": ("", YAMADA, Cause.UNKNOWN_DOMAIN, "", None),
    "qmail_unknown_user": ("", YAMADA, Cause.UNKNOWN_ADDRESS, "5.1.1", WORD),
    "exim_unrouteable": (YAMADA, YAMADA, Cause.OTHER, "", WORD),
    "somebody_elses_mail": (YAMADA, "", Cause.UNKNOWN_ADDRESS, "5.1.1", ""),
}
OTHERS = {
    "gmail_ja_delay": MailKind.DELAY,
    "postfix_delay": MailKind.DELAY,
    "provider_ja_delay": MailKind.DELAY,
    "sendmail_warning": MailKind.DELAY,
    "postfix_delivered": MailKind.AUTOMATIC,
    "vacation_gmail_ja": MailKind.AUTOMATIC,
    "out_of_office_exchange_ja": MailKind.AUTOMATIC,
    "out_of_office_by_subject_alone": MailKind.AUTOMATIC,
    "read_receipt": MailKind.AUTOMATIC,
    "complaint": MailKind.AUTOMATIC,
    "reply_ja": MailKind.PERSON,
    "reply_with_the_letter_attached": MailKind.PERSON,
}


def test_every_sample_is_spoken_of():
    assert {*BOUNCES, *OTHERS} == set(names())


@pytest.mark.parametrize("name", BOUNCES)
def test_a_bounce_says_who_did_not_get_the_letter_and_why(name):
    failed, named, cause, status, letter = BOUNCES[name]

    understood = understand(mail(name))

    assert understood.kind is MailKind.BOUNCE
    assert (failed in understood.recipients) if failed else understood.recipients == ()
    assert (named in understood.mentioned) if named else understood.mentioned == ()
    assert (understood.cause, understood.status, understood.letter) == (cause, status, letter)


@pytest.mark.parametrize("name", OTHERS)
def test_a_mail_that_returns_nothing_is_no_bounce(name):
    assert understand(mail(name)).kind is OTHERS[name]


@pytest.mark.parametrize("name", names())
def test_whether_a_mail_has_to_be_opened_shows_in_its_headers(name):
    has_to_be_opened = may_be_a_bounce(read_report(mail(name)).headers)

    assert has_to_be_opened or name not in BOUNCES
    assert not has_to_be_opened or OTHERS.get(name) is not MailKind.PERSON


@pytest.mark.parametrize("name", [name for name, kind in OTHERS.items() if kind is MailKind.PERSON])
def test_a_persons_mail_is_known_by_its_headers_alone_and_by_its_address(name):
    understood = understand_headers(read_report(mail(name)).headers)

    assert (understood.kind, understood.sender.casefold()) == (MailKind.PERSON, YAMADA)


def test_a_mail_to_which_nobody_could_answer_is_a_machines():
    headers = {"from": "yamada@example.com", "return-path": "<>", "subject": "お知らせ"}

    assert understand_headers(headers).kind is MailKind.AUTOMATIC


def test_a_display_name_that_looks_like_an_address_is_not_the_sender():
    headers = {"from": '"yamada@example.com" <attacker@example.net>', "subject": "Re: 選考結果のご連絡"}

    assert understand_headers(headers).sender == "attacker@example.net"


def test_a_bounce_keeps_no_text_and_no_address_for_the_log():
    assert understand(mail("gmail_ja_unknown_user")).detail == "unknown_address 5.1.1"


@pytest.mark.parametrize(
    ("status", "said", "cause"),
    [
        ("5.1.1", "", Cause.UNKNOWN_ADDRESS),
        ("5.1.2", "", Cause.UNKNOWN_DOMAIN),
        ("5.2.2", "", Cause.MAILBOX_FULL),
        ("4.4.7", "", Cause.EXPIRED),
        ("5.7.26", "", Cause.REFUSED),
        ("550", "", Cause.OTHER),
        ("5.2.0", "550 Unknown user", Cause.UNKNOWN_ADDRESS),
        ("5.0.0", "ユーザーが見つかりません", Cause.UNKNOWN_ADDRESS),
        ("", "宛先のドメインが存在しません", Cause.UNKNOWN_DOMAIN),
        ("", "相手のサーバーから応答がありません", Cause.EXPIRED),
    ],
)
def test_what_is_said_counts_more_than_the_code(status, said, cause):
    assert cause_of(status, said) is cause


def test_the_detail_in_the_log_reads_as_words():
    assert in_words("unknown_address 5.1.1", "ja") == "宛先不明 5.1.1"
    assert in_words("mailbox_full", "en") == "mailbox full"
    assert in_words("of another version", "ja") == "of another version"


@pytest.mark.parametrize("charset", ["punycode", "idna", "zlib", "unicode_escape", "no-such-charset", "utf-7"])
def test_the_text_is_read_whatever_charset_the_mail_claims(charset):
    raw = mail("provider_ja_delay").replace(b"charset=utf-8", f"charset={charset}".encode())

    assert understand(raw).kind is MailKind.DELAY


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_stands_below_the_quoted_letter_is_not_read_whatever_ends_a_line(line_end):
    lines = (
        "From: MAILER-DAEMON@example.com",
        "",
        f"宛先不明: {YAMADA}",
        "---original" + "-" * 40,
        "suzuki@example.com",
    )

    assert understand(line_end.join(lines).encode()).mentioned == (YAMADA,)


def nested(levels: int) -> bytes:
    heads = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(levels))
    return f"From: MAILER-DAEMON@example.com\r\nSubject: failure notice\r\n{heads}\r\n宛先不明".encode()


def test_a_mail_of_too_many_layers_says_nothing():
    assert understand(nested(3)).kind is MailKind.BOUNCE
    assert understand(nested(100)).kind is MailKind.AUTOMATIC


def test_a_huge_mail_is_read_only_as_far_as_a_report_reaches():
    attachment = base64.encodebytes(b"x" * (2 * MOST_BYTES))

    understood = understand(mail("gmail_ja_unknown_user").replace(b"--0000000000aa--", attachment))

    assert (understood.kind, understood.letter) == (MailKind.BOUNCE, WORD)


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff" * 500, b"From", b"\r\n\r\n", b"Content-Type: multipart/report\r\n\r\n"]
)
def test_what_is_no_mail_says_nothing(raw):
    assert understand(raw).kind is not MailKind.BOUNCE


@given(st.sampled_from(names()), st.integers(0, 4000), st.binary(max_size=40), st.integers(0, 4000))
def test_no_damage_to_a_mail_stops_the_reading(name, start, damage, length):
    whole = mail(name)

    understood = understand(whole[:start] + damage + whole[start + length :])

    assert len(understood.detail) < 60


def international_report(group: bytes) -> bytes:
    head = b"From: MAILER-DAEMON@example.com\r\nContent-Type: message/global-delivery-status\r\n\r\n"
    return head + b"Reporting-MTA: dns; example.com\r\n\r\n" + group


def test_an_international_report_names_addresses_in_plain_utf_8():
    group = "Final-Recipient: utf-8; yamada@日本語.jp\r\nAction: failed\r\nStatus: 5.1.1\r\n".encode()

    understood = understand(international_report(group))

    assert (understood.kind, understood.recipients) == (MailKind.BOUNCE, ("yamada@xn--wgv71a119e.jp",))


def test_an_international_report_is_read_whatever_encoding_it_claims():
    group = b"Final-Recipient: rfc822; yamada@example.com\r\nAction: failed\r\n"
    report = international_report(group)

    for claim in (b"Content-Transfer-Encoding: base64", b"Content-Type: text/plain; charset=punycode"):
        assert understand(report.replace(b"Reporting-MTA: dns; example.com", claim)).recipients == (YAMADA,)


def test_no_header_of_a_report_is_folded_again_which_takes_quadratic_time():
    report = international_report(b"x").replace(b"dns; ", b"a: " * 600)

    assert lines_run_in(email.header, lambda: understand(report)) == 0


def repeats_without_end(pattern: re.Pattern[str]) -> list[str]:
    """The quantifiers of a pattern that have no upper bound."""
    return re.findall(r"(?<!\\)(?:\*|\+|\{\d*,\})", re.sub(r"\[[^\]]*\]", "x", pattern.pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        *(bounce_words.FAILED_SUBJECT, bounce_words.FAILED, bounce_words.DELAYED_SUBJECT, bounce_words.DELAYED),
        bounce_words.ANSWERED_BY_MACHINE,
        *(pattern for _, pattern in bounce_wordings._PATTERNS),
    ],
)
def test_no_wording_has_a_quantifier_without_bound_since_strangers_choose_the_text(pattern):
    assert repeats_without_end(pattern) == []
