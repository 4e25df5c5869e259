"""`relay` as a process of its own, in a folder with a configuration and a workbook."""

import os
import select
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from tests.public.links_house import KEY, Visitor

ROOT = Path(__file__).parents[2]
SENT = "2026-11-24T10:00:00+09:00"
LATER = "2026-11-24T11:00:00+09:00"
CONFIG = """
[company]
name = "株式会社みなと製作所"
contact_person = "人事部"
contact = "saiyo@minato.example"
[sender]
address = "saiyo@minato.example"
carrier = "outbox:outbox"
[referral]
base_url = "https://links.minato.example/r"
allowed_domains = ["career.example"]
[links]
refusal_url = "https://links.minato.example/u"
proxies = 1
[[partners]]
id = "relay"
name = "キャリアリレー"
url = "https://career.example/start?code={code}"
"""
ROWS = [
    ["氏名", "メールアドレス", "応募職種", "選考結果", "選考結果日"],
    ["佐藤 花", "sato@example.com", "営業職", "不採用", "2026/11/18"],
    ["鈴木 葵", "suzuki@example.com", "営業職", "不採用", "2026/11/18"],
    ["高橋 学", "takahashi@example.com", "営業職", "選考中", None],
]


def start(folder, *words, **environment):
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "RELAY_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "sheets_automation.cli", *words],
        env={**plain, "PYTHONPATH": str(ROOT), "RELAY_NOW": LATER, "RELAY_LINK_KEY": KEY, **environment},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def a_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def links_served(folder, *words, **environment):
    """The real server, once it says that it is there."""
    port = a_port()
    command = ("serve-links", "--config", "relay.toml", "--port", str(port), *words)
    process = start(folder, *command, **environment)
    try:
        assert select.select([process.stderr], [], [], 60)[0]
        assert f"http://127.0.0.1:{port}" in process.stderr.readline()
        yield Visitor(port), process
    finally:
        process.kill()
        process.communicate()
