"""Reports of Google's own: in English, and in Japanese for an account whose language that is."""

from __future__ import annotations

import base64
import html
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.google_emulator.gmail.letter import Field
from tests.google_emulator.gmail.outgoing import PACIFIC
from tests.google_emulator.gmail.reports import (
    CAUSES,
    Piece,
    Report,
    multipart,
    report_piece,
    sealed,
    text_piece,
    whole_letter,
)

_ICON = base64.encodebytes(b"\x89PNG\r\n\x1a\n" + bytes(300)).replace(b"\n", b"\r\n")
_Words = tuple[str, str, str]
"""A heading, a sentence, and the page of the help that it links to."""
_ENGLISH: dict[str, _Words] = {
    "no_such_user": (
        "Address not found",
        (
            "Your message wasn't delivered to {address} because the address couldn't be found, or is unable to receive "
            "mail."
        ),
        "NoSuchUser",
    ),
    "mailbox_full": (
        "Recipient inbox full",
        (
            "Your message couldn't be delivered to {address}. Their inbox is full, or it's getting too much mail right "
            "now."
        ),
        "OverQuotaPerm",
    ),
    "blocked": (
        "Message blocked",
        "Your message to {address} has been blocked. See technical details below for more information.",
        "",
    ),
    "no_such_domain": (
        "Address not found",
        (
            "Your message wasn't delivered to {address} because the domain {domain} couldn't be found. Check for "
            "typos or unnecessary spaces and try again."
        ),
        "BadRcptDomain",
    ),
    "delay": (
        "Delivery incomplete",
        (
            "There was a temporary problem delivering your message to {address}. Gmail will retry for 47 more hours. "
            "You'll be notified if the delivery fails permanently."
        ),
        "",
    ),
    "gave_up": (
        "Message not delivered",
        "There was a problem delivering your message to {address}. See the technical details below.",
        "",
    ),
}
_JAPANESE: dict[str, _Words] = {
    "no_such_user": (
        "アドレス不明",
        (
            "アドレスが見つからなかったか、メールを受信できないアドレスであるため、メールは {address} に配信され"
            "ませんでした。"
        ),
        "NoSuchUser",
    ),
    "mailbox_full": (
        "受信者の受信トレイの容量超過",
        (
            "メールを {address} に配信できませんでした。受信トレイの空き容量がないか、現在受信しているメールの数が"
            "多すぎます。"
        ),
        "OverQuotaPerm",
    ),
    "blocked": (
        "メールのブロック",
        "{address} でメールがブロックされました。詳しくは、下記の詳細な技術情報をご覧ください。",
        "",
    ),
    "no_such_domain": (
        "アドレス不明",
        (
            "ドメイン {domain} が見つからなかったため、メールは {address} に配信されませんでした。入力ミスや不要な"
            "スペースがないことを確認してから、もう一度送信してみてください。"
        ),
        "BadRcptDomain",
    ),
    "delay": (
        "配信未完了",
        (
            "{address} へのメールの配信中に一時的な問題が発生しました。Gmail は 47 時間再試行し、配信できなかった場合は"
            "お知らせします。"
        ),
        "",
    ),
    "gave_up": (
        "メールは配信されませんでした",
        "{address} へのメールの配信中に問題が発生しました。詳しくは、下記の詳細な技術情報をご覧ください。",
        "",
    ),
}
_NOT_FOUND = "DNS Error: DNS type 'mx' lookup of {domain} responded with code NXDOMAIN Domain name not found: {domain}"


@dataclass(frozen=True, slots=True)
class _Language:
    """What stands between the sentence and the server's words."""

    sentences: dict[str, _Words]
    response: str
    remote_response: str
    help: str
    help_button: str


_LANGUAGES = {
    "en": _Language(
        _ENGLISH,
        "The response was:",
        "The response from the remote server was:",
        "Learn more here: {link}",
        "LEARN MORE",
    ),
    "ja": _Language(_JAPANESE, "応答:", "リモート サーバーからの応答:", "詳しくはこちらをご覧ください: {link}", "詳細"),
}
_LINK = "https://support.google.com/mail/?p="


def google_report(report: Report, language: str) -> bytes:
    """A report as mailer-daemon@googlemail.com writes it."""
    spoken = _LANGUAGES[language]
    words = multipart(
        "alternative",
        [text_piece(_plain(report, spoken)), text_piece(_page(report, spoken), subtype="html")],
        report.ids,
    )
    related = multipart("related", [words, _icon()], report.ids)
    return sealed(_head(report), report_piece(related, _status(report), whole_letter(report), report.ids))


def _head(report: Report) -> list[Field]:
    kind = "Delay" if report.cause.is_delay else "Failure"
    return [
        Field("Delivered-To", report.sender),
        Field("Return-Path", "<>"),
        Field("From", "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"),
        Field("To", report.sender),
        Field("Auto-Submitted", "auto-replied"),
        Field("Subject", f"Delivery Status Notification ({kind})"),
        *report.answering(),
        *([] if report.cause.is_delay else report.failed()),
        Field("Message-ID", report.ids.report(report.now, "GMRIR" if report.cause.is_delay else "GMR")),
        Field("Date", _date(report.now)),
    ]


def _reply(report: Report) -> str:
    """The server's words; where there is no server, those of Google's own name service."""
    return _NOT_FOUND.format(domain=report.host) if _kind(report) == "no_such_domain" else report.reply


def _kind(report: Report) -> str:
    return next(name for name, cause in CAUSES.items() if cause == report.cause)


def _date(moment: datetime) -> str:
    local = moment.astimezone(PACIFIC)
    return f"{local:%a, %d %b %Y %H:%M:%S %z} ({local.tzname()})"


def _status(report: Report) -> str:
    """The fields for machines. Google gives a domain that does not exist the status 4.0.0, though it has failed."""
    cause = report.cause
    lines = [
        "Reporting-MTA: dns; googlemail.com",
        f"Received-From-MTA: dns; {report.sender}",
        f"Arrival-Date: {_date(report.sent)}",
        f"X-Original-Message-ID: {report.original_id}",
        "",
        f"Final-Recipient: rfc822; {report.recipient}",
        f"Action: {'delayed' if cause.is_delay else 'failed'}",
        f"Status: {'4.0.0' if _kind(report) == 'no_such_domain' else cause.status}",
    ]
    if cause.is_remote:
        lines.append(f"Remote-MTA: dns; mx.{report.host}. (192.0.2.25, the server for the domain {report.host}.)")
    lines += [f"Diagnostic-Code: smtp; {_reply(report)}", f"Last-Attempt-Date: {_date(report.now)}"]
    if cause.is_delay:
        lines.append(f"Will-Retry-Until: {_date(report.now + timedelta(hours=47))}")
    return "\n".join(lines) + "\n"


def _plain(report: Report, spoken: _Language) -> str:
    title, sentence, link = _sentence(report, spoken)
    middle = f"{spoken.help.format(link=link)}\n\n" if link else "\n\n"
    return f"\n** {title} **\n\n{sentence}\n\n{middle}{_response(report, spoken)}\n\n{_reply(report)}\n"


def _page(report: Report, spoken: _Language) -> str:
    title, sentence, link = _sentence(report, spoken)
    anchor = f'<a style="text-decoration:none" href="{link}">{spoken.help_button}</a>\n' if link else ""
    address = html.escape(report.recipient)
    marked = html.escape(sentence).replace(
        address, f"<a style='color:#212121;text-decoration:none'><b>{address}</b></a>"
    )
    return (
        '\n<html>\n<body>\n<img width=72 height=72 alt="Error Icon" src="cid:icon.png">\n'
        f"<h2>\n{title}\n</h2>\n<p>\n{marked}\n</p>\n{anchor}"
        f"{_response(report, spoken)}<br/>\n"
        f'<p style="font-family:monospace">\n{html.escape(_reply(report))}\n</p>\n</body>\n</html>\n'
    )


def _sentence(report: Report, spoken: _Language) -> _Words:
    title, sentence, page = spoken.sentences[_kind(report)]
    words = sentence.format(address=report.recipient, domain=report.host)
    return title, words, f"{_LINK}{page}" if page else ""


def _response(report: Report, spoken: _Language) -> str:
    return spoken.remote_response if report.cause.is_remote else spoken.response


def _icon() -> Piece:
    fields = [
        Field("Content-Type", 'image/png; name="icon.png"'),
        Field("Content-Disposition", 'attachment; filename="icon.png"'),
        Field("Content-Transfer-Encoding", "base64"),
        Field("Content-ID", "<icon.png>"),
    ]
    return Piece(fields, _ICON)
