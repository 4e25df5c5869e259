"""The inbox of a Gmail mailbox: what came back for letters that were sent from it, in few calls.

Ids and conversations are listed, which shows nothing of a mail. Of those in a letter's conversation or from a mailer a
few headers are read, and only what may be a bounce is opened.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, TypeVar

from sheets_automation.carriers.gmail_client import TROUBLES, Asked, GmailClient
from sheets_automation.core.addresses import match_key
from sheets_automation.core.bounces import Understood, may_be_a_bounce, understand, understand_headers
from sheets_automation.core.errors import CarrierAccess
from sheets_automation.core.mail_report import Fields, decoded
from sheets_automation.core.returns import Post, ReturnedMail, SentLetter

Json = dict[str, Any]
T = TypeVar("T")

_PAGE: Final = 500  # messages.list gives no more
_MOST_PAGES: Final = 40
_MOST_MAILS: Final = 2_000
_HEADERS_A_CALL: Final = 50
_MAILS_A_CALL: Final = 10
_MOST_BYTES_OPENED: Final = 2 * 1024 * 1024
"""A bounce that returns more than this is judged by its headers."""
# Spam and bin too: a bounce that a filter or a person put there came back all the same.
_WHEREVER: Final = {"includeSpamTrash": True, "maxResults": _PAGE}
_NOT_OURS: Final = "-in:sent -in:drafts"
_FROM_MAILERS: Final = "from:(mailer-daemon OR postmaster OR mail-daemon)"
_HEADERS: Final = [
    "From",
    "Return-Path",
    "Subject",
    "Content-Type",
    "Auto-Submitted",
    "X-Failed-Recipients",
    "X-Autoreply",
    "X-Autorespond",
    "X-Auto-Response-Suppress",
    "Precedence",
    "List-Id",
    "Feedback-ID",
]


class _Stub(NamedTuple):
    """A mail, as a list names it."""

    id: str
    thread: str


class GmailInbox:
    """受信箱 of the mailbox that the letters left from."""

    def __init__(self, client: GmailClient, mailbox: str, sender: str) -> None:
        self._client = client
        self._mailbox = mailbox
        self.addresses: Collection[str] = tuple(dict.fromkeys((mailbox, sender)))

    def look(self, letters: Sequence[SentLetter], since: datetime, known: Collection[str]) -> Post:
        """Find what came in since then, newest first where there is more than one look takes in."""
        threads = _by_part(letters, _THREAD)
        try:
            stubs, is_whole = self._listed(threads, int(since.timestamp()))
            new = [stub for stub in stubs if stub.id not in known]
            mails = tuple(self._understood(new[:_MOST_MAILS], threads))
        except TROUBLES as trouble:
            raise self._client.explained(trouble) from trouble
        return Post(mails=mails, words=_by_part(letters, _WORD), is_whole=is_whole and len(new) <= _MOST_MAILS)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _listed(self, threads: Mapping[str, str], since: int) -> tuple[list[_Stub], bool]:
        """The mails to look at: of everything that came in, those in our threads; and what mailers wrote."""
        queries = [f"after:{since} {_NOT_OURS}", f"after:{since} {_FROM_MAILERS}"]
        profile, *answers = self._client.look_each(
            [self._client.asked("getProfile"), *(self._page(query) for query in queries)]
        )
        check_identity(profile or {}, self._mailbox)
        (inbox, all_seen), (reports, all_reports) = (
            self._all_pages(query, answer or {}) for query, answer in zip(queries, answers, strict=True)
        )
        wanted = [*(stub for stub in inbox if stub.thread in threads), *reports]
        return list(dict.fromkeys(wanted)), all_seen and all_reports

    def _page(self, query: str, token: str = "") -> Asked:
        return self._client.asked("messages.list", q=query, pageToken=token or None, **_WHEREVER)

    def _all_pages(self, query: str, page: Json) -> tuple[list[_Stub], bool]:
        found: list[_Stub] = []
        for _ in range(_MOST_PAGES):
            found += [_Stub(str(one["id"]), str(one["threadId"])) for one in page.get("messages") or ()]
            token = str(page.get("nextPageToken") or "")
            if not token:
                return found, True
            page = self._client.look(self._page(query, token))
        return found, False

    def _understood(self, stubs: Sequence[_Stub], threads: Mapping[str, str]) -> Iterator[ReturnedMail]:
        """Each mail understood; of a mail that is opened nothing else is kept."""
        for some in in_groups(stubs, _HEADERS_A_CALL):
            heads = self._client.look_each([self._head(stub) for stub in some])
            mails = [head for head in heads if head]
            opened = self._opened([head for head in mails if _has_to_be_opened(head)])
            for head in mails:
                yield ReturnedMail(
                    reference=str(head["id"]),
                    at=datetime.fromtimestamp(int(head["internalDate"]) / 1000, UTC),
                    understood=opened.get(str(head["id"])) or understand_headers(fields_of(head)),
                    conversation_of=threads.get(str(head["threadId"]), ""),
                )

    def _opened(self, heads: Sequence[Json]) -> dict[str, Understood]:
        understood: dict[str, Understood] = {}
        for some in in_groups(heads, _MAILS_A_CALL):
            calls = [self._client.asked("messages.get", id=head["id"], format="raw") for head in some]
            for answer in self._client.look_each(calls):
                if answer:
                    understood[str(answer["id"])] = understand(raw_of(answer))
        return understood

    def _head(self, stub: _Stub) -> Asked:
        return self._client.asked("messages.get", id=stub.id, format="metadata", metadataHeaders=_HEADERS)


def check_identity(profile: Json, mailbox: str) -> None:
    """Raise CarrierAccess unless the mailbox is the one that was meant."""
    if match_key(str(profile.get("emailAddress", ""))) != match_key(mailbox):
        raise CarrierAccess(
            "サインインしている Gmail が --carrier gmail: のメールボックスと違います。何も読み取りませんでした。"
            "メールボックスのアドレスか、サインインを確かめてください。",
            "The Gmail account that is signed in is not the mailbox of --carrier gmail:, so nothing was read. "
            "Check the address, or who is signed in.",
        )


# What the Gmail carrier writes into the log: "draft/thread/word" of a claim, "message/thread" of a letter that left.
_THREAD: Final = 1
_WORD: Final = 2


def _by_part(letters: Sequence[SentLetter], part: int) -> dict[str, str]:
    """Claim ids by a part of the letters' references."""
    return {
        parts[part]: letter.claim_id
        for letter in letters
        if letter.carrier == "gmail"
        for reference in letter.references
        if len(parts := reference.split("/")) > part
    }


def _has_to_be_opened(head: Json) -> bool:
    return may_be_a_bounce(fields_of(head)) and int(head.get("sizeEstimate") or 0) <= _MOST_BYTES_OPENED


def fields_of(head: Json) -> Fields:
    """The headers of a mail, decoded."""
    fields: dict[str, str] = {}
    for one in (head.get("payload") or {}).get("headers") or ():
        fields.setdefault(str(one.get("name", "")).lower(), decoded(str(one.get("value", ""))))
    return fields


def raw_of(message: Json) -> bytes:
    """A mail as it travelled."""
    try:
        return base64.urlsafe_b64decode(str(message.get("raw", "")) + "==")
    except binascii.Error:
        return b""


def in_groups(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """So many at a time, and what is left in the end."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
