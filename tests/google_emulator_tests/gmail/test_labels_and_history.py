"""The labels of a mailbox, the names it sends under, and what happened in it."""

from __future__ import annotations

import pytest

from tests.google_emulator_tests.gmail.post import ME, Post, letter


class TestLabels:
    def test_of_google_s_own_are_there_from_the_beginning(self, post: Post) -> None:
        labels = {label["id"]: label for label in post("labels.list")["labels"]}

        assert len(labels) == 14
        assert labels["INBOX"] == {"id": "INBOX", "name": "INBOX", "type": "system"}
        assert labels["TRASH"]["labelListVisibility"] == "labelHide"
        assert labels["CATEGORY_PERSONAL"]["messageListVisibility"] == "hide"

    def test_can_be_made_renamed_and_deleted(self, post: Post) -> None:
        made = post("labels.create", {"name": "お祈り/送信済", "labelListVisibility": "labelHide"})
        path = {"id": made["id"]}

        changed = post("labels.patch", {"name": "お祈り"}, path=path)
        post("labels.delete", path=path)

        assert made == {
            "id": "Label_1",
            "name": "お祈り/送信済",
            "messageListVisibility": "show",
            "labelListVisibility": "labelHide",
        }
        counts = dict.fromkeys(("messagesTotal", "messagesUnread", "threadsTotal", "threadsUnread"), 0)
        assert changed == {**made, "name": "お祈り", "type": "user", **counts}
        assert post.refusal("labels.get", path=path) == (404, "Requested entity was not found.")

    def test_are_counted(self, post: Post) -> None:
        post.send(letter(to=ME))

        inbox = post("labels.get", path={"id": "INBOX"})

        assert inbox == {
            "id": "INBOX",
            "name": "INBOX",
            "type": "system",
            "messagesTotal": 1,
            "messagesUnread": 1,
            "threadsTotal": 1,
            "threadsUnread": 1,
        }

    def test_of_the_same_name_are_refused_whatever_the_case(self, post: Post) -> None:
        post("labels.create", {"name": "Sent letters"})

        assert post.refusal("labels.create", {"name": "SENT LETTERS"}) == (409, "Label name exists or conflicts")

    @pytest.mark.parametrize("name", ["", " ", "Inbox", "SENT", "drafts", "Trash", "x" * 226])
    def test_of_a_reserved_name_are_refused(self, post: Post, name: str) -> None:
        assert post.refusal("labels.create", {"name": name}) == (400, "Invalid label name")

    def test_of_google_s_own_stay(self, post: Post) -> None:
        assert post.refusal("labels.delete", path={"id": "INBOX"}) == (400, "Invalid delete request")
        assert post.refusal("labels.patch", {"name": "x"}, path={"id": "INBOX"})[0] == 400

    def test_that_are_deleted_are_taken_off_the_messages(self, post: Post) -> None:
        label = post("labels.create", {"name": "x"})["id"]
        message = post.send()["id"]
        post("messages.modify", {"addLabelIds": [label]}, path={"id": message})

        post("labels.delete", path={"id": label})

        assert post.message(message, "minimal")["labelIds"] == ["SENT"]


class TestNamesToSendUnder:
    def test_begin_with_the_address_of_the_mailbox(self, post: Post) -> None:
        post.edit(
            "add_mailbox",
            address=ME,
            display_name="採用担当",
            aliases=[{"address": "jobs@example.co.jp", "display_name": "Jobs"}],
        )

        primary, alias = post("settings.sendAs.list")["sendAs"]

        assert primary == {
            "sendAsEmail": ME,
            "displayName": "採用担当",
            "replyToAddress": "",
            "signature": "",
            "isPrimary": True,
            "isDefault": True,
        }
        assert alias == {
            "sendAsEmail": "jobs@example.co.jp",
            "displayName": "Jobs",
            "replyToAddress": "",
            "signature": "",
            "treatAsAlias": True,
            "verificationStatus": "accepted",
        }
        assert post("settings.sendAs.get", path={"sendAsEmail": "jobs@example.co.jp"}) == alias

    def test_of_another_domain_wait_for_their_owner(self, post: Post) -> None:
        made = post("settings.sendAs.create", {"sendAsEmail": "me@other.example"})

        assert made["verificationStatus"] == "pending"
        post.edit("add_alias", address="me@other.example")
        known = post("settings.sendAs.get", path={"sendAsEmail": "me@other.example"})
        assert known["verificationStatus"] == "accepted"

    def test_that_are_unknown_are_not_found(self, post: Post) -> None:
        assert post.refusal("settings.sendAs.get", path={"sendAsEmail": "a@b.co"})[0] == 404


class TestHistory:
    def test_tells_what_was_added_labelled_and_deleted_in_order(self, post: Post) -> None:
        start = post("getProfile")["historyId"]
        message = post.send(letter(to=ME))["id"]
        post("messages.modify", {"removeLabelIds": ["UNREAD"]}, path={"id": message})
        post("messages.delete", path={"id": message})

        answer = post("history.list", startHistoryId=start)

        kinds = [[key for key in record if key not in {"id", "messages"}] for record in answer["history"]]
        assert kinds == [["messagesAdded"], [], ["labelsRemoved"], ["messagesDeleted"]]
        added, _, unread, _ = answer["history"]
        assert added["messagesAdded"][0]["message"]["labelIds"] == ["UNREAD", "SENT", "INBOX"]
        assert added["messages"] == [{"id": message, "threadId": message}]
        assert unread["labelsRemoved"][0]["labelIds"] == ["UNREAD"]
        assert unread["labelsRemoved"][0]["message"]["labelIds"] == ["SENT", "INBOX"]
        ids = [int(record["id"]) for record in answer["history"]]
        assert ids == sorted(ids)
        assert answer["historyId"] == str(ids[-1])

    def test_tells_in_one_record_what_happened_to_a_thread_and_what_was_added_before_what_was_removed(
        self, post: Post
    ) -> None:
        first = post.send(letter(to=ME))
        second = post.send(letter(), threadId=first["threadId"])
        start = post("getProfile")["historyId"]
        post("threads.trash", path={"id": first["threadId"]})

        binned, taken_out = post("history.list", startHistoryId=start)["history"]

        assert [one["id"] for one in binned["messages"]] == [first["id"], second["id"]]
        assert [one["labelIds"] for one in binned["labelsAdded"]] == [["TRASH"], ["TRASH"]]
        assert set(binned["labelsAdded"][0]["message"]["labelIds"]) == {"UNREAD", "TRASH", "SENT", "INBOX"}
        assert [one["message"]["id"] for one in taken_out["labelsRemoved"]] == [first["id"]]
        assert taken_out["labelsRemoved"][0]["message"]["labelIds"] == ["UNREAD", "TRASH", "SENT"]

    def test_names_a_letter_once_more_after_it_left_and_does_not_say_why(self, post: Post) -> None:
        start = post("getProfile")["historyId"]
        sent = post.send()

        told = post("history.list", startHistoryId=start)["history"]
        added = post("history.list", startHistoryId=start, historyTypes=["messageAdded"])["history"]

        assert [record.keys() for record in told] == [{"id", "messages", "messagesAdded"}, {"id", "messages"}]
        assert told[1]["messages"] == [{"id": sent["id"], "threadId": sent["threadId"]}]
        assert added == told[:1]

    def test_of_nothing_is_an_id_alone(self, post: Post) -> None:
        start = post("getProfile")["historyId"]

        assert post("history.list", startHistoryId=start) == {"historyId": start}

    def test_can_be_cut_to_a_label_and_a_kind(self, post: Post) -> None:
        start = post("getProfile")["historyId"]
        post.send()
        mine = post.send(letter(to=ME))["id"]
        post("messages.modify", {"addLabelIds": ["STARRED"]}, path={"id": mine})

        added = post("history.list", startHistoryId=start, labelId="INBOX", historyTypes=["messageAdded"])

        assert [record["messages"][0]["id"] for record in added["history"]] == [mine]

    def test_expires(self, post: Post) -> None:
        start = post("getProfile")["historyId"]
        post.send()
        post.later(8 * 24 * 3600)

        assert post.refusal("history.list", startHistoryId=start) == (404, "Requested entity was not found.")

    def test_expires_when_a_script_says_so(self, post: Post) -> None:
        start = post("getProfile")["historyId"]
        post.send()
        now = post("getProfile")["historyId"]

        post.edit("expire_history")

        assert post.refusal("history.list", startHistoryId=start)[0] == 404
        assert post("history.list", startHistoryId=now) == {"historyId": now}

    def test_needs_a_start(self, post: Post) -> None:
        assert post.refusal("history.list") == (400, "Missing/invalid parameter: startHistoryId")

    def test_is_shown_at_the_message_that_was_changed_last(self, post: Post) -> None:
        message = post.send()["id"]
        before = int(post.message(message)["historyId"])

        post("messages.modify", {"addLabelIds": ["STARRED"]}, path={"id": message})

        assert int(post.message(message)["historyId"]) > before

    def test_can_be_watched_for_a_week(self, post: Post) -> None:
        answer = post("watch", {"topicName": "projects/emulator/topics/mail"})

        assert int(answer["expiration"]) == int((post.clock.now().timestamp() + 7 * 86400) * 1000)
        assert post("stop") == {}
        assert post.refusal("watch", {"topicName": "mail"})[0] == 400
