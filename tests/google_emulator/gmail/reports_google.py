"""Reports of Google's own: in English, and in Japanese for an account whose language that is."""

from __future__ import annotations

import base64
import html

from tests.google_emulator.gmail.letter import Field
from tests.google_emulator.gmail.reports import (
    Piece,
    Report,
    multipart,
    report_piece,
    sealed,
    status_fields,
    text_piece,
    whole_letter,
)

_ICON = base64.encodebytes(b"\x89PNG\r\n\x1a\n" + bytes(300)).replace(b"\n", b"\r\n")
_ENGLISH = {
    "5.1.1": (
        "Address not found",
        (
            "Your message wasn't delivered to {address} because the address couldn't be found, or is unable to receive "
            "mail."
        ),
        "NoSuchUser",
    ),
    "5.2.2": (
        "Recipient inbox full",
        (
            "Your message couldn't be delivered to {address}. Their inbox is full, or it's getting too much mail right "
            "now."
        ),
        "OverQuotaPerm",
    ),
    "5.7.1": (
        "Message blocked",
        "Your message to {address} has been blocked. See technical details below for more information.",
        "",
    ),
    "5.4.4": (
        "Address not found",
        (
            "Your message wasn't delivered to {address} because the domain {domain} couldn't be found. Check for "
            "typos or unnecessary spaces and try again."
        ),
        "BadRcptDomain",
    ),
    "4.4.1": (
        "Delivery incomplete",
        (
            "There was a temporary problem delivering your message to {address}. Gmail will retry for 47 more hours. "
            "You'll be notified if the delivery fails permanently."
        ),
        "",
    ),
}
_JAPANESE = {
    "5.1.1": (
        "アドレス不明",
        "アドレスが見つからないかメールを受信できないため、メールは {address} に配信されませんでした。",
        "NoSuchUser",
    ),
    "5.2.2": (
        "受信者の受信トレイの容量超過",
        (
            "メールを {address} に配信できませんでした。受信トレイの空き容量がないか、現在受信しているメールの数が"
            "多すぎます。"
        ),
        "OverQuotaPerm",
    ),
    "5.7.1": (
        "メールはブロックされました",
        "{address} へのメールはブロックされました。詳細については、下記の技術情報をご覧ください。",
        "",
    ),
    "5.4.4": (
        "アドレス不明",
        (
            "ドメイン {domain} が見つからなかったため、メールは {address} に配信されませんでした。入力ミスや不要な"
            "スペースがないことを確認してから、もう一度送信してみてください。"
        ),
        "BadRcptDomain",
    ),
    "4.4.1": (
        "配信未完了",
        (
            "{address} へのメールの配信中に一時的な問題が発生しました。Gmail はあと 47 時間再試行します。配信が完全に"
            "失敗した場合は通知されます。"
        ),
        "",
    ),
}
_WORDS = {
    "en": ("The response was:", "Learn more here: {link}", "LEARN MORE"),
    "ja": ("応答:", "詳しくはこちらをご覧ください: {link}", "詳細"),
}
_LINK = "https://support.google.com/mail/?p="


def google_report(report: Report, language: str) -> bytes:
    """A report as mailer-daemon@googlemail.com writes it."""
    title, sentence, page = (_JAPANESE if language == "ja" else _ENGLISH)[report.cause.status]
    sentence = sentence.format(address=report.recipient, domain=report.host)
    link = f"{_LINK}{page}" if page else ""
    words = multipart(
        "alternative",
        [
            text_piece(_plain(title, sentence, link, report.reply, language)),
            text_piece(_page(title, sentence, link, report.reply, language), subtype="html"),
        ],
        report.ids,
    )
    related = multipart("related", [words, _icon()], report.ids)
    status = status_fields(report, "googlemail.com", report.host)
    status = status.replace("\n\n", f"\nX-Original-Message-ID: {report.original_id}\n\n", 1)
    return sealed(_head(report), report_piece(related, status, whole_letter(report), report.ids))


def _head(report: Report) -> list[Field]:
    kind = "Delay" if report.cause.is_delay else "Failure"
    return [
        Field("Delivered-To", report.sender),
        Field("Return-Path", "<>"),
        Field("To", report.sender),
        Field("Auto-Submitted", "auto-replied"),
        Field("Message-ID", report.ids.report(report.now)),
        Field("Date", f"{report.date()}"),
        Field("From", "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"),
        Field("Subject", f"Delivery Status Notification ({kind})"),
        *report.answering(),
        *([] if report.cause.is_delay else report.failed()),
    ]


def _plain(title: str, sentence: str, link: str, reply: str, language: str) -> str:
    response, more, _ = _WORDS[language]
    middle = f"{more.format(link=link)}\n\n" if link else ""
    return f"\n** {title} **\n\n{sentence}\n\n{middle}{response}\n\n{reply}\n"


def _page(title: str, sentence: str, link: str, reply: str, language: str) -> str:
    response, _, more = _WORDS[language]
    anchor = f'<a style="text-decoration:none" href="{link}">{more}</a>\n' if link else ""
    return (
        '\n<html>\n<body>\n<img width=72 height=72 alt="Error Icon" src="cid:icon.png">\n'
        f"<h2>\n{html.escape(title)}\n</h2>\n<p>\n{html.escape(sentence)}\n</p>\n{anchor}"
        f'{response}<br/>\n<p style="font-family:monospace">\n{html.escape(reply)}\n</p>\n</body>\n</html>\n'
    )


def _icon() -> Piece:
    fields = [
        Field("Content-Type", 'image/png; name="icon.png"'),
        Field("Content-Disposition", 'attachment; filename="icon.png"'),
        Field("Content-Transfer-Encoding", "base64"),
        Field("Content-ID", "<icon.png>"),
    ]
    return Piece(fields, _ICON)
