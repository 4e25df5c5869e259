"""Taking in files over HTTP: looked at first, done by its number, and taken back as a whole; on Excel and Google."""

from __future__ import annotations

import base64
import json

import pytest
from openpyxl import Workbook, load_workbook

from tests.service.cloud_service import HANAKO, TARO, running_cloud, store_of, write_config
from tests.service.service_house import recruiter_writes, running_service

TAB = "応募者一覧"
HEADINGS = "名前,メールアドレス,電話番号,募集職種,応募時刻,応募経路"
NEW = "新田 光,nitta@example.com,090-7777-0001,営業職,2026/11/20,doda"
OTHER = "遠山 楓,toyama@example.com,090-7777-0002,経理,2026/11/21,Green"


def sent(*lines, name="応募者.csv", encoding="utf-8", headings=HEADINGS, **more):
    """A file as the page sends it."""
    return file_of("\n".join([headings, *lines]).encode(encoding), name=name, **more)


def file_of(data: bytes, name="応募者.csv", **more):
    return {"name": name, "content": base64.b64encode(data).decode(), **more}


BOTH = {"nitta@example.com", "toyama@example.com"}


def words_in(path):
    """What stands in the candidates tab."""
    sheet = load_workbook(path)[TAB]
    return {cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}


def taken_in(service, file, **more):
    """Look at a file and take it in as it was shown."""
    shown = service.post("import/preview", file=file)
    return service.post("import", **{"file": file, "mark": shown["mark"], "number": shown["number"], **more})


@pytest.fixture(scope="module")
def still(tmp_path_factory, demo_bytes):
    """A workbook in which these tests only look: it has to be as it was after each of them."""
    path = tmp_path_factory.mktemp("still") / "book.xlsx"
    path.write_bytes(demo_bytes)
    with running_service(path) as service:
        service.book = path
        yield service


@pytest.fixture
def looked_at(still, demo_bytes):
    yield still
    assert still.book.read_bytes() == demo_bytes


def test_a_preview_says_whom_it_would_add_and_writes_nothing(looked_at):
    shown = looked_at.post("import/preview", file=sent(NEW, OTHER, encoding="cp932"))

    assert (shown["added"], shown["changed"], shown["number"]) == (2, 0, 2)
    assert [one["name"] for one in shown["additions"]] == ["新田 光", "遠山 楓"]
    assert (shown["file"]["encoding"], shown["file"]["delimiter"]) == ("Shift_JIS (CP932)", ",")
    columns = {one["heading"]: one for one in shown["file"]["columns"]}
    assert columns["名前"]["certainty"] == "known"
    assert columns["応募時刻"]["date_style"] == "year_first"
    assert columns["募集職種"]["sample"] == "営業職"


def test_what_was_shown_is_taken_in_and_the_same_file_again_changes_nothing(service, book):
    done = taken_in(service, sent(NEW, OTHER))

    again = service.post("import/preview", file=sent(NEW, OTHER))

    assert (done["added"], done["refused"]) == (2, 0)
    assert words_in(book) >= BOTH
    assert (again["number"], again["unchanged"]) == (0, 2)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_another_number_than_the_one_that_was_shown_writes_nothing(looked_at, number):
    file = sent(NEW, OTHER)
    mark = looked_at.post("import/preview", file=file)["mark"]

    refused = looked_at.post("import", code=422, file=file, mark=mark, number=number)

    assert refused["error"]["name"] == "expectation_missed"


def test_another_file_than_the_one_that_was_shown_is_not_taken_in(looked_at):
    shown = looked_at.post("import/preview", file=sent(NEW))

    refused = looked_at.post("import", code=409, file=sent(OTHER), mark=shown["mark"], number=1)

    assert refused["error"]["name"] == "plan_changed"


def test_a_workbook_that_changed_since_the_preview_is_looked_at_again(service, book):
    file = sent(NEW)
    shown = service.post("import/preview", file=file)
    place = next(cell for row in load_workbook(book)[TAB].iter_rows() for cell in row if "@" in str(cell.value))
    recruiter_writes(book, place.coordinate, "nitta@example.com", TAB)

    refused = service.post("import", code=409, file=file, mark=shown["mark"], number=shown["number"])

    assert refused["error"]["name"] == "plan_changed"
    assert "090-7777-0001" not in words_in(book)


def test_an_import_is_listed_and_taken_back_as_a_whole(service, book):
    before = words_in(book)
    done = taken_in(service, sent(NEW, OTHER))

    [line] = service.get("imports")
    undone = service.post("import/undo", import_id=done["import_id"])

    assert (line["import_id"], line["added"], line["files"], line["state"]) == (
        done["import_id"],
        2,
        "応募者.csv",
        "done",
    )
    assert line["actor"].startswith("hanako")
    assert (undone["removed"], undone["kept"]) == (2, [])
    assert not BOTH & words_in(book)
    assert before <= words_in(book)
    [line] = service.get("imports")
    assert (line["state"], line["can_be_undone"]) == ("undone", False)


def test_an_import_that_nobody_knows_cannot_be_undone(looked_at):
    assert (
        looked_at.post("import/undo", code=404, import_id="20200101-000000-ABCDEF")["error"]["name"] == "unknown_import"
    )


def test_a_person_who_may_be_somebody_else_is_asked_about_with_the_evidence(service):
    taken_in(service, sent(NEW))

    shown = service.post("import/preview", file=sent("新田 光,nitta@example.net,,経理,2026/11/22,Green"), lang="en")

    [proposal] = shown["proposals"]
    assert (shown["added"], proposal["kind"], proposal["evidence"]) == (0, "same_person", "same name, like address")
    assert "新田 光" in proposal["workbook_says"][0]
    assert "nitta@example.net" in proposal["file_says"]


def test_what_a_person_says_of_a_column_counts_and_is_remembered(service, book):
    headings = HEADINGS + ",メモ欄その他"
    line = NEW + ",知人の紹介"
    first = service.post("import/preview", file=sent(line, headings=headings))
    system = first["file"]["system"]
    target = first["file"]["targets"][-1]
    said = [{"system": system, "heading": "メモ欄その他", "target": target}]

    taken_in(service, sent(line, headings=headings, columns=said))

    assert "知人の紹介" not in json.dumps(first["additions"], ensure_ascii=False)
    assert "知人の紹介" in words_in(book)
    later = service.post("import/preview", file=sent(OTHER + ",別の話", headings=headings))
    column = {one["heading"]: one for one in later["file"]["columns"]}["メモ欄その他"]
    assert (column["certainty"], column["target"]) == ("remembered", target)


def test_what_nobody_may_collect_is_not_even_shown(looked_at):
    shown = looked_at.post("import/preview", file=sent(NEW + ",大阪府", headings=HEADINGS + ",本籍地"))

    column = shown["file"]["columns"][-1]
    assert (column["certainty"], column["sample"]) == ("forbidden", "")
    assert "大阪府" not in json.dumps(shown, ensure_ascii=False)


def test_a_column_that_is_to_be_left_out_is_left_out(looked_at):
    shown = looked_at.post("import/preview", file=sent(NEW))
    said = [{"system": shown["file"]["system"], "heading": "募集職種", "target": ""}]

    without = looked_at.post("import/preview", file=sent(NEW, columns=said))

    assert [one["opening"] for one in shown["additions"]] == ["営業職"]
    assert without["file"]["columns"][3]["target"] == ""
    assert without["mark"] != shown["mark"]


def test_a_named_encoding_counts_and_a_wrong_one_is_refused(looked_at):
    data = f"{HEADINGS}\n{NEW}".encode("euc_jp")

    shown = looked_at.post("import/preview", file=file_of(data, encoding="EUC-JP"))
    refused = looked_at.post("import/preview", code=422, file=file_of(data, encoding="UTF-8"))

    assert shown["additions"][0]["name"] == "新田 光"
    assert refused["error"]["name"] == "import_unreadable"


def test_a_workbook_is_taken_in_and_leaves_no_file_behind(looked_at, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    book = Workbook()
    book.active.append(HEADINGS.split(","))
    book.active.append(NEW.split(","))
    book.save(tmp_path / "applicants.xlsx")

    file = file_of((tmp_path / "applicants.xlsx").read_bytes(), name="応募者.xlsx")
    shown = looked_at.post("import/preview", file=file)

    assert (shown["file"]["name"], shown["file"]["sheet"], shown["added"]) == ("応募者.xlsx", "Sheet", 1)
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    "file",
    [
        {"name": "../応募者.csv", "content": "5ZCN"},
        {"name": "a/b.csv", "content": "5ZCN"},
        {"name": "..", "content": "5ZCN"},
        {"name": "a.csv", "content": "not base64!"},
        {"name": "a.csv", "content": ""},
        {"name": "a.csv", "content": "5ZCN", "encoding": "utf-7"},
    ],
)
def test_a_file_that_no_page_would_send_is_refused(looked_at, file):
    assert looked_at.post("import/preview", code=400, file=file)["error"]["name"] == "bad_request"


def test_a_file_that_is_none_of_candidates_is_told(looked_at):
    refused = looked_at.post("import/preview", code=422, file=file_of(b"%PDF-1.7 \xff", name="a.pdf"))

    assert refused["error"]["name"] == "import_unreadable"
    assert "a.pdf" in refused["error"]["text"]


def test_more_than_ten_megabytes_are_refused_and_other_calls_take_no_more_than_before(looked_at):
    large = {"name": "a.csv", "content": "A" * (11 * 1024 * 1024 * 4 // 3)}

    assert looked_at.post("import/preview", code=400, file=large)["error"]["name"] == "bad_request"
    assert looked_at.post("letters", code=400, ids=["x" * 3_000_000], plan="p")["error"]["name"] == "bad_request"


@pytest.fixture
def cloud(google, tmp_path):
    store = store_of(google, HANAKO)
    with running_cloud(google, write_config(tmp_path, store.id)) as running:
        running.store = store
        yield running


def test_who_may_edit_the_sheet_imports_into_it_and_the_access_log_names_nobody(cloud):
    hanako = cloud.visitor(cloud.store.id)

    done = taken_in(hanako, sent(NEW, OTHER))
    hanako.post("import/undo", import_id=done["import_id"])

    assert done["added"] == 2
    said = "\n".join(cloud.access_log())
    assert "/api/import" in said
    assert not [word for word in ("新田", "nitta", "応募者.csv", HANAKO) if word in said]


@pytest.mark.parametrize("call", ["import/preview", "import", "import/undo"])
def test_whoever_may_not_edit_the_sheet_neither_looks_nor_imports_nor_undoes(cloud, call):
    taro = cloud.visitor(cloud.store.id, TARO)

    answer = taro.ask("POST", f"/api/{call}", json={"file": sent(NEW), "mark": "m", "number": 1, "import_id": "x"})

    assert answer.status_code == 403


def test_who_lost_the_right_a_moment_ago_imports_nothing(cloud):
    hanako = cloud.visitor(cloud.store.id)
    shown = hanako.post("import/preview", file=sent(NEW))
    cloud.google.control.share(cloud.store.id, HANAKO, role="reader")

    refused = hanako.post("import", code=403, file=sent(NEW), mark=shown["mark"], number=1)

    assert refused["error"]["name"]
