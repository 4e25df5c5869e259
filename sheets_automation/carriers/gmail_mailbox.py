"""The mailbox: whose it is, under which names it may send, its label, what it has sent, and drafts left behind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sheets_automation.carriers.gmail_client import TROUBLES, Asked, GmailClient
from sheets_automation.core.addresses import match_key
from sheets_automation.core.errors import CarrierAccess, CarrierError
from sheets_automation.core.model import LETTER_HEADER
from sheets_automation.google.answers import NOT_FOUND, Refusal
from sheets_automation.google.transport import Refused

Json = dict[str, Any]

# A run resolves the claims of runs that are dead for an hour; their drafts have to be there until then.
_ORPHANED_AFTER = timedelta(hours=1, minutes=1)
_DRAFTS_A_SWEEP = 100
_SENT_TO_LOOK_AT = 50


@dataclass(slots=True, kw_only=True)
class Mailbox:
    """One mailbox, opened once a run."""

    address: str
    """The mailbox that the carrier address names."""
    sender: str
    """The From address: the mailbox itself, or a verified alias of it."""
    label: str
    """Name of the label for sent letters; empty for none."""
    workbook_mark: str
    client: GmailClient
    now: Callable[[], datetime]
    label_id: str = ""
    old_drafts: Sequence[str] = ()
    """Everybody's drafts that are older than an hour; people's too."""

    def open(self) -> None:
        """Check everything in one round trip. Raises CarrierAccess before anything is sent."""
        calls = {
            "profile": self.client.asked("getProfile"),
            "aliases": self.client.asked("settings.sendAs.list"),
            "drafts": self.client.asked("drafts.list", q=f"before:{self._hour_ago()}", maxResults=_DRAFTS_A_SWEEP),
        }
        if self.label:
            calls["labels"] = self.client.asked("labels.list")
        try:
            answers = dict(zip(calls, self._answers(list(calls.values())), strict=True))
            self._check_identity(answers["profile"])
            self._check_sender(answers["aliases"])
            if self.label:
                self.label_id = self._label_id(answers["labels"])
            self.old_drafts = [str(draft["id"]) for draft in answers["drafts"].get("drafts") or ()]
        except TROUBLES as trouble:
            raise self.client.explained(trouble) from trouble

    def put_label(self, message_ids: Sequence[str]) -> None:
        """Label sent letters. Failing at it is no reason to say that sending failed, so troubles stay inside."""
        if self.label_id and message_ids:
            body = {"ids": list(message_ids), "addLabelIds": [self.label_id]}
            try:
                self.client.look(self.client.asked("messages.batchModify", body=body))
            except (*TROUBLES, CarrierError):
                return

    def sent_in_thread(self, thread: str) -> Json | None:
        """The sent message of a thread. A letter's thread begins with it, so there is one at most."""
        try:
            found = self.client.look(self.client.asked("threads.get", id=thread, format="minimal"))
        except Refused as refused:
            if refused.refusal.status in {400, NOT_FOUND}:
                return None
            raise
        return next((one for one in found.get("messages") or () if "SENT" in (one.get("labelIds") or ())), None)

    def sent_with_mark(self, mark: str) -> Json | None:
        """The sent message with this mark in its header, among the newest ones.

        Listed by label and not searched: the search index lags behind, the label does not.
        """
        listed = self.client.look(self.client.asked("messages.list", labelIds=["SENT"], maxResults=_SENT_TO_LOOK_AT))
        calls = [
            self.client.asked("messages.get", id=one["id"], format="metadata", metadataHeaders=[LETTER_HEADER])
            for one in listed.get("messages") or ()
        ]
        for answer in self._answers(calls) if calls else ():
            if letter_mark(answer) == mark:
                return answer
        return None

    def _answers(self, calls: Sequence[Asked]) -> list[Json]:
        """All answers, or the first refusal raised; what passes is tried again, call by call."""
        found: list[Json] = []
        for call, answer in zip(calls, self.client.look_together(calls), strict=True):
            if isinstance(answer, Refusal):
                found.append(self.client.look(call))
            else:
                found.append(answer)
        return found

    def _check_identity(self, profile: Json) -> None:
        if match_key(str(profile.get("emailAddress", ""))) != match_key(self.address):
            raise CarrierAccess(
                "サインインしている Gmail が --carrier gmail: のメールボックスと違います。何も送りませんでした。"
                "送信元のアドレスか、サインインを確かめてください。",
                "The Gmail account that is signed in is not the mailbox of --carrier gmail:, so nothing was sent. "
                "Check the address, or who is signed in.",
            )

    def _check_sender(self, answer: Json) -> None:
        aliases = {match_key(str(one.get("sendAsEmail", ""))): one for one in answer.get("sendAs") or ()}
        alias = aliases.get(match_key(self.sender))
        is_verified = alias is not None and (
            alias.get("isPrimary") or alias.get("verificationStatus", "accepted") == "accepted"
        )
        if not is_verified:
            raise CarrierAccess(
                "[sender] address のアドレスからは、このメールボックスでは送れません。"
                "Gmail の設定「アカウント」の「名前」(他のメールアドレスを追加)で登録して確認を済ませてください。",
                "This mailbox may not send under [sender] address. "
                "Add and verify it in Gmail's settings, under Accounts, “Send mail as”.",
            )

    def _label_id(self, answer: Json) -> str:
        for label in answer.get("labels") or ():
            if label.get("name") == self.label:
                return str(label["id"])
        body = {"name": self.label, "labelListVisibility": "labelShow", "messageListVisibility": "show"}
        try:
            return str(self.client.ask(self.client.asked("labels.create", body=body))["id"])
        except Refused as refused:
            if refused.refusal.status != 409:  # noqa: PLR2004 - made by another run a moment ago
                raise
        labels = self.client.look(self.client.asked("labels.list"))
        return next((str(one["id"]) for one in labels.get("labels") or () if one.get("name") == self.label), "")

    def sweep(self, claimed: Collection[str]) -> None:
        """Delete old drafts of this workbook that nobody has claimed."""
        drafts = [draft for draft in self.old_drafts if draft not in claimed]
        if not drafts:
            return
        looked = self.client.look_together(
            [self.client.asked("drafts.get", id=one, format="metadata") for one in drafts]
        )
        orphans = [
            draft
            for draft, answer in zip(drafts, looked, strict=True)
            if not isinstance(answer, Refusal) and self._is_orphan(answer.get("message") or {})
        ]
        if orphans:
            self.client.ask_together([self.client.asked("drafts.delete", id=one) for one in orphans])

    def _hour_ago(self) -> int:
        return int((self.now() - _ORPHANED_AFTER).timestamp())

    def _is_orphan(self, message: Json) -> bool:
        written = int(message.get("internalDate") or 0) / 1000
        is_ours = letter_mark(message).startswith(f"{self.workbook_mark}.")
        return is_ours and is_draft(message) and 0 < written < self._hour_ago()


def is_draft(message: Json) -> bool:
    """Whether a message is still one to be sent.

    The id of a draft that a person has sent in the browser may stay behind and mean the sent letter: then `drafts.get`
    answers, and `drafts.delete` would delete what was sent (seen by users of FlowCrypt and others).
    """
    return "DRAFT" in (message.get("labelIds") or ())


def letter_mark(message: Json) -> str:
    """What our header says; empty for mail that is not ours."""
    headers = (message.get("payload") or {}).get("headers") or ()
    mine = LETTER_HEADER.lower()
    return next((str(one.get("value", "")) for one in headers if one.get("name", "").lower() == mine), "")
