"""The files of the page: its words in both languages, its modules, and what they may not use."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.page.joined import BRIDGE, in_order, joined_script
from tests.page.stand_in import PAGE

MENU = Path(__file__).parents[2] / "apps_script_bridge" / "Words.js"
SCRIPTS = sorted(PAGE.glob("*.js"))
ENTRY = re.compile(r'^  "([\w.]+)": (.*),$', re.MULTILINE)


def words(language):
    tables = sorted(PAGE.glob(f"words_*{language}.js"), key=lambda path: path.stem.removesuffix(language))
    return dict(ENTRY.findall("".join(table.read_text() for table in tables)))


def holes(sentence):
    return set(re.findall(r"\{(\w+)\}", sentence))


def test_both_languages_say_the_same_things_about_the_same_facts():
    japanese, english = words("ja"), words("en")

    assert list(japanese) == list(english)
    assert {key: holes(text) for key, text in japanese.items()} == {
        key: holes(text) | ({"n"} if "n" in holes(japanese[key]) else set()) for key, text in english.items()
    }


def test_one_thing_has_one_name_on_the_page_and_in_the_menu():
    said = {key: text.strip('"') for key, text in words("ja").items()}
    menu = dict(re.findall(r"^      (\w+): '([^']+)',$", MENU.read_text(), re.MULTILINE)[:9])

    for word in ("send", "credits", "analysis"):
        assert menu[word] == said[f"{word}.place"]
    assert menu["check"] == said["check.place"]
    assert said["letters.filter_look"].startswith(said["letters.look_here"])
    assert said["plan.worth_a_look"].startswith(said["letters.look_here"])


def test_every_word_that_a_script_says_is_in_the_table_and_every_word_of_the_table_is_said():
    source = "".join(path.read_text() for path in SCRIPTS if not path.name.startswith("words_"))
    said = set(re.findall(r'say\(\s*"([\w.]+)"', source))
    known = set(words("ja"))
    quoted = {key for key in known if f'"{key}"' in source}
    made = {re.sub(r"\$\{[^}]*\}", r"[\\w.]+", key) for key in re.findall(r"say\(`([^`]+)`", source)}

    assert said <= known
    assert [key for key in known - quoted if not any(re.fullmatch(pattern, key) for pattern in made)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_writes_html_or_names_another_server(path):
    source = path.read_text()

    assert not re.search(
        r"innerHTML|outerHTML =|insertAdjacentHTML|document\.write|\beval\(|new Function|Reflect\.", source
    )
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", source)
    assert "fetch(" not in source or path.name == "api.js"


def test_every_module_is_a_file_that_is_used_and_none_is_long():
    assert set(in_order()) == {path.name for path in SCRIPTS}
    for path in [*SCRIPTS, *PAGE.glob("*.css")]:
        assert len(path.read_text().splitlines()) <= 300, path.name


def test_the_modules_can_be_joined_into_one_script(tmp_path):
    script = tmp_path / "joined.mjs"
    script.write_text(joined_script())

    done = subprocess.run(["node", "--check", script], capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert not re.search(r"^(import|export) ", script.read_text(), re.MULTILINE)


def test_the_joined_page_works_through_the_script_of_a_spreadsheet(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}sidebar", awaits="body")
    visitor.evaluate(f"{BRIDGE}; {joined_script()}; 0")

    visitor.sees("24 通を送れます")
    visitor.goes_to("letters")
    visitor.until("document.querySelector('iframe.letter')")

    assert "/api/plan?lang=ja" in visitor.evaluate("calls")
    assert "/api/letters?lang=ja" in visitor.evaluate("calls")


def test_a_sidebar_whose_call_fails_says_that_there_is_no_connection(visitor, standing):
    visitor.visit(f"{standing().url}sidebar", awaits="body")
    failing = BRIDGE.replace(
        ".then(async answer => done", ".then(() => { throw new Error() }).then(async answer => done"
    )
    visitor.evaluate(f"{failing}; {joined_script()}; 0")

    visitor.sees("つながりません。ネットワークを確かめて")
