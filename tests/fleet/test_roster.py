"""The roster: what it says, and every mistake in it."""

import pytest

from sheets_automation.config.problems import ConfigurationWrong
from sheets_automation.config.roster import clients_of, load_roster
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.fleet.tasks import Task, task_here
from sheets_automation.wiring_fleet import identity_of, open_roster

SHEET = "https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcd"


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "workbooks.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_workbook_takes_from_the_defaults_what_it_does_not_say(written, tmp_path):
    path = written(f"""
        [defaults]
        config = "relay.toml"
        carrier = "outbox:out"
        jobs = ["send"]
        [[workbooks]]
        name = "minato"
        address = "{SHEET}"
        [[workbooks]]
        name = "kita"
        address = "kita/book.xlsx"
        config = "kita/relay.toml"
        carrier = "gmail:saiyo@kita.example"
        jobs = ["sync", "send", "credits"]
    """)

    minato, kita = clients_of(load_roster(path), tmp_path)

    assert (minato.address, minato.config, minato.carrier) == (SHEET, str(tmp_path / "relay.toml"), "outbox:out")
    assert minato.jobs == ("send",)
    assert (kita.address, kita.config) == (str(tmp_path / "kita/book.xlsx"), str(tmp_path / "kita/relay.toml"))
    assert (kita.carrier, kita.jobs) == ("gmail:saiyo@kita.example", ("sync", "send", "credits"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('[[workbooks]]\nname = "山田"\naddress = "a.xlsx"', "workbooks[1].name"),
        ('[[workbooks]]\nname = "a@b.jp"\naddress = "a.xlsx"', "workbooks[1].name"),
        ('[[workbooks]]\nname = "a"', "workbooks[1].address"),
        ('[[workbooks]]\nname = "a"\naddress = "a.xlsx"\njobs = ["sent"]', "workbooks[1].jobs"),
        ('[[workbooks]]\nname = "a"\naddress = "a.xlsx"\npassword = "x"', "workbooks[1].password"),
        ('[operator]\naddress = "nobody"', "operator.address"),
        ("[operator]\ncalls_per_minute = 0", "operator.calls_per_minute"),
        ('[defaults]\ncarier = "outbox:a"', "defaults.carier"),
    ],
)
def test_a_mistake_is_named_by_its_place(text, key, written):
    with pytest.raises(ConfigurationWrong) as wrong:
        load_roster(written(text))

    assert [problem.key for problem in wrong.value.problems] == [key]


def test_a_name_that_stands_there_twice_is_told(written):
    twice = '[[workbooks]]\nname = "a"\naddress = "a.xlsx"\n[[workbooks]]\nname = "a"\naddress = "b.xlsx"\n'

    with pytest.raises(ConfigurationWrong) as wrong:
        load_roster(written(twice))

    assert [problem.key for problem in wrong.value.problems] == ["workbooks.name"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SHEET, SHEET),
        (SHEET, f"{SHEET}/edit#gid=0"),
        (SHEET, SHEET.rpartition("/")[2]),
        (SHEET, SHEET.replace("/d/", "/u/1/d/")),
        ("a.xlsx", "a.xlsx"),
        ("a.xlsx", "kita/../a.xlsx"),
    ],
)
def test_one_workbook_under_two_names_is_told_however_its_address_is_written(one, other, written):
    text = "".join(
        f'[[workbooks]]\nname = "{name}"\naddress = "{address}"\n'
        for name, address in zip("ab", (one, other), strict=True)
    )

    with pytest.raises(ConfigurationWrong, match="a, b") as wrong:
        open_roster(written(text))

    assert [problem.key for problem in wrong.value.problems] == ["workbooks.address"]


def test_an_address_that_can_be_no_workbook_spoils_no_roster(written):
    _, clients = open_roster(written('[[workbooks]]\nname = "a"\naddress = "https://example.com/"'))

    assert [client.name for client in clients] == ["a"]


def test_a_roster_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigurationError, match=r"nowhere\.toml"):
        load_roster(tmp_path / "nowhere.toml")


def test_a_process_that_no_one_has_numbered_is_alone():
    assert task_here({}) == Task(index=0, count=1, attempt=0, execution="", project="")


def test_a_task_is_what_cloud_run_says():
    environ = {
        "CLOUD_RUN_TASK_INDEX": "3",
        "CLOUD_RUN_TASK_COUNT": "16",
        "CLOUD_RUN_TASK_ATTEMPT": "1",
        "CLOUD_RUN_EXECUTION": "relay-nightly-abc",
        "GOOGLE_CLOUD_PROJECT": "minato",
    }

    task = task_here(environ)

    assert (task.index, task.count, task.attempt) == (3, 16, 1)
    assert task.trace.startswith("projects/minato/traces/")
    assert task.trace == task_here(environ).trace
    assert task.trace != task_here({**environ, "CLOUD_RUN_TASK_INDEX": "4"}).trace


@pytest.mark.parametrize(("index", "count"), [("3", "3"), ("x", "3"), ("0", "0"), ("-1", "3")])
def test_a_task_that_cannot_be_is_refused(index, count):
    with pytest.raises(ConfigurationError, match="CLOUD_RUN_TASK"):
        task_here({"CLOUD_RUN_TASK_INDEX": index, "CLOUD_RUN_TASK_COUNT": count})


def test_a_workbook_stays_with_its_task_however_its_address_is_written():
    assert identity_of(SHEET) == identity_of(f"{SHEET}/edit#gid=0") == identity_of(SHEET.rpartition("/")[2])
