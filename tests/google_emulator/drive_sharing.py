"""Who may open a file: the permissions methods of Drive, and the share dialog as people use it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tests.google_emulator.drive_faces import permission_face
from tests.google_emulator.errors import GoogleError, located
from tests.google_emulator.files import File, FileStore, Permission
from tests.google_emulator.wire import Call, Edit, Json

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class Sharing:
    """The lines of sharing of each file."""

    def __init__(self, files: FileStore, see: Callable[..., File]) -> None:
        self._files = files
        self._see = see
        """Finds the file of a call, with a role that the caller must have."""

    def methods(self) -> dict[str, Callable[[Call], Json]]:
        """Its methods, by their ids without "drive."."""
        return {
            "permissions.list": self.list,
            "permissions.get": self.get,
            "permissions.create": self.create,
            "permissions.update": self.update,
            "permissions.delete": self.delete,
        }

    def edits(self) -> dict[str, Edit]:
        """What people do by hand."""
        return {"share": self._share_by_hand, "unshare": self._unshare_by_hand}

    def list(self, call: Call) -> Json:
        """Everybody who may open the file; only who may write it is told."""
        lines = [*self._see(call, "writer").permissions.values()]
        begin = _place(call.one("pageToken"))
        end = begin + int(call.one("pageSize", str(max(1, len(lines)))))
        answer: Json = {"kind": "drive#permissionList"}
        answer["permissions"] = [permission_face(line) for line in lines[begin:end]]
        return answer | ({"nextPageToken": f"~!!~{end}"} if end < len(lines) else {})

    def get(self, call: Call) -> Json:
        """One line."""
        return permission_face(_line(self._see(call), call))

    def create(self, call: Call) -> Json:
        """Let somebody in."""
        file = self._see(call, "writer")
        kind, role = _needed(call, "type"), _needed(call, "role")
        address = call.body.get("domain" if kind == "domain" else "emailAddress", "")
        if kind in {"user", "group"} and not _ADDRESS.fullmatch(address):
            message = "The specified emailAddress is invalid or not applicable for the given permission type."
            raise GoogleError(400, "", message, errors=located(message, "invalid", "permission.emailAddress", "other"))
        if role == "owner" and not call.flag("transferOwnership"):
            message = "The transferOwnership parameter must be enabled when the permission role is 'owner'."
            raise GoogleError(403, "", message, errors=located(message, "forbidden", "transferOwnership"))
        discoverable = call.body.get("allowFileDiscovery", False)
        line = self._files.share(file, kind=kind, role=role, address=address, discoverable=discoverable)
        if role == "owner":
            self._hand_over(file, address)
        return permission_face(line)

    def update(self, call: Call) -> Json:
        """Give somebody another role."""
        file = self._see(call, "writer")
        line = _line(file, call)
        file.permissions[line.id] = replace(line, role=call.body.get("role", line.role))
        return permission_face(file.permissions[line.id])

    def delete(self, call: Call) -> Json:
        """Let somebody in no longer."""
        file = self._see(call)
        line = _line(file, call)
        own = line.address.lower() == call.principal.email.lower()
        if line.role == "owner" or (not own and self._files.role(file.id, call.principal.email) == "reader"):
            raise may_not(file.id)
        del file.permissions[line.id]
        return {}

    def _hand_over(self, file: File, address: str) -> None:
        """Make the one who owned it a writer."""
        old = file.owner
        file.owner = address
        self._files.share(file, kind="user", role="writer", address=old)

    def _share_by_hand(self, edit: Json) -> None:
        file = self._files.get(edit["fileId"])
        if file is None:
            raise KeyError(edit["fileId"])
        kind = edit.get("type", "user")
        self._files.share(file, kind=kind, role=edit.get("role", "writer"), address=edit.get("email", ""))

    def _unshare_by_hand(self, edit: Json) -> None:
        file = self._files.get(edit["fileId"])
        if file is None:
            raise KeyError(edit["fileId"])
        lines = file.permissions.items()
        file.permissions = {key: line for key, line in lines if line.address.lower() != edit["email"].lower()}


def file_not_found(file_id: str) -> GoogleError:
    """What whoever may not see a file is told, whether there is one or not."""
    message = f"File not found: {file_id}."
    return GoogleError(404, "", message, errors=located(message, "notFound", "fileId"))


def may_not(file_id: str) -> GoogleError:
    """What whoever may see a file but not do this is told."""
    message = f"The user does not have sufficient permissions for file {file_id}."
    errors = [{"message": message, "domain": "global", "reason": "insufficientFilePermissions"}]
    return GoogleError(403, "", message, errors=errors)


def _line(file: File, call: Call) -> Permission:
    name = call.path["permissionId"]
    if line := file.permissions.get(name):
        return line
    message = f"Permission not found: {name}."
    raise GoogleError(404, "", message, errors=located(message, "notFound", "permissionId"))


def _place(token: str) -> int:
    """Where a page begins."""
    try:
        return int(token.removeprefix("~!!~") or 0)
    except ValueError as error:
        message = "Invalid Value"
        raise GoogleError(400, "", message, errors=located(message, "invalid", "pageToken")) from error


def _needed(call: Call, name: str) -> str:
    if value := call.body.get(name):
        return str(value)
    message = f"The permission {name} field is required."
    raise GoogleError(400, "", message, errors=located(message, "required", f"permission.{name}", "other"))
