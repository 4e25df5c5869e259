"""Taking in a file on the page: what is shown before anything is written, what is asked, and the way back."""

import base64

import pytest

from tests.page import import_answers
from tests.page.test_accessibility import axe_finds

LINE = "名前,メールアドレス\n新田 光,nitta@example.com\n"


@pytest.fixture
def looking(visitor, standing, tmp_path):
    """Choose a file on the page; gives the stand-in."""

    def look(**screen):
        stand_in = standing()
        file = tmp_path / "応募者.csv"
        file.write_text(LINE, encoding="utf-8")
        visitor.visit(f"{stand_in.url}#import", **screen)
        visitor.chooses_file("#import-file", file)
        visitor.until("document.querySelector('.understood')")
        return stand_in

    return look


def asked(stand_in):
    return [body["file"] for body in stand_in.asked_for("POST /api/import/preview")]


def chooses(visitor, selector, value):
    """Choose from a drop-down."""
    visitor.evaluate(
        f"(() => {{ const it = document.querySelector({selector!r}); it.focus(); it.value = {value!r}; "
        "it.dispatchEvent(new Event('change', { bubbles: true })); })()"
    )


def test_a_file_is_looked_at_and_nothing_is_written(visitor, looking):
    stand_in = looking()

    for words in ("3 行に書き込みます", "まだ何も書き込んでいません。", "氏名が同じ、メールアドレスが似ている"):
        visitor.sees(words)
    for words in ("9 行目 高橋 湊・minato@example.com", "氏名も連絡先もありません。", "HERP", "見出しは 1 行目"):
        visitor.sees(words)
    [sent] = asked(stand_in)
    assert (sent["name"], base64.b64decode(sent["content"]).decode()) == ("応募者.csv", LINE)
    assert stand_in.asked_for("POST /api/import") == []


def test_a_file_of_no_known_system_is_called_so_in_the_readers_language(visitor, standing, tmp_path):
    stand_in = standing()
    stand_in.said["POST /api/import/preview"]["file"] |= {"system": "その他", "knows_system": False}
    file = tmp_path / "r.csv"
    file.write_text(LINE, encoding="utf-8")
    visitor.visit(f"{stand_in.url}?lang=en#import")

    visitor.chooses_file("#import-file", file)

    visitor.sees("no known system")


def test_a_file_that_is_dropped_is_looked_at_too(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#import")

    visitor.evaluate(
        "(() => { const dataTransfer = new DataTransfer(); "
        f"dataTransfer.items.add(new File([{LINE!r}], '落とした.csv')); "
        "document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true })); })()"
    )

    visitor.sees("3 行に書き込みます")
    assert asked(stand_in)[0]["name"] == "落とした.csv"


@pytest.mark.parametrize("number", ["", "2", "30"])
def test_without_the_number_nothing_is_taken_in(visitor, looking, number):
    stand_in = looking()

    visitor.types("#import-number", number)
    visitor.evaluate("document.querySelector('form.apply').noValidate = true")
    visitor.press_button("3 行を取り込む")

    visitor.sees("書き込む行は 3 行です。")
    assert stand_in.asked_for("POST /api/import") == []


def test_what_was_shown_is_taken_in_by_its_number_and_mark(visitor, looking):
    stand_in = looking()

    visitor.types("#import-number", "３")
    visitor.press_button("3 行を取り込む")

    visitor.sees("2 名を追加し、1 名に書き足しました")
    visitor.sees("「取込確認」タブに、確かめていただくものが 1 件あります。")
    [body] = stand_in.asked_for("POST /api/import")
    assert (body["mark"], body["number"], body["file"]["name"]) == ("plan-one", 3, "応募者.csv")
    visitor.until("document.querySelectorAll('.list .row').length >= 2")


def test_another_encoding_and_another_column_are_looked_at_at_once_and_the_hand_stays_there(visitor, looking):
    stand_in = looking()

    chooses(visitor, "#import-encoding", "UTF-8")
    visitor.settles()
    chooses(visitor, "#import-column-4", "備考")
    visitor.settles()

    assert [one["encoding"] for one in asked(stand_in)] == [None, "UTF-8", "UTF-8"]
    assert asked(stand_in)[-1]["columns"] == [{"system": "HERP", "heading": "連絡用電話", "target": "備考"}]
    visitor.until("document.activeElement.id === 'import-column-4'")


def test_a_proposal_is_shown_as_one_and_what_must_not_be_kept_cannot_be_chosen(visitor, looking):
    looking()

    chosen = (
        "[...document.querySelectorAll('.column')].map(one => one.querySelector('select')?.selectedOptions[0].text)"
    )

    assert visitor.evaluate(chosen) == [
        "人を見分けるためだけに使う",
        "氏名の列に入れる",
        "メールアドレス",
        "応募日",
        "案: 電話番号(選ぶと使います)",
        None,
    ]


def test_a_workbook_that_changed_meanwhile_is_told_and_looked_at_again(visitor, looking):
    stand_in = looking()
    stand_in.refuse("POST /api/import", "plan_changed", "プレビューのあとで、ブックが変わりました。", 409)
    visitor.types("#import-number", "3")
    visitor.press_button("3 行を取り込む")
    visitor.sees("プレビューのあとで、ブックが変わりました。")
    stand_in.said["POST /api/import/preview"] = import_answers.preview(number=2, mark="plan-two")

    visitor.press_button("もう一度")

    visitor.sees("2 行に書き込みます")


def test_a_file_that_cannot_be_read_is_told_in_the_services_words(visitor, standing, tmp_path):
    stand_in = standing()
    stand_in.refuse("POST /api/import/preview", "import_unreadable", "「a.csv」を読めません。中身がありません。", 422)
    (tmp_path / "a.csv").write_text("x")
    visitor.visit(f"{stand_in.url}#import")

    visitor.chooses_file("#import-file", tmp_path / "a.csv")

    visitor.sees("「a.csv」を読めません。")


def test_a_file_that_is_too_large_is_not_sent(visitor, standing, tmp_path):
    stand_in = standing()
    (tmp_path / "large.csv").write_bytes(b"x" * (10 * 1024 * 1024 + 1))
    visitor.visit(f"{stand_in.url}#import")

    visitor.chooses_file("#import-file", tmp_path / "large.csv")

    visitor.sees("ファイルが大きすぎます")
    assert asked(stand_in) == []


def test_a_file_that_is_in_the_workbook_already_can_only_be_looked_at(visitor, standing, tmp_path):
    stand_in = standing()
    nothing = {"number": 0, "added": 0, "changed": 0, "proposed": 0, "additions": [], "changes": [], "proposals": []}
    stand_in.said["POST /api/import/preview"] = import_answers.preview(**nothing)
    (tmp_path / "a.csv").write_text(LINE)
    visitor.visit(f"{stand_in.url}#import")

    visitor.chooses_file("#import-file", tmp_path / "a.csv")

    visitor.sees("このファイルは、もうすべて入っています。")
    assert not visitor.evaluate("Boolean(document.querySelector('form.apply'))")


def test_an_import_is_undone_only_after_a_question_that_says_what_that_means(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#import")
    visitor.sees("先々週.csv")

    visitor.press_button("取り消す")
    visitor.sees("追加した 5 名の行を空にし")
    assert stand_in.asked_for("POST /api/import/undo") == []
    visitor.press_button("取込を取り消す")

    visitor.until("document.querySelector('[role=status].hidden').innerText.includes('5 名の行を空にし')")
    assert stand_in.asked_for("POST /api/import/undo") == [{"import_id": "20261123-090000-AAAAAA"}]


def test_who_stays_after_an_undoing_is_named(visitor, standing):
    stand_in = standing()
    stand_in.said["POST /api/import/undo"] = import_answers.undone(kept=["C-8", "C-9"])
    visitor.visit(f"{stand_in.url}#import")

    visitor.press_button("取り消す")
    visitor.press_button("取込を取り消す")

    visitor.sees("2 名の行は残しました: C-8、C-9")


def test_answers_in_the_workbook_are_done_without_a_file(visitor, standing):
    stand_in = standing()
    stand_in.said["POST /api/import/preview"] = import_answers.preview(file=None)
    visitor.visit(f"{stand_in.url}#import")

    visitor.press_button("回答のとおりにする")
    visitor.types("#import-number", "3")
    visitor.press_button("3 行を取り込む")

    visitor.sees("2 名を追加し、1 名に書き足しました")
    assert stand_in.asked_for("POST /api/import")[0]["file"] is None


@pytest.mark.parametrize(
    "screen", [{"width": 300, "dark": True}, {"width": 1280, "language": "en"}], ids=["narrow", "wide"]
)
def test_axe_finds_nothing_in_a_preview_and_nothing_scrolls_sideways(visitor, looking, screen):
    looking(**screen)
    visitor.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")

    assert axe_finds(visitor) == []
    assert not visitor.evaluate("document.documentElement.scrollWidth > innerWidth")
