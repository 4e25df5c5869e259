"""A small team whose people have linked LINE, and the real command as a real process that speaks HTTP to a LINE."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from datetime import UTC, timedelta
from pathlib import Path

from sheets_automation.core.line_codes import line_code
from sheets_automation.core.line_records import LineRecord, LineSource, LineUse, to_line
from tests.kill.world import CONFIG, DUE, World
from tests.line_server.account import TOKEN, user
from tests.line_server.server import LineServer

KEY = "k" * 40
CHATS = {address: user(number) for number, address in enumerate(DUE, 1)}


class LineWorld(World):
    """LINE's clock shows what RELAY_NOW says."""

    def __init__(self, folder: Path, server: LineServer) -> None:
        self.server = server
        super().__init__(folder, "line:")
        self.config = folder / "relay.toml"
        example = CONFIG.read_text(encoding="utf-8")
        self.config.write_text(example.replace("results = false", "results = true"), encoding="utf-8")
        self.settle_clock()
        server.account.friends |= set(CHATS.values())
        self.link_everybody()

    def environment(self) -> dict[str, str]:
        more = {"RELAY_LINE_TOKEN": TOKEN, "RELAY_LINE_API_HOST": self.server.place, "RELAY_LINK_KEY": KEY}
        return {**super().environment(), **more}

    def link_everybody(self) -> None:
        """The codes of their letters came in; the first command gives everybody an id."""
        given = self.relay("collect-line", self.workbook())
        assert given.returncode == 0, given.stderr
        records = []
        for number, (address, chat) in enumerate(CHATS.items(), 1):
            code = line_code(self.ids()[address], address, 0, KEY)
            at = (self.now - timedelta(hours=1)).astimezone(UTC)
            record = LineRecord(
                at=at, use=LineUse.LINK, source=LineSource.MESSAGE, event_id=f"E{number}", user_id=chat, code=code
            )
            records.append(to_line(record))
        (self.folder / "line.jsonl").write_text("\n".join(records))
        done = self.relay("collect-line", self.workbook(), str(self.folder / "line.jsonl"), "--json")
        assert len(json.loads(done.stdout)["linked"]) == len(CHATS), done.stdout + done.stderr

    def ids(self) -> dict[str, str]:
        """Candidate ids by address."""
        _, headings, *rows = self.file.look()["候補者"]
        place, address = headings.index("候補者ID"), headings.index("メールアドレス")
        return {row[address]: row[place] for row in rows}

    def relay(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run(["sheets_automation.cli", *words, "--config", self.config])

    def hours_pass(self, hours: float) -> None:
        """For the program and for LINE alike."""
        self.now += timedelta(hours=hours)
        self.settle_clock()

    def settle_clock(self) -> None:
        self.server.account.now = self.now.astimezone(UTC)

    def received(self) -> Counter[str]:
        """Messages that arrived, by address of the person."""
        whose = {chat: address for address, chat in CHATS.items()}
        return Counter(whose[to] for to, _ in self.server.account.delivered)

    def open_letters(self) -> list[dict]:
        """What is left to a person."""
        listed = self.relay("settle", self.workbook(), "--json")
        assert listed.returncode == 0, listed.stderr + listed.stdout
        return json.loads(listed.stdout)["open"]

    def _words(self, kill: int, moment: str) -> list[object]:
        return [self.config if word == CONFIG else word for word in super()._words(kill, moment)]
