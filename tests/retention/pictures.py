"""The pictures of docs/retention: `python -m tests.retention.pictures docs/images`, and then look at each of them.

They show the demo workbook at the real service, more than a year after its letters.
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
from tests.page.pictures import Artist
from tests.page.visitor import Visitor
from tests.service.service_house import running_service

OVER, NOTICE_OVER = "2028-01-24T10:00:00+09:00", "2028-03-01T10:00:00+09:00"
WIDE, NARROW = {"width": 1180, "height": 900}, {"width": 300, "height": 760}


def main(folder):
    folder = Path(folder).resolve()
    with (
        tempfile.TemporaryDirectory() as scratch,
        contextlib.chdir(scratch),  # so that the page shows no path of this machine
        browser(Path(scratch) / "profile") as page,
    ):
        visitor = Visitor(page)
        artist = Artist(visitor, folder)
        (Path(scratch) / "demo").mkdir()
        demo = [sys.executable, "-m", "sheets_automation.demo_workbook", f"{scratch}/demo"]
        subprocess.run(demo, env={**os.environ, "RELAY_NOW": TUESDAY}, check=True, stdout=subprocess.DEVNULL)
        book = Path(scratch) / "demo" / "candidates.xlsx"
        with running_service(book, carrier="outbox:demo/outbox", actor="森本", now=OVER) as service:
            artist.enter(service, "retention", WIDE)
            announce(visitor)
        with running_service(book, carrier="outbox:demo/outbox", actor="森本", now=NOTICE_OVER) as service:
            artist.draw(service, [("retention_page", "retention", WIDE), ("retention_sidebar", "retention", NARROW)])
            artist.enter(service, "retention", WIDE)
            show(visitor, "松本 健")
            artist.keep("retention_person")
            artist.enter(service, "retention", WIDE)
            erase(visitor)
            artist.keep("retention_done")
        draw_certificate(visitor, book, artist)


def announce(visitor):
    visitor.sees("まだ予告していない方")
    visitor.evaluate("[...document.querySelectorAll('button')].find(b => b.innerText.includes('予告する')).click()")
    visitor.sees("予告中の方")


def show(visitor, name):
    visitor.types("#person-words", name)
    visitor.press_button("探す")
    visitor.press_button("すべて見る")
    visitor.until("document.querySelector('.held')")
    visitor.evaluate("scrollTo(0, 0)")


def erase(visitor):
    visitor.sees("消去の対象")
    number = visitor.evaluate("document.querySelector('.figures dd').innerText")
    visitor.types("#people", number)
    visitor.press_button(f"{number} 名を消去する")
    visitor.click("dialog .danger")
    visitor.sees("消去したもの")


def draw_certificate(visitor, book, artist):
    """The printable page, as the command writes it of one more person."""
    plain = {**os.environ, "RELAY_NOW": NOTICE_OVER, "RELAY_ACTOR": "森本"}
    relay = [sys.executable, "-m", "sheets_automation.cli"]
    look = subprocess.run([*relay, "retention", book, "--json"], check=True, capture_output=True, env=plain)
    kept = [one["candidate_ids"][0] for one in json.loads(look.stdout)["people"] if one["obstacle"] != "in_play"]
    page = book.with_name("certificate.html")
    words = ["--person", kept[0], "--write", "--certificate", page, "--lang", "ja"]
    subprocess.run([*relay, "erase", book, *words], check=False, env=plain, stdout=subprocess.DEVNULL)
    visitor.visit(page.as_uri(), width=900, height=1160)
    artist.keep("retention_certificate")


if __name__ == "__main__":
    main(sys.argv[1])
