"""The pictures of the bridge: `python -m tests.bridge.pictures docs/images`, and then look at each of them.

They show the project in our stand-in for Apps Script and a spreadsheet that is drawn: Google's own screens cannot be
pictured here. Needs Chromium, Node and, to make the files small, pngquant.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bridge.stage import running_stage
from tests.chromium import browser
from tests.google_emulator import running
from tests.page.visitor import Visitor
from tests.service.cloud_service import HANAKO, SCRIPT, running_cloud, store_of, write_config

WINDOW = {"width": 1160, "height": 700}
NAMES = ("佐藤 陽菜", "鈴木 湊", "高橋 紬", "田中 蓮", "伊藤 澪", "渡辺 樹", "山本 凛")


def main(folder):
    folder = Path(folder).resolve()
    with (
        tempfile.TemporaryDirectory() as scratch,
        running() as google,
        running_stage() as stage,
        browser(Path(scratch) / "profile") as page,
    ):
        google.control.quotas(enabled=False)
        store = store_of(google, HANAKO, names=NAMES)
        config = write_config(Path(scratch), store.id)
        with running_cloud(google, config, carrier="gmail:saiyo@minato.example") as cloud:
            stage.sets(
                token=google.control.identity_token(HANAKO, SCRIPT),
                spreadsheet={"id": store.id, "root": f"http://{google.address}", "token": "owner"},
            )
            artist = Artist(Visitor(page), stage, folder)
            stage.runs("onOpen", mode="NONE")
            artist.draws("sidebar_menu", "?menu")
            stage.runs("showPlan")
            artist.draws("sidebar_guide", awaits="#guide")
            stage.reaches(cloud.root)
            stage.runs("showPlan")
            artist.draws("sidebar_in_sheet", awaits=".numbers")
            stage.runs("openPage", "letters", True, "{}")
            artist.draws_dialog("sidebar_wide")


class Artist:
    """Looks at what the project shows, and keeps it."""

    def __init__(self, visitor, stage, folder):
        self.visitor, self.stage, self.folder = visitor, stage, folder

    def draws(self, name, query="", awaits=""):
        self.visitor.visit(f"{self.stage.url}/sheets{query}", awaits="#grid tr", **WINDOW)
        if awaits:
            self.visitor.until(f"document.getElementById('frame').contentDocument.querySelector('{awaits}')")
        self._keeps(name)

    def draws_dialog(self, name):
        self.visitor.visit(self.stage.page, awaits="iframe.letter", width=1080, height=720)
        self._keeps(name)

    def _keeps(self, name):
        self.visitor.evaluate("new Promise(done => setTimeout(done, 900))")  # a frame is painted on its own
        path = self.folder / f"{name}.png"
        path.write_bytes(self.visitor.picture())
        subprocess.run(["pngquant", "--force", "--strip", "--ext", ".png", "--speed", "1", path], check=True)


if __name__ == "__main__":
    main(sys.argv[1])
