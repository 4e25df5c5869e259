from datetime import datetime, time

import pytest

from sheets_automation.config import Config, apply_settings, read_config
from sheets_automation.core.table import Row

OPERATOR = read_config(
    """
    [sender]
    address = "saiyo@example.co.jp"
    [guards]
    daily_limit = 100
    """,
    "relay.toml",
)


def settings(*lines, config=OPERATOR):
    """What becomes of the configuration when the tab holds these lines under its headings."""
    rows = [("項目", "値"), *lines]
    return apply_settings(config, [Row(number, dict(enumerate(cells))) for number, cells in enumerate(rows, 1)])


def test_hr_says_who_the_company_is():
    config, problems = settings(
        ("会社名", " 株式会社みなと\n製作所 "),
        ("担当", "森本"),
        ("署名", "株式会社みなと製作所\n人事部"),
        ("連絡先", "045-000-0000"),
        ("差出人名", "みなと 採用"),
        ("返信先", "Ｊｉｎｊｉ＠example.co.jp"),
    )

    assert problems == ()
    assert config.company.name == "株式会社みなと 製作所"
    assert config.company.signature == "株式会社みなと製作所\n人事部"
    assert (config.company.contact_person, config.company.contact) == ("森本", "045-000-0000")
    assert (config.sender.name, config.sender.reply_to) == ("みなと 採用", "Jinji@example.co.jp")
    assert config.guards == OPERATOR.guards


@pytest.mark.parametrize("label", ["1日の送信上限", " １日の送信上限　", "送信上限", "Daily Limit"])
@pytest.mark.parametrize("value", [30, 30.0, "30", "３０通", "30通/日", "30件"])
def test_the_daily_limit_can_be_lowered(label, value):
    config, problems = settings((label, value))

    assert (config.guards.daily_limit, problems) == (30, ())


@pytest.mark.parametrize("value", [101, "1,000", -1, 2.5, "たくさん", True])
def test_the_daily_limit_can_not_be_raised_or_guessed(value):
    config, [problem] = settings(("1日の送信上限", value))

    assert config == OPERATOR
    assert problem.key == "A2"
    assert "1日の送信上限" in problem.ja


@pytest.mark.parametrize(
    "value",
    ["10:30", "１０：３０", "10時30分", 0.4375, datetime(1899, 12, 30, 10, 30)],  # noqa: DTZ001
)
def test_the_window_can_be_narrowed(value):
    config, problems = settings(("送信開始", value), ("送信終了", "17:30"), ("金曜の送信終了", "15時"))

    assert problems == ()
    assert (config.window.start, config.window.end) == (time(10, 30), time(17, 30))
    assert config.window.friday_end == time(15)


@pytest.mark.parametrize(
    "line",
    [
        *[("送信開始", "8:00"), ("送信開始", "17:00"), ("送信終了", "19:00"), ("送信終了", "9:00")],
        *[("金曜の送信終了", "17:01"), ("送信開始", "朝"), ("送信開始", "24:00"), ("送信終了", 18)],
    ],
)
def test_the_window_can_not_be_widened_closed_or_guessed(line):
    config, [problem] = settings(line)

    assert config == OPERATOR
    assert problem.ja.startswith("「設定」シートの A2")


@pytest.mark.parametrize("value", ["saiyo@example.com", "jinji", "a@example.co.jp, b@example.co.jp"])
def test_answers_can_not_be_led_out_of_the_house(value):
    config, [problem] = settings(("返信先", value))

    assert config == OPERATOR
    assert value not in problem.ja + problem.en


def test_a_limit_with_units_without_end_is_reported_as_any_other():
    config, [problem] = settings(("1日の送信上限", "日" * 49_999 + "x"))

    assert config == OPERATOR
    assert "0 以上の整数" in problem.ja


def test_answers_may_go_anywhere_while_there_is_no_sender():
    config, problems = settings(("返信先", "saiyo@minato.example"), config=Config())

    assert (config.sender.reply_to, problems) == ("saiyo@minato.example", ())


def test_an_unknown_label_is_reported_with_the_one_that_was_meant():
    _, [near, far] = settings(("1日の送信上限数", 5), ("好きな色", "青"))

    assert "1日の送信上限" in near.ja
    assert "did you mean" in near.en
    assert "会社名" in far.ja


def test_blank_cells_titles_and_notes_change_nothing():
    config, problems = settings(("会社の設定", None), ("会社名", " "), ("返信先", "'"), (None, "メモ"), ())

    assert (config, problems) == (OPERATOR, ())


def test_a_tab_of_somebody_elses_settings_is_left_alone():
    rows = [Row(1, {0: "選考結果", 1: "不採用"}), Row(2, {0: "媒体", 1: "doda"})]

    assert apply_settings(OPERATOR, rows) == (OPERATOR, ())


def test_settings_of_the_operator_that_hr_does_not_name_stay():
    config, _ = settings(("会社名", "みなと"))

    assert config.sender == OPERATOR.sender
    assert config.window == OPERATOR.window
