"""Reports of Japanese providers and mobile carriers. Many still write ISO-2022-JP, and nothing for machines."""

from __future__ import annotations

from email.header import Header

from tests.google_emulator.gmail.letter import Field
from tests.google_emulator.gmail.reports import (
    Report,
    only_headers,
    report_piece,
    sealed,
    status_fields,
    text_piece,
    whole_letter,
)

_CARRIERS = {
    "docomo": ("docomo.ne.jp", "mfsmax.docomo.ne.jp", "550 Unknown user {address}"),
    "au": ("ezweb.ne.jp", "lsean.ezweb.ne.jp", "550 <{address}>: User unknown"),
    "softbank": ("i.softbank.jp", "mx.i.softbank.jp", "550 Invalid recipient: <{address}>"),
}


def carrier_report(report: Report, carrier: str) -> bytes:
    """A report from a carrier's gateway: a few words in ISO-2022-JP and the head of the letter below, in one text."""
    domain, host, reply = _CARRIERS[carrier]
    words = (
        "次のあて先へのメッセージはエラーのため送信できませんでした。\n"
        "送信先メールアドレスが見つかりませんでした(宛先不明)。\n\n"
        f"  <{report.recipient}>\n\n"
        f"  {host}: {reply.format(address=report.recipient)}\n\n"
        "送信されたメッセージの先頭部分は以下のとおりです。\n\n"
    )
    text = text_piece(words, "ISO-2022-JP")
    head = only_headers(report).body
    fields = _head(report, f"Mail System <MAILER-DAEMON@{domain}>", "メール送信エラー(宛先不明)", domain)
    return sealed(fields, type(text)([*text.fields, Field("Content-Transfer-Encoding", "7bit")], text.body + head))


def provider_report(report: Report) -> bytes:
    """A report from an internet provider: for people in ISO-2022-JP, for machines as the standard says."""
    host = f"smtp.{report.host}"
    words = (
        f"こちらは {report.host} のメールサーバです。\n\n"
        "お送りいただいたメールは、次の宛先に配信することができませんでした。\n\n"
        f"  宛先: {report.recipient}\n"
        "  理由: 宛先のメールアドレスが存在しません(宛先不明)。\n\n"
        "メールアドレスをご確認のうえ、再度お送りください。\n\n"
        f"  {report.reply}\n"
    )
    fields = _head(report, f"Mail Delivery System <postmaster@{report.host}>", "配信不能通知: 宛先不明", host)
    content = report_piece(
        text_piece(words, "ISO-2022-JP"), status_fields(report, host), whole_letter(report), report.ids
    )
    return sealed(fields, content)


def _head(report: Report, sender: str, subject: str, host: str) -> list[Field]:
    return [
        Field("Return-Path", "<>"),
        Field("Date", report.date(japan=True)),
        Field("From", sender),
        Field("To", report.sender),
        Field("Subject", Header(subject, "iso-2022-jp", maxlinelen=75).encode(linesep="\r\n")),
        Field("Message-ID", report.ids.elsewhere(host)),
        *report.failed(),
    ]
