"""設定: what HR may set in the workbook itself. Harmless things only, and limits only downwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time
from difflib import get_close_matches
from typing import Any

from sheets_automation.config.problems import Problem
from sheets_automation.config.sections import Config
from sheets_automation.core.addresses import read_address
from sheets_automation.core.cells import folded, number, text, truth
from sheets_automation.core.stops import STOP_LABEL, STOP_LABELS
from sheets_automation.core.table import CellValue, Row

Change = Callable[[Config, CellValue], Config]


class _NotTaken(Exception):
    """Why a value cannot be taken over."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja = ja
        self.en = en


def apply_settings(config: Config, rows: Iterable[Row]) -> tuple[Config, tuple[Problem, ...]]:
    """Take over what stands in the first two columns; what cannot be taken over is a problem and changes nothing.

    A tab without a single label of ours is somebody else's and is left alone.
    """
    labelled = [(row.number, text(row.cells.get(0)), row.cells.get(1)) for row in rows]
    if not any(folded(label) in _LABELS or folded(label) in _TITLES for _, label, _ in labelled):
        return config, ()
    problems: list[Problem] = []
    for row, label, value in labelled:
        if not label or not text(value) or folded(label) in _TITLES:
            continue  # a title, a note, or a setting that is left to the configuration
        try:
            config = _change(label)(config, value)
        except _NotTaken as reason:
            problems.append(_problem(row, label, reason))
    return config, tuple(problems)


def _change(label: str) -> Change:
    if change := _LABELS.get(folded(label)):
        return change
    near = get_close_matches(folded(label), _LABELS, n=1)
    known = "、".join(_OURS)
    raise _NotTaken(
        f"この項目はありません。もしかして「{near[0]}」ですか。"
        if near
        else f"この項目はありません。使えるのは {known} です。",
        f'there is no such setting; did you mean "{near[0]}"?' if near else f"there is no such setting; use {known}.",
    )


def _problem(row: int, label: str, reason: _NotTaken) -> Problem:
    key = f"A{row}"
    return Problem(
        key, f"「設定」シートの {key}「{label}」: {reason.ja}", f'Settings tab, {key} "{label}": {reason.en}'
    )


def _set(section: str, key: str, read: Callable[[CellValue], Any]) -> Change:
    def change(config: Config, value: CellValue) -> Config:
        return _with(config, section, key, read(value))

    return change


def _with(config: Config, section: str, key: str, value: object) -> Config:
    changed: Any = replace(getattr(config, section), **{key: value})
    return replace(config, **{section: changed})


def _line(value: CellValue) -> str:
    return " ".join(text(value).split())


def _reply_to(config: Config, value: CellValue) -> Config:
    address = read_address(value).value
    if address is None:
        raise _NotTaken(
            "メールアドレスとして読み取れません。saiyo@example.co.jp の形で 1 つだけ書いてください。",
            "this is no mail address; write one, such as jobs@example.com.",
        )
    # Whoever can edit the sheet must not be able to lead the candidates' answers out of the house.
    ours = {known.rpartition("@")[2] for known in (config.sender.address, config.sender.reply_to) if known}
    if ours and address.rpartition("@")[2] not in ours:
        raise _NotTaken(
            "差出人と違うドメインの返信先は使えません。設定ファイルの [sender] reply_to に書いてもらってください。",
            "the domain is not the sender's; ask your administrator to set [sender] reply_to in the configuration.",
        )
    return _with(config, "sender", "reply_to", address)


def _daily_limit(config: Config, value: CellValue) -> Config:
    limit = number(folded(value).rstrip("通件/日"))
    if limit is None or limit < 0 or limit != int(limit):
        raise _NotTaken("0 以上の整数で書いてください。", "write a whole number, 0 or more.")
    most = config.guards.daily_limit
    if limit > most:
        raise _NotTaken(
            f"上限はここでは下げることだけできます。設定ファイルの {most} 通のままにします。",
            f"the limit can only be lowered here; it stays at {most} as in the configuration.",
        )
    return _with(config, "guards", "daily_limit", int(limit))


def _second_person(config: Config, value: CellValue) -> Config:
    wanted = truth(value)
    if wanted is not None and wanted >= config.guards.second_person:
        return _with(config, "guards", "second_person", wanted)
    raise _NotTaken(
        "「はい」と書いてください。やめるときは、設定ファイルの [guards] second_person を変えてもらってください。",
        'write "yes"; to do without, ask your administrator to change [guards] second_person.',
    )


def _stop(config: Config, value: CellValue) -> Config:
    """Say what nobody can read; the stop itself is found in the cell with every look at the workbook."""
    if truth(value) is None:
        raise _NotTaken(
            "「はい」か「いいえ」で書いてください。読み取れないあいだは、すべての送信を止めています。",
            'write "yes" or "no"; while nobody can read it, all sending is stopped.',
        )
    return config


def _opening(config: Config, value: CellValue) -> Config:
    start = _clock(value)
    if not config.window.start <= start < min(config.window.end, config.window.friday_end):
        raise _wider(config)
    return _with(config, "window", "start", start)


def _closing(key: str) -> Change:
    def change(config: Config, value: CellValue) -> Config:
        end = _clock(value)
        if not config.window.start < end <= getattr(config.window, key):
            raise _wider(config)
        return _with(config, "window", key, end)

    return change


def _wider(config: Config) -> _NotTaken:
    window = config.window
    hours = f"{window.start:%H:%M}–{window.end:%H:%M} (Fri –{window.friday_end:%H:%M})"
    return _NotTaken(
        f"送信時間帯はここでは狭めることだけできます。{hours} のままにします。",
        f"the sending hours can only be narrowed here; they stay at {hours}.",
    )


def _clock(value: CellValue) -> time:
    """Read a time of day: typed, or as the fraction of a day that spreadsheets store."""
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, float) and 0 <= value < 1:
        hour, minute = divmod(round(value * 24 * 60), 60)
        return time(hour % 24, minute)
    if found := re.fullmatch(r"(\d{1,2})(?:[:時](\d{1,2})?分?)", folded(value)):
        hour, minute = int(found[1]), int(found[2] or 0)
        if hour < 24 and minute < 60:  # noqa: PLR2004 - a clock
            return time(hour, minute)
    raise _NotTaken("時刻は 9:00 の形で書いてください。", "write a time such as 9:00.")


_OURS: Mapping[str, tuple[Change, tuple[str, ...]]] = {
    "会社名": (_set("company", "name", _line), ("company", "company name", "社名")),
    "差出人名": (_set("sender", "name", _line), ("表示名", "sender name", "display name")),
    "担当": (_set("company", "contact_person", _line), ("担当者", "contact person")),
    "連絡先": (_set("company", "contact", text), ("お問い合わせ先", "contact")),
    "署名": (_set("company", "signature", text), ("signature",)),
    "返信先": (_reply_to, ("返信先アドレス", "返信先メールアドレス", "reply to", "reply-to")),
    "送信開始": (_opening, ("送信開始時刻", "send from")),
    "送信終了": (_closing("end"), ("送信終了時刻", "send until")),
    "金曜の送信終了": (_closing("friday_end"), ("金曜送信終了", "send until on fridays")),
    "二人目の承認": (_second_person, ("二人目の承認を必要とする", "second person")),
    STOP_LABEL: (_stop, STOP_LABELS[1:]),
    "1日の送信上限": (_daily_limit, ("1日の上限", "送信上限", "daily limit")),
}
"""By label: what it changes, and its other names."""

_LABELS = {folded(name): change for label, (change, also) in _OURS.items() for name in (label, *also)}
_TITLES = {folded(title) for title in ("項目", "設定項目", "setting", "item")}
