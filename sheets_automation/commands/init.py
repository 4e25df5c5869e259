"""`relay init`: a workbook to start with, buttons for one that is there, or the add-in."""

from __future__ import annotations

import argparse
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import Answer
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.texts import say
from sheets_automation.config import find_config
from sheets_automation.core.errors import ConfigurationError, WorkbookNotSaved
from sheets_automation.letter_files import sources_in
from sheets_automation.wiring import Office, data_folder

if TYPE_CHECKING:
    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """Write what was asked for; a file that is there is never replaced without --force."""
    asked = [one for one in (arguments.workbook, arguments.add_buttons, arguments.addin) if one]
    if len(asked) != 1 or (arguments.out and not arguments.add_buttons):
        raise ConfigurationError(
            "作るブックの名前、--add-buttons、--addin のどれか一つを指定してください。"
            "--out は --add-buttons と使います。",
            "Name a workbook to make, or give --add-buttons or --addin; --out goes with --add-buttons.",
        )
    if arguments.addin:
        made, following = _make_addin(Path(arguments.addin), force=arguments.force), "next_addin"
    elif arguments.add_buttons:
        made, following = _add_buttons(arguments), "next_buttons"
    else:
        made, following = _make_workbook(arguments)
    config = None if arguments.addin or arguments.demo else _make_config(arguments, made)
    return Answer(
        document={"made": [str(one) for one in (made, config) if one]},
        show=lambda console: _show(console, made, config, following, arguments),
    )


def _show(console: Console, made: Path, config: Path | None, following: str, arguments: argparse.Namespace) -> None:
    language = arguments.lang
    workbook = arguments.add_buttons or made
    console.print(Sentence(say("made", language, path=made)))
    if config is not None:
        console.print(Sentence(say("made_config", language, path=config)))
    console.print(Sentence(say(following, language, path=made, workbook=workbook)))


def _make_config(arguments: argparse.Namespace, workbook: Path) -> Path | None:
    """Write a short configuration beside a new workbook; None where one is read already, which it would hide."""
    option = Path(arguments.config) if arguments.config else None
    if find_config(option, os.environ, workbook=workbook, here=Path.cwd()) is not None:
        return None
    path = workbook.with_name("relay.toml")
    text = (data_folder("config") / "start.toml").read_text(encoding="utf-8")
    with suppress(FileExistsError), path.open("x", encoding="utf-8") as out:
        out.write(text)
    return path


def _make_workbook(arguments: argparse.Namespace) -> tuple[Path, str]:
    path = Path(arguments.workbook)
    has_buttons = path.suffix.lower() == ".xlsm"
    office = Office.open(arguments.config, arguments.workbook if has_buttons else None)
    if office.is_on_google(arguments.workbook):
        raise WorkbookNotSaved(
            "Google スプレッドシートは作りません。ドライブで作って見出し行を入れ、relay check で確かめてください。"
            "すでにある表には何も書きません。",
            "No Google spreadsheet is made, and none is changed: make it in Drive, give it a row of headings, "
            "and run `relay check`.",
        )
    _check(path, ".xlsx", ".xlsm", force=arguments.force)
    from sheets_automation.wiring_init import build_macro_book, refuse_old_records

    refuse_old_records(path)
    if arguments.demo:
        _make_demo(office, path)
        return path, "next_plan"
    if has_buttons:
        build_macro_book(office, path, replace=arguments.force)
        return path, "next_macro_book"
    from sheets_automation.empty_workbook import build_empty_workbook

    build_empty_workbook(path, sources_in(data_folder("templates"), "ja"))
    return path, "next_init"


def _make_demo(office: Office, path: Path) -> None:
    if path.suffix.lower() == ".xlsm":
        raise WorkbookNotSaved(
            "見本のブックは .xlsx で作ります。ボタンは relay init --add-buttons で付けてください。",
            "A demo is made as .xlsx; give it buttons with `relay init --add-buttons`.",
        )
    from sheets_automation.demo_workbook import build_demo_workbook

    build_demo_workbook(path, office.clock().date())


def _add_buttons(arguments: argparse.Namespace) -> Path:
    from sheets_automation.wiring_init import add_buttons_to

    source = Path(arguments.add_buttons)
    target = Path(arguments.out) if arguments.out else source.with_suffix(".xlsm")
    _check(target, ".xlsm")  # HR's own data: nothing in its way may be lost
    add_buttons_to(Office.open(arguments.config, str(source)), source, target)
    return target


def _make_addin(path: Path, *, force: bool) -> Path:
    from sheets_automation.macros.addin import build_addin

    _check(path, ".xlam", force=force)
    build_addin(path, replace=force)
    return path


def _check(path: Path, *suffixes: str, force: bool | None = None) -> None:
    """Refuse a name of which nothing can be made. `force` is None where nothing is ever replaced."""
    if path.suffix.lower() not in suffixes:
        ja, en = (word.join(suffixes) for word in (" か ", " or "))
        raise WorkbookNotSaved(
            f"「{path.name}」の拡張子を {ja} にしてください。",
            f"Name the file {path.stem}{suffixes[0]}: only {en} is made.",
        )
    if path.exists() and force is None:
        raise WorkbookNotSaved(
            f"「{path}」はすでにあります。--out で別の名前にしてください。",
            f"{path} is there already; choose another name with --out.",
        )
    if path.exists() and not force:
        raise WorkbookNotSaved(
            f"「{path}」はすでにあります。別の名前にするか、消してもよいときは --force を付けてください。",
            f"{path} is there already; choose another name, or add --force if it may go.",
        )
    if not path.parent.is_dir():
        raise WorkbookNotSaved(
            f"フォルダ「{path.parent}」がありません。先に作ってください。",
            f"There is no folder {path.parent}; make it first.",
        )
