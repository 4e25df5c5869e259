"""A shortlist from a workbook on every backend: who is on it, who never is, why, and the letter."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from sheets_automation.core.composing import Composer
from sheets_automation.core.consents import HEADINGS, Consent, ConsentWord, to_row
from sheets_automation.core.guard_scene import Finding
from sheets_automation.core.letter_fields import LetterFacts
from sheets_automation.core.letter_rules import LetterBook
from sheets_automation.core.lint_rules import LintRules
from sheets_automation.core.reasons import Reason
from sheets_automation.core.refusals import address_mark
from sheets_automation.core.rules import SendRules
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.match import find_matches, left_out_by_reason
from sheets_automation.letter_files import templates_in
from sheets_automation.text_index import bm25
from tests.core.builders import JST, NOW
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.test_excel_file import ExcelFileStore
from tests.workbooks.test_memory import MemoryStore

COLUMNS = [
    "候補者ID",
    "氏名",
    "メールアドレス",
    "応募職種",
    "応募媒体",
    "選考段階",
    "選考結果",
    "選考結果日",
    "タグ",
    "紹介同意",
    "フォロー同意",
    "連絡停止",
    "スキル",
    "年齢",
]
LOG = ["記録ID", "日時"]
COMPANY = "株式会社みなと製作所"
FACTS = LetterFacts(company=COMPANY, contact_person="採用担当 森本", contact="saiyo@minato.example")
TEMPLATES = {one.id: one for one in templates_in(Path(__file__).parents[2] / "templates")}
OPENING = [
    ["求人名", "必須スキル", "歓迎スキル", "仕事内容"],
    ["経理スタッフ", "月次決算、日商簿記", "英語", "工場の経理をお任せします。"],
]


def past(number, skills="月次決算、日商簿記2級", **cells):
    """A candidate who withdrew two years ago, so that no letter about a rejection is owed."""
    ready = {
        "候補者ID": f"C-{number}",
        "氏名": f"{'金木水火土日月星空海'[number % 10]}沢 {'一二三四五六七八九十'[number % 10]}",
        "メールアドレス": f"c{number}@example.com",
        "応募職種": "経理",
        "選考段階": "二次面接",
        "選考結果": "応募者辞退",
        "選考結果日": datetime(2024, 10, 1),  # noqa: DTZ001 - a date cell
        "フォロー同意": "はい",
        "スキル": skills,
    }
    return {**ready, **cells}


def tabs_of(*people, **more):
    grid = [list(COLUMNS), *([one.get(heading) for heading in COLUMNS] for one in people)]
    return {"候補者": grid, "求人": OPENING, **more}


@pytest.fixture(params=["memory", "excel", "google"])
def store_of(request, tmp_path):
    numbers = count()

    def make(tabs):
        if request.param == "memory":
            return MemoryStore(tabs)
        if request.param == "excel":
            return ExcelFileStore(tmp_path / f"book{next(numbers)}.xlsx", tabs)
        return GoogleStore(request.getfixturevalue("google"), tabs)

    return make


def desk(facts=FACTS, templates=TEMPLATES):
    composer = Composer(
        book=LetterBook(templates=templates),
        facts=facts,
        lint=LintRules(company_names=(COMPANY,), own_addresses=("@minato.example",)),
        referral_base_url="",
    )
    return Desk(rules=SendRules(timezone=JST), compose=composer)


def search(store, wanted="経理スタッフ", *, top=10, facts=FACTS, templates=TEMPLATES, now=NOW):
    with closing(store.open()) as workbook:
        return find_matches(workbook.read(), desk(facts, templates), bm25, wanted=wanted, top=top, now=now)


def ids(found):
    return [one.candidate.id for one in found.matches]


def told(remarks):
    return "\n".join(remark.ja for remark in remarks)


def test_whoever_shows_more_of_what_is_asked_for_stands_first_with_the_reasons(store_of):
    store = store_of(
        tabs_of(past(1, "接客、販売"), past(2, "日商簿記2級"), past(3, "月次決算、日商簿記2級、TOEIC 800"))
    )

    found = search(store)

    assert ids(found) == ["C-3", "C-2"]
    assert "求める経験 2 件のうち 2 件の記載: 「月次決算」・「日商簿記」" in told(found.matches[0].reasons)
    assert "ほかに関わる経験: 英語" in told(found.matches[0].reasons)
    assert "前回は「二次面接」まで進んだ" in told(found.matches[0].reasons)
    assert "前回の結果から 2 年 1 か月" in told(found.matches[0].reasons)
    assert "記載が見当たらない経験: 「月次決算」" in told(found.matches[1].against)


def test_nothing_is_written(store_of):
    store = store_of(tabs_of(past(1), past(2)))
    before = store.look()

    search(store)

    assert store.look() == before


def test_the_letter_is_ready_and_speaks_of_the_new_opening(store_of):
    (one,) = search(store_of(tabs_of(past(1)))).matches

    assert one.letter.subject == f"「経理スタッフ」の募集のご案内【{COMPANY}】"
    assert one.letter.text.startswith("木沢 二様\n")
    assert "お問い合わせ: saiyo@minato.example" in one.letter.text
    assert "ご案内を希望されない場合" in one.letter.text
    assert "残念" not in one.letter.text


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"選考結果": "選考中"}, Reason.IN_SELECTION),
        ({"選考結果": ""}, Reason.IN_SELECTION),
        ({"選考結果": "内定"}, Reason.OFFERED),
        ({"選考結果": "採用"}, Reason.HIRED),
        ({"選考結果": "非選考対象"}, Reason.NOT_CONSIDERED),
        ({"選考結果": "よくわからない"}, Reason.DECISION_UNKNOWN),
        ({"連絡停止": "はい"}, Reason.OPTED_OUT),
        ({"タグ": "保留"}, Reason.ON_HOLD),
        ({"応募媒体": "人材紹介"}, Reason.FROM_AGENCY),
        ({"メールアドレス": ""}, Reason.ADDRESS_MISSING),
        ({"氏名": ""}, Reason.NAME_MISSING),
    ],
)
def test_whoever_must_not_be_written_to_is_on_no_list(cells, reason):
    found = search(MemoryStore(tabs_of(past(1), past(2, **cells))))

    assert ids(found) == ["C-1"]
    assert [one.reason for one in found.left_out] == [reason]


def test_somebody_who_is_in_selection_for_another_opening_is_on_no_list():
    again = past(2, メールアドレス="c1@example.com", 氏名=past(1)["氏名"], 選考結果="選考中")

    found = search(MemoryStore(tabs_of(past(1), again)))

    assert ids(found) == []
    assert {one.reason for one in found.left_out} == {Reason.PERSON_IN_SELECTION, Reason.IN_SELECTION}


def test_a_person_with_two_rows_is_named_once_and_the_other_row_is_told():
    again = past(2, "日商簿記", メールアドレス="c1@example.com", 氏名=past(1)["氏名"], 応募職種="店長")

    found = search(MemoryStore(tabs_of(past(1), again)))

    assert ids(found) == ["C-1"]
    assert "ほかの応募 1 件: 店長" in told(found.matches[0].against)


def test_within_a_year_of_the_result_there_is_no_letter_and_the_day_is_named():
    recent = past(2, 選考結果日=datetime(2026, 5, 1))  # noqa: DTZ001 - a date cell

    found = search(MemoryStore(tabs_of(past(1, "日商簿記"), recent)))

    assert ids(found) == ["C-1", "C-2"]
    assert "1 年たつのは 2027/05/0" in told(found.matches[1].against)
    assert found.matches[1].letter is None
    assert search(MemoryStore(tabs_of(recent)), now=NOW + timedelta(days=365)).matches[0].letter is not None


def test_whoever_was_not_told_of_the_rejection_gets_no_invitation():
    (one,) = search(MemoryStore(tabs_of(past(1, 選考結果="不採用")))).matches

    assert "前回の不採用の通知が、まだ送られていない" in told(one.against)
    assert one.letter is None


def test_without_a_yes_to_news_no_letter_is_written_and_the_reason_is_told():
    found = search(
        MemoryStore(tabs_of(past(1, フォロー同意="×", 紹介同意="○"), past(2, フォロー同意="", 紹介同意="○")))
    )
    by_id = {one.candidate.id: one for one in found.matches}

    assert [by_id[one].letter for one in ("C-1", "C-2")] == [None, None]
    assert "ご案内に同意していない" in told(by_id["C-1"].against)
    assert "ご案内への同意の記録がない" in told(by_id["C-2"].against)
    assert not any("同意あり" in told(one.reasons) for one in found.matches)


def test_whoever_agreed_to_news_is_invited_whatever_they_said_of_referrals(store_of):
    (one,) = search(store_of(tabs_of(past(1, フォロー同意="○", 紹介同意="×")))).matches

    assert one.letter is not None
    assert "ご案内に同意あり" in told(one.reasons)
    assert "同意" not in told(one.against)


def test_a_no_on_another_row_of_the_person_holds_the_letter_back():
    again = past(2, "販売", メールアドレス="c1@example.com", 氏名=past(1)["氏名"], フォロー同意="いいえ")

    (one, *_) = search(MemoryStore(tabs_of(past(1), again))).matches

    assert one.letter is None


def test_a_recorded_withdrawal_stands_against_the_yes_in_the_sheet(store_of):
    withdrawn = Consent(fact_id="K-1", at=NOW, word=ConsentWord.WITHDRAWN, mark=address_mark("c1@example.com"))
    record = [list(HEADINGS), list(to_row(withdrawn).values())]

    (one,) = search(store_of(tabs_of(past(1), 同意記録=record))).matches

    assert one.letter is None
    assert "撤回の記録あり" in told(one.against)


def test_a_letter_that_would_name_no_contact_is_not_ready():
    (one,) = search(MemoryStore(tabs_of(past(1))), facts=LetterFacts(company=COMPANY)).matches

    assert one.letter == Finding(Reason.BLANK_FIELD, {"detail": "連絡先"})


def test_words_find_people_where_there_is_no_such_opening():
    found = search(MemoryStore(tabs_of(past(1), past(2, "Go と AWS"))), "AWS と Go の経験")

    assert ids(found) == ["C-2"]
    assert [one.name for one in found.opening.requirements] == ["AWS", "Go"]


def test_what_somebody_denies_does_not_speak_for_them():
    found = search(MemoryStore(tabs_of(past(1, "月次決算は未経験、簿記は未取得"), past(2, "日商簿記2級"))))

    assert ids(found)[0] == "C-2"
    assert all("求める経験" not in told(one.reasons) for one in found.matches[1:])


def test_a_column_that_is_not_about_work_is_not_read_whatever_stands_in_it():
    found = search(MemoryStore(tabs_of(past(1, "販売", 応募職種="販売", 年齢="月次決算、日商簿記"), past(2))))

    assert ids(found) == ["C-2"]


def test_where_no_invitation_is_written_no_other_letter_takes_its_place():
    without = {name: one for name, one in TEMPLATES.items() if one.name != "invitation"}

    (one,) = search(MemoryStore(tabs_of(past(1))), templates=without).matches

    assert one.letter.reason is Reason.NO_LETTER


def test_no_more_than_asked_for_are_listed_and_the_others_are_counted():
    found = search(MemoryStore(tabs_of(*(past(number) for number in range(1, 6)))), top=2)

    assert (len(found.matches), found.found, found.pool) == (2, 5, 5)


def test_a_sentence_about_several_people_names_nothing_that_is_true_of_one_of_them():
    def alive(number, decision):
        return past(
            number, メールアドレス=f"c{number - 2}@example.com", 氏名=past(number - 2)["氏名"], 選考結果=decision
        )

    found = search(MemoryStore(tabs_of(past(1), past(2), alive(3, "選考中"), alive(4, "内定"))))
    told = {reason: (text, people) for reason, text, people in left_out_by_reason(found, "ja")}

    assert told["person_in_selection"] == ("同じ方の別の応募(行 …)が「…」です", 2)
