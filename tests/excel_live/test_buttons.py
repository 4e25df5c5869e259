"""A button as Excel presses it: Python is started with its command, and all that follows happens in other processes."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.excel_engine.server import serving
from tests.excel_live.world import OpenWorld
from tests.kill.world import CONFIG, DUE, in_outbox
from tests.plain_http import NO_CERTIFICATES
from tests.service.service_house import OURS

RECORDER = "import sys; open(sys.argv[1], 'a').write(sys.argv[2] + chr(10))"
PATIENCE = 90


@pytest.fixture
def world(excel, tmp_path):
    with serving(excel) as port:
        yield OpenWorld(tmp_path, excel, port)
    for pid in workers(tmp_path):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def workers(folder):
    """The processes behind buttons of workbooks in this folder."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = one.read_bytes().decode(errors="replace").split("\0")
            if "sheets_automation.commands.excel_worker" in words and any(str(folder) in word for word in words):
                found.append(int(one.parent.name))
    return found


def press(world, button):
    """What Excel does for `RunPython`: start Python with the command, and wait until it ends."""
    recorder = world.folder / "recorder.py"
    recorder.write_text(RECORDER)
    configuration = world.folder / "relay.toml"
    carrier = "" if (world.folder / "no-carrier").exists() else "outbox:outbox"
    configuration.write_text(CONFIG.read_text().replace('carrier = ""', f'carrier = "{carrier}"'))
    environment = {
        **world.environment(),
        "RELAY_CONFIG": str(configuration),
        "EXCEL_ENGINE_CALLER": "candidates.xlsx",
        "BROWSER": f"{sys.executable} {recorder} {world.folder / 'opened.txt'} %s",
    }
    command = f"import sheets_automation.excel_buttons; sheets_automation.excel_buttons.{button}()"
    pressed = subprocess.run(
        [sys.executable, "-c", command],
        check=False,
        env=environment,
        cwd=world.folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (pressed.returncode, pressed.stdout, pressed.stderr) == (0, "", "")


def opened(world, count=1):
    """The addresses that came up in the browser, once there are so many."""
    return eventually(lambda: [a for a in addresses(world) if len(addresses(world)) >= count])


def addresses(world):
    path = world.folder / "opened.txt"
    return path.read_text().split() if path.exists() else []


def eventually(look):
    """What `look` finds, as soon as it finds anything."""
    until = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < until, "it never came"
        time.sleep(0.1)
    return found


def test_a_button_shows_the_plan_of_the_open_workbook(world):
    press(world, "preview")

    [address] = opened(world)
    assert address.endswith("#plan")
    with httpx.Client(verify=NO_CERTIFICATES, headers=OURS, timeout=60, follow_redirects=True) as browser:
        browser.get(address)
        plan = browser.get(f"{address.partition('?')[0]}api/plan").json()
    assert plan["counts"]["letters"] == 2


def test_from_the_button_to_the_letters_with_a_line_in_the_status_bar_and_the_result_in_the_sheet(world):
    said = []
    world.excel.on_call = lambda _verb: said.append(world.excel.state["status_bar"])
    press(world, "send")
    [address] = opened(world)
    api = f"{address.partition('?')[0]}api"

    with httpx.Client(verify=NO_CERTIFICATES, headers=OURS, timeout=60, follow_redirects=True) as browser:
        browser.get(address)
        plan = browser.get(f"{api}/plan").json()
        approval = browser.post(f"{api}/approvals", json={"plan": plan["plan"]}).json()["approval"]
        answer = browser.post(f"{api}/send", json={"approval": approval}).json()

    assert (answer["error"], answer["done"]) == (None, True)
    assert in_outbox(world.folder / "outbox") == Counter(dict.fromkeys(DUE, 1))
    assert any("2 通を処理しました" in str(one) for one in said)
    sheet = world.file.look()["候補者"]
    assert [row[sheet[1].index("通知状況")] for row in sheet[2:4]] == ["送信済み", "送信済み"]
    assert world.state() == {"screen_updating": True, "enable_events": True, "calculation": "automatic"}


def test_a_mailbox_that_is_not_set_is_told_on_the_page_with_what_to_do(world):
    (world.folder / "no-carrier").touch()
    press(world, "send")
    [address] = opened(world)
    api = f"{address.partition('?')[0]}api"

    with httpx.Client(verify=NO_CERTIFICATES, headers=OURS, timeout=60, follow_redirects=True) as browser:
        browser.get(address)
        session = browser.get(f"{api}/session").json()
        plan = browser.get(f"{api}/plan").json()
        approval = browser.post(f"{api}/approvals", json={"plan": plan["plan"]}).json()["approval"]
        answer = browser.post(f"{api}/send", json={"approval": approval}, params={"lang": "ja"}).json()

    assert session["carrier"]["is_set"] is False
    assert "[sender] carrier" in answer["error"]["text"]


def test_a_second_press_brings_the_same_page_back(world):
    press(world, "preview")
    [first] = opened(world)

    press(world, "send")

    _, second = opened(world, 2)
    assert httpx.URL(second).port == httpx.URL(first).port
    assert second.endswith("#send")
    eventually(lambda: len(workers(world.folder)) == 1)
    with httpx.Client(verify=NO_CERTIFICATES, headers=OURS, timeout=60, follow_redirects=True) as browser:
        assert browser.get(first).status_code == 401
        assert browser.get(second).status_code == 200


def test_credits_are_updated_in_the_open_workbook(world):
    press(world, "update_credits")

    eventually(lambda: world.excel.alerts)
    assert "クレジット" in world.file.look()


def test_a_file_beside_the_workbook_never_stands_in_for_a_part_of_python(world):
    (world.folder / "json.py").write_text("import pathlib; pathlib.Path(__file__).with_name('ran').touch()")
    home = world.folder / "home"
    home.mkdir()
    (home / "json.py").write_text((world.folder / "json.py").read_text())
    world.environment = lambda base=world.environment: {**base(), "HOME": str(home), "PYTHONSAFEPATH": "1"}

    press(world, "update_credits")

    eventually(lambda: world.excel.alerts)
    assert not (world.folder / "ran").exists()
    assert not (home / "ran").exists()


def test_a_press_while_another_run_is_at_work_is_told_in_a_box(world):
    held = world.file.open()
    press(world, "update_credits")

    [(_, text)] = eventually(lambda: world.excel.alerts)
    held.close()
    assert "別の実行が進行中" in text
