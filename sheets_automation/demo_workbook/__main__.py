"""`make demo`: the main job from beginning to end on the demo workbook, through the real command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sheets_automation.cli import choose_language
from sheets_automation.demo_workbook import write_registrations
from sheets_automation.wiring import data_folder

_ZONE = ZoneInfo("Asia/Tokyo")
_TEN_DAYS = timedelta(days=10)
_MAY_SAY_MORE = {0, 7}  # done; done, and something is left for a person


def main() -> int:
    """Make, plan, send, send again, register, and say where to look."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "demo")
    now = business_morning(datetime.now(_ZONE))
    book, config, outbox = folder / "candidates.xlsx", str(data_folder("config") / "example.toml"), folder / "outbox"
    _relay(now, "init", str(book), "--demo", "--force", "--config", config)
    page = _relay(now, "preview", str(book), "--out", str(folder / "letters.html"), "--config", config)
    send = ["send", str(book), "--config", config, "--carrier", f"outbox:{outbox}", "--send"]
    sent = _relay(now, *send)
    again = _relay(now, *send)
    codes = [letter["referral_code"] for letter in sent["letters"] if letter["referral_code"]]
    later = now + _TEN_DAYS
    write_registrations(folder / "registrations.csv", codes, later.date())
    registered = _relay(later, "register", str(book), "--csv", str(folder / "registrations.csv"), "--config", config)
    _tell(now, sent, again, registered, page, folder, send)
    return 0


def business_morning(moment: datetime) -> datetime:
    """Ten o'clock on this day, or on the next one on which letters may leave."""
    from jpholiday import is_holiday

    day = moment.replace(hour=10, minute=0, second=0, microsecond=0)
    while day.weekday() > 4 or is_holiday(day.date()):  # noqa: PLR2004 - Friday
        day += timedelta(days=1)
    return day


def _relay(now: datetime, *words: str) -> dict[str, Any]:
    """Run one command as a user would, with the clock fixed; its document."""
    command = [sys.executable, "-m", "sheets_automation.cli", *words, "--json"]
    environment = {**os.environ, "RELAY_NOW": now.isoformat()}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode not in _MAY_SAY_MORE:
        sys.stderr.write(done.stdout)
        raise SystemExit(done.returncode)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def _tell(
    now: datetime,
    sent: dict[str, Any],
    again: dict[str, Any],
    registered: dict[str, Any],
    page: dict[str, Any],
    folder: Path,
    send: list[str],
) -> None:
    ja = choose_language([]) == "ja"
    kinds = Counter(one["severity"] for one in sent["skipped"])
    people = sent["planned"] + sent["left_out"]
    reasons = Counter(one["reason"] for one in again["skipped"])
    lines = (
        ("候補者", "candidates", f"{people}"),
        ("送った通知", "letters sent", f"{sent['sent']}  ({sent['failed']} / {sent['uncertain']})"),
        ("送らなかった方", "left out", f"{sent['left_out']}  ({kinds['act']} / {kinds['wait']} / {kinds['none']})"),
        ("もう一度実行", "sent again", f"{again['sent']}  (already_sent: {reasons['already_sent']})"),
        ("クレジット", "credits", f"{registered['credits']['left']}  ({registered['credits']['progress']})"),
    )
    write = sys.stdout.write
    write(f"\n  {'時計' if ja else 'clock'}: {now:%Y-%m-%d %H:%M}\n\n")
    for label_ja, label_en, text in lines:
        write(f"  {label_ja if ja else label_en}: {text}\n")
    write("\n" + ("  見るところ\n" if ja else "  where to look\n"))
    for name, what in (
        ("candidates.xlsx", "ブック(候補者・要確認・クレジット)" if ja else "the workbook: 候補者, 要確認, クレジット"),
        ("outbox/new/", f"送った通知 {sent['sent']} 通" if ja else f"the {sent['sent']} letters"),
        ("letters.html", "全員分の文面" if ja else f"all {page['letters']} letters on one page"),
    ):
        write(f"    {folder / name}   {what}\n")
    write("\n" + ("  もう一度送っても、誰にも届きません:\n" if ja else "  send again, and nobody gets anything:\n"))
    write(f"    RELAY_NOW={now.isoformat()} relay {' '.join(send)}\n\n")


if __name__ == "__main__":
    sys.exit(main())
