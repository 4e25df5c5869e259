"""Google's own discovery documents: which methods there are, where, and what they take and give.

They ship with google-api-python-client and are read from there, so the emulator follows whatever release is installed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from urllib.parse import unquote

from tests.google_emulator.wire import Json

DOCUMENTS = ("sheets.v4", "gmail.v1", "drive.v3", "iamcredentials.v1")
_PLACE = re.compile(r"\{(\+?)(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """One discovery document."""

    name: str
    """ "sheets", "gmail", "drive" or "iamcredentials"."""
    schemas: Mapping[str, Json]
    standard: frozenset[str]
    """The query parameters that every method takes."""
    document: Json = field(repr=False)
    plans: dict[str, Mapping[str, tuple[str, Json]]] = field(default_factory=dict, repr=False)
    """The schemas as readers want them; see `plan`."""

    def plan(self, schema: str) -> Mapping[str, tuple[str, Json]]:
        """Each field of a schema by both its spellings, "sheetId" and "sheet_id": its name and what it holds."""
        found = self.plans.get(schema)
        if found is None:
            fields = self.schemas[schema].get("properties", {})
            found = {spelling: (name, spec) for name, spec in fields.items() for spelling in (snake(name), name)}
            self.plans[schema] = found
        return found

    @property
    def host(self) -> str:
        """The name that error answers give the service."""
        return f"{self.name}.googleapis.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiMethod:
    """One method of a discovery document."""

    api: Api
    id: str
    verb: str
    pattern: re.Pattern[str]
    places: tuple[str, ...]
    """Names of the path parameters, in order."""
    weight: int
    """How much of the template is fixed text: the more, the earlier it is tried."""
    parameters: Mapping[str, Json]
    request: str = ""
    response: str = ""
    scopes: frozenset[str] = frozenset()
    uploads: bool = False
    downloads: bool = False

    @property
    def query(self) -> Mapping[str, Json]:
        """Its own query parameters."""
        return {name: spec for name, spec in self.parameters.items() if spec["location"] == "query"}

    @property
    def reads(self) -> bool:
        """Whether it changes nothing; searches by data filter are POSTs that read."""
        return self.verb == "GET" or (self.id.endswith(("ByDataFilter", ".search")) and not self._writes_by_filter)

    @property
    def _writes_by_filter(self) -> bool:
        return self.id.endswith(("batchUpdateByDataFilter", "batchClearByDataFilter"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A method with what the path said."""

    method: ApiMethod
    path: Mapping[str, str]
    upload: bool = False


@cache
def load(name: str) -> Api:
    """Read a document: "sheets.v4"."""
    text = resources.files("googleapiclient.discovery_cache").joinpath(f"documents/{name}.json").read_text("utf-8")
    document = json.loads(text)
    return Api(
        name=document["name"],
        schemas=document["schemas"],
        standard=frozenset(document["parameters"]) | {"userIp", "pp", "trace"},
        document=document,
    )


@cache
def snake(name: str) -> str:
    """A field's name in protocol buffers."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def apis() -> list[Api]:
    """Every API that the emulator knows."""
    return [load(name) for name in DOCUMENTS]


@cache
def methods() -> Mapping[str, ApiMethod]:
    """All methods by their ids."""
    current = {method.id: method for api in apis() for method in _methods(api, api.document)}
    older = _method(load("drive.v2"), load("drive.v2").document["resources"]["files"]["methods"]["update"])
    return current | {"drive.v2.files.update": replace(older, id="drive.v2.files.update")}


def find(verb: str, path: str) -> Route | None:
    """The method at an address, or None where Google shows its 404 page."""
    upload, bare = _without_upload(path)
    for method in _by_verb(verb):
        if match := method.pattern.fullmatch(bare):
            values = [unquote(value) for value in match.groups()]
            return Route(method=method, path=dict(zip(method.places, values, strict=True)), upload=upload)
    return None


def _without_upload(path: str) -> tuple[bool, str]:
    for prefix in ("/upload/", "/resumable/upload/"):
        if path.startswith(prefix):
            return True, path.removeprefix(prefix)
    return False, path.removeprefix("/")


@cache
def _by_verb(verb: str) -> tuple[ApiMethod, ...]:
    found = [method for method in methods().values() if method.verb == verb]
    return tuple(sorted(found, key=lambda method: method.weight, reverse=True))


def _methods(api: Api, node: Json) -> Iterator[ApiMethod]:
    for spec in node.get("methods", {}).values():
        yield _method(api, spec)
    for child in node.get("resources", {}).values():
        yield from _methods(api, child)


def _method(api: Api, spec: Json) -> ApiMethod:
    template = api.document["servicePath"] + spec["path"]
    return ApiMethod(
        api=api,
        id=spec["id"],
        verb=spec["httpMethod"],
        pattern=_pattern(template),
        places=tuple(name for _, name in _PLACE.findall(template)),
        weight=len(_PLACE.sub("", template)),
        parameters=spec.get("parameters", {}),
        request=spec.get("request", {}).get("$ref", ""),
        response=spec.get("response", {}).get("$ref", ""),
        scopes=frozenset(spec.get("scopes", ())),
        uploads=spec.get("supportsMediaUpload", False),
        downloads=spec.get("supportsMediaDownload", False),
    )


def _pattern(template: str) -> re.Pattern[str]:
    """A template as a pattern; "{+name}" reaches over slashes."""
    pieces, end = [], 0
    for place in _PLACE.finditer(template):
        pieces += [re.escape(template[end : place.start()]), "(.+)" if place[1] else "([^/]+)"]
        end = place.end()
    return re.compile("".join([*pieces, re.escape(template[end:])]))
