"""The real process is killed before and after each of its effects, and before its calls to Excel; Excel lives on."""

import signal
from collections import Counter

import pytest

from tests.excel_engine.server import serving
from tests.excel_live.world import OpenWorld
from tests.kill.world import DUE, in_outbox

EFFECTS = 9
CALLS_TRIED = range(5, 250, 35)
ONCE_EACH = Counter(dict.fromkeys(DUE, 1))


@pytest.fixture
def world(excel, tmp_path):
    with serving(excel) as port:
        yield OpenWorld(tmp_path, excel, port)


def test_every_effect_of_an_undisturbed_run_is_among_the_kill_points(world):
    world.report()

    assert in_outbox(world.folder / "outbox") == ONCE_EACH
    assert {"OutboxCarrier.commit", "Journal.append", "ExcelLiveWorkbook.show"} <= set(world.effects())
    assert len(world.effects()) == EFFECTS


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("kill", range(1, EFFECTS + 1))
def test_whenever_the_process_dies_everybody_gets_one_letter_in_the_end(world, kill, moment):
    before = world.state()
    killed = world.send(kill=kill, moment=moment)
    assert killed.returncode in {-signal.SIGKILL, 0}
    world.somebody_sorts_the_sheet()

    world.report()
    last = world.report()

    assert in_outbox(world.folder / "outbox") == ONCE_EACH
    assert {one["reason"] for one in last["skipped"]} == {"already_sent", "in_selection"}
    assert world.state() == before


@pytest.mark.parametrize("kill", range(1, EFFECTS + 1, 2))
def test_whenever_it_dies_and_nobody_saves_everybody_gets_one_letter_in_the_end(world, kill):
    world.send(kill=kill)
    world.somebody_closes_without_saving_and_opens_again()

    world.report()
    world.somebody_closes_without_saving_and_opens_again()
    last = world.report()

    assert in_outbox(world.folder / "outbox") == ONCE_EACH
    assert last["sent"] == 0


@pytest.mark.parametrize("number", CALLS_TRIED)
def test_whichever_call_to_excel_is_its_last_everybody_gets_one_letter_in_the_end(world, number):
    before = world.state()
    run = world.start_killed_at_call(number)
    world.somebody_sorts_the_sheet()

    world.report()

    assert run.returncode in {-signal.SIGKILL, 0}
    assert in_outbox(world.folder / "outbox") == ONCE_EACH
    assert world.state() == before


def test_two_runs_started_at_once_send_each_letter_once(world):
    runs = [world.start() for _ in range(2)]
    for run in runs:
        run.communicate(timeout=60)

    assert sorted(run.returncode for run in runs) in ([0, 0], [0, 4])
    assert in_outbox(world.folder / "outbox") == ONCE_EACH
