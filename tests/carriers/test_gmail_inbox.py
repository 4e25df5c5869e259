"""What comes back to a Gmail mailbox: real letters, reports and answers over HTTP, against the emulator."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sheets_automation.carriers.gmail_inbox import GmailInbox
from sheets_automation.core.bounces import MailKind
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import CarrierAccess, CarrierError
from sheets_automation.core.returns import SentLetter, judge
from tests.carriers.contract import a_letter
from tests.carriers.gmail_post import MAILBOX, GmailPost

LIST, GET = "gmail.users.messages.list", "gmail.users.messages.get"
TARO, HANAKO = "taro@example.jp", "hanako@example.com"


class Correspondence:
    """A mailbox that has written to some people."""

    def __init__(self, google) -> None:
        self.post = GmailPost(google)
        self.google = google.control
        self.letters: list[SentLetter] = []

    def writes_to(self, *addresses: str) -> None:
        carrier = self.post.carrier()
        outgoing = [a_letter(f"C-{address}", to=address) for address in addresses]
        for prepared in carrier.prepare(outgoing):
            receipt = carrier.commit(prepared)
            self.letters.append(
                SentLetter(
                    claim_id=f"claim {prepared.outgoing.to_address}",
                    key=prepared.outgoing.key,
                    attempt=1,
                    carrier="gmail",
                    to_address=prepared.outgoing.to_address,
                    left_at=self.google.now(),
                    references=(prepared.reference, receipt.reference),
                )
            )
        carrier.close()
        self.google.forget_calls()

    def inbox(self, **changes) -> GmailInbox:
        return GmailInbox(self.post.mailbox(**changes).client, MAILBOX, MAILBOX)

    def found(self, known=(), **changes):
        since = self.google.now() - timedelta(days=1)
        return self.inbox(**changes).look(self.letters, since, known)

    def returns(self):
        verdict = judge(self.found(), self.letters, (), [MAILBOX], self.google.now())
        return [(one.letter.to_address, one.kind, one.detail) for one in verdict.returns]


@pytest.fixture
def mail(google):
    correspondence = Correspondence(google)
    correspondence.google.edit("add_mailbox", address=MAILBOX, search_delay=0)
    correspondence.writes_to(TARO, HANAKO)
    return correspondence


STYLES = [
    "gmail",
    "gmail_ja",
    "postfix",
    "exchange",
    "exchange_ja",
    "sendmail",
    "qmail",
    "docomo",
    "au",
    "softbank",
    "provider_ja",
]


class TestABounce:
    @pytest.mark.parametrize("style", STYLES)
    @pytest.mark.parametrize("threaded", [True, False])
    def test_is_tied_to_its_letter_whoever_reports_it(self, mail, style, threaded):
        mail.google.edit("bounce", to=TARO, style=style, threaded=threaded)

        [(address, kind, detail)] = mail.returns()

        assert (address, kind) == (TARO, EventKind.BOUNCED)
        assert detail.startswith("unknown_address")

    @pytest.mark.parametrize(
        ("cause", "detail"),
        [
            ("mailbox_full", "mailbox_full 5.2.2"),
            ("blocked", "refused 5.7.1"),
            ("no_such_domain", "unknown_domain"),
            ("gave_up", "expired 4.4.1"),
        ],
    )
    def test_says_why(self, mail, cause, detail):
        mail.google.edit("bounce", to=TARO, style="gmail_ja", cause=cause)

        [(address, kind, found)] = mail.returns()

        assert (address, kind) == (TARO, EventKind.BOUNCED)
        assert found.startswith(detail)

    @pytest.mark.parametrize("style", ["gmail", "gmail_ja", "postfix"])
    def test_that_is_only_late_is_none(self, mail, style):
        mail.google.edit("bounce", to=TARO, style=style, cause="delay")

        assert [one.understood.kind for one in mail.found().mails] == [MailKind.DELAY]
        assert mail.returns() == []

    def test_that_returns_megabytes_is_judged_by_its_headers(self, mail):
        mail.google.edit(
            "receive",
            mailbox=MAILBOX,
            **{"from": "MAILER-DAEMON@example.jp"},
            subject="Undelivered Mail Returned to Sender",
            text="x" * 3_000_000,
            headers={"X-Failed-Recipients": TARO},
        )

        assert mail.returns() == [(TARO, EventKind.BOUNCED, "other")]
        assert len(mail.google.calls(GET)) == 1

    def test_is_found_in_spam_and_in_the_bin(self, mail):
        mail.google.edit("bounce", to=TARO, style="docomo")
        mail.google.edit("bounce", to=HANAKO, style="qmail")
        mail.google.edit(
            "label_message", mailbox=MAILBOX, with_subject="failure notice", add=["SPAM"], remove=["INBOX"]
        )
        mail.google.edit("trash_message", mailbox=MAILBOX, with_subject="メール送信エラー(宛先不明)")

        assert {address for address, _, _ in mail.returns()} == {TARO, HANAKO}

    def test_that_is_forged_for_an_address_that_was_not_written_to_changes_nothing(self, mail):
        mail.google.edit(
            "receive",
            mailbox=MAILBOX,
            **{"from": "MAILER-DAEMON@example.net"},
            subject="Undelivered Mail Returned to Sender",
            text="<suzuki@example.com>: user unknown",
            headers={"X-Failed-Recipients": "suzuki@example.com"},
        )

        assert len(mail.found().mails) == 1
        assert mail.returns() == []

    def test_of_what_a_colleague_wrote_by_hand_changes_nothing(self, mail):
        client = mail.post.mailbox().client
        by_hand = f"From: {MAILBOX}\r\nTo: {TARO}\r\nSubject: interview\r\n\r\nsee you".encode()
        draft = client.ask(client.draft(by_hand))
        client.ask(client.asked("drafts.send", body={"id": draft["id"]}))
        mail.google.edit("bounce", to=TARO, style="postfix")

        assert mail.returns() == []


class TestAnAnswer:
    def test_is_tied_to_its_letter_without_being_opened(self, mail):
        mail.google.edit("reply", to=TARO, text="ありがとうございました。")

        assert mail.returns() == [(TARO, EventKind.REPLIED, "")]
        assert len(mail.google.calls(GET)) == 1

    def test_from_another_address_of_theirs_counts_too(self, mail):
        mail.google.edit("reply", to=TARO, **{"from": "taro.private@example.net"})

        assert mail.returns() == [(TARO, EventKind.REPLIED, "")]

    @pytest.mark.parametrize("style", ["outlook", "gmail"])
    def test_of_somebody_who_is_away_is_none(self, mail, style):
        mail.google.edit("out_of_office", to=TARO, style=style)

        assert [one.understood.kind for one in mail.found().mails] == [MailKind.AUTOMATIC]
        assert mail.returns() == []

    def test_of_our_own_in_the_same_conversation_is_none(self, mail):
        mail.google.edit("reply", to=TARO, **{"from": MAILBOX})

        assert mail.returns() == []


class TestTheLook:
    def test_takes_three_round_trips_whatever_lies_in_the_inbox(self, mail):
        for number in range(30):
            mail.google.edit("receive", mailbox=MAILBOX, subject=f"応募 {number}")
        mail.google.edit("bounce", to=TARO)
        mail.google.edit("reply", to=HANAKO)
        mail.google.forget_calls()

        found = mail.found()

        assert len(found.mails) == 2
        assert len(mail.google.calls("batch")) == 3
        assert len(mail.google.calls(GET)) == 3  # the headers of both, and the bounce

    def test_opens_nothing_where_nothing_came_back(self, mail):
        mail.google.edit("receive", mailbox=MAILBOX, subject="応募")

        assert mail.found().mails == ()
        assert mail.google.calls(GET) == []
        assert len(mail.google.calls("batch")) == 1

    def test_leaves_alone_what_is_known(self, mail):
        mail.google.edit("bounce", to=TARO)
        known = {one.reference for one in mail.found().mails}
        mail.google.forget_calls()

        assert mail.found(known).mails == ()
        assert mail.google.calls(GET) == []

    def test_finds_later_what_the_search_did_not_know_yet(self, mail):
        mail.google.edit("add_mailbox", address=MAILBOX, search_delay=120)
        mail.google.edit("bounce", to=TARO)

        assert mail.returns() == []
        mail.google.advance(180)
        assert len(mail.returns()) == 1

    def test_goes_through_all_pages(self, mail):
        mail.google.edit("reply", to=TARO)
        for number in range(505):
            mail.google.edit("receive", mailbox=MAILBOX, subject=f"応募 {number}")
        mail.google.forget_calls()

        found = mail.found()

        assert (len(found.mails), found.is_whole) == (1, True)
        assert len(mail.google.calls(LIST)) == 3

    def test_passes_over_a_mail_that_is_deleted_meanwhile(self, mail):
        mail.google.edit("bounce", to=TARO, style="qmail")
        mail.google.edit_before(GET, "delete_message", mailbox=MAILBOX, with_subject="failure notice")

        assert mail.found().mails == ()

    def test_into_another_mailbox_than_the_one_asked_for_is_refused(self, mail):
        with pytest.raises(CarrierAccess, match="mailbox"):
            mail.found(token="owner:somebody@example.co.jp")

    def test_without_the_scope_is_refused_by_its_name(self, mail):
        token = mail.google.token(MAILBOX, ["https://www.googleapis.com/auth/gmail.compose"])

        with pytest.raises(CarrierAccess, match="scope"):
            mail.found(token=token)

    @pytest.mark.parametrize("match", [LIST, GET])
    def test_waits_out_a_trouble_that_passes(self, mail, match):
        mail.google.edit("bounce", to=TARO)
        mail.google.fault(match, kind="status", status=429, reason="rateLimitExceeded", message="Too many")

        assert len(mail.returns()) == 1

    def test_ends_where_the_trouble_does_not(self, mail):
        mail.google.fault(LIST, kind="status", status=503, times=None)

        with pytest.raises(CarrierError, match="does not answer"):
            mail.found()
        assert sum(mail.post.waited) < 300
