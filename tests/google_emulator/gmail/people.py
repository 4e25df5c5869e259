"""What people do to the mail meanwhile: the owner of the mailbox, those who got a letter, and their mail systems."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import timedelta

from tests.google_emulator.gmail import writing
from tests.google_emulator.gmail.aliases import Alias
from tests.google_emulator.gmail.conversations import found_for
from tests.google_emulator.gmail.draft_methods import DraftMethods
from tests.google_emulator.gmail.finding import NothingFound, draft_meant, letter_meant, mailbox_meant, message_meant
from tests.google_emulator.gmail.letter import encoded, read_letter
from tests.google_emulator.gmail.mailbox import Caps, Draft
from tests.google_emulator.gmail.post_office import ARRIVED, PostOffice
from tests.google_emulator.gmail.reports import CAUSES, Report
from tests.google_emulator.gmail.reports_elsewhere import (
    exchange_report,
    postfix_report,
    qmail_report,
    sendmail_report,
)
from tests.google_emulator.gmail.reports_google import google_report
from tests.google_emulator.gmail.reports_japanese import carrier_report, provider_report
from tests.google_emulator.wire import Edit, Json

REPORTS = {
    "gmail": lambda report: google_report(report, "en"),
    "gmail_ja": lambda report: google_report(report, "ja"),
    "postfix": postfix_report,
    "exchange": lambda report: exchange_report(report, "en"),
    "exchange_ja": lambda report: exchange_report(report, "ja"),
    "sendmail": sendmail_report,
    "qmail": qmail_report,
    "docomo": lambda report: carrier_report(report, "docomo"),
    "au": lambda report: carrier_report(report, "au"),
    "softbank": lambda report: carrier_report(report, "softbank"),
    "provider_ja": provider_report,
}
"""Who writes a report, by the style that an edit names."""
_WARNS_OF_DELAY = {"gmail", "gmail_ja", "postfix"}
_KNOWS_NO_OTHER_CAUSE = {"qmail", "docomo", "au", "softbank"}
"""Their reports are words for people, and here these speak of unknown recipients."""
_THREADED = {"gmail", "gmail_ja", "exchange", "exchange_ja"}
_REPORTED = ("UNREAD", "CATEGORY_UPDATES", "INBOX")


@dataclass(frozen=True, slots=True)
class People:
    """Scripted edits of the mail."""

    office: PostOffice
    drafts: DraftMethods

    def edits(self) -> dict[str, Edit]:
        """The edits by their names. A word that an edit does not know is a mistake of the script and is refused."""
        draft, letter, message = (
            "mailbox draftId to with_subject",
            "mailbox messageId draftId to",
            "mailbox messageId to",
        )
        known: dict[str, tuple[Edit, str]] = {
            "add_mailbox": (
                self.add_mailbox,
                "address display_name aliases daily_messages daily_external_recipients search_delay",
            ),
            "add_alias": (self.add_alias, "mailbox address display_name reply_to verified"),
            "disable_mailbox": (self.disable_mailbox, "mailbox enabled"),
            "expire_history": (self.expire_history, "mailbox"),
            "receive": (
                self.receive,
                "mailbox raw raw64 from to subject text html in_reply_to headers labels threadId",
            ),
            "bounce": (self.bounce, f"{letter} recipient style cause threaded x_failed_recipients"),
            "reply": (self.reply, f"{letter} from subject text"),
            "out_of_office": (self.out_of_office, f"{letter} from subject text style"),
            "write_draft": (self.write_draft, "mailbox to subject text"),
            "edit_draft_subject": (self.edit_draft_subject, f"{draft} subject"),
            "edit_draft_body": (self.edit_draft_body, f"{draft} text"),
            "delete_draft": (self.delete_draft, draft),
            "send_draft_by_hand": (self.send_draft_by_hand, f"{draft} orphan"),
            "trash_message": (self.trash_message, f"{message} with_subject"),
            "delete_message": (self.delete_message, f"{message} with_subject"),
            "label_message": (self.label_message, f"{message} with_subject add remove"),
        }
        return {name: _strict(name, edit, words) for name, (edit, words) in known.items()}

    def add_mailbox(self, edit: Json) -> None:
        """Give an account a display name, aliases, caps a day and a search delay in seconds; again to change them."""
        mailbox = self.office.mailbox(edit["address"])
        mailbox.primary.display_name = edit.get("display_name", mailbox.primary.display_name)
        for alias in edit.get("aliases", ()):
            self.add_alias({"mailbox": mailbox.address, **alias})
        mailbox.caps = Caps(
            messages=edit.get("daily_messages", mailbox.caps.messages),
            external_recipients=edit.get("daily_external_recipients", mailbox.caps.external_recipients),
        )
        if "search_delay" in edit:
            mailbox.index_delay = timedelta(seconds=edit["search_delay"])

    def add_alias(self, edit: Json) -> None:
        """Add a name to send under, or change it by its address; it is confirmed unless `verified` is false."""
        mailbox_meant(self.office, edit).aliases.add(
            Alias(
                address=edit["address"],
                display_name=edit.get("display_name", ""),
                reply_to=edit.get("reply_to", ""),
                status="accepted" if edit.get("verified", True) else "pending",
            )
        )

    def disable_mailbox(self, edit: Json) -> None:
        """Switch mail off for an account, or on again with `enabled`."""
        mailbox_meant(self.office, edit).is_enabled = edit.get("enabled", False)

    def expire_history(self, edit: Json) -> None:
        """Forget what happened so far."""
        mailbox_meant(self.office, edit).history.forget_all()

    def receive(self, edit: Json) -> None:
        """A letter arrives: as `raw` text, as `raw64`, or made from from, subject, text, html, in_reply_to, headers."""
        mailbox = mailbox_meant(self.office, edit)
        if "raw64" in edit:
            raw = base64.b64decode(edit["raw64"])
        elif "raw" in edit:
            raw = edit["raw"].encode()
        else:
            raw = writing.incoming(edit, mailbox, self.office.stamp())
        self.office.arrive(mailbox, raw, thread=edit.get("threadId", ""), labels=edit.get("labels", ARRIVED))

    def bounce(self, edit: Json) -> None:
        """A report comes in about a letter that left: `style` who writes it, `cause` why ("delay" is no bounce)."""
        letter = letter_meant(self.office, edit)
        mailbox = self.office.mailbox(letter.mailbox)
        style, cause = edit.get("style", "gmail"), edit.get("cause", "no_such_user")
        if cause != "no_such_user" and style in _KNOWS_NO_OTHER_CAUSE:
            raise NothingFound(f"{style} reports unknown recipients only")
        if cause == "delay" and style not in _WARNS_OF_DELAY:
            raise NothingFound(f"{style} writes no warnings of delay")
        report = Report(
            recipient=edit.get("recipient") or edit.get("to") or letter.recipients[0].address,
            sender=letter.sender,
            original=letter.letter,
            cause=CAUSES[cause],
            now=self.office.world.now(),
            ids=self.office.ids,
            names_failed=edit.get("x_failed_recipients", True),
        )
        thread = letter.thread_id if edit.get("threaded", style in _THREADED) else ""
        mailbox.store(REPORTS[style](report), _REPORTED, thread=thread)

    def reply(self, edit: Json) -> None:
        """Somebody who got a letter answers it, and quotes it."""
        letter = letter_meant(self.office, edit)
        raw = writing.reply(letter, edit, self.office.stamp())
        self._answer(letter.mailbox, raw, letter.thread_id)

    def out_of_office(self, edit: Json) -> None:
        """A program answers for somebody who is away; `style` "outlook", "gmail" or "plain" (no telling header)."""
        letter = letter_meant(self.office, edit)
        raw = writing.out_of_office(letter, edit, self.office.stamp())
        self._answer(letter.mailbox, raw, letter.thread_id)

    def _answer(self, address: str, raw: bytes, thread: str) -> None:
        mailbox = self.office.mailbox(address)
        place = found_for(mailbox, read_letter(raw)) or ("" if thread not in self._threads(address) else thread)
        self.office.arrive(mailbox, raw, thread=place)

    def _threads(self, address: str) -> set[str]:
        return {message.thread for message in self.office.mailbox(address).messages.values()}

    def write_draft(self, edit: Json) -> None:
        """The owner writes a draft in the browser."""
        mailbox = mailbox_meant(self.office, edit)
        self.drafts.write(mailbox, writing.by_owner(edit, mailbox, self.office.stamp()))

    def edit_draft_subject(self, edit: Json) -> None:
        """The owner changes the subject of a draft."""
        mailbox, draft = draft_meant(self.office, edit)
        letter = draft.message.letter
        self._rewrite(mailbox.address, draft, letter.changed("Subject", encoded(edit["subject"])).raw())

    def edit_draft_body(self, edit: Json) -> None:
        """The owner changes the text of a draft."""
        mailbox, draft = draft_meant(self.office, edit)
        self._rewrite(mailbox.address, draft, writing.with_text(draft.message.letter, edit["text"]))

    def _rewrite(self, address: str, draft: Draft, raw: bytes) -> None:
        mailbox = self.office.mailbox(address)
        self.drafts.rewrite(mailbox, draft, raw)

    def delete_draft(self, edit: Json) -> None:
        """The owner discards a draft."""
        mailbox, draft = draft_meant(self.office, edit)
        mailbox.drop(draft.message)

    def send_draft_by_hand(self, edit: Json) -> None:
        """The owner presses Send. With `orphan` the draft's name stays behind and means the message that was sent.

        That happens to drafts of the API that are sent in the browser: drafts.get goes on answering, drafts.update says
        "Message not a draft", and drafts.delete deletes the letter from the sent ones.
        """
        mailbox, draft = draft_meant(self.office, edit)
        message = self.drafts.send_by_hand(mailbox, draft)
        if edit.get("orphan"):
            mailbox.drafts[draft.id] = Draft(id=draft.id, message=message)

    def trash_message(self, edit: Json) -> None:
        """The owner throws a message into the bin."""
        mailbox, message = message_meant(self.office, edit)
        mailbox.relabel([message], ["TRASH"], ["INBOX"])

    def delete_message(self, edit: Json) -> None:
        """The owner deletes a message for good."""
        mailbox, message = message_meant(self.office, edit)
        mailbox.drop(message)

    def label_message(self, edit: Json) -> None:
        """The owner changes labels, by their ids: `add`, `remove`."""
        mailbox, message = message_meant(self.office, edit)
        mailbox.relabel([message], edit.get("add", ()), edit.get("remove", ()))


def _strict(name: str, edit: Edit, words: str) -> Edit:
    known = set(words.split())

    def checked(given: Json) -> None:
        if unknown := given.keys() - known:
            raise NothingFound(f"{name} does not know {', '.join(sorted(unknown))}, only {', '.join(sorted(known))}")
        edit(given)

    return checked
