"""Drive: files, who sees them, and searches."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from tests.google_emulator import Running
from tests.google_emulator_tests.frame.caller import ME, Caller

FRIEND = "friend@example.co.jp"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"


@pytest.fixture
def friend(emulator: Running) -> Caller:
    """Somebody else."""
    return Caller(emulator, FRIEND)


def found(caller: Caller, q: str) -> list[str]:
    answer = caller("GET", f"/drive/v3/files?q={quote(q)}").json()
    return sorted(file["name"] for file in answer["files"])


def test_a_new_spreadsheet_is_a_document_too(caller: Caller) -> None:
    answer = caller("POST", "/drive/v3/files?supportsAllDrives=True", {"name": "候補者", "mimeType": SPREADSHEET})

    assert list(answer.json()) == ["kind", "id", "name", "mimeType"]
    book = caller("GET", f"/v4/spreadsheets/{answer.json()['id']}").json()
    assert book["properties"]["title"] == "候補者"


def test_a_copy_has_a_name_of_its_own_and_the_content(caller: Caller) -> None:
    source = caller.new_document("元")
    caller("POST", f"/v4/spreadsheets/{source}:batchUpdate", {"requests": [{"addSheet": {}}]})

    copy = caller("POST", f"/drive/v3/files/{source}/copy", {"name": None}).json()

    assert copy["name"] == "Copy of 元"
    documents = caller.emulator.control.state()["services"]["sheets"]["documents"]
    assert documents[copy["id"]]["requests"] == [{"addSheet": {}}]


def test_a_file_that_one_may_not_see_is_not_found(caller: Caller, friend: Caller) -> None:
    document = caller.new_document()

    error = friend.error("GET", f"/drive/v3/files/{document}")

    assert error == {
        "code": 404,
        "message": f"File not found: {document}.",
        "errors": [
            {
                "message": f"File not found: {document}.",
                "domain": "global",
                "reason": "notFound",
                "location": "fileId",
                "locationType": "parameter",
            }
        ],
    }
    assert friend.error("GET", f"/v4/spreadsheets/{document}")["message"] == "The caller does not have permission"


def test_sharing_lets_somebody_in(caller: Caller, friend: Caller) -> None:
    document = caller.new_document()
    body = {"type": "user", "role": "writer", "emailAddress": FRIEND, "withLink": False}

    made = caller("POST", f"/drive/v3/files/{document}/permissions?sendNotificationEmail=False", body).json()
    listed = caller("GET", f"/drive/v3/files/{document}/permissions?fields=permissions(emailAddress,role)").json()

    assert {**made, "id": ""} == {"kind": "drive#permission", "id": "", "type": "user", "role": "writer"}
    assert listed == {
        "permissions": [{"role": "owner", "emailAddress": ME}, {"role": "writer", "emailAddress": FRIEND}]
    }
    assert friend("GET", f"/v4/spreadsheets/{document}").status_code == 200
    caller("DELETE", f"/drive/v3/files/{document}/permissions/{made['id']}")
    assert friend("GET", f"/v4/spreadsheets/{document}").status_code == 403


def test_a_reader_neither_changes_nor_deletes(caller: Caller, friend: Caller) -> None:
    document = caller.new_document()
    caller.emulator.control.share(document, FRIEND, "reader")

    renamed = friend.error("PATCH", f"/drive/v3/files/{document}", {"name": "x"})
    deleted = friend.error("DELETE", f"/drive/v3/files/{document}")

    message = f"The user does not have sufficient permissions for file {document}."
    assert renamed["message"] == deleted["message"] == message
    assert renamed["errors"][0]["reason"] == "insufficientFilePermissions"


def test_a_new_name_is_the_document_s_title(caller: Caller) -> None:
    document = caller.new_document("古い")

    caller("PATCH", f"/drive/v3/files/{document}", {"name": "新しい"})

    assert caller("GET", f"/v4/spreadsheets/{document}").json()["properties"]["title"] == "新しい"


def test_what_was_deleted_is_gone(caller: Caller) -> None:
    document = caller.new_document()

    answer = caller("DELETE", f"/drive/v3/files/{document}?supportsAllDrives=True")

    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (204, b"", "text/html")
    assert caller("GET", f"/drive/v3/files/{document}").status_code == 404
    assert caller("GET", f"/v4/spreadsheets/{document}").status_code == 404


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("", ["2026年度 候補者", "Candidates 2025", "O'Brien", "note.txt", "theirs"]),
        (f'mimeType="{SPREADSHEET}"', ["2026年度 候補者", "Candidates 2025", "O'Brien", "theirs"]),
        (f"mimeType != '{SPREADSHEET}'", ["note.txt"]),
        ("name = 'candidates 2025'", ["Candidates 2025"]),
        ("name contains '2025'", ["Candidates 2025"]),
        ("name contains 'dates'", []),
        (r"name = 'O\'Brien'", ["O'Brien"]),
        ("trashed = true", []),
        ("sharedWithMe", ["theirs"]),
        ("sharedWithMe = false and mimeType = 'text/plain'", ["note.txt"]),
        ("'root' in parents and not name contains 'Candidates'", ["2026年度 候補者", "O'Brien", "note.txt"]),
        (f"'{FRIEND}' in owners or name='note.txt'", ["note.txt", "theirs"]),
        ("modifiedTime > '2026-11-06T00:00:00'", ["note.txt"]),
    ],
)
def test_a_search_finds_what_it_means(caller: Caller, friend: Caller, q: str, names: list[str]) -> None:
    control = caller.emulator.control
    control.freeze(datetime(2026, 11, 5, 12, tzinfo=UTC))
    for name in ("2026年度 候補者", "Candidates 2025", "O'Brien"):
        caller.new_document(name)
    friend.new_document("unseen")
    control.share(friend.new_document("theirs"), ME)
    control.advance(86_400)
    caller.token = control.token(ME, ["https://www.googleapis.com/auth/drive"])
    caller.session.headers["Authorization"] = f"Bearer {caller.token}"
    caller("POST", "/drive/v3/files", {"name": "note.txt", "mimeType": "text/plain"})

    assert found(caller, q) == names


def test_long_lists_come_in_pages(caller: Caller) -> None:
    for number in range(5):
        caller.new_document(str(number))

    first = caller("GET", "/drive/v3/files?pageSize=3&orderBy=name").json()
    second = caller("GET", f"/drive/v3/files?pageSize=3&orderBy=name&pageToken={quote(first['nextPageToken'])}").json()

    assert [file["name"] for file in first["files"] + second["files"]] == list("01234")
    assert "nextPageToken" not in second


@pytest.mark.parametrize(
    ("query", "status", "reason", "location"),
    [
        ("orderBy=name,name", 403, "orderByContainsDuplicateSortKeys", "orderBy"),
        ("orderBy=size&q=nonsense", 400, "invalid", "orderBy"),
        ("q=nonsense&fields=nonsense", 400, "invalid", "q"),
        ("q=fullText+contains+'x'&orderBy=name", 403, "forbidden", "orderBy"),
        ("includeItemsFromAllDrives=true", 403, "supportsTeamDrivesRequired", None),
    ],
)
def test_a_list_that_can_t_be_made_says_what_came_first(
    caller: Caller, query: str, status: int, reason: str, location: str | None
) -> None:
    error = caller.error("GET", f"/drive/v3/files?{query}")

    [entry] = error["errors"]
    assert (error["code"], entry["reason"], entry.get("location")) == (status, reason, location)


def test_uploaded_content_comes_back(caller: Caller) -> None:
    metadata = b'--b\r\nContent-Type: application/json\r\n\r\n{"name": "a.bin"}\r\n'
    body = metadata + b"--b\r\nContent-Type: image/png\r\n\r\n\x89\r\n\x00\r\n--b--"
    headers = {"Content-Type": "multipart/related; boundary=b"}

    file = caller("POST", "/upload/drive/v3/files?uploadType=multipart", data=body, headers=headers).json()
    content = caller("GET", f"/drive/v3/files/{file['id']}?alt=media")

    assert (file["name"], file["mimeType"]) == ("a.bin", "image/png")
    assert content.content == b"\x89\r\n\x00"


def test_a_resumable_upload_may_come_in_pieces(caller: Caller) -> None:
    begun = caller(
        "POST",
        "/upload/drive/v3/files?uploadType=resumable",
        {"name": "long.txt"},
        headers={"X-Upload-Content-Type": "text/plain"},
    )
    place = begun.headers["Location"]

    half = caller.session.put(place, data=b"abc", headers={"Content-Range": "bytes 0-2/6"}, timeout=60)
    whole = caller.session.put(place, data=b"def", headers={"Content-Range": "bytes 3-5/6"}, timeout=60)

    assert (half.status_code, half.headers["Range"]) == (308, "bytes=0-2")
    assert caller("GET", f"/drive/v3/files/{whole.json()['id']}?alt=media").content == b"abcdef"


def test_a_letter_may_be_uploaded_as_it_is(caller: Caller) -> None:
    answer = caller(
        "POST",
        "/upload/gmail/v1/users/me/messages/send?uploadType=media",
        data=b"To: a@example.co.jp\r\n\r\n",
        headers={"Content-Type": "message/rfc822"},
    )

    assert answer.json()["snippet"] == "VG86IGFAZXhhbXBsZS5jby5qcA0KDQo="


def test_a_spreadsheet_is_exported_as_csv(caller: Caller) -> None:
    document = caller.new_document()

    answer = caller("GET", f"/drive/v3/files/{document}/export?mimeType=text/csv")

    assert (answer.text, answer.headers["Content-Type"]) == ("a,b", "text/csv")
    assert answer.headers["Content-Disposition"] == "attachment"
    assert answer.headers["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert "Pragma" not in answer.headers


def test_a_document_is_a_kilobyte_long_and_a_folder_has_no_length(caller: Caller) -> None:
    folder = caller("POST", "/drive/v3/files", {"name": "採用", "mimeType": "application/vnd.google-apps.folder"})

    sizes = [
        caller("GET", f"/drive/v3/files/{one}?fields=size").json()
        for one in (caller.new_document(), folder.json()["id"])
    ]

    assert sizes == [{"size": "1024"}, {}]


def test_a_share_by_link_tells_whether_it_can_be_found(caller: Caller) -> None:
    path = f"/drive/v3/files/{caller.new_document()}/permissions"

    made = caller("POST", path, {"type": "anyone", "role": "reader"}).json()
    changed = caller("PATCH", f"{path}/anyoneWithLink", {"role": "commenter"}).json()

    shown = {"kind": "drive#permission", "id": "anyoneWithLink", "type": "anyone", "allowFileDiscovery": False}
    assert (made, changed) == ({**shown, "role": "reader"}, {**shown, "role": "commenter"})


def test_answers_are_not_to_be_kept(caller: Caller) -> None:
    document = caller.new_document()

    read = caller("GET", f"/drive/v3/files/{document}")
    deleted = caller("DELETE", f"/drive/v3/files/{document}")

    assert deleted.status_code == 204
    for answer in (read, deleted):
        assert answer.headers["Cache-Control"] == "no-cache, no-store, max-age=0, must-revalidate"
        assert (answer.headers["Pragma"], answer.headers["Vary"]) == ("no-cache", "Origin, X-Origin")
        assert answer.headers["Expires"] == "Mon, 01 Jan 1990 00:00:00 GMT"


def test_csv_by_the_older_version_becomes_the_document_s_content(caller: Caller) -> None:
    document = caller.new_document("表")
    address = f"/upload/drive/v2/files/{document}?uploadType=media&convert=True&supportsAllDrives=True"

    answer = caller("PUT", address, data="氏名,点\n高橋,007".encode(), headers={"Content-Type": "text/csv"})

    shown = answer.json()
    assert (answer.status_code, shown["title"]) == (200, "表")
    assert shown["parents"][0]["isRoot"] is True
    assert shown["userPermission"]["role"] == "owner"
    assert shown["lastModifyingUser"]["emailAddress"] == shown["owners"][0]["emailAddress"]
    assert caller("GET", f"/v4/spreadsheets/{document}/values/A1").json()["values"] == [["氏名", "点"], ["高橋", "007"]]


def test_nobody_comments(caller: Caller) -> None:
    document = caller.new_document()

    answer = caller("GET", f"/drive/v3/files/{document}/comments?fields=comments/content,nextPageToken")

    assert answer.json() == {"comments": []}


def test_permissions_come_in_pages_where_that_is_asked_for(caller):
    path = f"/drive/v3/files/{caller.new_document()}/permissions"
    for number in range(3):
        caller("POST", path, {"type": "user", "role": "writer", "emailAddress": f"p{number}@example.com"})

    first = caller("GET", f"{path}?pageSize=3").json()
    second = caller("GET", f"{path}?pageSize=3&pageToken={first['nextPageToken']}").json()

    assert [len(page["permissions"]) for page in (first, second)] == [3, 1]
    assert "nextPageToken" not in second
