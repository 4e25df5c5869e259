"""Drive v3: the files. Sheets documents are made, copied and renamed here and there alike."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Callable
from dataclasses import replace

from tests.google_emulator.drive_documents import Documents
from tests.google_emulator.drive_faces import DEFAULT_FIELDS, file_face, user_face
from tests.google_emulator.drive_older import older_face
from tests.google_emulator.drive_order import read_order
from tests.google_emulator.drive_query import invalid, read_drive_query
from tests.google_emulator.drive_sharing import Sharing, file_not_found, may_not
from tests.google_emulator.errors import GoogleError, located
from tests.google_emulator.files import SPREADSHEET, File, FileStore, root_of
from tests.google_emulator.wire import Call, Json, Service

__all__ = ["DEFAULT_FIELDS", "Drive"]

_WIDE = frozenset(
    f"https://www.googleapis.com/auth/drive{tail}" for tail in ("", ".readonly", ".metadata", ".metadata.readonly")
)
_KEPT = ("description", "properties", "appProperties", "starred", "folderColorRgb", "writersCanShare")
_PAGE = 100
_BINARY = "application/octet-stream"
_AS_A_FILE = {"Cache-Control": "private, max-age=0, must-revalidate", "Content-Disposition": "attachment"}


class Drive:
    """The methods of Drive over the files of everybody."""

    def __init__(self, files: FileStore, sheets: Service) -> None:
        self._files = files
        self._documents = Documents(sheets)
        self._sharing = Sharing(files, self._see)

    def service(self) -> Service:
        """Its methods, and what people do by hand in Drive."""
        verbs: dict[str, Callable[[Call], Json]] = {
            "about.get": self.about,
            "files.list": self.list,
            "files.get": self.get,
            "files.create": self.create,
            "files.copy": self.copy,
            "files.update": self.update,
            "files.delete": self.delete,
            "files.export": self.export,
            "files.generateIds": self.generate_ids,
            "comments.list": self.comments,
            **self._sharing.methods(),
        }
        return Service(
            methods={f"drive.{name}": method for name, method in verbs.items()}
            | {"drive.v2.files.update": self.update_v2},
            edits={**self._sharing.edits(), "trash": self._trash_by_hand, "delete_file": self._delete_by_hand},
            show=lambda: {"files": self._files.show()},
        )

    def about(self, call: Call) -> Json:
        """Who is asking."""
        _need_fields(call)
        return {"kind": "drive#about", "user": user_face(call.principal.email, me=call.principal.email)}

    def list(self, call: Call) -> Json:
        """The files that the caller may see and means."""
        if call.flag("includeItemsFromAllDrives") and not call.flag("supportsAllDrives"):
            raise _shared_drives_unsupported()
        order = read_order(call.one("orderBy"), call.one("q"))
        condition = read_drive_query(call.one("q"))
        email = call.principal.email
        found = order([file for file in self._files if self._listed(file, call) and condition(file, email)])
        start, size = _offset(call.one("pageToken")), int(call.one("pageSize", str(_PAGE)))
        page = found[start : start + size]
        answer: Json = {"kind": "drive#fileList", "incompleteSearch": False}
        answer["files"] = [file_face(file, email) for file in page]
        if start + size < len(found):
            answer["nextPageToken"] = _page_token(start + size)
        return answer

    def get(self, call: Call) -> Json:
        """One file, or its content."""
        file = self._see(call)
        if call.one("alt") != "media":
            return file_face(file, call.principal.email)
        if file.mime_type.startswith("application/vnd.google-apps"):
            message = "Only files with binary content can be downloaded. Use Export with Docs Editors files."
            raise GoogleError(403, "", message, errors=located(message, "fileNotDownloadable", "alt"))
        return {"$media": file.content, "mimeType": file.mime_type}

    def create(self, call: Call) -> Json:
        """A new file; of the spreadsheet kind it is a document of Sheets too."""
        media = call.body.get("$media", {})
        mime_type = call.body.get("mimeType") or media.get("mimeType") or _BINARY
        file = self._new(call, call.body.get("name", "Untitled"), mime_type)
        if media:
            self._store(file, media, call)
        return file_face(file, call.principal.email)

    def copy(self, call: Call) -> Json:
        """A copy that belongs to the caller."""
        source = self._see(call)
        name = call.body.get("name") or f"Copy of {source.name}"
        file = self._new(call, name, source.mime_type, copy_of=source.id)
        file.content = source.content
        file.more = {**source.more, **file.more}
        return file_face(file, call.principal.email)

    def update(self, call: Call) -> Json:
        """Another name, place or content."""
        file = self._see(call, "writer")
        if name := call.body.get("name"):
            file.name = name
            if file.mime_type == SPREADSHEET:
                self._documents.rename(call, file.id, name)
        if "trashed" in call.body:
            file.trashed = call.body["trashed"]
        self._move(file, call)
        file.more |= {key: call.body[key] for key in _KEPT if key in call.body}
        self._store(file, call.body.get("$media", {}), call)
        self._files.touched(file.id, call.now)
        return file_face(file, call.principal.email)

    def update_v2(self, call: Call) -> Json:
        """The same by the older version, by which gspread fills a spreadsheet from CSV."""
        title = call.body.get("title")
        newer = {key: value for key, value in call.body.items() if key != "title"}
        self.update(replace(call, body=newer | ({"name": title} if title else {})))
        return older_face(self._see(call), call.principal.email)

    def delete(self, call: Call) -> Json:
        """Delete for good, past the bin; only the owner may."""
        file = self._see(call, "owner")
        self._files.remove(file.id)
        return {}

    def export(self, call: Call) -> Json:
        """A spreadsheet's first tab as CSV or TSV; other formats are not made here."""
        file = self._see(call)
        if file.mime_type != SPREADSHEET:
            message = "Export only supports Docs Editors files."
            errors = [{"message": message, "domain": "global", "reason": "fileNotExportable"}]
            raise GoogleError(403, "", message, errors=errors)
        wanted = call.one("mimeType")
        if wanted not in {"text/csv", "text/tab-separated-values"}:
            message = "The requested conversion is not supported."
            raise GoogleError(400, "", message, errors=located(message, "badRequest", "convertTo"))
        text = io.StringIO()
        writer = csv.writer(text, delimiter="," if wanted == "text/csv" else "\t", lineterminator="\r\n")
        writer.writerows(self._documents.first_tab(call, file.id))
        content = text.getvalue().removesuffix("\r\n").encode()
        return {"$media": content, "mimeType": wanted, "$headers": _AS_A_FILE}

    def generate_ids(self, call: Call) -> Json:
        """Ids to create files with."""
        count = int(call.one("count", "10"))
        ids = [self._files.new_id() for _ in range(count)]
        return {"kind": "drive#generatedIds", "space": call.one("space", "drive"), "ids": ids}

    def comments(self, call: Call) -> Json:
        """No file has any."""
        _need_fields(call)
        self._see(call)
        return {"kind": "drive#commentList", "comments": []}

    def _see(self, call: Call, role: str = "reader") -> File:
        """The file that the path names, if the caller may see it and has this role at least."""
        file_id = call.path["fileId"]
        file = self._files.get(file_id)
        if file is None or not self._visible(file, call):
            raise file_not_found(file_id)
        has = self._files.role(file.id, call.principal.email)
        if role != "reader" and has not in {"owner", role}:
            raise may_not(file_id)
        return file

    def _visible(self, file: File, call: Call) -> bool:
        hidden = self._files.hidden_from(file.id, call.principal, _WIDE)
        return file.role(call.principal.email) is not None and not hidden

    def _listed(self, file: File, call: Call) -> bool:
        """A file shared only by a link is not in anybody's list."""
        email = call.principal.email
        named = any(line.reaches(email) and line.kind != "anyone" for line in file.permissions.values())
        return named and self._visible(file, call)

    def _new(self, call: Call, name: str, mime_type: str, copy_of: str = "") -> File:
        file_id = call.body.get("id") or self._files.new_id()
        owner = call.principal.email
        self._files.add(file_id, name=name, mime_type=mime_type, owner=owner)
        if mime_type == SPREADSHEET:
            self._documents.create(file_id, name, owner=owner, copy_of=copy_of)
        file = self._files.get(file_id)
        if file is None:
            raise file_not_found(file_id)
        file.parents = call.body.get("parents") or [root_of(owner)]
        file.more = {key: call.body[key] for key in _KEPT if key in call.body}
        return file

    def _move(self, file: File, call: Call) -> None:
        gone = set(call.one("removeParents").split(","))
        added = [parent for parent in call.one("addParents").split(",") if parent]
        file.parents = [parent for parent in file.parents if parent not in gone] + added

    def _store(self, file: File, media: Json, call: Call) -> None:
        """Keep uploaded content; CSV becomes a spreadsheet's only tab."""
        if not media:
            return
        data = base64.b64decode(media["data"])
        if file.mime_type == SPREADSHEET:
            rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
            self._documents.replace_by_rows(call, file, rows)
            return
        file.content = data

    def _trash_by_hand(self, edit: Json) -> None:
        if file := self._files.get(edit["fileId"]):
            file.trashed = edit.get("trashed", True)

    def _delete_by_hand(self, edit: Json) -> None:
        self._files.remove(edit["fileId"])


def _need_fields(call: Call) -> None:
    if call.fields:
        return
    message = "The 'fields' parameter is required for this method."
    raise GoogleError(400, "", message, errors=located(message, "required", "fields"))


def _shared_drives_unsupported() -> GoogleError:
    message = "The supportsAllDrives parameter was not set to true."
    errors = [{"message": message, "domain": "global", "reason": "supportsTeamDrivesRequired"}]
    return GoogleError(403, "", message, errors=errors)


def _page_token(offset: int) -> str:
    return "~!!~" + base64.urlsafe_b64encode(f"page:{offset}".encode()).decode()


def _offset(token: str) -> int:
    if not token:
        return 0
    try:
        return int(base64.urlsafe_b64decode(token.removeprefix("~!!~")).decode().removeprefix("page:"))
    except ValueError as error:
        raise invalid("pageToken") from error
