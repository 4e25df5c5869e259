"""What only a real process shows: streams, encodings, locales, and how it ends."""

import argparse
import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios

import pytest
from rich.cells import cell_len

from sheets_automation.cli import build_parser, choose_language
from tests.commands.conftest import CONFIG

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
EVERY_SCREEN = [["send"], ["check"], ["status"], ["credits"], ["settle"], ["preview"], ["doctor"]]


def finished(process):
    out, err = process.communicate(timeout=60)
    return out, err, process.returncode


@pytest.mark.parametrize("words", EVERY_SCREEN, ids=lambda words: words[0])
def test_an_ascii_terminal_gets_every_screen_without_a_traceback(process, words):
    out, err, code = finished(
        process(*words, "book.xlsx", "--config", CONFIG, "--lang", "ja", PYTHONIOENCODING="ascii", COLUMNS="60")
    )

    assert code in {0, 7}
    assert out.isascii()
    assert err == ""


def test_help_survives_an_ascii_terminal(process):
    out, err, code = finished(process("send", "--help", "--lang", "ja", PYTHONIOENCODING="ascii"))

    assert (code, err) == (0, "")
    assert "\\u" in out


@pytest.mark.parametrize(
    ("environment", "japanese"),
    [({"LC_ALL": "ja_JP.UTF-8"}, True), ({"LANG": "ja_JP.UTF-8"}, True), ({"LANG": "en_US.UTF-8"}, False), ({}, False)],
)
def test_the_locale_chooses_the_language(process, environment, japanese):
    out, _, _ = finished(process("doctor", "--config", CONFIG, PYTHONIOENCODING="utf-8", **environment))

    assert bool(JAPANESE.search(out)) is japanese


@pytest.mark.parametrize(
    ("locale", "number", "language"), [("", 0x0411, "ja"), ("", 0x0409, "en"), ("", 0, "en"), ("C", 0x0411, "en")]
)
def test_where_no_locale_is_set_windows_itself_chooses_the_language(monkeypatch, locale, number, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale)

    assert choose_language([], windows=lambda: number) == language


@pytest.mark.parametrize(
    "words",
    [["send"], ["send", "b", "--nix"], ["fly"], ["send", "b", "--expect", "x"], ["send", "b", "--expect"], []],
    ids=" ".join,
)
def test_a_mistake_on_the_command_line_is_one_sentence_in_the_language_asked_for(process, words):
    _, japanese, code = finished(process(*words, LANG="ja_JP.UTF-8", PYTHONIOENCODING="utf-8"))
    _, english, _ = finished(process(*words, LANG="C"))

    assert code == 2
    assert JAPANESE.search(japanese)
    assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", japanese.replace("relay send --help", ""))
    assert not JAPANESE.search(english)
    assert english.rstrip().endswith("--help")


@pytest.mark.parametrize(
    "words", [["send", "--nix"], ["send", "book.xlsx", "--expect", "many"], ["settle"]], ids=" ".join
)
def test_a_mistake_on_the_command_line_is_one_document_too(process, words):
    out, err, code = finished(process(*words, "--json"))

    assert (code, err) == (2, "")
    assert json.loads(out)["error"]["name"] == "usage"


@pytest.mark.parametrize("where", ["before", "behind"])
def test_what_every_command_knows_may_stand_before_it_or_behind_it(process, where):
    common = ["--config", CONFIG, "--lang", "ja", "--json"]
    words = [*common, "doctor"] if where == "before" else ["doctor", *common]

    out, err, code = finished(process(*words, PYTHONIOENCODING="utf-8"))

    assert (code, err) == (0, "")
    assert JAPANESE.search(json.loads(out)["checks"][1]["text"])


def test_an_abbreviation_never_becomes_an_order_to_send(process):
    _, err, code = finished(process("send", "book.xlsx", "--se"))

    assert code == 2
    assert "--se" in err


@pytest.mark.parametrize("words", [["send", "book.xlsx"], ["send", "book.xlsx", "--json"], ["--help"]], ids=" ".join)
def test_a_reader_that_goes_away_is_no_drama(process, words):
    running = process(*words)
    running.stdout.close()

    assert running.stderr.read() == ""
    assert running.wait(60) in {0, 141}  # argparse swallows it for --help


def test_an_answer_that_finds_no_room_is_one_sentence(book):
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "sheets_automation.cli", "status", str(book)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1


def test_what_nobody_foresaw_shows_where_it_happened_only_to_who_asks(relay, say, book, monkeypatch):
    monkeypatch.setattr("sheets_automation.commands.status.plan_letters", None)

    plain = say("status", "book.xlsx", code=1).err
    monkeypatch.setenv("RELAY_DEBUG", "1")
    asked = say("status", "book.xlsx", code=1).err

    assert plain.count("\n") == 1
    assert "TypeError" in plain
    assert "Traceback" in asked


@pytest.mark.parametrize("words", EVERY_SCREEN, ids=lambda words: words[0])
def test_no_screen_mixes_languages_and_each_ends_with_what_to_do(say, book, words, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    code = 7 if words == ["check"] else 0

    english = say(*words, "book.xlsx", "--lang", "en", code=code).out
    japanese = say(*words, "book.xlsx", "--lang", "ja", code=code).out

    # The sheet's own words stay as they are: names, subjects, the tag 送信しない.
    ours = re.sub(r"“[^”]*”|送信しない|^.*C-.*$", "", english, flags=re.MULTILINE)
    assert not re.findall(r".*[ぁ-ん].*", ours)
    assert re.search(r"[ぁ-ん].*。$", japanese.rstrip().splitlines()[-1])
    assert english.rstrip().endswith(".")


@pytest.mark.parametrize("columns", ["60", "100"])
def test_no_line_is_wider_than_the_terminal(say, book, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    for words in EVERY_SCREEN:
        out = say(*words, "book.xlsx", "--lang", "ja", code=7 if words == ["check"] else 0).out

        assert max(map(cell_len, out.splitlines())) <= int(columns), words


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("columns", ["60", "80"])
def test_no_line_of_help_is_wider_than_the_terminal_and_at_80_no_example_is_folded(columns, language, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    parser = build_parser(language)
    [commands] = [action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction)]

    for name, one in {"relay": parser, **commands}.items():
        lines = one.format_help().splitlines()
        assert max(map(cell_len, lines)) <= int(columns), name
        if columns == "80":
            assert set(one.epilog.splitlines()) <= set(lines), name


def test_a_mistake_is_folded_between_words_for_a_terminal_and_is_one_line_for_a_program(book):
    words = [sys.executable, "-m", "sheets_automation.cli", "send", "book.xlsx", "--send", "--lang", "en"]
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    ours, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))

    subprocess.run(words, cwd=book.parent, env=environment, stderr=terminal, check=False)
    piped = subprocess.run(words, cwd=book.parent, env=environment, stderr=subprocess.PIPE, text=True, check=False)

    shown = os.read(ours, 5000).decode().splitlines()
    assert max(map(len, shown)) <= 40
    assert " ".join(shown) == piped.stderr.strip("\n")


def test_an_interruption_before_there_is_an_answer_is_one_document(process, book):
    slow = book.parent / "slow.csv"
    os.mkfifo(slow)
    running = process("register", "book.xlsx", "--csv", "slow.csv", "--config", CONFIG, "--json")

    with slow.open("w"):  # returns when the command has begun to read
        running.terminate()
        out, err, code = finished(running)

    assert (code, err) == (130, "")
    assert json.loads(out)["error"]["name"] == "interrupted"


def test_an_interruption_in_the_middle_of_an_answer_leaves_no_traceback(process):
    running = process("send", "book.xlsx", "--config", CONFIG, "--json")
    fcntl.fcntl(running.stdout, fcntl.F_SETPIPE_SZ, 4096)  # less than the answer, so it stands half written
    while not select.select([running.stdout], [], [], 10)[0]:
        assert running.poll() is None

    running.terminate()
    _, err, code = finished(running)

    assert code == 130
    assert err.startswith("relay: ")
    assert err.count("\n") == 1
