"""Proposed tags on the page: why each, adding and refusing them, and what could be written alike."""


def test_each_tag_is_proposed_with_the_people_and_the_reason_for_each(visitor, standing):
    visitor.visit(f"{standing().url}#tags")

    visitor.sees("2 名に 3 件の提案があります")
    visitor.sees("スキルに「Python」がある、選考段階が「最終面接」まで進んでいるため")
    visitor.sees("一字違いです")
    visitor.sees("比べ方「似る」は使えません。")


def test_a_tag_is_added_to_whom_was_chosen_and_to_nobody_else(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#tags")

    visitor.click("#tag-0-0")
    visitor.press_button("選んだ方に付ける")

    visitor.sees("1 名に 2 件の提案があります")
    accepted = [{"candidate_id": "C-1", "tag": "スキル強"}]
    assert stand_in.asked_for("POST /api/tags") == [{"accept": accepted, "refuse": []}]


def test_a_tag_is_refused_for_all_of_its_list_at_once(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#tags")

    visitor.click("main form label.all input")
    visitor.press_button("見送る")

    visitor.sees("1 名に 1 件の提案があります")
    [asked] = stand_in.asked_for("POST /api/tags")
    assert [one["candidate_id"] for one in asked["refuse"]] == ["C-1", "C-2"]


def test_nothing_is_asked_of_the_service_while_nobody_is_chosen(visitor, standing):
    stand_in = standing()
    visitor.visit(f"{stand_in.url}#tags")

    visitor.press_button("選んだ方に付ける")

    visitor.sees("先に、答える方を選んでください。")
    assert stand_in.asked_for("POST /api/tags") == []


def test_where_no_tag_is_proposed_it_is_said(visitor, standing):
    stand_in = standing()
    stand_in.said["GET /api/tags"] |= {"people": 0, "proposals": [], "tidy": [], "problems": []}
    visitor.visit(f"{stand_in.url}#tags")

    visitor.sees("新しく提案するタグはありません")
