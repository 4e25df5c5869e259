"""The pictures of the page in docs/images: `python -m tests.page.pictures docs/images`, and then look at each of them.

They show the demo workbook at the real service, before and after a day's letters. Needs Chromium and, to make the files
small, pngquant.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.chromium import browser
from tests.commands.conftest import TUESDAY
from tests.page.pictures_of_sending import draw_freezing, draw_number, draw_second_person, draw_the_way
from tests.page.visitor import Visitor
from tests.service.service_house import running_service

EVENING = "2026-11-24T18:00:00+09:00"
A_YEAR_LATER = "2028-01-24T10:00:00+09:00"
WIDE = {"width": 1280, "height": 860}
NARROW = {"width": 300, "height": 720}
BEFORE = [
    ("page_plan", "plan", WIDE),
    ("page_plan_dark", "plan", {**WIDE, "dark": True}),
    ("page_plan_en", "plan", {**WIDE, "language": "en"}),
    ("page_letters", "letters", WIDE),
    ("page_check", "check", WIDE),
    ("sidebar_plan", "plan", NARROW),
    ("sidebar_check", "check", NARROW),
    ("sidebar_letters", "letters", NARROW),
    ("sidebar_send", "send", NARROW),
    ("sidebar_plan_en", "plan", {**NARROW, "language": "en"}),
]
AFTER = [
    ("page_credits", "credits", WIDE),
    ("page_tags", "tags", WIDE),
    ("page_credits_en", "credits", {**WIDE, "language": "en"}),
    ("page_analysis", "analysis", WIDE),
    ("sidebar_credits", "credits", {**NARROW, "dark": True}),
    ("sidebar_analysis", "analysis", NARROW),
]
IMPORTS = [
    ("page_import", {**WIDE, "height": 1180}, ".top"),
    ("page_import_columns", WIDE, ".columns"),
    ("sidebar_import", NARROW, "details.act"),
]
"""How a file was understood, where its columns go, and what is asked."""
APPLICANTS = """\
応募ID,名前,メールアドレス,電話番号,募集職種,応募時刻,応募経路,備考欄,本籍地
E-1,新田 光,nitta@example.com,090-7777-0001,機械設計エンジニア,2026/11/20 9:10,doda,CAD 5年,東京
E-2,遠山 楓,toyama@example.com,090-7777-0002,法人営業,2026/11/21 18:02,Green,,
E-3,,,,品質管理,2026/11/21,自社サイト,,
E-4,李 娜,lina@example.com,080-1111-2222,品質管理,2026/11/22,リファラル,,
E-5,伊藤 大輔,d.ito@example.net,,法人営業,2026/11/23,doda,,
E-6,吉田 蓮,ren_yoshida@example.com,090-1234-9999,経理,2026/11/23,doda,,
"""
"""Somebody new, somebody who came back, somebody who may be known, and a line that names nobody."""


def main(folder):
    folder = Path(folder).resolve()
    with (
        tempfile.TemporaryDirectory() as scratch,
        contextlib.chdir(scratch),  # so that the page shows no path of this machine
        browser(Path(scratch) / "profile") as page,
    ):
        artist = Artist(Visitor(page), folder)
        workbook = fresh_workbook(Path(scratch))
        with running_service(workbook, carrier="outbox:outbox", actor="森本") as service:
            artist.draw(service, BEFORE)
            artist.draw_import(service, Path(scratch))
            artist.draw_sending(service)
        for draw in (draw_number, draw_the_way, draw_second_person, draw_freezing):
            draw(artist, fresh_workbook(Path(scratch) / draw.__name__))
        (Path(scratch) / "demo").mkdir()
        demo = [sys.executable, "-m", "sheets_automation.demo_workbook", f"{scratch}/demo"]
        subprocess.run(demo, env={**os.environ, "RELAY_NOW": TUESDAY}, check=True, stdout=subprocess.DEVNULL)
        told = Path(scratch) / "demo" / "candidates.xlsx"
        with running_service(told, carrier="outbox:demo/outbox", actor="森本", now=EVENING) as service:
            artist.draw(service, AFTER)
        with running_service(told, carrier="outbox:demo/outbox", actor="森本", now=A_YEAR_LATER) as service:
            artist.draw_rediscovery(service)


def fresh_workbook(folder):
    """The demo workbook in a folder of its own: what an earlier one had sent is kept beside it."""
    folder.mkdir(exist_ok=True)
    workbook = folder / "採用管理表.xlsx"
    relay = [sys.executable, "-m", "sheets_automation.cli", "init", str(workbook), "--demo"]
    subprocess.run(relay, env={**os.environ, "RELAY_NOW": TUESDAY}, check=True, stdout=subprocess.DEVNULL)
    return workbook


class Artist:
    """Looks at places of the page and keeps what it saw."""

    def __init__(self, visitor, folder):
        self.visitor = visitor
        self.folder = folder

    def draw(self, service, pictures):
        for name, place, screen in pictures:
            self.enter(service, place, screen)
            self.keep(name)

    def draw_sending(self, service):
        """The last question, and the result."""
        number = len(service.get("plan")["letters"])
        self.enter(service, "send", WIDE)
        self.visitor.press_button(f"{number} 通を送る")
        self.keep("page_send")
        self.visitor.press_button(f"{number} 通を送る")
        self.visitor.sees(f"{number} 通を送りました")
        self.visitor.press_button("結果を見る")
        self.keep("page_result")

    def draw_import(self, service, folder):
        """A file of another system, before anything is written."""
        file = folder / "応募者一覧_20261124.csv"
        file.write_bytes(APPLICANTS.encode("cp932"))
        for name, screen, place in IMPORTS:
            self.enter(service, "import", screen)
            self.visitor.chooses_file("#import-file", file)
            self.visitor.until("document.querySelector('.understood')")
            self.visitor.evaluate(
                f"document.querySelector('.columns').open = {json.dumps(name == 'page_import_columns')}"
            )
            self.visitor.evaluate(f"document.querySelector({place!r}).scrollIntoView()")
            self.keep(name)

    def draw_rediscovery(self, service):
        """Past candidates for an opening, the letter to the first of them open."""
        self.enter(service, "rediscover", WIDE)
        self.visitor.types("#opening", "機械設計エンジニア")
        self.visitor.press_button("さがす")
        self.visitor.sees("名が見つかりました")
        self.keep("page_rediscover")

    def enter(self, service, place, screen):
        self.visitor.visit("about:blank", awaits="body")
        cookie = {"name": service.gate._cookie, "value": service.gate._session, "url": service.root}
        self.visitor.page.call("Network.setCookie", **cookie, httpOnly=True, sameSite="Strict")
        self.visitor.visit(f"{service.root}/#{place}", **screen)
        self.visitor.until("document.querySelector('.about .dim')")  # who is at work is known as soon as the plan is

    def keep(self, name):
        self.visitor.settles()
        self.visitor.evaluate("new Promise(done => setTimeout(done, 600))")  # a letter's frame is painted on its own
        path = self.folder / f"{name}.png"
        path.write_bytes(self.visitor.picture())
        subprocess.run(["pngquant", "--force", "--strip", "--ext", ".png", "--speed", "1", path], check=True)


if __name__ == "__main__":
    main(sys.argv[1])
