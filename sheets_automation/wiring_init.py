"""What `relay init` makes beyond an empty workbook: our tabs as a run draws them, and a workbook with its journal."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sheets_automation.config.rules import send_rules
from sheets_automation.core.analysing import Material, analyse
from sheets_automation.core.analysis_view import analysis_tab
from sheets_automation.core.credit_folding import summarise_credits
from sheets_automation.core.credit_view import credit_tab
from sheets_automation.core.delivery_log import DeliveryLog
from sheets_automation.core.errors import WorkbookBusy, WorkbookNotSaved, WriteRefused
from sheets_automation.core.log_rows import CHECK
from sheets_automation.core.log_rows import HEADINGS as LOG_HEADINGS
from sheets_automation.core.referral_rows import HEADINGS as REFERRAL_HEADINGS
from sheets_automation.core.review_tab import Waiting, review_tab
from sheets_automation.core.rules import SendRules
from sheets_automation.letter_files import sources_in
from sheets_automation.wiring import data_folder
from sheets_automation.xlsx.saving import who_has_it_open

if TYPE_CHECKING:
    from sheets_automation.wiring import Office


def build_macro_book(office: Office, path: Path, *, replace: bool) -> None:
    """Write the empty workbook with buttons and with every tab of ours, empty as well."""
    from xlsxwriter.exceptions import XlsxWriterException

    from sheets_automation.empty_workbook import build_empty_workbook
    from sheets_automation.macros.macro_book import finish_macro_book
    from sheets_automation.macros.settings import settings
    from sheets_automation.macros.tabs import draw_macro_tabs
    from sheets_automation.macros.xlwings_modules import xlwings_version

    rules = send_rules(office.config, lambda _: False)
    front = partial(draw_macro_tabs, settings=settings(xlwings_version()))
    with TemporaryDirectory(prefix="relay-init-") as folder:
        plain = Path(folder) / "plain.xlsx"
        letters = sources_in(data_folder("templates"), "ja")
        try:
            build_empty_workbook(plain, letters, front=front, logs=_logs(rules))
        except XlsxWriterException as error:  # two tabs of one name, or a name that no tab can have
            raise WriteRefused(
                f"タブを作れません({error})。設定ファイルの [workbook] のタブ名を確かめてください。",
                f"A tab cannot be made ({error}). Check the tab names under [workbook] in the configuration.",
            ) from error
        finish_macro_book(plain, path, _views(office, rules), replace=replace)


def _logs(rules: SendRules) -> Mapping[str, Sequence[str]]:
    """The fact tabs with their headings; facts come below them."""
    return {rules.tabs.log: (*LOG_HEADINGS, CHECK), rules.tabs.referrals: REFERRAL_HEADINGS}


def _views(office: Office, rules: SendRules) -> list[bytes]:
    """The tabs that every run rebuilds, as they are while nobody has been written to."""
    from sheets_automation.workbooks.excel_drawing import draw

    now = office.clock()
    credits_ = summarise_credits((), rules.partners, now=now)
    nobody = Material(candidates=(), log=DeliveryLog(), credits=credits_)
    return [
        draw([credit_tab(credits_, rules.tabs.credits)]),
        draw([analysis_tab(analyse(nobody, rules.analysis, rules.analysis.period), rules.tabs.analysis)]),
        draw([review_tab((), now, rules.tabs.review, Waiting(days=rules.guards.max_wait.days))]),
    ]


def add_buttons_to(office: Office, source: Path, target: Path) -> None:
    """Write `target`, a copy of `source` with buttons, and with its journal: the facts that only that one knows.

    Nobody can send from `source` meanwhile.
    """
    from sheets_automation.macros.macro_book import add_buttons

    journal = _journal_of(source)
    with _held(office, source, has_journal=journal.exists()), _carried(journal, _journal_of(target), like=source):
        add_buttons(source, target)


@contextmanager
def _held(office: Office, source: Path, *, has_journal: bool) -> Iterator[None]:
    """Refuse a workbook that is open elsewhere, or whose journal or log is not whole; keep runs away meanwhile."""
    if has_journal:
        with closing(office.open_workbook(str(source), exclusive=True)) as book:
            book.read()
            yield
        return
    # No run was ever at work on it, and none should leave its traces beside it now.
    program = who_has_it_open(source) if source.exists() else None
    if program is not None:
        raise WorkbookBusy(
            f"「{source.name}」を {program} で開いている方がいます。保存して閉じてから、もう一度実行してください。",
            f'"{source.name}" is open in {program}. Save and close it there, then run again.',
        )
    yield


def refuse_old_records(workbook: Path) -> None:
    """Refuse a new workbook where an earlier one of this name has left its journal: it would count as the new one's."""
    journal = _journal_of(workbook)
    if journal.exists():
        raise WorkbookNotSaved(
            f"「{journal}」に、同じ名前のブックの記録が残っています。新しいブックには別の名前を付けてください。"
            "記録が要らないときは、そのファイルをほかの場所に移してからもう一度実行してください。",
            f"{journal} holds the records of an earlier workbook of this name. Give the new one another name "
            "or, where nobody needs these records, move that file elsewhere and run again.",
        )


def _journal_of(workbook: Path) -> Path:
    from sheets_automation.workbooks.excel_file import FOLDER

    resolved = workbook.resolve()
    return resolved.parent / FOLDER / f"{resolved.name}.journal"


@contextmanager
def _carried(journal: Path, copy: Path, *, like: Path) -> Iterator[None]:
    """Keep a copy of the journal under the new name if what is done meanwhile succeeds.

    The journal of another workbook that once had this name is never mixed with it.
    """
    if copy.exists():
        raise WorkbookNotSaved(
            f"「{copy}」に、同じ名前のブックの記録が残っています。別の名前を --out で指定してください。",
            f"{copy} holds the records of another workbook of this name; choose another name with --out.",
        )
    if journal.exists():
        _copy(journal, copy, like)
    try:
        yield
    except BaseException:
        copy.unlink(missing_ok=True)
        raise


def _copy(journal: Path, copy: Path, like: Path) -> None:
    from sheets_automation.workbooks.journal import make_folder

    make_folder(copy.parent, like)
    copy.touch(mode=0o600)
    # What a run that died left in a log beside the file comes along, too.
    with closing(sqlite3.connect(journal)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
    shutil.copymode(journal, copy)
