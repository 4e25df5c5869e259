"""The folder of a team that sends news by the real commands, and what people do to the workbook in it."""

from __future__ import annotations

import openpyxl

KEY = "a-key-for-tests-that-nobody-can-guess"
CONFIG = """
[company]
name = "株式会社みなと製作所"
contact = "saiyo@minato.example"
{postal}

[sender]
address = "saiyo@minato.example"

[links]
refusal_url = "https://links.minato.example/u"

[follow_up]
name = "みなと製作所 採用だより"
address = "{address}"
{wording}
"""
FACTS = {
    "address": "news@minato.example",
    "postal": 'postal_address = "神奈川県みなと市汐見町1-2-3"',
    "wording": 'wording = "2026-04"',
}


def configure(folder, **facts):
    (folder / "relay.toml").write_text(CONFIG.format(**FACTS | facts))


def switch_on(folder):
    """What HR does in フォロー計画: take the × away."""
    book = openpyxl.load_workbook(folder / "book.xlsx")
    for row in book["フォロー計画"].iter_rows():
        if row[0].value == "×":
            row[0].value = "○"
    book.save(folder / "book.xlsx")


def sheet_of(folder, tab):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(folder / "book.xlsx")[tab].iter_rows()]
