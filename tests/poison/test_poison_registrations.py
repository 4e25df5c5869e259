"""A partner's list of registrations with one poisoned line among three good ones."""

from __future__ import annotations

import pytest

from tests.poison.company import NOW, tabs_of, write_configuration
from tests.poison.excel import write_workbook
from tests.poison.kind import Kind
from tests.poison.said import everything_said, run

PARTNER = """
[[partners]]
id = "relay"
name = "キャリアリレー"
counts = "registered"
"""
LINES = {
    "formula": "=1+1,2026/11/20,登録",
    "DDE": "=cmd|'/c calc'!A0,2026/11/20,登録",
    "escape sequence": "\x1b[2J,2026/11/20,登録",
    "escape sequence in the kind": "{code},2026/11/20,\x1b]0;x\x07登録",
    "C1 control sequence in the date": "{code},\x9b2J2026/11/20,登録",
    "right-to-left override": "\u202e{code},2026/13/45,登録",
    "NUL": "\x00,2026/11/20,登録",
    "50,000 characters": "{code}" + "B" * 50_000 + ",2026/11/20,登録",
    "date with blanks without end": "{code},2026/11/20" + " " * 30_000 + "x,登録",
    "quoted line break of a forged log": '"BAD\nrelay: 3 added",2026/11/20,登録',
    "two codes": "{code} {code},2026/11/20,登録",
    "address of a stranger": "https://evil.example/BCDFGHJKLMNP,2026/11/20,登録",
    "markup of the terminal tables": "[/bold]x[link=https://evil.example],2026/11/20,登録",
    "SQL": "'); DROP TABLE facts;--,2026/11/20,登録",
    "more cells than headings": "{code},2026/13/45,登録,=1+1,=1+1",
    "date beyond all calendars": "{code},9999/99/99,登録",
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_good_lines_are_recorded_and_the_poisoned_one_is_told(line, language, tmp_path, monkeypatch):
    monkeypatch.setenv("RELAY_NOW", NOW)
    book, listed = tmp_path / "book.xlsx", tmp_path / "list.csv"
    config = write_configuration(tmp_path, PARTNER)
    write_workbook(book, tabs_of(Kind("none", {})))
    words = ("--config", config, "--lang", language)
    sent = run("send", str(book), "--carrier", f"outbox:{tmp_path / 'out'}", "--send", "--json", *words)
    codes = [letter["referral_code"] for letter in sent.document["letters"]]
    good = [f"{code},2026/11/20,登録" for code in codes[:3]]
    poisoned = line.replace("{code}", codes[3])
    listed.write_text("\n".join(["紹介コード,登録日,種別", *good[:2], poisoned, good[2], ""]), encoding="utf-8")

    documented = run("register", str(book), "--csv", str(listed), "--json", *words)
    shown = run("register", str(book), "--csv", str(listed), *words)

    assert (documented.document["added"], documented.code, shown.code) == (3, 7, 7)
    assert everything_said([documented, shown]) == {}
    assert "list.csv:" in shown.out
