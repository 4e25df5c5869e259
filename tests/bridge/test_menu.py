"""The menu and what it opens; and the way from the page to a row."""

import re
from pathlib import Path

import pytest

from tests.bridge.contract import CONTRACT
from tests.page.stand_in import PAGE
from tests.service.cloud_service import TAB
from tests.workbooks.people import recruiter_sorts_the_sheet

JAPANESE = [
    "計画を見る",
    "送信",
    "すべての送信を止める…",
    "フォロー",
    "クレジット",
    "分析",
    "点検",
    None,
    "設定",
    "ヘルプ",
]
ENGLISH = [
    "See the plan",
    "Send",
    "Stop all sending…",
    "Follow-ups",
    "Credits",
    "Analysis",
    "Check",
    None,
    "Settings",
    "Help",
]


@pytest.mark.parametrize("trigger", ["onOpen", "onInstall"])
@pytest.mark.parametrize("mode", ["NONE", "LIMITED", "FULL"])
@pytest.mark.parametrize(
    ("locale", "caption", "words"), [("ja", "キャリアリレー", JAPANESE), ("en_GB", "Career Relay", ENGLISH)]
)
def test_the_menu_is_there_before_anybody_has_agreed_to_anything(stage, trigger, mode, locale, caption, words):
    stage.sets(locale=locale)

    stage.runs(trigger, mode=mode)

    (menu,) = stage.state["menus"]
    assert menu["caption"] == caption
    assert [item and item["word"] for item in menu["items"]] == words


WORDS = (Path(__file__).parents[2] / "apps_script_bridge" / "Words.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("menu", "page", "number"), [(JAPANESE, "ja", 0), (ENGLISH, "en", 1)])
def test_the_help_speaks_of_every_entry_and_of_stopping_first(menu, page, number):
    steps = re.findall(r"      steps: \[\n(.*?)\n      \],", WORDS, re.DOTALL)[number]
    headings = re.findall(r"^        \['([^']+)'", steps, re.MULTILINE)
    entries = [word.removesuffix("…") for word in menu[: menu.index(None)]]

    assert headings[0] == entries[2]
    assert [word for word in entries if word not in " ".join(headings)] == []
    assert [name for name in places_of(page) if name not in " ".join(headings)] == []


def places_of(language):
    """What the page calls the places that no entry of the menu leads to."""
    words = "".join(path.read_text() for path in sorted(PAGE.glob(f"words_*{language}.js")))
    return [
        re.search(rf'"{name}.place": "([^"]+)"', words)[1] for name in ("letters", "settle", "rediscover", "import")
    ]


def test_every_entry_opens_something_beside_the_sheet(stage):
    stage.sets(properties={"relay.service": "http://127.0.0.1:19"})

    for entry in CONTRACT["menu"]:
        stage.runs(entry["does"])

    assert [(page["kind"], page["title"]) for page in stage.state["shown"]] == [("sidebar", "キャリアリレー")] * 9


def test_reading_a_letter_in_a_wide_window_is_one_dialog_at_a_time(stage):
    stage.runs("openPage", "letters/C-1", True, "{}")

    (page,) = stage.state["shown"]
    assert (page["kind"], page["width"], page["height"]) == ("dialog", 1080, 720)


def test_the_project_asks_for_exactly_the_permissions_that_it_uses(opened, stage):
    opened()
    stage.runs("showPlan")
    stage.runs("showSettings")
    stage.calls("GET", "/api/session")

    state = stage.state

    assert sorted(state["usedScopes"]) == sorted(state["scopes"])
    assert state["failures"] == []


@pytest.fixture
def rows(opened, stage, store):
    cloud = opened()
    visitor = cloud.visitor(store.id)
    visitor.send(visitor.approve(expect=6))  # so that everybody has an id in the sheet
    return store


def people(store):
    head, *rows = store.look()[TAB]
    return head.index("候補者ID"), rows


def test_the_row_of_somebody_is_selected(rows, stage):
    column, cells = people(rows)

    assert stage.runs("goToRow", f"{TAB}!B3", cells[1][column], "") is True

    assert stage.state["selected"] == {"tab": TAB, "row": 3, "column": 2}


def test_after_a_sort_the_person_is_found_and_not_the_row(rows, stage):
    column, before = people(rows)
    wanted = before[0][column]
    recruiter_sorts_the_sheet(rows, TAB, 1)

    assert stage.runs("goToRow", f"{TAB}!A2", wanted, "") is True

    _, after = people(rows)
    selected = stage.state["selected"]
    assert after[selected["row"] - 2][column] == wanted


@pytest.mark.parametrize("name", ["佐藤 学", "佐藤　学", "佐藤学"])
def test_before_the_first_letter_when_no_id_stands_in_the_sheet_the_name_has_to_be_in_the_row(opened, stage, name):
    opened()

    assert stage.runs("goToRow", f"{TAB}!B3", "C-not-yet", name) is True
    assert stage.runs("goToRow", f"{TAB}!B4", "C-not-yet", name) is False

    assert stage.state["selected"]["row"] == 3


@pytest.mark.parametrize(
    ("cell", "id"), [("候補者!A2", "C-nobody"), ("いない!A2", ""), ("", ""), ("候補者!A999", ""), ("A2", "")]
)
def test_whoever_is_not_there_is_not_shown_as_somebody_else(rows, stage, cell, id):  # noqa: A002 - as people call it
    assert stage.runs("goToRow", cell, id, "田中 一") is False
    assert stage.state["selected"] is None
