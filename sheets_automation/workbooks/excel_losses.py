"""What is said where an Excel file lacks what it had (its journal, the end of its log), or is in other hands."""

from __future__ import annotations

from sheets_automation.core.errors import JournalMissing, LogDamaged, WorkbookBusy, WorkbookChanged


def journal_missing(title: str, run_id: str, folder: str) -> JournalMissing:
    """A workbook that was moved away from the journal of a run that is not over."""
    return JournalMissing(
        f"「{title}」の前回の実行({run_id})は途中で止まり、その記録がここにありません。"
        f"ブックを元のフォルダに戻すか、元のフォルダの {folder} フォルダをブックの隣に置いてください。"
        "どうしても見つからないときは、relay rebuild-log で送信済みの通知から作り直すか、"
        "relay settle --journal-lost で記録なしに進めます。",
        f'The last run on "{title}" ({run_id}) did not finish, and its journal is not here. '
        f"Put the workbook back where it was, or the {folder} folder from there beside it. "
        "If it is lost for good, `relay rebuild-log` rebuilds it from the letters that were sent, and "
        "`relay settle --journal-lost` goes on without it.",
    )


def log_cut(title: str, folder: str) -> LogDamaged:
    """A log that ends before the last fact that it is known to have held."""
    return LogDamaged(
        f"「{title}」の送信記録の終わりの行、またはタブそのものがなくなっています。誰に送ったかの唯一の記録なので、"
        f"このままでは何も送りません。元のタブか、{folder} フォルダを元に戻してください。"
        "どうしても戻せないときは、relay rebuild-log で送信済みの通知から作り直せます。",
        f'The last rows of the delivery log of "{title}", or its whole tab, are gone. It is the only '
        f"record of who was written to, so nothing is sent. Bring back the tab, or the {folder} folder. "
        "If they are lost for good, `relay rebuild-log` rebuilds the log from the letters that were sent.",
    )


def open_elsewhere(title: str, program: str) -> WorkbookBusy:
    """A person has the file open."""
    return WorkbookBusy(
        f"「{title}」を {program} で開いている方がいます。閉じてから、もう一度実行してください。"
        "誰も開いていないときは、隣にある ~$ か .~lock. で始まる隠しファイルを消してください。",
        f'"{title}" is open in {program}. Close it there and run again. '
        "If nobody has it open, delete the hidden lock file beside it.",
    )


def another_run(title: str) -> WorkbookBusy:
    """Another run holds the lock."""
    return WorkbookBusy(
        f"「{title}」では別の実行が進行中です。終わってから、もう一度実行してください。",
        f'Another run is at work on "{title}". Wait until it has ended, then run again.',
    )


def changed_since(title: str) -> WorkbookChanged:
    """The file is another one than that which was read."""
    return WorkbookChanged(
        f"読み取りのあとで「{title}」が変更されたため、保存しませんでした。もう一度実行してください。",
        f'"{title}" was changed after it was read, so it was not saved. Run again.',
    )
