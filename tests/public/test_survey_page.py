"""`/s/CODE`: one question with five buttons; opening it says nothing, and the last button that is pressed counts."""

import pytest

from sheets_automation.core.link_records import LinkUse, read_records
from sheets_automation.core.refusal_codes import refusal_code
from sheets_automation.core.survey import survey_code
from tests.public.links_house import KEY, served

CODE = survey_code("C-1", "taro@example.com", KEY)
LINK = f"/s/{CODE}"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def asking(tmp_path):
    with served(tmp_path / "records", has_survey=True) as house:
        yield house


def answers_in(house):
    files = sorted(house.folder.glob("answers-*.jsonl"))
    found = [record for file in files for record in read_records(file.read_text()).records]
    assert all(record.use is LinkUse.ANSWER for record in found)
    return [(record.code, record.score) for record in found]


def press(visitor, score, link=LINK):
    return visitor.ask(link, "POST", f"score={score}".encode(), Content_Type=FORM)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_opening_the_link_answers_nothing(asking, method):
    visitor = asking.visitor()

    assert visitor.ask(LINK, method).status == 200
    assert answers_in(asking) == []


def test_a_button_answers_and_another_one_changes_it(asking):
    visitor = asking.visitor()

    pages = [press(visitor, score) for score in (4, 4, 5, 4)]

    assert [page.status for page in pages] == [200] * 4
    assert "選び直せます" in pages[0].body
    assert answers_in(asking) == [(CODE, 4), (CODE, 5), (CODE, 4)]


def test_the_page_asks_in_both_languages_and_says_who_sees_what(asking):
    visitor = asking.visitor()

    japanese, english = visitor.ask(LINK).body, visitor.ask(LINK, Accept_Language="en-GB").body

    assert japanese.count('name="score"') == english.count('name="score"') == 5
    assert "どなたのお答えかは、採用担当には分かりません" in japanese
    assert "The recruiters cannot see who answered what" in english
    assert "<script" not in japanese


@pytest.mark.parametrize("body", [b"", b"score=0", b"score=6", b"score=4&score=5", b"score=4&x=1", b"SCORE=4", b"4"])
def test_whatever_is_no_button_answers_nothing(asking, body):
    answer = asking.visitor().ask(LINK, "POST", body, Content_Type=FORM)

    assert answer.status == 400
    assert answers_in(asking) == []


@pytest.mark.parametrize(
    "code", [refusal_code("taro@example.com", KEY), survey_code("C-1", "a@b.jp", "x" * 40), "A" * 27, "x"]
)
def test_a_code_of_another_purpose_or_key_opens_nothing(asking, code):
    visitor = asking.visitor()

    assert visitor.ask(f"/s/{code}").status == 404
    assert press(visitor, 5, f"/s/{code}").status == 404
    assert visitor.ask(f"/u/{CODE}").status == 404
    assert answers_in(asking) == []


def test_an_answer_that_is_changed_without_end_does_not_fill_the_room_of_others(asking):
    visitor = asking.visitor()

    states = [press(visitor, 1 + number % 2).status for number in range(24)]

    assert states[:20] == [200] * 20
    assert states[20] == 503
    assert len(answers_in(asking)) == 20


def test_where_nobody_is_asked_there_is_no_such_page(tmp_path):
    with served(tmp_path / "records") as house:
        assert house.visitor().ask(LINK).status == 404
