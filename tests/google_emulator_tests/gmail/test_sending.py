"""What Gmail does to a letter that goes out, to whom it goes, and how much may go in a day."""

from __future__ import annotations

import base64
from email import message_from_bytes

import pytest

from tests.google_emulator.gmail.addresses import named_in
from tests.google_emulator_tests.gmail.post import ME, Post, header, letter, raw, unraw

COLLEAGUE = "jinji@example.co.jp"


def test_the_answer_to_a_letter_is_its_id_its_thread_and_its_labels(post: Post) -> None:
    sent = post.send()

    assert sent == {"id": sent["id"], "threadId": sent["id"], "labelIds": ["SENT"]}


def test_the_date_and_the_id_of_a_sent_letter_are_gmails(post: Post) -> None:
    more = "Date: Mon, 01 Jan 2001 00:00:00 +0900\nMessage-ID: <ours@example.co.jp>\n"

    headers = post.headers(post.send(letter(more=more))["id"])

    assert [value for name, value in headers if name == "Date"] == ["Mon, 23 Nov 2026 17:00:00 -0800"]
    [(name, value)] = [one for one in headers if one[0].lower() == "message-id"]
    assert name == "Message-Id"
    assert value.startswith("<CA")
    assert "ours" not in value


def test_a_letter_passes_the_api_twice_with_a_draft_or_without_and_not_by_hand(post: Post) -> None:
    by_draft = post("drafts.send", {"id": post.draft()["id"]})
    at_once = post.send()
    post.edit("write_draft", mailbox=ME, to="sato@example.com", subject="手で", text="x")
    post.edit("send_draft_by_hand", draftId="newest")
    by_hand = post("messages.list")["messages"][0]

    def traces(message_id: str) -> list[str]:
        return [value for name, value in post.headers(message_id) if name == "Received"]

    assert len(traces(by_draft["id"])) == 2
    assert len(traces(at_once["id"])) == 2
    assert traces(by_hand["id"]) == []
    assert traces(at_once["id"])[0].endswith(
        "named unknown by gmailapi.google.com with HTTPREST; Mon, 23 Nov 2026 17:00:00 -0800"
    )


def test_the_bytes_of_a_letter_stay_as_they_were_but_for_the_header(post: Post) -> None:
    text = letter(text="行末の空白  \nと\t改行", more="X-Own: 1\nX-Own: 2\nx-lower: 3\n", end="\n")

    stored = unraw(post.message(post.send(text)["id"], "raw")["raw"])

    assert stored.endswith("\n\n行末の空白  \nと\t改行\n".encode())
    assert b"\nX-Own: 1\nX-Own: 2\nx-lower: 3\n" in stored
    assert b"\r" not in stored


def test_a_folded_subject_is_shown_on_one_line(post: Post) -> None:
    subject = "=?utf-8?B?6YG46ICD?=\n =?utf-8?B?57WQ5p6c?="

    sent = post.send(letter(subject=subject))

    assert header(post.message(sent["id"]), "subject") == "選考結果"
    assert b"=?utf-8?B?6YG46ICD?=\r\n =?utf-8?B?" in unraw(post.message(sent["id"], "raw")["raw"])


def test_a_header_beyond_ascii_is_taken_for_latin_1(post: Post) -> None:
    """Gmail does so with every letter of the API, whatever its body says; clients have to write encoded words."""
    sent = post.send(letter(to='"é, x" <a@example.com>, 佐藤 <b@example.com>', subject="Relatório de março"))

    assert header(post.message(sent["id"]), "Subject") == "RelatÃ³rio de marÃ§o"
    assert unraw(post.message(sent["id"], "raw")["raw"]).isascii()
    assert post.ledger[0]["recipients"] == ["a@example.com", "b@example.com"]
    assert post.ledger[0]["to"][0]["name"] == "Ã©, x"


class TestTheSender:
    def test_is_the_mailbox_when_nobody_is_named(self, post: Post) -> None:
        post.edit("add_mailbox", address=ME, display_name="採用担当")

        sent = post.send("To: sato@example.com\r\nSubject: x\r\n\r\nx")

        assert header(post.message(sent["id"]), "From") == f"採用担当 <{ME}>"

    def test_may_be_a_confirmed_alias(self, post: Post) -> None:
        post.edit("add_mailbox", address=ME, aliases=[{"address": "jobs@example.co.jp"}])

        post.send(f"From: Jobs <jobs@example.co.jp>\r\n{letter().partition(chr(10))[2]}")

        assert post.ledger[0]["from"] == "jobs@example.co.jp"
        assert post.ledger[0]["fromHeader"] == "Jobs <jobs@example.co.jp>"

    @pytest.mark.parametrize("aliases", [[], [{"address": "jobs@example.co.jp", "verified": False}]])
    def test_is_the_mailbox_where_the_alias_is_unknown_or_pending(self, post: Post, aliases: list) -> None:
        post.edit("add_mailbox", address=ME, aliases=aliases)

        sent = post.send(f"From: Jobs <jobs@example.co.jp>\r\n{letter().partition(chr(10))[2]}")

        message = post.message(sent["id"])
        assert header(message, "From") == f"Jobs <{ME}>"
        assert "jobs@example.co.jp" not in str(message["payload"]["headers"])
        assert post.ledger[0]["from"] == ME

    def test_is_the_mailbox_where_the_letter_says_me(self, post: Post) -> None:
        sent = post.send("From: me\r\nTo: sato@example.com\r\nSubject: x\r\n\r\nx")

        assert header(post.message(sent["id"]), "From") == ME

    def test_is_the_mailbox_in_a_draft_already(self, post: Post) -> None:
        draft = post.draft(f"From: Jobs <jobs@example.co.jp>\r\n{letter().partition(chr(10))[2]}")

        assert header(post.message(draft["message"]["id"]), "From") == f"Jobs <{ME}>"


class TestTheRecipients:
    def test_are_everybody_once(self, post: Post) -> None:
        more = "Cc: B <b@example.com>, SATO@example.com\nBcc: c@example.com\n"

        post.send(letter(to="=?utf-8?B?5L2Q6Jek?= <sato@example.com>", more=more))

        assert post.ledger[0]["recipients"] == ["sato@example.com", "b@example.com", "c@example.com"]
        assert post.ledger[0]["to"] == [{"name": "佐藤", "address": "sato@example.com"}]

    def test_do_not_see_who_got_a_blind_copy(self, post: Post) -> None:
        post.edit("add_mailbox", address=COLLEAGUE)

        sent = post.send(letter(more=f"Bcc: {COLLEAGUE}\n"))

        assert ("Bcc", COLLEAGUE) in post.headers(sent["id"])
        assert message_from_bytes(base64.b64decode(post.ledger[0]["raw"]))["Bcc"] is None
        copy = post.newest(of=COLLEAGUE)
        assert "Bcc" not in [field["name"] for field in copy["payload"]["headers"]]
        assert header(copy, "Delivered-To") == COLLEAGUE
        assert copy["labelIds"] == ["UNREAD", "CATEGORY_PERSONAL", "INBOX"]

    def test_who_is_oneself_gets_the_same_message(self, post: Post) -> None:
        sent = post("drafts.send", {"id": post.draft(letter(to=ME))["id"]})

        assert sent["labelIds"] == ["UNREAD", "SENT", "INBOX"]
        assert post("getProfile")["messagesTotal"] == 1

    @pytest.mark.parametrize(
        ("to", "words"),
        [
            ("", "Recipient address required"),
            ("undisclosed-recipients:;", "Recipient address required"),
            ("sato", "Invalid To header"),
            ("sato@example", "Invalid To header"),
            ("sato@example..com", "Invalid To header"),
            ("Sato <sato@example.com", "Invalid To header"),
            ('First Last:")" <sato@example.com>;', "Invalid To header"),
            ("sato example@example.com", "Invalid To header"),
        ],
    )
    def test_who_cannot_be_read_stop_the_letter(self, post: Post, to: str, words: str) -> None:
        assert post.refusal("messages.send", raw(letter(to=to))) == (400, words)
        assert post.ledger == []

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("a@b.co", ("", "a@b.co")),
            ("<a@b.co>", ("", "a@b.co")),
            ('"Doe, Jane \\"JD\\"" <j@x.org>', ('Doe, Jane "JD"', "j@x.org")),
            ("=?utf-8?B?5bGx55Sw?= <a@b.jp>", ("山田", "a@b.jp")),
            ("J.P. Doe <a.b+c@x-y.co.jp>", ("J.P. Doe", "a.b+c@x-y.co.jp")),
            ("a@b.co (at work)", ("", "a@b.co")),
            ("山田 <yamada@日本.jp>", ("山田", "yamada@日本.jp")),
        ],
    )
    def test_are_read_however_they_are_written(self, written: str, read: tuple[str, str]) -> None:
        [named] = named_in([written])

        assert (named.name, named.address) == read


class TestTheDailyCap:
    def test_refuses_with_the_moment_when_the_oldest_letter_is_a_day_old(self, post: Post) -> None:
        post.edit("add_mailbox", address=ME, daily_messages=2)
        post.send()
        post.later(3600)
        post.send()

        refused = post.refusal("messages.send", raw(letter()))

        assert refused == (429, "User-rate limit exceeded.  Retry after 2026-11-25T01:00:00.000Z (Mail sending)")
        assert len(post.ledger) == 2

    def test_leaves_the_draft_where_it_is(self, post: Post) -> None:
        post.edit("add_mailbox", address=ME, daily_messages=0)
        draft = post.draft()

        assert post.refusal("drafts.send", {"id": draft["id"]})[0] == 429

        assert post("drafts.get", path={"id": draft["id"]})["id"] == draft["id"]

    def test_frees_up_letter_by_letter(self, post: Post) -> None:
        post.edit("add_mailbox", address=ME, daily_messages=1)
        post.send()
        post.later(24 * 3600 - 1)
        assert post.refusal("messages.send", raw(letter()))[0] == 429

        post.later(1)

        post.send()

    def test_counts_recipients_outside_the_company_apart(self, post: Post) -> None:
        post.edit("add_mailbox", address=ME, daily_external_recipients=2)
        post.send(letter(to="a@example.com, b@example.com"))

        assert post.refusal("messages.send", raw(letter(to="c@example.com")))[0] == 429

        post.send(letter(to=COLLEAGUE))

    def test_is_two_thousand_letters(self, post: Post) -> None:
        for _ in range(2_000):
            post.send()

        assert post.refusal("messages.send", raw(letter()))[0] == 429


def test_a_letter_of_more_than_35_megabytes_is_too_large(post: Post) -> None:
    huge = raw(letter(text="x" * 36_700_160))

    assert post.refusal("messages.send", huge) == (413, "Request Entity Too Large")


def test_a_disabled_mailbox_says_that_mail_is_not_enabled(post: Post) -> None:
    post.draft()
    post.edit("disable_mailbox")

    assert post.refusal("getProfile") == (400, "Mail service not enabled")


def test_a_service_account_of_its_own_has_no_mailbox(post: Post) -> None:
    refused = post.refusal("getProfile", of="mailer@emulator.iam.gserviceaccount.com")

    assert refused == (400, "Precondition check failed.")


def test_a_mailbox_is_opened_by_its_address_too(post: Post) -> None:
    assert post("getProfile", path={"userId": ME.upper()})["emailAddress"] == ME
    assert post.refusal("getProfile", path={"userId": COLLEAGUE}) == (403, f"Delegation denied for {ME}")
