"""`relay deploy`: the commands and manifests for a Google project, written out; nothing is done to any project."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import Answer
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.deployment import BIGQUERY, BIGQUERY_MANIFESTS, COMMANDS, MANIFESTS, deployment_folder

if TYPE_CHECKING:
    from rich.console import Console

_PROJECT = re.compile(r"[a-z][a-z0-9-]{4,28}[a-z0-9]")
# What stands in a command of the shell, between quotes or without: nothing in it may mean anything there.
_PLAIN = re.compile(r"[A-Za-z0-9@._:/-]+")
_FORMS = {"project": _PROJECT, "mail_project": _PROJECT, "schedule": re.compile(r"[0-9A-Za-z*/, -]+")}


def run(arguments: argparse.Namespace) -> Answer:
    """Fill in what was said, and print it or write it into a folder."""
    values = _values(arguments)
    commands, manifests = _filled(deployment_folder() / COMMANDS, values), _manifests(values)
    if arguments.bigquery:
        commands += _filled(deployment_folder(BIGQUERY) / COMMANDS, values)
        manifests |= _for_bigquery(values)
    written = _write(Path(arguments.out), manifests) if arguments.out else []
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
        "bucket": f"{project}-relay-export",
    }
    for name, value in values.items():
        if not _FORMS.get(name, _PLAIN).fullmatch(value):
            raise ConfigurationError(
                f"--{name.replace('_', '-')} の「{value}」は正しい値ではありません。",
                f"--{name.replace('_', '-')}: “{value}” is not a value that can be right.",
            )
    return values


def _manifests(values: Mapping[str, str]) -> dict[str, str]:
    return {name: _filled(deployment_folder() / name, values) for name in MANIFESTS}


def _for_bigquery(values: Mapping[str, str]) -> dict[str, str]:
    """What loads and counts the exports; the queries are those of the package, word for word."""
    from sheets_automation.exports.group_analysis import QUERIES, query

    known = {**values, **{name: query(name).rstrip() for name in QUERIES}}
    return {f"{BIGQUERY}/{name}": _filled(deployment_folder(BIGQUERY) / name, known) for name in BIGQUERY_MANIFESTS}


def _filled(path: Path, values: Mapping[str, str]) -> str:
    return Template(path.read_text(encoding="utf-8")).substitute(values)


def _write(folder: Path, manifests: Mapping[str, str]) -> list[str]:
    try:
        for name, text in manifests.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"{folder} に書き込めません({error.strerror})。--out で別のフォルダを指定してください。",
            f"{folder} cannot be written to ({error.strerror}). Give another folder with --out.",
        ) from error
    return [str(folder / name) for name in manifests]
