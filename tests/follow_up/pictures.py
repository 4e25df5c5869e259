"""The pictures of docs/follow-up.ja.md: `python -m tests.follow_up.pictures docs/images`, and then look at each.

They show a workbook of their own at the real service: how one begins, the plan, a letter, and what went to whom.
"""

import contextlib
import sys
import tempfile
from pathlib import Path

import openpyxl

from tests.chromium import browser
from tests.follow_up.command_house import configure
from tests.follow_up.house import past
from tests.page.pictures import NARROW, Artist
from tests.page.visitor import Visitor
from tests.service.service_house import running_service

WIDE = {"width": 1180, "height": 820}
PEOPLE = (
    ("佐藤 陽菜", "機械設計エンジニア", "スキル強", "はい"),
    ("鈴木 蓮", "法人営業", "", "はい"),
    ("高橋 結衣", "Webマーケティング", "別ポジション適性あり", "はい"),
    ("田中 湊", "品質管理", "", "いいえ"),
    ("伊藤 葵", "生産技術エンジニア", "再応募候補", "はい"),
    ("渡辺 悠真", "法人営業", "", ""),
    ("山本 凛", "機械設計エンジニア", "", "はい"),
    ("中村 大翔", "品質管理", "", ""),
)


def main(folder):
    folder = Path(folder).resolve()
    with (
        tempfile.TemporaryDirectory() as scratch,
        contextlib.chdir(scratch),  # so that the page shows no path of this machine
        browser(Path(scratch) / "profile") as page,
    ):
        artist = Artist(Visitor(page), folder)
        workbook = Path("採用管理表.xlsx")
        make_workbook(workbook)
        configure(Path(scratch))
        key = {"RELAY_LINK_KEY": "a-key-for-pictures-that-nobody-uses"}
        facts = {"carrier": "outbox:outbox", "config": "relay.toml", "actor": "森本", "environ": key}
        with running_service(workbook, **facts) as service:
            artist.draw(service, [("follow_up_begin", "follow_up", WIDE)])
            service.post("campaigns")
            switch_on(workbook)
            artist.draw(
                service, [("follow_up_plan", "follow_up", WIDE), ("follow_up_letter", "follow_up/letters", WIDE)]
            )
            send(service)
            artist.draw(service, [("follow_up_history", "follow_up/history", WIDE)])
            artist.draw(service, [("follow_up_consents", "follow_up/consents", WIDE)])
            artist.draw(service, [("follow_up_sidebar", "follow_up/history", NARROW)])


def make_workbook(path):
    rows = [
        past(name, f"person{number}@example.com", 応募職種=opening, タグ=tags, フォロー同意=agrees)
        for number, (name, opening, tags, agrees) in enumerate(PEOPLE, start=1)
    ]
    book = openpyxl.Workbook()
    book.active.title = "候補者"
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    book.save(path)


def switch_on(path):
    """What HR does in フォロー計画: take the × of the first campaign away."""
    book = openpyxl.load_workbook(path)
    next(cell for cell in book["フォロー計画"]["A"] if cell.value == "×").value = "○"
    book.save(path)


def send(service):
    news = {"mailing": "follow_up", "lang": "ja"}

    def ask(call, **body):
        return service.browser.post(f"/api/{call}", params=news, json=body).json()

    plan = service.get("plan", mailing="follow_up")
    approval = ask("approvals", plan=plan["plan"], expect=len(plan["letters"]))["approval"]
    ask("send", approval=approval)


if __name__ == "__main__":
    main(sys.argv[1])
