"""The sent mail of a Gmail mailbox: which letters of one workbook left from it.

Listed by label and not searched: the search index lags behind, and anybody may write to us under our headers, but only
what the mailbox itself has sent bears the label SENT.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

from sheets_automation.carriers.gmail_client import TROUBLES, GmailClient
from sheets_automation.carriers.gmail_inbox import check_identity, fields_of, in_groups, raw_of
from sheets_automation.carriers.gmail_mailbox import is_draft, letter_mark
from sheets_automation.core.message import DELIVERY_HEADER, KEY_HEADER
from sheets_automation.core.model import LETTER_HEADER
from sheets_automation.core.sent_mail import FoundLetter, SentMail, bare_address, read_delivery

Json = dict[str, Any]

_PAGE: Final = 500  # messages.list gives no more
_MOST_MAILS: Final = 20_000
_HEADS_A_CALL: Final = 50
_LETTERS_A_CALL: Final = 10
_MOST_BYTES_OPENED: Final = 2 * 1024 * 1024
_HEADERS: Final = [LETTER_HEADER, KEY_HEADER, DELIVERY_HEADER, "To", "Subject"]


class GmailSentLetters:
    """送信済み of the mailbox that letters left from; the bin too, since a letter that lies there left all the same."""

    def __init__(
        self, client: GmailClient, mailbox: str, workbook_mark: str, referral_code: Callable[[bytes], str]
    ) -> None:
        """`referral_code` finds the code in a letter."""
        self._client = client
        self._mailbox = mailbox
        self._mark = workbook_mark
        self._referral_code = referral_code

    def look(self, since: datetime, known: Collection[str]) -> SentMail:
        """Read the heads of what was sent since then, and open those letters of this workbook that are not known."""
        try:
            check_identity(self._client.look(self._client.asked("getProfile")), self._mailbox)
            heads = list(islice(self._heads(since), _MOST_MAILS + 1))
            marked = [head for head in heads if letter_mark(head)]
            ours = [head for head in marked if letter_mark(head).startswith(f"{self._mark}.")]
            codes = self._codes([head for head in ours if _word(head) not in known])
        except TROUBLES as trouble:
            raise self._client.explained(trouble) from trouble
        return SentMail(
            letters=tuple(_found(head, codes.get(str(head["id"]), "")) for head in ours),
            looked_at=len(heads),
            foreign=len(marked) - len(ours),
            is_whole=len(heads) <= _MOST_MAILS,
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _heads(self, since: datetime) -> Iterator[Json]:
        """The heads of sent mails, newest first, down to a group in which all are older."""
        for ids in in_groups(list(self._ids()), _HEADS_A_CALL):
            calls = [
                self._client.asked("messages.get", id=one, format="metadata", metadataHeaders=_HEADERS) for one in ids
            ]
            heads = [head for head in self._client.look_each(calls) if head]
            recent = [head for head in heads if _moment(head) >= since]
            yield from (head for head in recent if "SENT" in (head.get("labelIds") or ()) and not is_draft(head))
            if heads and not recent:
                return

    def _ids(self) -> Iterator[str]:
        token = None
        for _ in range(_MOST_MAILS // _PAGE + 1):
            page = self._client.look(
                self._client.asked(
                    "messages.list", labelIds=["SENT"], includeSpamTrash=True, maxResults=_PAGE, pageToken=token
                )
            )
            yield from (str(one["id"]) for one in page.get("messages") or ())
            token = page.get("nextPageToken")
            if not token:
                return

    def _codes(self, heads: Sequence[Json]) -> dict[str, str]:
        """The referral codes of letters, by their ids."""
        codes: dict[str, str] = {}
        small = [str(head["id"]) for head in heads if int(head.get("sizeEstimate") or 0) <= _MOST_BYTES_OPENED]
        for ids in in_groups(small, _LETTERS_A_CALL):
            for answer in self._client.look_each(
                [self._client.asked("messages.get", id=one, format="raw") for one in ids]
            ):
                if answer:
                    codes[str(answer["id"])] = self._referral_code(raw_of(answer))
        return codes


def _found(head: Json, code: str) -> FoundLetter:
    fields = fields_of(head)
    thread, word = str(head["threadId"]), _word(head)
    return FoundLetter(
        carrier="gmail",
        reference=f"{head['id']}/{thread}",
        claim_reference=f"-/{thread}/{word}",  # whichever draft it was is gone
        claim_mark=word,
        letter_key=fields.get(KEY_HEADER.lower(), ""),
        to_address=bare_address(fields.get("to", "")),
        subject=fields.get("subject", ""),
        at=_moment(head),
        told=read_delivery(fields.get(DELIVERY_HEADER.lower(), "")),
        referral_code=code,
        is_of_workbook=True,
    )


def _word(head: Json) -> str:
    return letter_mark(head).partition(".")[2]


def _moment(head: Json) -> datetime:
    return datetime.fromtimestamp(int(head["internalDate"]) / 1000, UTC)
