"""Lists of messages, what is shown of one, and what can be done to it."""

from __future__ import annotations

import base64

import pytest

from tests.google_emulator_tests.gmail.post import ME, Post, letter, raw, unraw

WITH_FILE = (
    "From: sato@example.com\r\nTo: saiyo@example.co.jp\r\nSubject: CV\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/plain; charset=iso-2022-jp\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
    "\x1b$BMzNr=q\x1b(B\r\n"
    '--b\r\nContent-Type: application/pdf; name="cv.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
    'Content-Disposition: attachment; filename="cv.pdf"\r\n\r\nJVBERg==\r\n'
    "--b--\r\n"
)


@pytest.fixture
def cv(post: Post) -> str:
    """The id of a mail with a file."""
    post.edit("receive", mailbox=ME, raw=WITH_FILE)
    return str(post("messages.list")["messages"][0]["id"])


def test_a_message_is_shown_with_its_parts(post: Post, cv: str) -> None:
    message = post.message(cv)

    assert list(message) == [
        *("id", "threadId", "labelIds", "snippet", "payload", "sizeEstimate", "historyId", "internalDate")
    ]
    payload = message["payload"]
    assert {key: payload[key] for key in ("partId", "mimeType", "filename", "body")} == {
        "partId": "",
        "mimeType": "multipart/mixed",
        "filename": "",
        "body": {"size": 0},
    }
    words, file = payload["parts"]
    assert words["partId"] == "0"
    assert base64.urlsafe_b64decode(words["body"]["data"]).decode() == "履歴書"
    assert words["body"]["size"] == len("履歴書".encode())
    assert (file["partId"], file["filename"], file["body"]["size"]) == ("1", "cv.pdf", 4)
    assert file["body"].keys() == {"attachmentId", "size"}
    assert message["sizeEstimate"] == len(WITH_FILE)
    assert message["internalDate"] == str(int(post.clock.now().timestamp()) * 1000)


def test_a_file_is_fetched_by_a_token_that_is_new_at_each_look(post: Post, cv: str) -> None:
    first, second = (post.message(cv)["payload"]["parts"][1]["body"]["attachmentId"] for _ in range(2))

    assert first != second
    for token in (first, second):
        answer = post("messages.attachments.get", path={"messageId": cv, "id": token})
        assert answer == {"size": 4, "data": "JVBERg=="}


def test_a_file_is_fetched_whatever_message_the_path_names(post: Post, cv: str) -> None:
    token = post.message(cv)["payload"]["parts"][1]["body"]["attachmentId"]

    assert post("messages.attachments.get", path={"messageId": "nonsense", "id": token})["size"] == 4


@pytest.mark.parametrize("token", ["x", "ANGjdJabc", "ANGjdJ"])
def test_a_token_that_is_none_is_refused(post: Post, cv: str, token: str) -> None:
    path = {"messageId": cv, "id": token}

    assert post.refusal("messages.attachments.get", path=path) == (400, "Invalid attachment token")


def test_a_folded_field_loses_its_line_ends_and_keeps_its_spaces(post: Post) -> None:
    trace = "by 2002:a05 with SMTP id n2csp1;\r\n        Tue, 24 Nov 2026 00:00:00 -0800 (PST)"
    post.edit("receive", mailbox=ME, raw=f"Received: {trace}\r\nX-List: a,\r\n\tb\r\n{letter()}")

    headers = dict(post.headers(post.newest()["id"]))

    assert headers["Received"] == trace.replace("\r\n", "")
    assert headers["X-List"] == "a,\tb"


def test_metadata_is_the_header_alone(post: Post) -> None:
    name = post.send(letter(more="X-Relay-Letter: w.1\n"))["id"]

    everything = post.message(name, "metadata")["payload"]
    two = post.message(name, "metadata", metadataHeaders=["x-relay-letter", "SUBJECT"])["payload"]
    none = post.message(name, "metadata", metadataHeaders=["x-other"])["payload"]

    assert everything.keys() == {"mimeType", "headers"}
    assert [(one["name"], one["value"]) for one in two["headers"]] == [("Subject", "Result"), ("X-Relay-Letter", "w.1")]
    assert none == {"mimeType": "text/plain"}


def test_raw_is_the_bytes_in_websafe_base64_with_padding(post: Post, cv: str) -> None:
    message = post.message(cv, "raw")

    assert unraw(message["raw"]) == WITH_FILE.encode()
    assert len(message["raw"]) % 4 == 0
    assert "payload" not in message


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("abc123", (404, "Requested entity was not found.")),
        ("1", (404, "Requested entity was not found.")),
        ("18c9a1b2c3d4e5f6", (404, "Requested entity was not found.")),
        ("7fffffffffffffff", (404, "Requested entity was not found.")),
        ("8000000000000000", (400, "Invalid id value")),
        ("ffffffffffffffff", (400, "Invalid id value")),
        ("18c9a1b2c3d4e5f6aa", (400, "Invalid id value")),
        ("nosuchmessageid", (400, "Invalid id value")),
        ("12_3", (400, "Invalid id value")),
    ],
)
def test_an_id_that_can_be_none_is_wrong_and_one_that_could_be_is_not_found(
    post: Post, name: str, refusal: tuple[int, str]
) -> None:
    assert post.refusal("messages.get", path={"id": name}) == refusal


def test_an_id_in_capitals_with_zeros_in_front_is_the_same_id(post: Post) -> None:
    name = post.send()["id"]

    assert post.message(f"00{name.upper()}")["id"] == name


class TestLists:
    def test_of_nothing_have_no_list(self, post: Post) -> None:
        assert post("messages.list") == {"resultSizeEstimate": 0}
        assert post("threads.list") == {"resultSizeEstimate": 0}
        assert post("drafts.list") == {"resultSizeEstimate": 0}

    def test_are_of_messages_that_have_all_the_labels(self, post: Post) -> None:
        both = post.send(letter(to=ME))["id"]
        post.send()

        listed = post("messages.list", labelIds=["SENT", "INBOX"])

        assert [one["id"] for one in listed["messages"]] == [both]
        assert set(listed["messages"][0]) == {"id", "threadId"}

    def test_leave_out_spam_and_bin_unless_asked(self, post: Post) -> None:
        name = post.send()["id"]
        post("messages.trash", path={"id": name})

        assert post("messages.list") == {"resultSizeEstimate": 0}
        assert post("messages.list", includeSpamTrash="true")["resultSizeEstimate"] == 1
        assert post("messages.list", labelIds=["TRASH"])["resultSizeEstimate"] == 1

    def test_refuse_a_label_that_is_not_there(self, post: Post) -> None:
        assert post.refusal("messages.list", labelIds=["Nonsense"]) == (400, "Invalid label: Nonsense")

    @pytest.mark.parametrize("size", ["0", "2147483648"])
    def test_refuse_pages_of_no_size(self, post: Post, size: str) -> None:
        assert post.refusal("messages.list", maxResults=size) == (400, "Invalid maxResults")

    def test_refuse_a_page_token_that_nobody_gave(self, post: Post) -> None:
        assert post.refusal("messages.list", pageToken="abc") == (400, "Invalid pageToken")

    def test_have_at_most_500_on_a_page(self, post: Post) -> None:
        for _ in range(501):
            post("messages.insert", raw(letter()))

        assert len(post("messages.list", maxResults=1000)["messages"]) == 500
        assert len(post("messages.list")["messages"]) == 100


class TestLabelling:
    def test_answers_with_the_labels(self, post: Post) -> None:
        name = post.send(letter(to=ME))["id"]

        changed = post("messages.modify", {"removeLabelIds": ["UNREAD", "INBOX"]}, path={"id": name})

        assert changed == {"id": name, "threadId": name, "labelIds": ["SENT"]}

    def test_of_a_message_without_labels_answers_without_the_field(self, post: Post) -> None:
        name = post("messages.insert", {**raw(letter()), "labelIds": ["INBOX"]})["id"]

        changed = post("messages.modify", {"removeLabelIds": ["INBOX"]}, path={"id": name})

        assert changed == {"id": name, "threadId": name}

    @pytest.mark.parametrize(
        ("body", "words"),
        [
            ({}, "No label add or removes specified"),
            ({"addLabelIds": ["SENT"]}, "Invalid label: SENT"),
            ({"removeLabelIds": ["DRAFT"]}, "Invalid label: DRAFT"),
            ({"addLabelIds": ["Nonsense"]}, "Invalid label: Nonsense"),
            ({"addLabelIds": ["Label_77"]}, "labelId not found"),
        ],
    )
    def test_refuses_what_cannot_be_put_on_or_taken_off(self, post: Post, body: dict, words: str) -> None:
        name = post.send()["id"]

        assert post.refusal("messages.modify", body, path={"id": name}) == (400, words)

    def test_takes_up_to_a_thousand_at_once_and_passes_over_what_is_gone(self, post: Post) -> None:
        name = post.send()["id"]

        answer = post("messages.batchModify", {"ids": [name, "18c9a1b2c3d4e5f6"], "addLabelIds": ["STARRED"]})

        assert answer == {}
        assert post.message(name, "minimal")["labelIds"] == ["STARRED", "SENT"]
        many = {"ids": [name] * 1001, "addLabelIds": ["STARRED"]}
        assert post.refusal("messages.batchModify", many) == (400, "Number of ids cannot exceed 1000")
        assert post.refusal("messages.batchDelete", {"ids": []}) == (400, "No message ids specified")


def test_an_inserted_message_is_left_as_it_is(post: Post) -> None:
    text = letter(more="Message-ID: <ours@example.co.jp>\nDate: Mon, 01 Jan 2001 00:00:00 +0000\n")

    received = post("messages.insert", {**raw(text), "labelIds": ["INBOX"]})
    dated = post("messages.import", raw(text))

    assert unraw(post.message(received["id"], "raw")["raw"]) == text.encode()
    assert received["labelIds"] == ["INBOX"]
    assert dated["labelIds"] == ["UNREAD", "CATEGORY_PERSONAL", "INBOX"]
    assert post.message(dated["id"])["internalDate"] == "978307200000"
    assert post.message(received["id"])["internalDate"] != "978307200000"
    assert post.ledger == []
