"""Poison beside the rows: headings, the tabs 文面 and 設定, and a log in which a person has typed."""

from __future__ import annotations

from sheets_automation.core.log_rows import HEADINGS
from tests.poison.kind import Kind, NobodySent, Refused
from tests.workbooks.people import Grid

_LETTER_HEADINGS = ["名前", "件名", "本文", "使用"]
_BODY = "{{ 氏名 }}様\n\n誠に残念ながら、今回はご期待に沿いかねる結果となりました。"


def _heading(name: str, heading: str, cell: str = "x", becomes: Refused | None = None) -> Kind:
    return Kind(f"heading: {name}", {heading: cell}, *([becomes] if becomes else []))


def _letter(name: str, subject: str, body: str, becomes: Refused | NobodySent | None = None) -> Kind:
    grid: Grid = [list(_LETTER_HEADINGS), ["標準", subject, body, None]]
    return Kind(f"letter: {name}", {}, *([becomes] if becomes else []), tabs={"文面": grid})


def _setting(name: str, label: str, value: str | float, becomes: NobodySent | None = None) -> Kind:
    grid: Grid = [["項目", "値"], [label, value]]
    return Kind(f"setting: {name}", {}, *([becomes] if becomes else []), tabs={"設定": grid})


def _log(name: str, *rows: list[str], becomes: Refused | None = None) -> Kind:
    grid: Grid = [list(row) for row in rows]
    return Kind(f"log: {name}", {}, *([becomes] if becomes else []), tabs={"送信記録": grid})


_HEADING_PROBLEM = Refused("heading_problem")
_BROKEN = Refused("letter")
_DAMAGED = Refused("log_damaged")

TABS = (
    _heading("formula", "=1+1"),
    _heading("placeholder", "{{ 氏名 }}"),
    _heading("escape sequence", "メモ\x1b[2J\x9b1m"),
    _heading("line breaks of a forged log", "メモ\r\nrelay: 0 errors"),
    _heading("right-to-left override", "メ\u202eモ"),
    _heading("NUL", "メ\x00モ"),
    _heading("half a surrogate pair", "メ\ud83dモ"),
    _heading("50,000 characters", "メ" * 50_000),
    _heading("markup of the terminal tables", "国籍[/bold][link=https://evil.example]"),
    _heading("name twice by a zero-width blank", "氏\u200b名", "毒島 守", _HEADING_PROBLEM),
    _heading("address twice, with an escape sequence", "※メールアドレス\n", "evil@evil.example", _HEADING_PROBLEM),
    _heading("one of our own words", "会社名", "株式会社悪"),
    _letter(
        "line break and a header in the subject", "結果\r\nBcc: evil@evil.example", _BODY, NobodySent("foreign_address")
    ),
    _letter("line break and a harmless header in the subject", "結果\r\nX-Evil: 1", _BODY),
    _letter("right-to-left override in the subject", "結果\u202e", _BODY, NobodySent("control_characters")),
    _letter("script", "結果", f"{_BODY}\n\n<script>alert(1)</script><img src=x onerror=alert(1)>"),
    _letter("image", "結果", f"{_BODY}\n\n![x](https://evil.example/pixel.png)", NobodySent("link_not_allowed")),
    _letter("link to a stranger", "結果", f"{_BODY}\n\n[x](https://evil.example)", NobodySent("link_not_allowed")),
    _letter("link that is a script", "結果", f"{_BODY}\n\n[x](javascript:alert(1))", _BROKEN),
    _letter("way into Python", "結果", _BODY + "{{ 氏名.__class__.__mro__ }}", _BROKEN),
    _letter("loop without end", "結果", _BODY + "{% for a in 氏名 %}{% endfor %}", _BROKEN),
    _letter("braces left open", "結果\x1b[2J", _BODY + "{{ 氏名", _BROKEN),
    _letter("escape sequence in a variable", "結果", _BODY + '{{ 欄("x\x1b[2J") }}', _BROKEN),
    _letter("50,000 characters", "結果", "感" * 50_000, _BROKEN),
    _letter("name of a person typed in", "結果", "鈴木 一郎様\n\n" + _BODY, NobodySent("unresolved_placeholder")),
    _letter("private-use character", "結果", _BODY + "\U000f0000", _BROKEN),
    _setting("sender with a header", "差出人名", "採用\r\nBcc: evil@evil.example"),
    _setting("sender with an encoded word", "差出人名", "=?utf-8?q?evil?="),
    _setting("sender with another mailbox", "差出人名", '採用" <evil@evil.example>, "x'),
    _setting("sender with controls", "差出人名", "採用\x00\x1b[2J\u202e"),
    _setting("answers led to a stranger", "返信先", "evil@evil.example"),
    _setting("limit in floating point", "1日の送信上限", 1e308),
    _setting("limit that is a formula", "1日の送信上限", "=1+1"),
    _setting("limit below nothing", "1日の送信上限", -1),
    _setting("limit of 50,000 units", "1日の送信上限", "日" * 49_999 + "x"),
    _setting("hour that is none", "送信開始", "25:61"),
    _setting("signature with a link", "署名", "https://evil.example", NobodySent("link_not_allowed")),
    _setting("label with an escape sequence", "会\x1b[2J社名\nrelay: 0 errors", "x"),
    _setting("label of 50,000 characters", "会社名" * 16_666, "x"),
    _log("headings only", list(HEADINGS)),
    _log("a note of a person", list(HEADINGS), ["山田さんに電話済み"], becomes=_DAMAGED),
    _log("a row that a person typed", list(HEADINGS), ["x", "昨日", "", "C-1", *["\x1b[2J"] * 13], becomes=_DAMAGED),
    _log("headings of somebody else", ["日付", "メモ"], ["2026/11/1", "=1+1"], becomes=_DAMAGED),
)
