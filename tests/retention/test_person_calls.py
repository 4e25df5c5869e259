"""One person who asks: found, shown everything, and erased by what was shown and typed, over HTTP and in a browser."""

import pytest

from sheets_automation.carriers.outbox import letter_name
from sheets_automation.core.model import DeliveryKey, LetterKind
from tests.page.test_accessibility import axe_finds
from tests.retention.house import LOG, TAB, letters, log_tab, row, sheet
from tests.service.cloud_service import HANAKO, TARO, running_cloud, store_of, write_config
from tests.service.service_house import running_service
from tests.workbooks.test_excel_file import ExcelFileStore

ROWS = [row(number) for number in range(1, 4)]
AGAIN = row(9, メールアドレス="person1@mail.example", 氏名=ROWS[0]["氏名"])
IN_PLAY = row(5, 選考結果="選考中")
NAME, NOW = ROWS[0]["氏名"], "2027-12-01T10:00:00+09:00"
MAIL = "Subject: result\nContent-Type: text/plain; charset=utf-8\n\n結果のご連絡"


@pytest.fixture
def book(tmp_path):
    tabs = {TAB: sheet(*ROWS, AGAIN, IN_PLAY), LOG: log_tab(letters(ROWS))}
    key = DeliveryKey(candidate_id="C-1", kind=LetterKind.REJECTION)
    (tmp_path / "out" / "new").mkdir(parents=True)
    (tmp_path / "out" / "new" / letter_name(key, 1)).write_text(MAIL, encoding="utf-8")
    return ExcelFileStore(tmp_path / "candidates.xlsx", tabs)


@pytest.fixture
def service(book, tmp_path):
    with running_service(book.path, config=None, carrier=f"outbox:{tmp_path / 'out'}", now=NOW) as service:
        yield service


def facts(book, kind):
    head, *rows = book.look()["消去記録"]
    return [found for one in rows if (found := dict(zip(head, one, strict=False)))["種別"] == kind]


@pytest.mark.parametrize("words", ["PERSON1@mail.example", "候補 甲二郎", "甲二郎", " C-9 "])
def test_a_person_is_found_by_address_name_and_id(service, words):
    found = service.post("person/find", words=words)

    assert [one["ids"] for one in found["people"]] == [["C-1", "C-9"]]


def test_many_of_one_name_are_told_and_blanks_are_no_words(service):
    assert len(service.post("person/find", words="候補")["people"]) == 4
    assert service.post("person/find", words="誰もいない") == {"people": [], "more": 0}
    service.post("person/find", code=400, words="  ")


def test_everything_is_shown_and_who_was_shown_it_is_on_record(service, book):
    shown = service.post("person", id="C-1", lang="en")

    assert shown["candidate_ids"] == ["C-1", "C-9"]
    assert [one["cells"]["氏名"] for one in shown["rows"]] == [NAME, NAME]
    assert shown["letters"][0]["text"] == "結果のご連絡"
    assert LOG in [one["tab"] for one in shown["records"]]
    assert NAME in shown["page"]
    assert "person2@" not in str(shown)
    told = facts(book, "開示")
    assert [(one["候補者ID"], one["記録した人"]) for one in told] == [
        (one, "hanako (relay open, test)") for one in ("C-1", "C-9")
    ]


def test_a_disclosure_stops_no_letter_and_begins_no_erasure(service):
    service.post("person", id="C-1")

    assert service.get("retention")["unfinished"] == 0


def test_nobody_is_erased_by_another_name_or_other_rows_or_while_in_play(service, book):
    before = book.look()
    agreed = {"ids": ["C-1", "C-9"], "typed": NAME, "reason": "request"}

    for code, name, changes in (
        (422, "expectation_missed", {"typed": "候補 乙"}),
        (409, "plan_changed", {"ids": ["C-1"]}),
        (404, "unknown_candidate", {"ids": ["C-77"]}),
        (400, "bad_request", {"reason": "其の他"}),
        (422, "not_erasable", {"ids": ["C-5"], "typed": IN_PLAY["氏名"]}),
    ):
        assert service.post("person/erase", code=code, **agreed | changes)["error"]["name"] == name
    assert book.look() == before


def test_whoever_is_erased_is_gone_and_the_certificate_and_the_record_say_why(service, book, tmp_path):
    done = service.post("person/erase", ids=["C-1", "C-9"], typed=NAME.replace(" ", "　"), reason="withdrawn")

    assert (done["people"], done["reason"]) == (1, "同意の取り消し")
    assert "person1@" not in str(book.look())
    assert list((tmp_path / "out" / "new").iterdir()) == []
    begun = facts(book, "開始")
    assert [(one["内容"].partition(" ")[0], one["記録した人"]) for one in begun] == [
        ("同意の取り消し", "hanako (relay open, test)")
    ] * 2
    assert service.post("person/find", words="person1@mail.example")["people"] == []


def test_on_cloud_run_only_an_editor_may_and_the_log_names_nobody(google, tmp_path, monkeypatch):
    store = store_of(google, HANAKO)
    monkeypatch.setenv("RELAY_ERASURE_KEY", "k" * 40)
    with running_cloud(google, write_config(tmp_path, store.id)) as cloud:
        hanako, taro = cloud.visitor(store.id), cloud.visitor(store.id, TARO)
        (found,) = hanako.post("person/find", words="佐藤 花")["people"]
        for path, body in (("find", {"words": "佐藤"}), ("erase", {"ids": found["ids"], "typed": "佐藤 花"})):
            assert taro.post(f"person/{path}", code=403, **body)["error"]["name"] == "not_allowed"
        assert hanako.post("person", id=found["ids"][0])["rows"]

        done = hanako.post("person/erase", ids=found["ids"], typed="佐藤 花", reason="request")

        log = "\n".join(cloud.access_log())
    assert done["actor"] == f"{HANAKO} (sidebar)"
    assert "佐藤 花" not in str(store.look())
    assert "/api/person/erase" in log
    assert [word for word in ("佐藤", "due0@", found["ids"][0], HANAKO) if word in log] == []


@pytest.fixture
def page(visitor, service):
    cookie = {"name": service.gate._cookie, "value": service.gate._session, "url": service.root}
    visitor.visit("about:blank", awaits="body")
    visitor.page.call("Network.setCookie", **cookie, httpOnly=True, sameSite="Strict")
    visitor.visit(f"{service.root}/#retention")
    return visitor


def test_in_a_browser_from_the_search_to_the_certificate(page, book):
    page.types("#person-words", "person1@mail.example")
    page.press_button("探す")
    page.sees("応募 2 件")
    page.press_button("すべて見る")
    page.sees("前職は会社1。家族の都合で退職")
    page.sees("お送りした通知の控え")
    page.evaluate("HTMLAnchorElement.prototype.click = function () { window.saved = [this.download, this.href]; }; 0")
    page.press_button("ファイルに保存")
    assert page.evaluate("saved[0]") == "person-C-1.ja.html"
    assert page.evaluate("saved[1]").startswith("blob:")
    page.evaluate("document.querySelector('details.act').open = true; 0")
    assert axe_finds(page) == []

    page.types("#person-typed", "候補 別人")
    page.click("input[value=request]")
    page.press_button("消去する")
    page.sees("入力された氏名が、この方の氏名と違います。")
    assert "person1@" in str(book.look())
    page.types("#person-typed", NAME)
    page.press_button("消去する")

    page.sees("1 名の個人情報を消去しました")
    assert "person1@" not in str(book.look())
