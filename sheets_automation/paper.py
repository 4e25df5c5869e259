"""Pages to print and to hand out: the certificate of an erasure, and all that is held about one person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sheets_automation.private_files import write_private


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
    write_private(as_json, f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode())
    write_private(as_page, render(page, document, language).encode())
    return as_json, as_page


def _when(moment: str) -> str:
    return f"{datetime.fromisoformat(moment):%Y/%m/%d %H:%M}"
