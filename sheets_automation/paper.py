"""Pages to print and to hand out: the certificate of an erasure, and all that is held about one person."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sheets_automation.gallery import PageNotSaved


def render(page: str, document: Mapping[str, object], language: str) -> str:
    """A page as text; it is one file, runs nothing and loads nothing."""
    environment = Environment(
        loader=PackageLoader("sheets_automation", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["when"] = _when
    style = (Path(__file__).parent / "pages" / "paper.css").read_text(encoding="utf-8")
    template = environment.get_template(f"{page}.html")
    return template.render(one=document, language=language, style=Markup(style))  # noqa: S704 - our own file


def save_both(path: Path, page: str, document: Mapping[str, object], language: str) -> tuple[Path, Path]:
    """Write a document as JSON and as a page beside it, readable by us alone. Raises PageNotSaved."""
    as_json, as_page = path.with_suffix(".json"), path.with_suffix(".html")
    _save(as_json, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    _save(as_page, render(page, document, language))
    return as_json, as_page


def _save(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}~")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(text)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise PageNotSaved(
            f"「{path}」に保存できません（{error.strerror}）。フォルダの書き込み権限と空き容量を確かめてください。",
            f"{path} cannot be saved ({error.strerror}); check that the folder is writable and the disk has room.",
        ) from error


def _when(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%Y/%m/%d %H:%M}"
