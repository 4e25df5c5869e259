"""Whether Gmail does what our protocol rests on, tried in the user's own mailbox with one letter to themselves."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Final

from sheets_automation.carriers.gmail_client import TROUBLES, Asked, GmailClient
from sheets_automation.carriers.gmail_mailbox import letter_mark
from sheets_automation.core.addresses import match_key
from sheets_automation.core.model import LETTER_HEADER
from sheets_automation.google.answers import NOT_FOUND
from sheets_automation.google.premises import Premise
from sheets_automation.google.problems import Sentence, is_pace
from sheets_automation.google.transport import Refused

Json = dict[str, Any]

_BAD_REQUEST: Final = 400
_MARK: Final = "doctor."
"""No workbook's mark begins so: no run sweeps our drafts, or takes our letter for one of its own."""
_NEWEST: Final = 50

_DO_NOT_SEND = Sentence(
    "二重に届くおそれがあるので、Gmail では送らず、開発者に知らせてください。",
    "Letters might go out twice: do not send by Gmail, and tell the developers.",
)
_MORE_IN_DOUBT = Sentence(
    "二重には届きませんが、途中で止まった通知が「届いたか不明」になることが増えます。"
    "画面の「未確定」か relay settle で決めてください。",
    "Nothing goes out twice, but letters of an interrupted run may be in doubt more often. Settle them "
    "under “In doubt” in the page or with `relay settle`.",
)


def gmail_premises(client: GmailClient, mailbox: str, token: str) -> list[Premise]:
    """Try them all. Raises CarrierError where Gmail does not let us; `token` makes the letter one of its kind."""
    try:
        profile = client.ask(client.asked("getProfile"))
        is_ours = match_key(str(profile.get("emailAddress", ""))) == match_key(mailbox)
        premises = [_own_mailbox(is_ours)]
        if is_ours:  # no letter in anybody else's name
            premises += [*_of_a_sent_draft(client, mailbox, token), _deleted_draft(client, mailbox, token)]
    except TROUBLES as trouble:
        raise client.explained(trouble) from trouble
    return premises


def _of_a_sent_draft(client: GmailClient, mailbox: str, token: str) -> Iterator[Premise]:
    draft = client.ask(client.draft(_letter(mailbox, token)))
    sent = client.ask(client.asked("drafts.send", body={"id": draft["id"]}))
    # Before anything else is asked, since that takes time.
    listed = client.ask(client.asked("messages.list", labelIds=["SENT"], maxResults=_NEWEST))
    yield Premise(
        "gmail_listed_at_once",
        Sentence("送ったメールは、すぐに「送信済み」の一覧に出る", "a sent letter is among the sent ones at once"),
        sent["id"] in {one["id"] for one in listed.get("messages") or ()},
        _MORE_IN_DOUBT,
    )
    yield Premise(
        "gmail_sent_once",
        Sentence("送った下書きは、もう一度は送れない", "a draft that was sent cannot be sent again"),
        _is_refused(client, client.asked("drafts.send", body={"id": draft["id"]})),
        _DO_NOT_SEND,
    )
    yield Premise(
        "gmail_draft_gone",
        Sentence("送った下書きは、なくなっている", "a draft that was sent is gone"),
        _is_refused(client, client.asked("drafts.get", id=draft["id"], format="minimal")),
        _DO_NOT_SEND,
    )
    yield Premise(
        "gmail_thread_kept",
        Sentence("送ったメールは、下書きのスレッドに残る", "a sent letter stays in the thread of its draft"),
        sent["threadId"] == draft["message"]["threadId"],
        _MORE_IN_DOUBT,
    )
    headers = [LETTER_HEADER, "Message-ID"]
    letter = client.ask(client.asked("messages.get", id=sent["id"], format="metadata", metadataHeaders=headers))
    yield Premise(
        "gmail_header_survives",
        Sentence("私たちの付けた印(ヘッダー)が残る", "our own header survives"),
        letter_mark(letter) == _MARK + token,
        _MORE_IN_DOUBT,
    )
    yield _message_id(letter, token)


def _deleted_draft(client: GmailClient, mailbox: str, token: str) -> Premise:
    draft = client.ask(client.draft(_letter(mailbox, token)))
    client.ask(client.asked("drafts.delete", id=draft["id"]))
    return Premise(
        "gmail_deleted_not_sent",
        Sentence("消した下書きは、送れない", "a draft that was deleted cannot be sent"),
        _is_refused(client, client.asked("drafts.send", body={"id": draft["id"]})),
        _DO_NOT_SEND,
    )


def _own_mailbox(is_ours: bool) -> Premise:  # noqa: FBT001 - the one thing that it is about
    return Premise(
        "gmail_own_mailbox",
        Sentence("サインインしているのは、送信元のメールボックス", "it is the mailbox to send from that is signed in"),
        is_ours,
        Sentence(
            "別のメールボックスなので、ここで止めました。何も送っていません。"
            "サインインか --carrier のアドレスを直してください。",
            "It is another one, so this stopped here, and nothing was sent. Correct the sign-in, or the address of "
            "--carrier.",
        ),
    )


def _message_id(letter: Json, token: str) -> Premise:
    """Nothing of ours rests on it; whoever reads the premises wants to know."""
    headers = (letter.get("payload") or {}).get("headers") or ()
    is_ours = any(one.get("name", "").lower() == "message-id" and token in one.get("value", "") for one in headers)
    kept = Sentence(
        "Message-ID は、こちらの付けたまま(どちらでもよい)", "Message-ID is left as it was (either will do)"
    )
    replaced = Sentence(
        "Message-ID は、Gmail が付け替える(どちらでもよい)", "Gmail replaces Message-ID (either will do)"
    )
    return Premise("gmail_message_id", kept if is_ours else replaced, holds=True, otherwise=_MORE_IN_DOUBT)


def _is_refused(client: GmailClient, asked: Asked) -> bool:
    """Refused in the way that says "there is no such draft"."""
    try:
        client.ask(asked)
    except Refused as refused:
        if refused.refusal.is_server_fault or is_pace(refused.refusal):
            raise
        return refused.refusal.status in {_BAD_REQUEST, NOT_FOUND}
    return False


def _letter(mailbox: str, token: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = message["To"] = mailbox
    message["Subject"] = "relay doctor --live"
    message["Message-ID"] = f"<{token}@relay.invalid>"
    message[LETTER_HEADER] = _MARK + token
    message.set_content(
        "relay doctor --live が、このメールボックスの動きを確かめるために送ったメールです。消してかまいません。\n"
        "Sent by relay doctor --live, to see how this mailbox behaves. You may delete it.\n",
        cte="base64",
    )
    return message.as_bytes()
