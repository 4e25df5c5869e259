import json

import pytest

from sheets_automation.cli import main


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A folder with a macro workbook and the add-in, as `relay init` makes them."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELAY_NOW", "2026-11-24T10:00:00+09:00")
        patch.chdir(folder)
        assert main(["init", "候補者.xlsm", "--json"]) == 0
        assert main(["init", "--addin", "relay.xlam", "--json"]) == 0
    return folder


@pytest.fixture(scope="session")
def macro_book(made):
    return made / "候補者.xlsm"


@pytest.fixture(scope="session")
def addin(made):
    return made / "relay.xlam"


@pytest.fixture
def relay(tmp_path, monkeypatch, capsys):
    """Run a command in this process; its document."""
    monkeypatch.setenv("RELAY_NOW", "2026-11-24T10:00:00+09:00")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)

    def run(*words, code=0):
        capsys.readouterr()
        assert main([*words, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run
