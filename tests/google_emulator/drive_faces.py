"""How Drive shows a file, a permission and a person; and what it shows where nobody said which fields."""

from __future__ import annotations

from tests.google_emulator.accounts import account_number
from tests.google_emulator.clock import rfc3339
from tests.google_emulator.files import FOLDER, SPREADSHEET, File, Permission
from tests.google_emulator.wire import Json

_FILE = "kind,id,name,mimeType"
_LINE = "kind,id,type,role,allowFileDiscovery"
DEFAULT_FIELDS = {
    "drive.files.list": f"kind,incompleteSearch,nextPageToken,files({_FILE})",
    "drive.files.get": _FILE,
    "drive.files.create": _FILE,
    "drive.files.copy": _FILE,
    "drive.files.update": _FILE,
    "drive.permissions.list": f"kind,nextPageToken,permissions({_LINE})",
    "drive.permissions.get": _LINE,
    "drive.permissions.create": _LINE,
    "drive.permissions.update": _LINE,
}
"""Drive's methods answer with little unless they are asked for more."""

_FOLDER_LINK = "https://drive.google.com/drive/folders/{}"
_LINKS = {
    SPREADSHEET: "https://docs.google.com/spreadsheets/d/{}/edit?usp=drivesdk",
    "application/vnd.google-apps.document": "https://docs.google.com/document/d/{}/edit?usp=drivesdk",
    FOLDER: _FOLDER_LINK,
}
_EXPORTS = {
    "application/x-vnd.oasis.opendocument.spreadsheet": "ods",
    "text/tab-separated-values": "tsv",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "text/csv": "csv",
    "application/zip": "zip",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def file_face(file: File, email: str) -> Json:
    """A file with all its fields, as this person sees it."""
    role = file.role(email) or ""
    mine = file.owner.lower() == email.lower()
    answer: Json = {
        "kind": "drive#file",
        "id": file.id,
        "name": file.name,
        "mimeType": file.mime_type,
        "starred": bool(file.more.get("starred")),
        "trashed": file.trashed,
        "explicitlyTrashed": file.trashed,
        "spaces": ["drive"],
        "version": str(file.version),
        "webViewLink": _LINKS.get(file.mime_type, "https://drive.google.com/file/d/{}/view?usp=drivesdk").format(
            file.id
        ),
        "iconLink": f"https://drive-thirdparty.googleusercontent.com/16/type/{file.mime_type}",
        "hasThumbnail": False,
        "thumbnailVersion": "0",
        "viewedByMe": True,
        "createdTime": rfc3339(file.created),
        "modifiedTime": rfc3339(file.modified),
        "modifiedByMe": file.editor == email,
        "owners": [user_face(file.owner, me=email)],
        "lastModifyingUser": user_face(file.editor, me=email),
        "shared": len(file.permissions) > 1,
        "ownedByMe": mine,
        "capabilities": _capabilities(role),
        "viewersCanCopyContent": True,
        "copyRequiresWriterPermission": False,
        "writersCanShare": file.more.get("writersCanShare", True),
        "quotaBytesUsed": str(len(file.content) or 1024),
        "isAppAuthorized": True,
    }
    return answer | _sometimes(file, role, mine=mine)


def _sometimes(file: File, role: str, *, mine: bool) -> Json:
    """What only some files, or only some people's view of them, have."""
    answer: Json = {key: file.more[key] for key in ("description", "properties", "appProperties") if key in file.more}
    if mine:
        answer["parents"] = file.parents
    else:
        answer["sharedWithMeTime"] = rfc3339(file.created)
    if role in {"owner", "writer"}:
        answer["permissions"] = [permission_face(line) for line in file.permissions.values()]
        answer["permissionIds"] = list(file.permissions)
    if file.mime_type.startswith("application/vnd.google-apps.") and file.mime_type != FOLDER:
        answer["size"] = "1024"
    if file.mime_type == SPREADSHEET:
        answer["exportLinks"] = {
            kind: f"https://docs.google.com/spreadsheets/export?id={file.id}&exportFormat={short}"
            for kind, short in _EXPORTS.items()
        }
    elif "size" not in answer and file.mime_type != FOLDER:
        answer |= {"size": str(len(file.content)), "originalFilename": file.name}
    return answer


def _capabilities(role: str) -> Json:
    writes, owns = role in {"owner", "writer"}, role == "owner"
    able = {
        "canComment": writes or role == "commenter",
        "canCopy": True,
        "canDownload": True,
        "canReadRevisions": writes,
    }
    able |= dict.fromkeys(("canEdit", "canModifyContent", "canRename", "canShare"), writes)
    return able | dict.fromkeys(("canDelete", "canTrash", "canUntrash", "canChangeCopyRequiresWriterPermission"), owns)


def permission_face(line: Permission) -> Json:
    """A line of sharing with all its fields."""
    answer: Json = {"kind": "drive#permission", "id": line.id, "type": line.kind, "role": line.role}
    if line.kind == "anyone":
        return answer | {"allowFileDiscovery": line.discoverable}
    if line.kind == "domain":
        return answer | {"domain": line.address, "displayName": line.address, "allowFileDiscovery": line.discoverable}
    person = {"emailAddress": line.address, "displayName": _name(line.address)}
    return answer | person | {"deleted": False, "pendingOwner": False}


def _name(email: str) -> str:
    """A person's name; robots are called by their address."""
    return email if email.endswith(".gserviceaccount.com") else email.partition("@")[0]


def user_face(email: str, *, me: str) -> Json:
    """A person."""
    return {
        "kind": "drive#user",
        "displayName": _name(email),
        "me": email.lower() == me.lower(),
        "permissionId": account_number(email.lower())[:20],
        "emailAddress": email,
    }
