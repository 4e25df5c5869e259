"""What was mistyped on the command line is told with the next step, and nothing runs."""

import pytest

from sheets_automation.cli import main


@pytest.fixture
def mistyped(capsys):
    """What `relay` says of these words."""

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main([*words])
        assert ended.value.code == 2
        return capsys.readouterr().err

    return run


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["chek", "--lang", "en"], 'There is no "chek". Did you mean check? See relay --help'),
        (["chek", "--lang", "ja"], "「chek」はありません。もしかして check ですか。"),
        (["send", "a.xlsx", "--sned", "--lang", "en"], "See relay send --help"),
        (["send", "a.xlsx", "--limit", "-1", "--lang", "ja"], "--limit には 0 以上の数を書いてください"),
        (["run", "send", "--stretch", "0", "--lang", "en"], "--stretch: not a number from 1 to 604800: 0"),
        (["run", "send", "--stretch", "9" * 400, "--lang", "en"], "--stretch: not a number from 1 to 604800"),
        (["run", "send", "--stretch", "-5", "--lang", "ja"], "--stretch には 1 から 604800 までの数を書いてください"),
        (["run", "send", "--seconds", "-5", "--lang", "ja"], "--seconds には 0 以上の数を書いてください"),
        (["deploy", "--project", "x", "--tasks", "0", "--lang", "en"], "--tasks: not a number from 1 to 10000: 0"),
        (["credits", "a.xlsx", "--redeem", "0", "--lang", "en"], "--redeem: not a number from 1 on: 0"),
        (["settle", "a.xlsx", "C-1", "--sent", "--again", "--lang", "en"], "--again: not allowed with argument --sent"),
    ],
)
def test_a_mistyped_word_is_told_with_what_was_meant(mistyped, words, told):
    assert told in mistyped(*words)


def test_relay_alone_shows_a_few_examples_and_where_the_rest_is(mistyped, monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    said = mistyped()

    assert "relay send candidates.xlsx" in said
    assert "relay --help" in said
    assert "rebuild-log" not in said
