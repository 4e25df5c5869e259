"""A signal that comes in the middle of a line of the log stops a task in good order, like any other."""

import io
import json
import os
import signal

from sheets_automation.cli import main
from tests.fleet.fleet_house import NOW, FleetHouse, people, summary


class Interrupted(io.RawIOBase):
    """Where the log goes; the system asks the task to stop while the first line is on its way."""

    def __init__(self):
        self.said = b""

    def writable(self):
        return True

    def write(self, data):
        if not self.said:
            os.kill(os.getpid(), signal.SIGTERM)
        self.said += bytes(data)
        return len(data)


def test_a_signal_in_the_middle_of_a_line_is_no_accident(tmp_path, monkeypatch):
    house = FleetHouse(tmp_path)
    for number in range(2):
        house.add_file(f"c{number}", people(3, of=f"{number}"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RELAY_NOW", NOW)
    log = Interrupted()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BufferedWriter(log), encoding="utf-8"))

    code = main(["run", "send", "--workbooks", "workbooks.toml"])

    lines = [json.loads(line) for line in log.said.decode().splitlines()]
    assert code == 8
    assert "asked to stop" in [line["message"] for line in lines]
    assert summary(lines)["not_reached"]
