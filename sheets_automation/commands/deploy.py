"""`relay deploy`: the commands and manifests for a Google project, written out; nothing is done to any project."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import Answer
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.deployment import COMMANDS, MANIFESTS, deployment_folder

if TYPE_CHECKING:
    from rich.console import Console

_PROJECT = re.compile(r"[a-z][a-z0-9-]{4,28}[a-z0-9]")
# What stands in a command of the shell, between quotes or without: nothing in it may mean anything there.
_PLAIN = re.compile(r"[A-Za-z0-9@._:/-]+")
_FORMS = {"project": _PROJECT, "mail_project": _PROJECT, "schedule": re.compile(r"[0-9A-Za-z*/, -]+")}


def run(arguments: argparse.Namespace) -> Answer:
    """Fill in what was said, and print it or write it into a folder."""
    values = _values(arguments)
    commands = _filled(COMMANDS, values)
    written = _write(Path(arguments.out), values) if arguments.out else []
    document = {"project": values["project"], "image": values["image"], "written": written, "commands": commands}

    def show(console: Console) -> None:
        for line in written or commands.splitlines():
            console.out(line, highlight=False)

    return Answer(document=document, show=show)


def _values(arguments: argparse.Namespace) -> dict[str, str]:
    project, region = arguments.project, arguments.region
    values = {
        "project": project,
        "region": region,
        "mail_project": arguments.mail_project or f"{project}-mail",
        "image": arguments.image or f"{region}-docker.pkg.dev/{project}/relay/relay:1",
        "tasks": str(arguments.tasks),
        "schedule": arguments.schedule,
        "script_client": arguments.script_client,
        "group": arguments.group,
        "operator": arguments.operator,
        "channel": arguments.channel or f"projects/{project}/notificationChannels/CHANNEL",
    }
    for name, value in values.items():
        if not _FORMS.get(name, _PLAIN).fullmatch(value):
            raise ConfigurationError(
                f"--{name.replace('_', '-')} の「{value}」は正しい値ではありません。",
                f"--{name.replace('_', '-')}: “{value}” is not a value that can be right.",
            )
    return values


def _filled(name: str, values: dict[str, str]) -> str:
    return Template((deployment_folder() / name).read_text(encoding="utf-8")).substitute(values)


def _write(folder: Path, values: dict[str, str]) -> list[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in MANIFESTS:
            (folder / name).write_text(_filled(name, values), encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"{folder} に書き込めません({error.strerror})。--out で別のフォルダを指定してください。",
            f"{folder} cannot be written to ({error.strerror}). Give another folder with --out.",
        ) from error
    return [str(folder / name) for name in MANIFESTS]
