"""Reading a TOML configuration: every mistake in it is found and told before anything else happens."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from sheets_automation.config import problems as problem
from sheets_automation.config.consistency import contradictions
from sheets_automation.config.kinds import Kind
from sheets_automation.config.problems import ConfigurationWrong, Problem
from sheets_automation.config.sections import Config
from sheets_automation.core.errors import ConfigurationError

S = TypeVar("S")
Report = Callable[[Problem], None]

_SECRET_KEY = re.compile(r"passw|pwd|secret|token|credential|api_?key|private_?key|パスワード|暗証", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"://[^/\s@]*:[^/\s]*@")  # smtp://user:password@host
_UNREAD: Any = object()  # stands in for what could not be read; a configuration with problems is thrown away


def load_config(path: Path) -> Config:
    """Read a configuration file. Raises ConfigurationError that names every mistake."""
    return read_config(_text_of(path), path.name)


def load_section(section: type[S], path: Path) -> S:
    """Read another TOML file, as this dataclass of sections. Raises ConfigurationError that names every mistake."""
    found: list[Problem] = []
    read = _read_section(section, _document(_text_of(path), path.name), "", found.append)
    if found:
        raise ConfigurationWrong(path.name, found)
    return read


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigurationError(
            f"設定ファイル {path} を開けません。場所と読み取り権限を確かめてください。",
            f"Cannot open the configuration {path}. Check where it is and who may read it.",
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"設定ファイル {path} の文字コードが UTF-8 ではありません。UTF-8 を選んで保存し直してください。",
            f"The configuration {path} is not UTF-8. Save it again as UTF-8.",
        ) from error


def read_config(text: str, file: str) -> Config:
    """Read a configuration from its text; `file` is what messages call it."""
    found: list[Problem] = []
    config = _read_section(Config, _document(text, file), "", found.append)
    if not found:
        found.extend(contradictions(config))
    if found:
        raise ConfigurationWrong(file, found)
    return config


def _document(text: str, file: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(
            f'設定ファイル {file} の書き方が正しくありません: {error}。その行の = や " を確かめてください。',
            f"The configuration {file} is not valid TOML: {error}. Check the = and the quotes of that line.",
        ) from error


def shape_of(section: type) -> Mapping[str, Any]:
    """What each key of a section is: a Kind, a section, a list with one section, or a mapping of names to Kinds."""
    shapes: Mapping[str, Any] = _shapes(section)
    return shapes


@cache  # asked for again with each workbook of a roster
def _shapes(section: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a class
    return {name: _shape(hint) for name, hint in get_type_hints(section, include_extras=True).items()}


def _shape(hint: Any) -> Any:  # noqa: ANN401 - a type hint
    if get_origin(hint) is Annotated:
        return hint.__metadata__[0]
    return hint if is_dataclass(hint) else [get_args(hint)[0]]


def _read_section(section: type[S], values: Mapping[str, object], path: str, report: Report) -> S:
    read = _read_keys(shape_of(section), values, path, report)
    for field in fields(section):  # type: ignore[arg-type]
        if field.default is not MISSING or field.default_factory is not MISSING:
            if read.get(field.name) is _UNREAD:
                del read[field.name]
        elif field.name not in read:
            read[field.name] = _UNREAD
            report(problem.missing_key(f"{path}{field.name}"))
    return section(**read)


def _read_keys(shapes: Mapping[str, Any], values: Mapping[str, object], path: str, report: Report) -> dict[str, Any]:
    read = {}
    for key, value in values.items():
        where = f"{path}{key}"
        if _SECRET_KEY.search(key):
            report(problem.secret(where))
        elif key not in shapes:
            report(problem.unknown_key(where, shapes))
        else:
            read[key] = _read_value(shapes[key], value, where, report)
    return read


def _read_value(shape: Any, value: object, path: str, report: Report) -> Any:  # noqa: ANN401 - as the shape says
    if isinstance(shape, Kind):
        return _read_leaf(shape, value, path, report)
    if isinstance(shape, list):
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return tuple(
                _read_section(shape[0], item, f"{path}[{number}].", report) for number, item in enumerate(value, 1)
            )
        if (named := _by_id(shape[0], value)) is not None:
            return tuple(_read_section(shape[0], item, f"{path}.{name}.", report) for name, item in named.items())
        report(problem.wrong_section(path, repeated=True))
    elif isinstance(value, dict):
        read = _read_keys if isinstance(shape, dict) else _read_section
        return read(shape, value, f"{path}.", report)
    else:
        report(problem.wrong_section(path, repeated=False))
    return _UNREAD


def _by_id(section: type, value: object) -> Mapping[str, Mapping[str, object]] | None:
    """The sections of [list.ID] headings, where each has an id: another way to write [[list]] with id = "ID"."""
    if "id" not in shape_of(section) or not isinstance(value, dict):
        return None
    if not value or not all(isinstance(item, dict) and "id" not in item for item in value.values()):
        return None
    return {name: {"id": name, **item} for name, item in value.items()}


def _read_leaf(kind: Kind, value: object, path: str, report: Report) -> object:
    if isinstance(value, str) and _SECRET_VALUE.search(value):
        report(problem.secret(path))
        return _UNREAD
    try:
        return kind.read(value)
    except ValueError:
        report(problem.wrong_value(path, kind, value))
        return _UNREAD
