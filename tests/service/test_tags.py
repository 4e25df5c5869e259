"""Tags over HTTP: what is proposed and why, and what becomes of a person's word on it."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from tests.service.cloud_service import HANAKO, TARO, running_cloud, store_of, write_config
from tests.service.service_house import running_service

TAB = "応募者一覧"


@pytest.fixture
def desk(tmp_path, demo_bytes):
    """A workbook and its service."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(demo_bytes)
    with running_service(path) as service:
        service.book = path
        yield service


def column(path, heading):
    """What stands under a heading of the candidates tab, by row number."""
    rows = {number: [cell.value for cell in row] for number, row in enumerate(load_workbook(path)[TAB].iter_rows(), 1)}
    head = next((row for row in rows.values() if heading in row), None)
    return {number: row[head.index(heading)] for number, row in rows.items()} if head else {}


def named(*lines):
    return [{"candidate_id": one["candidate_id"], "tag": one["tag"]} for one in lines]


def test_whoever_looks_is_told_why_and_writes_nothing(desk):
    before = desk.book.read_bytes()

    shown = desk.get("tags")

    assert shown["people"] == len({one["candidate_id"] for one in shown["proposals"]}) > 0
    assert all(one["tag"] and one["why"] for one in shown["proposals"])
    assert desk.book.read_bytes() == before


def test_an_accepted_tag_is_added_and_a_refused_one_is_proposed_no_more(desk):
    one, other, *rest = desk.get("tags")["proposals"]

    written = desk.post("tags", accept=named(one), refuse=named(other))

    assert (written["accepted"], written["refused"], written["kept"]) == (1, 1, None)
    assert named(*written["tags"]["proposals"]) == named(*rest)
    assert one["tag"] in column(desk.book, "タグ")[one["row"]]
    assert column(desk.book, "見送ったタグ")[other["row"]] == other["tag"]


def test_what_is_not_proposed_any_more_is_passed_over(desk):
    unknown = [{"candidate_id": "C-nobody", "tag": "スキル強"}]
    before = column(desk.book, "タグ")

    written = desk.post("tags", accept=unknown, refuse=unknown)

    assert (written["accepted"], written["refused"]) == (0, 0)
    assert column(desk.book, "タグ") == before


def test_whoever_may_not_edit_the_sheet_answers_nothing(google, tmp_path):
    store = store_of(google, HANAKO)
    with running_cloud(google, write_config(tmp_path, store.id)) as cloud:
        answer = cloud.visitor(store.id, TARO).ask("POST", "/api/tags", json={"accept": [], "refuse": []})

    assert answer.status_code == 403
