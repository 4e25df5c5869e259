"""The pictures of the loop in docs/images: `python -m tests.partners.pictures docs/images`, and then look at both.

They show the demo workbook once credits have gone round. Needs Chromium, LibreOffice, poppler's pdftoppm and pngquant.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.chromium import browser
from tests.commands.conftest import CONFIG, TUESDAY
from tests.page.pictures import Artist
from tests.page.visitor import Visitor
from tests.service.service_house import running_service

BOOK = "採用管理表.xlsx"
NEW = """\
氏名,メールアドレス,応募職種,応募日,選考結果
秋山 遥,akiyama@new.example,法人営業,2026/11/20,採用
石川 湊,ishikawa@new.example,法人営業,2026/11/21,選考中
内田 凛,uchida@new.example,法人営業,2026/11/22,選考中
"""


def relay(*words):
    """Run a command on the workbook in this folder; its document."""
    command = [sys.executable, "-m", "sheets_automation.cli", *words, "--json"]
    environment = {**os.environ, "RELAY_NOW": TUESDAY, "RELAY_ACTOR": "森本", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return json.loads(done.stdout)


def go_round():
    """Letters, clicks, registrations, a credit, its use, and three new candidates."""
    relay("init", BOOK, "--demo")
    sent = relay("send", BOOK, "--config", CONFIG, "--carrier", "outbox:out", "--send")["letters"]
    codes = [letter["referral_code"] for letter in sent if letter["referral_code"]]
    lines = [f"{code},2026/11/24,{'登録' if place < 12 else 'クリック'}" for place, code in enumerate(codes[:17])]
    Path("reported.csv").write_text("\n".join(["コード,日付,種別", *lines]), encoding="utf-8")
    Path("new.csv").write_text(NEW, encoding="utf-8")
    relay("register", BOOK, "--config", CONFIG, "--csv", "reported.csv")
    used = relay("credits", BOOK, "--config", CONFIG, "--redeem", "1", "--opening", "法人営業")
    relay("import", BOOK, "new.csv", "--config", CONFIG, "--credit", used["number"])
    relay("analyse", BOOK, "--config", CONFIG)


def draw_tab(folder):
    """The page of the analysis tab with the loop, as LibreOffice prints it."""
    office = ["soffice", "--headless", f"-env:UserInstallation=file://{Path.cwd()}/office", "--convert-to", "pdf", BOOK]
    subprocess.run(office, check=True, capture_output=True)
    pdf = Path(BOOK).with_suffix(".pdf").name
    pages = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout.split("\f")
    page = str(next(number for number, text in enumerate(pages, 1) if "紹介の循環" in text))
    part = ["-x", "40", "-y", "70", "-W", "1200", "-H", "430"]
    draw = ["pdftoppm", "-f", page, "-l", page, "-r", "110", *part, "-png", "-singlefile", pdf, "loop_tab"]
    subprocess.run(draw, check=True)
    subprocess.run(["pngquant", "--force", "--output", folder / "loop_tab.png", "loop_tab.png"], check=True)


def main(folder):
    folder = Path(folder).resolve()
    with tempfile.TemporaryDirectory() as scratch, contextlib.chdir(scratch):
        go_round()
        draw_tab(folder)
        with (
            browser(Path(scratch) / "profile") as page,
            running_service(Path(scratch) / BOOK, carrier="outbox:out", actor="森本") as service,
        ):
            artist = Artist(Visitor(page), folder)
            artist.enter(service, "analysis", {"width": 820, "height": 900})
            artist.visitor.settles()
            artist.visitor.evaluate("document.querySelector('#loop-title').closest('section').scrollIntoView()")
            artist.keep("loop")


if __name__ == "__main__":
    main(sys.argv[1])
