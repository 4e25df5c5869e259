"""What to type where a part lacks: it must bring this very program's part, into this very environment."""

import sys
from importlib.metadata import distribution

import pytest

from sheets_automation.installing import install_line, wanted

PLACE = "https://code.example/relay.zip"


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        ({}, '"sheets-automation[google]"'),
        ({"url": PLACE, "archive_info": {}}, f'"sheets-automation[google] @ {PLACE}"'),
        ({"url": "file:///srv/relay", "dir_info": {}}, '"/srv/relay[google]"'),
        ({"url": "file:///srv/my%20relay", "dir_info": {"editable": True}}, '--editable "/srv/my relay[google]"'),
        (
            {"url": "https://code.example/relay", "vcs_info": {"vcs": "git", "commit_id": "ab12"}},
            '"sheets-automation[google] @ git+https://code.example/relay@ab12"',
        ),
    ],
    ids=["an index", "an archive", "a folder", "a checkout", "a repository"],
)
def test_a_part_comes_from_where_the_program_came_from(origin, line):
    assert wanted("google", origin) == line


def test_it_goes_into_the_environment_in_which_this_runs():
    line = install_line("google")

    assert line.startswith(f"{sys.executable} -m pip install ")
    assert line.endswith('[google]"')


def test_an_environment_of_uv_has_no_pip(monkeypatch):
    texts = {"INSTALLER": "uv\n", "direct_url.json": None}
    monkeypatch.setattr("importlib.metadata.distribution", lambda _: type("Ours", (), {"read_text": texts.get}))

    assert install_line("line") == f'uv pip install --python {sys.executable} "sheets-automation[line]"'


def test_the_extras_that_are_named_exist():
    extras = set(distribution("sheets-automation").metadata.get_all("Provides-Extra"))

    assert {"google", "excel", "keyring", "line", "export", "dns", "metrics"} <= extras
