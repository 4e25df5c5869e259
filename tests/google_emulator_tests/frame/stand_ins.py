"""Stand-ins for the Sheets and Gmail services: as little as shows what the frame does around them."""

from __future__ import annotations

from tests.google_emulator.wire import ApiError, Call, Json, Service, World


class _Documents:
    """Documents that are a title and a list of the requests that were made of them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.all: dict[str, Json] = {}

    def opened(self, call: Call) -> Json:
        file_id = call.path["spreadsheetId"]
        if not self._world.files.exists(file_id):
            raise ApiError(404, "NOT_FOUND", "Requested entity was not found.")
        if self._world.files.role(file_id, call.principal.email) is None:
            raise ApiError(403, "PERMISSION_DENIED", "The caller does not have permission")
        return self.all[file_id]

    def create(self, edit: Json) -> None:
        copied = self.all.get(edit.get("copy_of", ""), {"rows": [["a", "b"]], "requests": []})
        self.all[edit["spreadsheetId"]] = {**copied, "title": edit["title"]}

    def rename(self, edit: Json) -> None:
        self.all[edit["spreadsheetId"]]["title"] = edit["title"]

    def get(self, call: Call) -> Json:
        grid = {"rowCount": 1000, "columnCount": 26}
        sheet = {"sheetId": 0, "title": "Sheet1", "index": 0, "sheetType": "GRID", "gridProperties": grid}
        return {
            "spreadsheetId": call.path["spreadsheetId"],
            "properties": {"title": self.opened(call)["title"], "locale": "ja_JP"},
            "sheets": [{"properties": sheet}],
        }

    def batch_update(self, call: Call) -> Json:
        document = self.opened(call)
        document["requests"] = [*document["requests"], *call.body["requests"]]
        for request in call.body["requests"]:
            changed = request.get("updateSpreadsheetProperties", {}).get("properties", {})
            document["title"] = changed.get("title", document["title"])
        return {"spreadsheetId": call.path["spreadsheetId"], "replies": [{} for _ in call.body["requests"]]}

    def update_values(self, call: Call) -> Json:
        if call.path["spreadsheetId"] in self.all:
            self.all[call.path["spreadsheetId"]]["rows"] = call.body.get("values")
        return {"updatedRange": str(call.body.get("values"))}

    def values(self, call: Call) -> Json:
        return {"range": call.path["range"], "majorDimension": "ROWS", "values": self.opened(call)["rows"]}


def _breaks(call: Call) -> Json:
    raise RuntimeError(call.method)


def make_sheets(world: World) -> Service:
    """Documents, a method whose answer does not fit the schema, and one that breaks."""
    documents = _Documents(world)
    return Service(
        methods={
            "sheets.spreadsheets.get": documents.get,
            "sheets.spreadsheets.batchUpdate": documents.batch_update,
            "sheets.spreadsheets.values.get": documents.values,
            "sheets.spreadsheets.values.clear": lambda _: {"surprise": 1},
            "sheets.spreadsheets.values.append": _breaks,
            "sheets.spreadsheets.values.update": documents.update_values,
        },
        edits={
            "create_document": documents.create,
            "retitle": documents.rename,
        },
        show=lambda: {"documents": documents.all},
    )


def make_gmail(world: World) -> Service:
    """Mail that is kept as it came."""
    drafts: dict[str, Json] = {}
    letters: list[Json] = []

    def create(call: Call) -> Json:
        name = f"r{len(drafts) + 1}"
        drafts[name] = call.body["message"]
        return {"id": name, "message": {"id": f"{len(drafts):016x}", "threadId": f"{len(drafts):016x}"}}

    def send(call: Call) -> Json:
        draft = drafts.pop(call.body.get("id", ""), None)
        if draft is None:
            raise ApiError(404, "NOT_FOUND", "Requested entity was not found.")
        letters.append({"mailbox": call.principal.email, "raw": draft["raw"]})
        return {"id": f"{len(letters) + 100:016x}", "threadId": f"{len(letters):016x}", "labelIds": ["SENT"]}

    def profile(call: Call) -> Json:
        return {"emailAddress": call.principal.email, "messagesTotal": 0, "threadsTotal": 0, "historyId": "1"}

    return Service(
        methods={
            "gmail.users.getProfile": profile,
            "gmail.users.drafts.create": create,
            "gmail.users.drafts.send": send,
            "gmail.users.messages.get": lambda call: {"id": call.path["id"], "snippet": call.one("format", "full")},
            "gmail.users.messages.list": lambda _: {"resultSizeEstimate": 0},
            "gmail.users.messages.send": lambda call: {"id": "1", "threadId": "1", "snippet": call.body["raw"]},
            "gmail.users.labels.delete": lambda _: {},
        },
        show=lambda: {"drafts": drafts, "letters": letters},
        letters=lambda: letters,
    )
