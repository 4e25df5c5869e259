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
_SAME_DAY = timedelta(hours=6)  # nobody's decision ripens between the letters and the second run
_MAY_SAY_MORE = {0, 7}  # done; done, and something is left for a person


def main() -> int:
    """Make, plan, send, register, send again, and say where to look."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "demo")
    fixed = os.environ.get("RELAY_NOW")
    now = business_morning(datetime.fromisoformat(fixed) if fixed else datetime.now(_ZONE))
    book, outbox = folder / "candidates.xlsx", folder / "outbox"
    config = os.path.relpath(data_folder("config") / "example.toml")
    _relay(now, "init", str(book), "--demo", "--force", "--config", config)
    page = _relay(now, "preview", str(book), "--out", str(folder / "letters.html"), "--config", config)
    send = ["send", str(book), "--config", config, "--carrier", f"outbox:{outbox}", "--send"]
    sent = _relay(now, *send)
    codes = [letter["referral_code"] for letter in sent["letters"] if letter["referral_code"]]
    later = now + _SAME_DAY
    write_registrations(folder / "registrations.csv", codes, now)
    registered = _relay(later, "register", str(book), "--csv", str(folder / "registrations.csv"), "--config", config)
    again = _relay(later, *send)
    _relay(later, "analyse", str(book), "--config", config)
    relay = f"RELAY_NOW={later.isoformat()} .venv/bin/relay"
    commands = {"command": f"{relay} {' '.join(send)}", "page": f"{relay} open {' '.join(send[1:-1])}"}
    _tell(now, sent, again, registered, {"letters": page["letters"], "folder": folder, **commands})
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
    where: dict[str, Any],
) -> None:
    kinds = Counter(one["severity"] for one in sent["skipped"])
    facts = {
        "now": f"{now:%Y/%m/%d %H:%M}",
        "people": sent["planned"] + sent["left_out"],
        "sent": sent["sent"],
        "left_out": sent["left_out"],
        **{severity: kinds[severity] for severity in ("act", "wait", "none")},
        "again": again["sent"],
        "registered": registered["added"],
        "progress": again["credits"]["progress"],
        **where,
    }
    story = _STORY_JA if choose_language([]) == "ja" else _STORY_EN
    sys.stdout.write(story.format_map(facts))


_STORY_JA = """
  {people} 名の採用管理表で、お祈りメールを送りました(時計は {now} に固定)。

    {sent} 通を送信箱に届けました。
    {left_out} 名には送っていません: 対応が必要 {act} 名、待機中 {wait} 名、対応不要 {none} 名。
    紹介先から {registered} 名の登録がありました。次のクレジットまで {progress}。
    もう一度実行すると {again} 通。同じ方に二度は届きません。

  見るところ
    {folder}/candidates.xlsx   ブック(候補者の横の「通知状況」、要確認、クレジット、分析、送信記録)
    {folder}/letters.html      全員分の文面 {letters} 通と、送らない理由
    {folder}/outbox/new/       届けたメール(.eml)

  ご自分でもう一度:
    {command}

  ブラウザで見る(終わるには Ctrl-C):
    {page}

"""
_STORY_EN = """
  Rejection letters for a sheet of {people} candidates (the clock stands at {now}).

    {sent} letters went into the outbox.
    {left_out} people got none: {act} need you, {wait} wait, {none} need nothing.
    {registered} registrations came back from the partner: {progress} towards a credit.
    Run again: {again} letters. Nobody gets two.

  Where to look
    {folder}/candidates.xlsx   the workbook: 通知状況 beside the candidates, 要確認, クレジット, 分析, 送信記録
    {folder}/letters.html      all {letters} letters on one page, and why the others get none
    {folder}/outbox/new/       the letters (.eml)

  Try again yourself:
    {command}

  Look at it in a browser (Ctrl-C ends it):
    {page}

"""


if __name__ == "__main__":
    sys.exit(main())
