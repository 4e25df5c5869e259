"""How a letter is taken apart: parts, character sets, attachments, letters within letters."""

from __future__ import annotations

import pytest

from tests.google_emulator.gmail.contents import Part, plain_text, read_parts, snippet
from tests.google_emulator.gmail.letter import decoded

_REPORT = b"\r\n".join(
    [
        b'Content-Type: multipart/report; boundary="b1"; report-type=delivery-status',
        b"",
        b"This is for programs that know no parts.",
        b"--b1",
        b"Content-Type: text/plain; charset=iso-2022-jp",
        b"",
        "宛先不明".encode("iso-2022-jp"),
        b"--b1",
        b"Content-Type: message/delivery-status",
        b"",
        b"Reporting-MTA: dns; mail.example.com",
        b"",
        b"Final-Recipient: rfc822; a@example.com",
        b"Diagnostic-Code: smtp; 550 5.1.1 <a@example.com>: Recipient address rejected: User unknown in local table",
        b"--b1",
        b"Content-Type: message/rfc822",
        b"",
        b"Subject: =?utf-8?B?6YG46ICD57WQ5p6c?=",
        b'Content-Type: multipart/mixed; boundary="b2"',
        b"",
        b"--b2",
        b"",
        b"hello",
        b"--b2--",
        b"--b1--",
        b"after all",
    ]
)


def _shape(part: Part) -> list[tuple[str, str]]:
    return [(one.id, one.mime_type) for one in part.walk()]


def test_parts_are_numbered_as_they_are_nested() -> None:
    assert _shape(read_parts(_REPORT)) == [
        ("", "multipart/report"),
        ("0", "text/plain"),
        ("1", "message/delivery-status"),
        ("1.0", "text/plain"),
        ("2", "message/rfc822"),
        ("2.0", "multipart/mixed"),
        ("2.0.0", "text/plain"),
    ]


def test_a_report_s_status_is_read_as_a_letter_and_given_as_it_was_written() -> None:
    _, _, status, fields, *_ = read_parts(_REPORT).walk()

    assert (status.data, status.is_attachment) == (b"", False)
    assert [(field.name, field.value) for field in fields.fields] == [("Reporting-MTA", "dns; mail.example.com")]
    assert fields.data.startswith(b"Final-Recipient: rfc822; a@example.com\r\n")
    assert fields.data.endswith(b"User unknown in local table")


def test_a_letter_within_a_letter_is_a_file_and_open() -> None:
    *_, inner, inside, _ = read_parts(_REPORT).walk()

    assert inner.is_attachment
    assert inner.data.startswith(b"Subject: =?utf-8?B?")
    assert [field.value for field in inside.fields if field.name == "Subject"] == ["選考結果"]


def test_text_is_given_in_utf_8_whatever_it_came_in() -> None:
    _, words, *_ = read_parts(_REPORT).walk()

    assert words.data.decode() == "宛先不明"


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        ("iso-2022-jp", "不明".encode("iso-2022-jp") + "佐".encode(), "不明"),
        ("shift_jis", "①".encode("cp932"), "①"),
        ("us-ascii", "佐藤".encode(), "佐藤"),
        ("no-such-charset", "佐藤".encode(), "佐藤"),
        ("iso-2022-jp", b"\x1b(I1\x1b(B", "ｱ"),
    ],
)
def test_what_mailers_get_wrong_about_character_sets_is_read_all_the_same(charset: str, raw: bytes, text: str) -> None:
    part = read_parts(f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + raw)

    assert text in part.data.decode()


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (b"--x\r\n\r\none\r\n--x--", [b"one"]),
        (b"--x\n\none\n--x\n\ntwo\n--x--\n", [b"one", b"two"]),
        (b"--x\r\n--x\r\n\r\ntwo\r\n--x--", [b"", b"two"]),
        (b"--x\r\n\r\nno end", [b"no end"]),
        (b"--x  \r\n\r\n--xy\r\n--x--", [b"--xy"]),
    ],
)
def test_boundaries_are_found_where_they_are(body: bytes, parts: list[bytes]) -> None:
    part = read_parts(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + body)

    assert [one.data for one in part.parts] == parts


def test_a_multipart_without_parts_is_a_file() -> None:
    part = read_parts(b"Content-Type: multipart/mixed; boundary=x\r\n\r\nnothing")

    assert part.is_attachment
    assert part.data == b"nothing"


def test_file_names_are_read_in_either_way_of_encoding_them() -> None:
    old = read_parts(b'Content-Type: text/csv; name="=?utf-8?B?5YCZ6KOc?=.csv"\r\n\r\na,b')
    new = read_parts(b"Content-Disposition: attachment; filename*=utf-8''%E5%80%99%E8%A3%9C.csv\r\n\r\na,b")

    assert (old.filename, new.filename) == ("候補.csv", "候補.csv")
    assert old.is_attachment
    assert new.is_attachment


def test_a_snippet_is_the_first_words_escaped_for_html() -> None:
    page = read_parts(b"Content-Type: text/html\r\n\r\n<style>p{}</style><p>A &amp; B's</p><p>C</p>")
    long = read_parts(b"\r\n" + b"word " * 100)

    signs = read_parts(b"\r\n" + b"a&b " * 100)

    assert snippet(page) == "A &amp; B&#39;s C"
    assert snippet(signs) == " ".join(["a&amp;b"] * 25)
    assert len(snippet(long)) <= 200
    assert snippet(long).endswith("word")


def test_the_text_of_a_letter_is_its_plain_part() -> None:
    both = (
        b"Content-Type: multipart/alternative; boundary=x\r\n\r\n"
        b"--x\r\n\r\nplain\r\n--x\r\nContent-Type: text/html\r\n\r\n<b>rich</b>\r\n--x--"
    )

    assert plain_text(read_parts(both)) == "plain"


def test_a_snippet_is_of_what_a_reader_sees() -> None:
    both = (
        b"Content-Type: multipart/alternative; boundary=x\r\n\r\n"
        b"--x\r\n\r\n** plain **\r\n--x\r\nContent-Type: text/html\r\n\r\n<b>rich</b>\r\n--x--"
    )

    assert snippet(read_parts(both)) == "rich"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?utf-8?B?6YG46ICD?= =?utf-8?B?57WQ5p6c?=", "選考結果"),
        ("=?utf-8?B?6YG4?= [C-0042]  two gaps", "選 [C-0042]  two gaps"),
        ("=?utf-8?B?6YE=?= =?utf-8?B?uA==?=", "選"),
        ("=?utf-8?B?6YG?= broken", "\ufffd broken"),
        ("=?iso-2022-jp?B?GyRCQSo5TRsoQg==?=", "選考"),
        ("=?no-such?Q?a?=", "=?no-such?Q?a?="),
        ("50% =? off", "50% =? off"),
        ("=?UTF-8?Q?a_b?=,c", "a b,c"),
    ],
)
def test_encoded_words_are_decoded_and_nothing_else(written: str, read: str) -> None:
    assert decoded(written) == read
