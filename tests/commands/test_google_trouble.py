"""Every wrong step of the set-up: `relay doctor` names it, and `relay send` says one sentence and sends nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sheets_automation.cli import main
from sheets_automation.google import problems
from sheets_automation.installing import install_line
from tests.commands.conftest import ROOT, TUESDAY
from tests.commands.google_house import MAILBOX, MAILER, House, InMemoryKeyring, use_keyring
from tests.commands.google_wrong_steps import WRONG_STEPS

WITHOUT = """
import os, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["MISSING"]:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Missing())
"""
GUIDE = (ROOT / "docs" / "google.md").read_text()
GUIDE_JA = (ROOT / "docs" / "google.ja.md").read_text()
EVERY_CALL = [
    "sheets.spreadsheets.get",
    "sheets.spreadsheets.batchUpdate",
    "gmail.users.getProfile",
    "gmail.users.drafts.create",
    "gmail.users.drafts.send",
]
CARRIER = ("--carrier", f"gmail:{MAILBOX}")


@pytest.fixture
def house(google, tmp_path, monkeypatch):
    monkeypatch.setenv("RELAY_GOOGLE_EMULATOR_HOST", google.address)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "gcloud"))
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    before = use_keyring(InMemoryKeyring())
    yield House(google, tmp_path)
    use_keyring(before)


wrong_step = pytest.mark.parametrize(
    ("step", "check", "sentence"), WRONG_STEPS, ids=[one.__name__ for one, _, _ in WRONG_STEPS]
)


@pytest.fixture
def run(house, monkeypatch, capsys):
    """Run a command on the spreadsheet in this process: its exit code, and what stands on stdout and stderr."""
    monkeypatch.setenv("RELAY_NOW", TUESDAY)

    def run(command, *words):
        capsys.readouterr()
        code = main([command, house.sheet, *CARRIER, "--config", str(house.config), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def wrong(answer):
    """What the doctor found wrong: names and sentences."""
    return {check["name"]: check["text"] for check in json.loads(answer[1])["checks"] if not check["ok"]}


@pytest.mark.parametrize("way", ["keyless", "signed_in", "mounted"])
def test_where_nothing_is_wrong_the_doctor_is_content_and_the_letter_leaves(house, run, way):
    getattr(house, way)()

    doctor, sent = run("doctor", "--json"), run("send", "--send", "--json")

    assert (doctor[0], wrong(doctor)) == (0, {})
    assert (sent[0], json.loads(sent[1])["sent"]) == (0, 1)
    assert [letter["mailbox"] for letter in house.google.control.ledger()] == [MAILBOX]


@wrong_step
def test_the_doctor_names_the_wrong_step_and_nothing_else(house, run, step, check, sentence):
    step(house)

    answer = run("doctor", "--json")

    assert answer[0] == 7
    [(name, text)] = wrong(answer).items()
    assert name == check
    assert sentence in text


@wrong_step
@pytest.mark.parametrize("language", ["ja", "en"])
def test_sending_ends_with_one_sentence_and_nothing_is_sent(house, run, step, check, sentence, language):
    step(house)

    code, _, err = run("send", "--send", "--lang", language)

    assert code in {2, 4, 6}
    assert err.count("relay: ") == err.count("\n") == 1
    assert (sentence in err) == (language == "en")
    assert bool(re.search("[ぁ-ん]", err)) == (language == "ja")
    assert house.google.control.ledger() == []


def test_a_sign_in_file_that_others_can_read_is_a_warning_and_the_letter_leaves(house, run):
    Path(house.mounted()).chmod(0o644)

    doctor, sent = run("doctor", "--json"), run("send", "--send")

    assert "chmod 600" in wrong(doctor)["google_sign_in_file"]
    assert "chmod 600" in sent[2]
    assert len(house.google.control.ledger()) == 1


def test_a_doctor_does_not_need_a_sender_s_address_for_gmail(house, run):
    house.keyless()
    text = house.config.read_text()
    house.config.write_text(text.replace('address = "saiyo@minato.example"', 'address = ""'))

    assert wrong(run("doctor", "--json")) == {}


def test_an_alias_that_is_not_confirmed_is_named(house, run):
    house.keyless()
    text = house.config.read_text()
    house.config.write_text(text.replace('address = "saiyo@minato.example"', 'address = "jobs@minato.example"'))

    assert "Add and verify it in Gmail's settings" in wrong(run("doctor", "--json"))["carrier"]


class TestATokenThatEndsInMidRun:
    @pytest.mark.parametrize("way", ["keyless", "mounted"])
    @pytest.mark.parametrize("method", EVERY_CALL)
    def test_is_renewed_and_the_letter_leaves_once(self, house, run, way, method):
        getattr(house, way)()
        house.google.control.fault(method, kind="unauthorized")

        code, out, _ = run("send", "--send", "--json")

        assert (code, json.loads(out)["sent"]) == (0, 1)
        assert len(house.google.control.ledger()) == 1

    @pytest.mark.parametrize("method", EVERY_CALL)
    def test_and_is_not_renewed_stops_the_run_and_the_next_one_sends_what_is_left_once(self, house, run, method):
        house.mounted()
        house.google.control.fault(method, kind="unauthorized", times=None)

        code, _, err = run("send", "--send", "--lang", "en")
        before = len(house.google.control.ledger())
        house.google.control.clear_faults()
        again = run("send", "--send", "--json")

        assert (code, before) == (4 if method.startswith("sheets.") else 6, 0)
        assert problems.EXPIRED.en in err
        assert again[0] == 0
        assert len(house.google.control.ledger()) == 1


class TestLive:
    def test_every_premise_is_a_line_and_one_letter_goes_to_the_mailbox_itself(self, house, run):
        house.keyless()

        code, out, _ = run("doctor", "--live", "--lang", "ja")

        assert code == 0
        assert "✓ よし  送った下書きは、もう一度は送れない" in out
        assert "✓ よし  一部が誤りの書き込みは、全部が取りやめになる" in out
        assert "確認のメール「relay doctor --live」が 1 通" in out
        assert [letter["recipients"] for letter in house.google.control.ledger()] == [[MAILBOX]]

    def test_the_guide_for_admins_lists_every_premise(self, house, run):
        house.keyless()
        before = {check["name"] for check in json.loads(run("doctor", "--json")[1])["checks"]}

        checks = json.loads(run("doctor", "--live", "--json")[1])["checks"]

        premises = [check["text"] for check in checks if check["name"] not in before]
        assert len(premises) == 14
        assert [text for text in premises if f"| {text} |" not in GUIDE] == []

    def test_nothing_personal_is_printed(self, house, run):
        house.keyless()

        said = "".join(run("doctor", "--live", "--json")[1:]) + "".join(run("doctor", "--live")[1:])

        assert MAILBOX not in said
        assert not re.search("佐藤|sato@|鈴木", said)

    def test_a_premise_that_does_not_hold_is_red_and_says_what_it_means(self, house, run):
        house.keyless()
        house.google.control.fault("gmail.users.drafts.send", kind="status", status=409, nth=2)

        code, out, _ = run("doctor", "--live", "--lang", "en")

        lines = out.splitlines()
        at = lines.index("✗ no  a draft that was sent cannot be sent again")
        assert "do not send by Gmail" in lines[at + 1]
        assert code == 7

    def test_is_not_tried_where_something_is_missing(self, house, run):
        house.keyless(role="reader", delegated=[])

        answer = run("doctor", "--live", "--json")

        assert set(wrong(answer)) == {"google_sign_in"}
        assert house.google.control.ledger() == []
        assert house.google.control.calls("sheets.spreadsheets.batchUpdate") == []

    def test_a_spreadsheet_that_may_only_be_read_keeps_its_tabs_while_gmail_is_tried(self, house, run):
        house.keyless(role="reader")

        answer = run("doctor", "--live", "--json")

        names = [check["name"] for check in json.loads(answer[1])["checks"]]
        assert set(wrong(answer)) == {"writing"}
        assert "gmail_sent_once" in names
        assert not [name for name in names if name.startswith("sheets_")]

    def test_without_anything_of_google_s_it_says_so(self, relay, book):
        [said] = [one for one in relay("doctor", "book.xlsx", "--live", code=7)["checks"] if not one["ok"]]

        assert "--live tries Google Sheets and Gmail only" in said["text"]


@pytest.mark.parametrize("sentence", sorted({sentence for _, _, sentence in WRONG_STEPS}))
def test_the_guide_for_admins_says_where_to_look_for_every_wrong_step(sentence):
    assert sentence in GUIDE


@pytest.mark.parametrize("sentence", [one for one in vars(problems).values() if isinstance(one, problems.Sentence)])
def test_the_guides_for_admins_have_every_sentence_about_signing_in(sentence):
    assert f"| {sentence.en} |" in GUIDE
    assert f"| {sentence.ja} |" in GUIDE_JA


def test_both_guides_for_admins_have_the_same_commands_and_as_many_sentences_and_premises():
    in_both = [
        (re.findall(r"^ *\$ .*(?:\n {5,}.*)*", text, re.MULTILINE), text.count("\n|"), text.count("\n#"))
        for text in (GUIDE, GUIDE_JA)
    ]

    assert in_both[0] == in_both[1]


def process(house, *words, **environment):
    """`relay` as a process, on a machine that is none of Google's."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "RELAY_NOW": TUESDAY, "NO_GCE_CHECK": "true", **environment}
    command = [sys.executable, "-m", "sheets_automation.cli", *words, house.sheet, "--config", str(house.config)]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("way", ["adc", "keyless"])
def test_a_computer_on_which_nobody_is_signed_in_is_told_the_ways(house, way):
    house.configure(sign_in=way, mailer=MAILER)

    done = process(house, "status", "--lang", "en")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("relay: Nobody is signed in to Google. Choose [google] sign_in")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("part", ["google", "googleapiclient", "gspread", "keyring", "requests", "tenacity"])
def test_a_computer_without_the_parts_for_google_is_told_what_to_install(house, part):
    hidden = house.folder / "without"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(WITHOUT)

    done = process(house, "doctor", "--json", "--lang", "en", MISSING=part, PYTHONPATH=f"{hidden}{os.pathsep}{ROOT}")

    found = {check["name"]: check for check in json.loads(done.stdout)["checks"] if not check["ok"]}
    assert set(found) <= {"google_parts", "samples"}
    missing = found["google_parts"]
    assert install_line("google") in missing["text"]
