"""How Drive v2 shows a file: what gspread is answered when it fills a spreadsheet from CSV."""

from __future__ import annotations

import base64

from tests.google_emulator.accounts import account_number
from tests.google_emulator.clock import rfc3339
from tests.google_emulator.drive_faces import file_face
from tests.google_emulator.files import File, root_of
from tests.google_emulator.wire import Json

_ROOT = "https://www.googleapis.com/drive/v2/files/"
_PICTURE = {"url": "https://lh3.googleusercontent.com/a/default-user=s64"}
_NEVER = "1970-01-01T00:00:00.000Z"
_SAME = ("kind", "id", "mimeType", "explicitlyTrashed", "spaces", "version", "iconLink", "shared", "quotaBytesUsed")
_SAME_TOO = ("writersCanShare", "copyRequiresWriterPermission")


def older_face(file: File, email: str) -> Json:
    """A file with all the fields that were recorded, as this person sees it."""
    newer = file_face(file, email)
    able = newer["capabilities"]
    return {
        **{name: newer[name] for name in (*_SAME, *_SAME_TOO)},
        "title": file.name,
        "etag": _etag(file),
        "selfLink": f"{_ROOT}{file.id}",
        "alternateLink": newer["webViewLink"],
        "labels": _labels(file, starred=newer["starred"]),
        "editable": able["canEdit"],
        "copyable": able["canCopy"],
        "capabilities": {name: able[name] for name in ("canEdit", "canCopy")},
        "appDataContents": False,
        "fileSize": newer["quotaBytesUsed"],
        "parents": [_parent(file.id, parent, root=root_of(email)) for parent in newer.get("parents", [])],
        "userPermission": _own_permission(file, email),
        **_dates(file),
        **_people(newer),
        **_of_a_document(file, newer, email),
    }


def _etag(file: File) -> str:
    """The moment of the last change, as Drive writes it into an etag."""
    return '"' + base64.b64encode(f"{file.modified.timestamp() * 1000:.0f}".encode()).decode().rstrip("=") + '"'


def _labels(file: File, *, starred: bool) -> Json:
    return {"viewed": True, "restricted": False, "starred": starred, "hidden": False, "trashed": file.trashed}


def _dates(file: File) -> Json:
    changed = dict.fromkeys(("modifiedDate", "modifiedByMeDate", "lastViewedByMeDate"), rfc3339(file.modified))
    return {"createdDate": rfc3339(file.created), **changed, "markedViewedByMeDate": _NEVER}


def _parent(file_id: str, parent: str, *, root: str) -> Json:
    return {
        "selfLink": f"{_ROOT}{file_id}/parents/{parent}",
        "id": parent,
        "isRoot": parent == root,
        "kind": "drive#parentReference",
        "parentLink": f"{_ROOT}{parent}",
    }


def _own_permission(file: File, email: str) -> Json:
    return {
        "id": "me",
        "type": "user",
        "role": file.role(email),
        "kind": "drive#permission",
        "selfLink": f"{_ROOT}{file.id}/permissions/me",
        "etag": _etag(file),
        "pendingOwner": False,
    }


def _people(newer: Json) -> Json:
    owners = [_person(one) for one in newer["owners"]]
    last = _person(newer["lastModifyingUser"])
    names = [one["displayName"] for one in owners]
    return {
        "ownerNames": names,
        "lastModifyingUserName": last["displayName"],
        "lastModifyingUser": last,
        "owners": owners,
    }


def _person(newer: Json) -> Json:
    same = {name: newer[name] for name in ("displayName", "kind", "permissionId", "emailAddress")}
    return {**same, "isAuthenticatedUser": newer["me"], "picture": _PICTURE}


def _of_a_document(file: File, newer: Json, email: str) -> Json:
    """Links that only documents of Google's own have."""
    if "exportLinks" not in newer:
        return {}
    address = f"https://docs.google.com/spreadsheets/d/{file.id}"
    return {
        "exportLinks": newer["exportLinks"],
        "embedLink": f"{address}/htmlembed?ouid={account_number(email)}",
        "thumbnailLink": f"https://docs.google.com/feeds/vt?gd=true&id={file.id}&v={file.version}&sz=s220",
    }
