"""Poison in the decision, its date, the tag, the medium, ids and our own columns: who is due, and who is who."""

from __future__ import annotations

from tests.poison.kind import Cell, Formula, Kind, LeftOut, Merged, Outcome, Rich, Sent

UNKNOWN = LeftOut("decision_unknown")
UNREADABLE = LeftOut("decision_date_unreadable")


def _decision(name: str, cell: Cell, becomes: Outcome = UNKNOWN) -> Kind:
    return Kind(f"decision: {name}", {"選考結果": cell}, becomes)


def _date(name: str, cell: Cell, becomes: Outcome = UNREADABLE) -> Kind:
    return Kind(f"date: {name}", {"選考結果日": cell}, becomes)


def _id(name: str, cell: Cell, becomes: Outcome | None = None) -> Kind:
    return Kind(f"id: {name}", {"候補者ID": cell}, becomes or Sent())


WORDS = (
    _decision("blank behind", "不採用 ", Sent()),
    _decision("blank inside", "不 採 用"),
    _decision("withdrawn", "不採用（辞退）", LeftOut("withdrawn")),
    _decision("arrow to an offer", "不採用→内定"),
    _decision("struck out, and an offer below", "不採用\n内定"),
    _decision("zero-width inside", "不\u200b採用"),
    _decision("zero-width behind", "不採用\u200b", Sent()),
    _decision("right-to-left override", "\u202e用採不"),
    _decision("compatibility ideograph", "不採⽤", Sent()),
    _decision("rich text, half of it struck out", Rich("不採用", "取消")),
    _decision("formula as text", '="不採用"'),
    _decision("formula", Formula('="不採"&"用"', "不採用"), Sent()),
    _decision("#N/A", Formula("=NA()", "#N/A"), LeftOut("decision_failed")),
    _decision("FALSE", False),
    _decision("escape sequence", "\x1b[8m不採用"),
    _decision("line of a forged log", "不採用\n2026-11-24 10:00 sent=1"),
    _decision("markup of the terminal tables", "[/red]不採用[link=https://evil.example]"),
    _decision("50,000 characters", "不採用" * 16_666),
    _decision("placeholder of Python", "{value.__class__} %s {0}"),
    _date("day that is none", "2026/13/45"),
    _date("serial 60", 60),
    _date("1e308", 1e308),
    _date("negative", -1),
    _date("NaN", "NaN"),
    _date("TRUE", True),
    _date("#NUM! computed", Formula("=SQRT(-1)", "#NUM!")),
    _date("formula as text", "=TODAY()"),
    _date("blanks without end", "2026/11/18" + " " * 30_000 + "x"),
    _date("commas without end", "2026/11/18" + " ," * 15_000 + "x"),
    _date("year 9999", "9999/12/31"),
    _date("future", "2027/11/18", LeftOut("decision_date_in_future")),
    _date("escape sequence", "2026/11/18\x1b[2J"),
    _date("full-width", "２０２６／１１／１８", Sent()),
    _date("offset of 99 hours", "2026-11-18T10:00:00+99:00"),
    Kind("applied: blanks without end", {"応募日": "2026/11/18" + " " * 30_000 + "x"}),
    Kind("tag: hold in full-width blanks", {"タグ": "VIP　保留"}, LeftOut("on_hold")),
    Kind("tag: zero-width inside hold", {"タグ": "保\u200b留"}, LeftOut("on_hold")),
    Kind("tag: blanks without end", {"タグ": "a" + " " * 50_000 + "b"}),
    Kind("tag: formula", {"タグ": "=cmd|'/c calc'!A0"}),
    Kind("tag: 20,000 tags", {"タグ": "、".join(str(n) for n in range(8_000))}),
    Kind("medium: agency in full width", {"応募媒体": "ＡＧＥＮＴ\r\n"}, LeftOut("from_agency")),
    Kind("medium: formula", {"応募媒体": "=1+1"}),
    Kind("medium: escape sequence", {"応募媒体": "\x1b]8;;https://evil.example\x07x"}),
    Kind("language: path", {"言語": "../../etc/passwd"}, LeftOut("no_letter")),
    Kind("language: escape sequence", {"言語": "ja\x1b[2J"}, LeftOut("no_letter")),
    Kind("language: 50,000 characters", {"言語": "ja" * 25_000}, LeftOut("no_letter")),
    _id("of an innocent", "C-0003", LeftOut("id_doubled", takes_along=3)),
    _id("of an innocent with a zero-width blank behind", "C-0003\u200b", LeftOut("id_doubled", takes_along=3)),
    _id("of an innocent in full width", "Ｃ－０００３"),
    _id("of an innocent in small letters", "c-0003"),
    _id("of an innocent with a zero-width blank inside", "C-\u200b0003"),
    _id("path upwards", "../../etc/passwd"),
    _id("device of Windows", "CON"),
    _id("NUL", "C\x00-99"),
    _id("255 characters", "C" * 255),
    _id("50,000 characters", "C" * 50_000, LeftOut("identity_broken")),
    _id("formula", "=1+1"),
    _id("DDE", "@SUM(1)*cmd|' /C calc'!A0"),
    _id("CR LF inside", "C-99\r\nX-Evil: 1"),
    _id("tab and no-break blanks inside", "C\t\xa0-99"),
    _id("escape sequence", "C\x1b[2J-99"),
    _id("right-to-left override", "C-\u202e99"),
    _id("markup of the terminal tables", "[/bold]C-99[link=https://evil.example]"),
    _id("script", "<script>alert(1)</script>"),
    _id("SQL", "C'); DROP TABLE facts;--"),
    _id("half a surrogate pair", "C\ud83d-99"),
    _id("escape of Excel", "C_x000D_99"),
    _id("number", 4.2e15),
    _id("#REF! computed", Formula("=#REF!", "#REF!"), LeftOut("identity_broken")),
    _id("TRUE", True),
    Kind("status of HR: offer with a zero-width blank", {"ステータス": "内\u200b定"}, LeftOut("decision_contradicted")),
    Kind("fingerprint: three words", {"照合": "a-b-c"}),
    Kind("fingerprint: formula", {"照合": "=1+1-1-1"}),
    Kind("fingerprint: 50,000 hyphens", {"照合": "-" * 50_000}),
    Kind("fingerprint: escape sequence", {"照合": "\x1b[2J--"}),
    Kind("status: sent already, typed", {"通知状況": "送信済み", "通知日時": "2026/11/20", "通知メモ": "済"}),
    Kind("status: formula", {"通知状況": Formula("=1+1", 2)}, told="cells_kept"),
    Kind("status: merged with what is beside it", {"通知状況": Merged("済"), "通知日時": None}, told="cells_kept"),
    Kind("status: formula in the note, computed anew", {"通知メモ": Formula("=NOW()", 46000.5)}, told="cells_kept"),
    Kind("status: formula as text", {"通知状況": "=1+1", "通知メモ": "=cmd|'/c calc'!A0"}),
    Kind("status: 50,000 characters", {"通知メモ": "済" * 50_000}),
    Kind("first seen: blanks without end", {"不採用確認日時": "2026/11/18" + " " * 30_000 + "x"}),
)
