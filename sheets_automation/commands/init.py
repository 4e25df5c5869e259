"""`relay init`: an empty workbook to start with, or a demo full of made-up candidates."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import Answer
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.texts import say
from sheets_automation.core.errors import WorkbookNotSaved
from sheets_automation.letter_files import sources_in
from sheets_automation.wiring import Office, data_folder

if TYPE_CHECKING:
    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """Write the workbook; a file that is there is never replaced without --force."""
    path = Path(arguments.workbook)
    _check(path, force=arguments.force)
    made = [path]
    if arguments.demo:
        from sheets_automation.demo_workbook import build_demo_workbook

        build_demo_workbook(path, Office.open(arguments.config, None).clock().date())
    else:
        from sheets_automation.empty_workbook import build_empty_workbook

        build_empty_workbook(path, sources_in(data_folder("templates"), "ja"))
    return Answer(
        document={"made": [str(one) for one in made]},
        show=lambda console: _show(console, arguments),
    )


def _show(console: Console, arguments: argparse.Namespace) -> None:
    language, path = arguments.lang, arguments.workbook
    console.print(Sentence(say("made", language, path=path)))
    console.print(Sentence(say("next_plan" if arguments.demo else "next_init", language, workbook=path)))


def _check(path: Path, *, force: bool) -> None:
    if path.suffix.lower() != ".xlsx":
        raise WorkbookNotSaved(
            f"「{path.name}」の拡張子を .xlsx にしてください。", f"Name the file {path.stem}.xlsx: only .xlsx is made."
        )
    if path.exists() and not force:
        raise WorkbookNotSaved(
            f"「{path}」はすでにあります。置き換えるときは --force を付けてください。",
            f"{path} is there already; add --force to replace it.",
        )
    if not path.parent.is_dir():
        raise WorkbookNotSaved(
            f"フォルダ「{path.parent}」がありません。先に作ってください。",
            f"There is no folder {path.parent}; make it first.",
        )
