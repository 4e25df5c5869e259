"""The first-run guide: what a person sees who has no address yet, and after each thing that can be wrong with one."""

import pytest

from tests.bridge.conftest import Sidebar
from tests.bridge.test_calls import GOOGLES_PAGE, front  # noqa: F401 - the same front
from tests.page.test_accessibility import axe_finds
from tests.service.cloud_service import HANAKO, SCRIPT, TARO


@pytest.fixture
def guide(visitor, stage):
    """Open the guide, as the menu does."""

    def open_guide(entry="showSettings", **screen):
        stage.runs(entry)
        return Sidebar(visitor, stage, awaits="#guide", **screen)

    return open_guide


def answers(sidebar, address):
    sidebar.visitor.types("#address", address)
    sidebar.visitor.press_button("確かめて保存")


def test_whoever_wants_the_plan_and_has_no_address_is_asked_for_one_and_led_on(opened, stage, guide):
    cloud = opened()
    stage.sets(properties={})
    sidebar = guide("showPlan")
    sidebar.visitor.sees("はじめに")

    answers(sidebar, f" {cloud.root}/ ")
    sidebar.visitor.sees("つながりました。「採用管理")
    sidebar.visitor.press_button("計画を見る")
    stage.until(lambda state: len(state["shown"]) == 2)
    sidebar.reopens()

    sidebar.visitor.sees("6 通を送れます")
    assert stage.state["properties"] == {"relay.service": cloud.root}


def test_what_whoever_runs_the_service_has_to_know_stands_below(opened, guide, store):
    opened()

    sidebar = guide()

    for fact in (HANAKO, SCRIPT, store.id):
        sidebar.visitor.sees(fact)


@pytest.mark.parametrize(
    "typed", ["", "サービス", "ftp://x.example.com", "http://relay.example.com", "javascript:alert(1)"]
)
def test_what_is_no_address_is_not_asked_and_not_kept(stage, guide, typed):
    sidebar = guide()

    answers(sidebar, typed)

    sidebar.visitor.sees("アドレスとして読めません。")
    assert (stage.state["fetches"], stage.state["properties"]) == ([], {})


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "custom audience"),
        (403, "サービスを使うグループに入れてもらってください"),
        (404, "このアドレスにサービスがありません"),
        (503, "少し待ってから、もう一度お試しください"),
        (302, "Cloud Run のものか、確かめてください"),
        (200, "キャリアリレーのサービスではありません"),
    ],
)
def test_whatever_else_answers_is_told_with_what_to_do_and_the_address_is_not_kept(stage, guide, front, status, words):  # noqa: F811
    front.status, front.text = status, GOOGLES_PAGE.format(status)
    stage.sets(token="x.e30.y", whitelist=[f"{front.url}/"])
    sidebar = guide()

    answers(sidebar, front.url)

    sidebar.visitor.sees(words)
    assert stage.state["properties"] == {}
    assert axe_finds(sidebar.visitor) == []


@pytest.mark.parametrize(
    "text", ['{"weather": "fine"}', '{"error": "no such place"}', '{"error": {"code": 404}}', "[]"]
)
def test_a_document_that_is_none_of_ours_is_no_service(stage, guide, front, text):  # noqa: F811
    front.text = text
    stage.sets(token="x.e30.y", whitelist=[f"{front.url}/"])
    sidebar = guide()

    answers(sidebar, front.url)

    sidebar.visitor.sees("キャリアリレーのサービスではありません")
    assert stage.state["properties"] == {}


def test_an_address_that_does_not_answer_in_time_is_told(stage, guide, front):  # noqa: F811
    front.pause = 3
    stage.sets(token="x.e30.y", whitelist=[f"{front.url}/"], patience=150)
    sidebar = guide()

    answers(sidebar, front.url)

    sidebar.visitor.sees("答えが時間内に届きませんでした")


def test_whoever_may_not_edit_the_sheet_keeps_the_right_address_and_is_told_so(opened, stage, guide):
    cloud = opened(who=TARO)
    stage.sets(properties={})
    sidebar = guide()

    answers(sidebar, cloud.root)

    sidebar.visitor.sees("アドレスは保存しました。 このスプレッドシートを編集する権限がない")
    assert stage.state["properties"] == {"relay.service": cloud.root}


def test_the_guide_is_there_in_english_and_in_the_width_of_a_sidebar(stage, guide):
    stage.sets(locale="en")

    sidebar = guide("showPlan")

    sidebar.visitor.sees("Before you begin")
    assert sidebar.visitor.evaluate("document.documentElement.scrollWidth") == 300
    assert axe_finds(sidebar.visitor) == []


def test_the_help_says_what_each_place_is_for(visitor, stage):
    stage.runs("showHelp")

    sidebar = Sidebar(visitor, stage, awaits="main h1")

    sidebar.visitor.sees("同じ方に二度届くことはありません")
    assert axe_finds(sidebar.visitor) == []
