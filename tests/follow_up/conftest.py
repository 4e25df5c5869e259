import json

import openpyxl
import pytest

from sheets_automation.cli import main
from tests.follow_up.command_house import KEY, configure
from tests.follow_up.house import past


@pytest.fixture
def relay(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("RELAY_NOW", "2026-11-24T10:00:00+09:00")
    monkeypatch.setenv("RELAY_LINK_KEY", KEY)
    monkeypatch.chdir(tmp_path)
    configure(tmp_path)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "候補者"
    rows = [past("佐藤 花", "sato@example.com"), past("鈴木 一郎", "suzuki@example.com", フォロー同意="")]
    rows = [row | {"タグ": None} for row in rows]
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    book.save(tmp_path / "book.xlsx")

    def run(*words, code=0):
        capsys.readouterr()
        assert main([words[0], "book.xlsx", *words[1:], "--json", "--lang", "ja"]) == code
        return json.loads(capsys.readouterr().out)

    return run
