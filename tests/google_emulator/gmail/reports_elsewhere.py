"""Reports of other mail systems, which took a letter and could not deliver it then."""

from __future__ import annotations

from tests.google_emulator.gmail.letter import Field, encoded
from tests.google_emulator.gmail.reports import (
    Report,
    multipart,
    only_headers,
    report_piece,
    sealed,
    status_fields,
    text_piece,
    whole_letter,
)


def postfix_report(report: Report) -> bytes:
    """A report as Postfix writes it; a warning says so in capitals."""
    host = f"mail.{report.host}"
    if report.cause.is_delay:
        subject = "Delayed Mail (still being retried)"
        words = (
            f"This is the mail system at host {host}.\n\n"
            "####################################################################\n"
            "# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n"
            "####################################################################\n\n"
            "Your message could not be delivered for more than 4 hour(s).\n"
            "It will be retried until it is 5 day(s) old.\n\n"
        )
    else:
        subject = "Undelivered Mail Returned to Sender"
        words = (
            f"This is the mail system at host {host}.\n\n"
            "I'm sorry to have to inform you that your message could not\n"
            "be delivered to one or more recipients. It's attached below.\n\n"
            "For further assistance, please send mail to postmaster.\n\n"
            "If you do so, please include this problem report. You can\n"
            "delete your own text from the attached returned message.\n\n"
        )
    words += f"                   The mail system\n\n<{report.recipient}>: host {host} said:\n    {report.reply}\n"
    head = [
        Field("Return-Path", "<>"),
        Field("Date", report.date(japan=True)),
        Field("From", f"MAILER-DAEMON@{host} (Mail Delivery System)"),
        Field("Subject", subject),
        Field("To", report.sender),
        Field("Auto-Submitted", "auto-replied"),
        Field("Message-Id", report.ids.elsewhere(host)),
    ]
    status = status_fields(report, host, host)
    original = only_headers(report) if report.cause.is_delay else whole_letter(report)
    return sealed(head, report_piece(text_piece(words, "us-ascii"), status, original, report.ids))


def exchange_report(report: Report, language: str) -> bytes:
    """A report as Microsoft 365 and Exchange write it."""
    host = f"{report.ids.queue()}.JPNP286.PROD.OUTLOOK.COM"
    subject = report.original.text("Subject")
    if language == "ja":
        title, lead = f"配信不能: {subject}", "次の受信者またはグループへの配信に失敗しました:"
        unknown = "入力したメール アドレスが見つかりませんでした。受信者のメール アドレスを確認してください。"
        otherwise = "受信者のメール サーバーがメッセージを受け付けませんでした。"
        diagnostic = "管理者向けの診断情報:"
    else:
        title, lead = f"Undeliverable: {subject}", "Delivery has failed to these recipients or groups:"
        unknown = "The email address you entered couldn't be found. Please check the recipient's email address."
        otherwise = "The recipient's email server didn't accept the message."
        diagnostic = "Diagnostic information for administrators:"
    sentence = unknown if report.cause.status == "5.1.1" else otherwise
    reply = f"{report.reply} [{host}]"
    words = f"{lead}\n\n{report.recipient}\n{sentence}\n\n{diagnostic}\n\n{host}\n\n{report.recipient}\n{reply}\n"
    page = f"<html><body><p><b>{lead}</b></p><p>{report.recipient}<br>{sentence}</p><pre>{reply}</pre></body></html>"
    text = multipart("alternative", [text_piece(words), text_piece(page, subtype="html")], report.ids)
    head = [
        Field("Return-Path", "<>"),
        Field("From", f"<postmaster@{report.host}>"),
        Field("To", f"<{report.sender}>"),
        Field("Date", report.date(japan=True)),
        Field("Subject", encoded(title)),
        Field("Message-ID", report.ids.elsewhere(host)),
        *report.answering(),
        Field("Auto-Submitted", "auto-replied"),
        Field("X-MS-Exchange-Message-Is-Ndr", ""),
    ]
    return sealed(head, report_piece(text, status_fields(report, host), whole_letter(report), report.ids))


def sendmail_report(report: Report) -> bytes:
    """A report as Sendmail writes it."""
    host = f"mail.{report.host}"
    words = (
        f"The original message was received at {report.date(japan=True)}\nfrom localhost [127.0.0.1]\n\n"
        "   ----- The following addresses had permanent fatal errors -----\n"
        f"<{report.recipient}>\n    (reason: {report.reply})\n\n"
        f"   ----- Transcript of session follows -----\n... while talking to {host}.:\n"
        f">>> DATA\n<<< {report.reply}\n554 5.0.0 Service unavailable\n"
    )
    head = [
        Field("Return-Path", f"<MAILER-DAEMON@{host}>"),
        Field("Date", report.date(japan=True)),
        Field("From", f"Mail Delivery Subsystem <MAILER-DAEMON@{host}>"),
        Field("Message-Id", report.ids.elsewhere(host)),
        Field("To", f"<{report.sender}>"),
        Field("Subject", "Returned mail: see transcript for details"),
        Field("Auto-Submitted", "auto-generated (failure)"),
    ]
    status = status_fields(report, host, host)
    return sealed(head, report_piece(text_piece(words, "us-ascii"), status, whole_letter(report), report.ids))


def qmail_report(report: Report) -> bytes:
    """A report as qmail writes it: words alone, nothing for machines."""
    host = f"mail.{report.host}"
    words = (
        f"Hi. This is the qmail-send program at {host}.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{report.recipient}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        "--- Below this line is a copy of the message.\n\n"
    )
    head = [
        Field("Return-Path", "<>"),
        Field("Date", report.date(japan=True)),
        Field("From", f"MAILER-DAEMON@{host}"),
        Field("To", report.sender),
        Field("Subject", "failure notice"),
        Field("Message-Id", report.ids.elsewhere(host)),
    ]
    text = text_piece(words, "us-ascii")
    return sealed(head, type(text)(text.fields, text.body + report.original.raw()))
