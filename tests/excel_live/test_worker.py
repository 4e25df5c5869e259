"""The process behind a button, in this process: what it does, and what it says in Excel when it cannot."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from sheets_automation import excel_buttons
from sheets_automation.commands import excel_worker
from sheets_automation.commands.excel_page import ASK_EXCEL_EVERY, IDLE_SECONDS, PageKeeper
from sheets_automation.service.gate import Actor
from sheets_automation.service.local_gate import LocalGate
from tests.excel_engine.people import OpenBookStore, close_without_saving
from tests.kill.world import CONFIG, tab

TUESDAY = "2026-11-24T10:00:00+09:00"


@pytest.fixture
def store(excel, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RELAY_NOW", TUESDAY)
    monkeypatch.setenv("RELAY_CONFIG", str(CONFIG))
    return OpenBookStore(excel, tmp_path / "candidates.xlsx", {"候補者": tab()})


def log_of(store) -> str:
    return (store.path.parent / ".relay" / excel_worker.LOG).read_text()


def test_credits_and_analysis_are_rebuilt_and_the_person_is_asked_to_save(store, excel):
    assert excel_worker.main(["update_credits", str(store.path)]) == 0

    assert {"クレジット", "分析"} <= store.look().keys()
    assert excel.alerts == [("relay", excel.alerts[0][1])]
    assert "上書き保存" in excel.alerts[0][1]
    assert excel.state["status_bar"] is False


def test_what_a_configuration_names_relatively_lies_beside_the_workbook(store, monkeypatch, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    excel_worker.main(["update_credits", str(store.path)])

    assert Path.cwd() == tmp_path


@pytest.fixture
def applicants(tmp_path):
    path = tmp_path / "応募者.csv"
    path.write_text("氏名,メールアドレス,応募職種\n田中 実,tanaka@example.com,営業職\n", encoding="utf-8-sig")
    return path


def test_a_file_is_taken_in_once_the_person_has_seen_what_it_brings(store, excel, applicants):
    excel.chosen = str(applicants)

    assert excel_worker.main(["import_file", str(store.path)]) == 0

    (_, asked), (_, told) = excel.alerts
    assert "追加 1 名" in asked
    assert "取り込みました" in told
    assert "田中" not in asked + told
    assert [row[0] for row in store.look()["候補者"]][-1] == "田中 実"


def test_whoever_says_no_has_nothing_taken_in(store, excel, applicants):
    excel.chosen, excel.answer = str(applicants), "no"
    before = store.look()

    assert excel_worker.main(["import_file", str(store.path)]) == 0

    assert store.look() == before
    assert len(excel.alerts) == 1


def test_whoever_chooses_no_file_is_left_alone(store, excel):
    assert excel_worker.main(["import_file", str(store.path)]) == 0

    assert excel.alerts == []


def test_a_file_that_cannot_be_read_is_told_in_a_box(store, excel, tmp_path):
    excel.chosen = str(tmp_path / "nothing.csv")

    assert excel_worker.main(["import_file", str(store.path)]) == 1

    assert "nothing.csv" in excel.alerts[0][1]


@pytest.mark.parametrize("task", ["preview", "send", "check", "update_credits"])
def test_a_workbook_that_was_never_saved_is_told_in_a_box(store, excel, task):
    store.book.location = "Book1"

    assert excel_worker.main([task, "candidates.xlsx"]) == 1

    assert "名前を付けて保存" in excel.alerts[0][1]


def test_a_workbook_that_was_closed_meanwhile_is_told_in_a_box_of_any_other(store, excel, tmp_path):
    close_without_saving(excel, store.book)
    OpenBookStore(excel, tmp_path / "other.xlsx", {"x": [["y"]]})

    assert excel_worker.main(["update_credits", str(store.path)]) == 1

    assert "candidates.xlsx" in excel.alerts[0][1]


def test_what_nobody_foresaw_is_a_sentence_and_a_line_in_a_log_without_people(store, excel, monkeypatch):
    def fails(_location):
        raise ZeroDivisionError("sato@example.com 佐藤 花")

    monkeypatch.setattr(excel_worker, "_TASKS", {"preview": fails})

    assert excel_worker.main(["preview", str(store.path)]) == 1

    assert "ZeroDivisionError" in excel.alerts[0][1]
    assert "Traceback" not in excel.alerts[0][1]
    line = log_of(store)
    assert "preview ZeroDivisionError test_worker.py:" in line
    assert "sato" not in line
    assert "佐藤" not in line


def test_the_log_does_not_grow_for_ever(store, monkeypatch):
    monkeypatch.setattr(excel_worker, "_LONGEST_LOG", 10)

    for _ in range(3):
        excel_worker.main(["nothing", str(store.path)])

    assert log_of(store).count("\n") == 1


def test_an_error_without_any_excel_is_swallowed_and_noted(store, excel):
    excel.books.clear()

    assert excel_worker.main(["update_credits", str(store.path)]) == 1

    assert "update_credits workbook_not_found" in log_of(store)


def test_a_button_without_a_caller_says_so_in_a_box(store, excel):
    excel_buttons.preview()

    assert len(excel.alerts) == 1
    assert "Traceback" not in excel.alerts[0][1]


def test_a_button_without_anything_raises_nothing(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sheets_automation.wiring_live", None)

    excel_buttons.preview()


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.ticks = 0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds
        self.ticks += 1
        assert self.ticks < 100_000


class Page:
    def __init__(self) -> None:
        self.gate = SimpleNamespace(visits=0)
        self.server = SimpleNamespace(should_exit=False)
        self.shown = []

    def show(self, place):
        self.shown.append(place)

    def end(self):
        self.server.should_exit = True


def keeper(tmp_path, clock, *, is_open=lambda: True, is_sending=lambda: False):
    return PageKeeper(tmp_path / "wish", is_open, is_sending, clock.sleep, clock.monotonic)


@pytest.mark.parametrize(("wished", "shown"), [("plan", "plan"), ("send", "send"), ("../x", ""), ("", "")])
def test_a_wish_is_granted_once_and_only_for_a_place_of_the_page(tmp_path, wished, shown):
    clock, page = Clock(), Page()
    (tmp_path / "wish").write_text(wished)

    keeper(tmp_path, clock).look_after(page)

    assert page.shown == [shown]
    assert not (tmp_path / "wish").exists()


def test_a_page_that_nobody_visits_ends_after_half_an_hour(tmp_path):
    clock, page = Clock(), Page()

    keeper(tmp_path, clock).look_after(page)

    assert IDLE_SECONDS < clock.now < IDLE_SECONDS + 2


def test_a_page_ends_soon_after_its_workbook_was_closed(tmp_path):
    clock, page = Clock(), Page()

    keeper(tmp_path, clock, is_open=lambda: clock.now < 100).look_after(page)

    assert 100 < clock.now < 101 + ASK_EXCEL_EVERY


def test_a_page_from_which_letters_go_out_does_not_end(tmp_path):
    clock, page = Clock(), Page()

    keeper(tmp_path, clock, is_open=lambda: False, is_sending=lambda: clock.now < 9000).look_after(page)

    assert clock.now > 9000


def test_a_second_address_lets_in_once_and_the_first_no_more():
    gate = LocalGate(port=1, actor=Actor(name="hanako"))
    first = gate.address

    second = gate.renewed()

    assert second != first
    assert gate.address == second


def test_the_worker_starts_where_no_file_beside_the_workbook_can_stand_in_for_a_part_of_python(monkeypatch):
    started = []
    monkeypatch.setattr(
        excel_buttons.subprocess,
        "Popen",
        lambda command, **options: started.append((command, options)) or SimpleNamespace(),
    )

    excel_buttons._detach([*excel_buttons._python(), "-P", "-m", "x"])

    [(command, options)] = started
    assert command[1] == "-P"
    assert options["cwd"] == Path.home()
    assert options["start_new_session"] is True
