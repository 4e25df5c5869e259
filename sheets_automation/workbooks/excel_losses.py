"""What is said where an Excel file lacks what it had: its journal, or the end of its log."""

from __future__ import annotations

from sheets_automation.core.errors import JournalMissing, LogDamaged


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
