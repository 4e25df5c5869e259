"""Request and answer bodies, held to the schemas of the discovery document.

A body is read as Google's JSON reader reads it: names in camel or snake case, numbers also as text, a single object for
a list, `null` for nothing. Whatever does not fit is named by its protocol-buffer path, in the words of that reader.
"""

from __future__ import annotations

from typing import Any

from tests.google_emulator.discovery import Api, ApiMethod, snake
from tests.google_emulator.errors import bad_request
from tests.google_emulator.values import NotThatType, read_scalar, read_word, shown, type_name
from tests.google_emulator.wire import Json

_BODY_FIELDS = {
    "sheets.spreadsheets.create": "spreadsheet",
    "sheets.spreadsheets.values.update": "data",
    "sheets.spreadsheets.values.append": "data",
    "Draft": "draft",
    "Message": "message",
    "Label": "label",
    "SendAs": "send_as",
}
"""Where the HTTP body sits in the request message, by method or by schema; elsewhere it is the whole message."""

_ONE_OF = {
    "Request": ("kind", None),
    "ExtendedValue": ("value", None),
    "DataFilter": ("filter", None),
    "ConditionalFormatRule": ("rule", {"booleanRule", "gradientRule"}),
    "ColorStyle": ("kind", None),
}
"""Fields of which only one may be set, with the group's name; None for all."""

_PACKAGES = {
    "sheets": "google.apps.sheets.v4",
    "gmail": "caribou.api.proto",
    "drive": "google.apps.drive.v3",
    "iamcredentials": "google.iam.credentials.v1",
}
_ENUMS = {
    "majorDimension": "Dimension",
    "shiftDimension": "Dimension",
    "responseValueRenderOption": "ValueRenderOption",
    "responseDateTimeRenderOption": "DateTimeRenderOption",
    "autoRecalc": "RecalculationInterval",
    "horizontalAlignment": "HorizontalAlign",
    "verticalAlignment": "VerticalAlign",
    "BooleanCondition.type": "ConditionType",
    "NumberFormat.type": "NumberFormat.NumberFormatType",
    "CellFormat.wrapStrategy": "WrapStrategy",
    "visibility": "DeveloperMetadataVisibility",
    "locationType": "DeveloperMetadataLocationType",
    "Border.style": "Style",
    "themeColor": "ThemeColorType",
    "mergeType": "MergeType",
}
_SAMPLE = 25


def read_body(method: ApiMethod, body: Json) -> Json:
    """The body as the service gets it; GoogleError with every violation if there are any."""
    if not method.request:
        return {}
    reader = SchemaReader(method.api, lenient=method.api.name == "drive")
    path = _BODY_FIELDS.get(method.id) or _BODY_FIELDS.get(method.request, "")
    read = reader.message(body, method.request, path)
    if reader.violations:
        raise bad_request(reader.violations)
    return read


def answer_violations(method: ApiMethod, data: Json) -> list[str]:
    """What in an answer does not fit the schema; each is a bug of the emulator."""
    if not method.response:
        return ["a body where the method has none"] if data else []
    reader = SchemaReader(method.api, sample=True)
    read = reader.message(data, method.response, "")
    found = [text for _, text in reader.violations]
    if not found and not reader.sampled and read != data:
        found = ["a value that is not written as the schema writes it (a null, or a 64-bit number that is not text)"]
    return found


class SchemaReader:
    """Reads one body and keeps what does not fit."""

    def __init__(self, api: Api, *, lenient: bool = False, sample: bool = False) -> None:
        self._api = api
        self._lenient = lenient
        """Whether unknown names are passed over, as Drive does."""
        self._sample = sample
        """Whether long lists are looked at only at both ends: a big sheet would take seconds."""
        self.sampled = False
        self.violations: list[tuple[str, str]] = []

    def message(self, data: Json, name: str, path: str) -> Json:
        """Read an object by the schema of this name."""
        plan = self._api.plan(name)
        exclusive = name in _ONE_OF
        read: Json = {}
        for key, value in data.items():
            if key not in plan:
                self._unknown(key, path, "Cannot find field.")
                continue
            field, spec = plan[key]
            if value is not None and (not exclusive or self._is_free(name, field, read, path)):
                read[field] = self._field(value, spec, (path, field), name)
        return read

    def _field(self, value: object, spec: Json, where: tuple[str, str], owner: str) -> object:
        parent, field = where
        path = f"{parent}.{snake(field)}" if parent else snake(field)
        if spec.get("type") == "array":
            return self._list(value, spec["items"], path, where, owner)
        if isinstance(value, list) and spec.get("type") != "any":
            self._unknown(field, parent, "Proto field is not repeating, cannot start list.")
            return None
        return self._single(value, spec, path, f"{owner}.{field}")

    def _list(self, value: object, items: Json, path: str, where: tuple[str, str], owner: str) -> list[object]:
        name = f"{owner}.{where[1]}"
        if not isinstance(value, list):
            return [self._single(value, items, path, name)]
        if self._sample and len(value) > 2 * _SAMPLE:
            self.sampled = True
            ends = [*range(_SAMPLE), *range(len(value) - _SAMPLE, len(value))]
            return [self._single(value[index], items, f"{path}[{index}]", name) for index in ends]
        # A null is no element of a list; only rows of values have them, one level below.
        elements = enumerate(element for element in value if element is not None)
        return [self._single(element, items, f"{path}[{index}]", name) for index, element in elements]

    def _single(self, value: Any, spec: Json, path: str, name: str) -> object:
        if "$ref" in spec:
            return self._object(value, spec["$ref"], path)
        if spec["type"] == "array":
            return self._inner_list(value, path)
        if spec["type"] == "object":
            return self._map(value, spec, path)
        if isinstance(value, dict) and spec["type"] != "any":
            parent, _, field = path.rpartition(".")
            self._invalid(parent, field, "Starting an object on a scalar field")
            return None
        if "enum" in spec:
            return self._enum(value, spec, path, name)
        return self._scalar(value, spec, path)

    def _object(self, value: object, name: str, path: str) -> object:
        if isinstance(value, dict):
            return self.message(value, name, path)
        self._invalid(path, self._url(name), shown(value))
        return None

    def _inner_list(self, value: object, path: str) -> object:
        """A row of a ValueRange: a google.protobuf.ListValue, whose nulls count."""
        if not isinstance(value, list):
            self._invalid(path, "type.googleapis.com/google.protobuf.ListValue", shown(value))
        return value

    def _map(self, value: object, spec: Json, path: str) -> object:
        inner = spec.get("additionalProperties")
        if not isinstance(value, dict) or not inner:
            return value
        items = enumerate(value.items())
        return {key: self._single(item, inner, f"{path}[{n}].value", path) for n, (key, item) in items}

    def _enum(self, value: object, spec: Json, path: str, name: str) -> object:
        word = read_word(value, spec["enum"])
        if word is None:
            self._invalid(path, self._type(spec, name), shown(value))
        return word

    def _scalar(self, value: object, spec: Json, path: str) -> object:
        try:
            return read_scalar(value, spec)
        except NotThatType as reason:
            self._invalid(path, type_name(spec), str(reason) or shown(value))
            return None

    def _is_free(self, name: str, field: str, read: Json, path: str) -> bool:
        """Whether a field may be set beside those that are: of a group only one may."""
        group, members = _ONE_OF[name]
        if members is not None and field not in members:
            return True
        taken = any(members is None or other in members for other in read)
        if taken:
            self._invalid(path, "oneof", f"oneof field '{group}' is already set. Cannot set '{field}'")
        return not taken

    def _unknown(self, name: str, path: str, what: str) -> None:
        if self._lenient:
            return
        place = f" at '{path}'" if path else ""
        self.violations.append((path, f'Invalid JSON payload received. Unknown name "{name}"{place}: {what}'))

    def _invalid(self, path: str, kind: str, value: str) -> None:
        place = f" at '{path}'" if path else ""
        self.violations.append((path, f"Invalid value{place} ({kind}), {value}"))

    def _type(self, spec: Json, name: str) -> str:
        return self._url(enum_name(name)) if "enum" in spec else type_name(spec)

    def _url(self, name: str) -> str:
        return f"type.googleapis.com/{_PACKAGES[self._api.name]}.{name}"


def enum_url(api: Api, name: str) -> str:
    """The type of a query parameter that takes one of a few words."""
    return f"type.googleapis.com/{_PACKAGES[api.name]}.{enum_name(name)}"


def enum_name(name: str) -> str:
    """What a list of words is called: usually as its field, with a capital."""
    field = name.rpartition(".")[2]
    return _ENUMS.get(name) or _ENUMS.get(field) or field[:1].upper() + field[1:]
