"""What to type where a part of ours is not installed: from where this program came, since it is on no index."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

_NAME = "sheets-automation"


def install_line(extra: str) -> str:
    """The command that adds an extra to the environment in which this runs, as one can paste it into a terminal."""
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        ours = distribution(_NAME)
    except PackageNotFoundError:  # run from a folder that was never installed
        return f'{_installer("")} "{_NAME}[{extra}]"'
    origin = json.loads(ours.read_text("direct_url.json") or "{}")
    return f"{_installer(ours.read_text('INSTALLER') or '')} {wanted(extra, origin)}"


def wanted(extra: str, origin: Mapping[str, Any]) -> str:
    """What pip or uv is asked for; `origin` is what they noted when they installed us (PEP 610), {} for an index."""
    url = str(origin.get("url", ""))
    if "dir_info" in origin:
        folder = url2pathname(urlsplit(url).path)
        editable = "--editable " if origin["dir_info"].get("editable") else ""
        return f'{editable}"{folder}[{extra}]"'
    if "vcs_info" in origin:
        url = f"{origin['vcs_info']['vcs']}+{url}@{origin['vcs_info']['commit_id']}"
    return f'"{_NAME}[{extra}] @ {url}"' if url else f'"{_NAME}[{extra}]"'


def _installer(noted: str) -> str:
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f"uv pip install --python {python}" if noted.strip() == "uv" else f"{python} -m pip install"
