"""Delivery reports of many mail systems, as they lie in the inbox."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

import pytest

from tests.google_emulator.gmail.people import REPORTS
from tests.google_emulator_tests.gmail.post import Post, header, letter, unraw

MOBILE = {"docomo", "au", "softbank"}
FOR_PEOPLE_ONLY = MOBILE | {"qmail"}


def _report(post: Post, **edit) -> Message:
    post.send(letter(to="=?utf-8?B?5L2Q6Jek?= <sato@example.com>", subject="=?utf-8?B?6YG46ICD57WQ5p6c?="))
    post.edit("bounce", **edit)
    return message_from_bytes(unraw(post.message(post.newest()["id"], "raw")["raw"]))


def _status(report: Message) -> dict[str, str]:
    """The fields about the recipient, which stand in the second block."""
    [part] = [one for one in report.walk() if one.get_content_type() == "message/delivery-status"]
    blocks = part.get_payload()
    return {name.lower(): str(value) for name, value in blocks[1].items()}


@pytest.mark.parametrize("style", sorted(REPORTS))
def test_every_report_can_be_read_by_the_standard_parser(post: Post, style: str) -> None:
    report = _report(post, style=style)

    assert [part.defects for part in report.walk() if part.defects] == []
    assert report["To"]
    assert report["Message-ID"]
    assert report["From"]


@pytest.mark.parametrize("style", sorted(set(REPORTS) - FOR_PEOPLE_ONLY))
def test_a_report_for_machines_says_what_became_of_whom(post: Post, style: str) -> None:
    report = _report(post, style=style)

    status = _status(report)
    assert report.get_content_type() == "multipart/report"
    assert status["action"] == "failed"
    assert status["status"] == "5.1.1"
    assert status["final-recipient"] == "rfc822; sato@example.com"
    [returned] = [part for part in report.walk() if part.get_content_type() == "message/rfc822"]
    assert returned.get_payload()[0]["Subject"] == "=?utf-8?B?6YG46ICD57WQ5p6c?="


@pytest.mark.parametrize("style", sorted(MOBILE))
def test_a_carrier_writes_iso_2022_jp_and_no_status(post: Post, style: str) -> None:
    report = _report(post, style=style)

    assert report.get_content_type() == "text/plain"
    assert report.get_content_charset() == "iso-2022-jp"
    words = report.get_payload(decode=True)
    assert words.isascii()
    assert "宛先不明" in words.decode("iso-2022-jp")
    assert "sato@example.com" in words.decode("iso-2022-jp")


@pytest.mark.parametrize("style", ["provider_ja", *sorted(MOBILE)])
def test_japanese_is_shown_in_utf_8(post: Post, style: str) -> None:
    _report(post, style=style)

    shown = post.newest()
    assert "宛先不明" in header(shown, "Subject")
    assert "宛先" in shown["snippet"]


def test_google_s_own_report_is_as_google_writes_it(post: Post) -> None:
    report = _report(post)

    assert report["From"] == "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"
    assert report["Subject"] == "Delivery Status Notification (Failure)"
    assert report["Auto-Submitted"] == "auto-replied"
    assert report["X-Failed-Recipients"] == "sato@example.com"
    assert report["Message-ID"].endswith(".GMR@mx.google.com>")
    assert [part.get_content_type() for part in report.walk()][:6] == [
        "multipart/report",
        "multipart/related",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "image/png",
    ]
    assert post.newest()["snippet"].startswith(
        "Address not found Your message wasn&#39;t delivered to sato@example.com because the address"
    )


def test_google_s_report_for_a_japanese_account_is_japanese(post: Post) -> None:
    report = _report(post, style="gmail_ja")

    assert report["Subject"] == "Delivery Status Notification (Failure)"
    assert post.newest()["snippet"].startswith("アドレス不明 アドレスが見つからなかったか")


@pytest.mark.parametrize(
    ("style", "subject"),
    [
        ("gmail", "Delivery Status Notification (Delay)"),
        ("gmail_ja", "Delivery Status Notification (Delay)"),
        ("postfix", "Delayed Mail (still being retried)"),
    ],
)
def test_a_warning_of_delay_is_no_bounce(post: Post, style: str, subject: str) -> None:
    report = _report(post, style=style, cause="delay")

    assert report["Subject"] == subject
    assert report["X-Failed-Recipients"] is None
    assert _status(report)["action"] == "delayed"
    assert _status(report)["status"] == "4.4.1"


@pytest.mark.parametrize(
    ("cause", "status"),
    [("mailbox_full", "5.2.2"), ("blocked", "5.7.1"), ("no_such_domain", "4.0.0"), ("gave_up", "4.4.1")],
)
def test_a_report_has_its_cause(post: Post, cause: str, status: str) -> None:
    assert _status(_report(post, cause=cause))["status"] == status


@pytest.mark.parametrize("style", ["gmail", "gmail_ja", "postfix"])
@pytest.mark.parametrize("cause", ["no_such_domain", "gave_up"])
def test_a_status_that_begins_with_4_may_be_a_failure_all_the_same(post: Post, style: str, cause: str) -> None:
    report = _report(post, style=style, cause=cause)

    assert _status(report)["action"] == "failed"
    assert "Delay" not in report["Subject"]


def test_google_says_whose_words_it_repeats(post: Post) -> None:
    report = _report(post)

    status = _status(report)
    assert status["remote-mta"] == "dns; mx.example.com. (192.0.2.25, the server for the domain example.com.)"
    assert status["last-attempt-date"].endswith(" -0800 (PST)")
    words = next(part for part in report.walk() if part.get_content_type() == "text/plain")
    assert b"The response from the remote server was:" in words.get_payload(decode=True)


def test_a_report_may_lack_the_field_that_names_who_failed(post: Post) -> None:
    assert _report(post, x_failed_recipients=False)["X-Failed-Recipients"] is None


@pytest.mark.parametrize(("style", "together"), [("gmail", True), ("postfix", False), ("docomo", False)])
def test_a_report_lies_beside_the_letter_if_it_refers_to_it(post: Post, style: str, together: bool) -> None:
    sent = post.send()

    post.edit("bounce", messageId=sent["id"], style=style)

    assert (post.newest()["threadId"] == sent["threadId"]) is together


def test_a_report_may_lie_elsewhere(post: Post) -> None:
    sent = post.send()

    post.edit("bounce", messageId=sent["id"], threaded=False)

    assert post.newest()["threadId"] != sent["threadId"]


def test_a_report_is_about_one_of_several_recipients(post: Post) -> None:
    post.send(letter(to="a@example.com, b@example.com"))

    post.edit("bounce", to="b@example.com")

    assert header(post.newest(), "X-Failed-Recipients") == "b@example.com"
