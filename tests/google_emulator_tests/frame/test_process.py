"""The emulator as a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
import requests

from tests.google_emulator import Control


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    """A fresh one."""
    command = [sys.executable, "-m", "tests.google_emulator", "--port", "0"]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    yield started
    started.kill()
    started.communicate()


@pytest.mark.parametrize("order", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_ends_when_told(process: subprocess.Popen[str], order: signal.Signals) -> None:
    assert process.stdout is not None
    said = json.loads(process.stdout.readline())
    control = Control(said["address"])
    token = control.token("a@example.co.jp", ["https://mail.google.com/", "https://www.googleapis.com/auth/drive"])
    answer = requests.get(f"{said['root']}/drive/v3/files", headers={"Authorization": f"Bearer {token}"}, timeout=60)

    process.send_signal(order)
    rest, complaints = process.communicate(timeout=60)

    assert answer.json()["files"] == []
    assert said["control"] == f"{said['root']}/emulator"
    assert (process.returncode, rest, complaints) == (0, "", "")
