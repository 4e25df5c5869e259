"""Stopping all sending: by a word, by a cell or by a flag beside a file; and letting it go on."""

import pytest

from sheets_automation.core.errors import ConfigurationError, ExpectationMissed
from sheets_automation.core.stops import SendingFrozen, StopSource
from sheets_automation.jobs.freeze import Thaw, flagged, freeze, thaw
from sheets_automation.workbooks.memory import sheet_of
from tests.jobs.house import no_news
from tests.jobs.interruptions import Interrupted


def stop(house, because="別の方に届いた"):
    run = house.run(actor="花子")
    return freeze(house.workbook(), house.desk, no_news, run, flagged(run, because))


def go_on(house, **word):
    return thaw(house.workbook(), house.desk, no_news, house.run(actor="部長"), Thaw(**word))


def test_at_night_too_the_number_is_that_of_all_letters_that_would_be_free_to_go(house):
    night = house.later(hours=14)

    assert stop(night).waiting == 5
    with pytest.raises(ExpectationMissed):
        go_on(night, expect=0)
    assert go_on(night, expect=5).stops == ()


def type_into_settings(house, value, label="送信停止"):
    house.file.sheets["設定"] = sheet_of([["項目", "値"], [label, value]])


def log_of(house):
    return [cells for _, cells in house.file.journal] + [
        dict(zip(house.file.sheets["送信記録"].rows[1].values(), row, strict=False))
        for row in house.file.sheets["送信記録"].grid()[1:]
    ]


def test_after_a_word_nothing_is_sent_and_the_plan_is_still_shown(house):
    report = stop(house)

    sent = house.send()

    assert (report.waiting, len(report.stops)) == (5, 1)
    assert isinstance(sent.error, SendingFrozen)
    assert "花子 さんがすべての送信を止めました(「別の方に届いた」)" in sent.error.ja
    assert house.delivered() == []
    plan = house.plan()
    assert len(plan.plan.letters) == 5
    assert isinstance(plan.error, SendingFrozen)


def test_who_when_and_why_stand_in_the_log_of_both_words(house):
    stop(house)
    go_on(house, because="原因を直した")

    words = [(row["状態"], row["操作した人"], row["詳細"]) for row in log_of(house)]

    assert words == [("送信停止", "花子", "別の方に届いた"), ("停止解除", "部長", "原因を直した")]


def test_a_run_that_is_under_way_ends_with_its_batch_and_takes_back_what_it_had_claimed(house):
    carrier = Interrupted.of(house, after_prepare=lambda: stop(house))
    carrier.batch_size = 2

    report = house.send(carrier=carrier)

    assert isinstance(report.error, SendingFrozen)
    assert house.delivered() == []
    assert all(path.stat().st_size == 0 for path in (house.folder / "tmp").iterdir())  # only marks


def test_what_left_before_the_word_has_left_and_the_next_batch_does_not(house):
    carrier = Interrupted.of(house, before_commit=lambda: stop(house))
    carrier.batch_size = 2

    house.send(carrier=carrier)

    assert len(house.delivered()) == 2


def test_letting_go_on_needs_the_number_of_letters_that_wait_or_a_reason(house):
    stop(house)

    with pytest.raises(ConfigurationError, match="5 letters"):
        go_on(house)
    with pytest.raises(ExpectationMissed):
        go_on(house, expect=4)
    assert house.send().error is not None

    assert go_on(house, expect=5).stops == ()
    house.send()
    assert len(house.delivered()) == 5


@pytest.mark.parametrize("value", ["はい", "停止", "TRUE", True, "調査が終わるまで", "?"])
def test_a_cell_of_the_settings_stops_everything_unless_it_clearly_says_no(house, value):
    type_into_settings(house, value)

    report = house.send()

    assert isinstance(report.error, SendingFrozen)
    assert "設定!B2" in report.error.ja
    assert house.delivered() == []


@pytest.mark.parametrize("value", ["いいえ", "FALSE", "", None, False])
def test_a_cell_that_is_blank_or_says_no_stops_nothing(house, value):
    type_into_settings(house, value)

    house.send()

    assert len(house.delivered()) == 5


def test_a_cell_that_is_typed_in_mid_run_stops_the_run(house):
    carrier = Interrupted.of(house, before_commit=lambda: type_into_settings(house, "はい", label="送信を止める"))
    carrier.batch_size = 1

    report = house.send(carrier=carrier)

    assert isinstance(report.error, SendingFrozen)
    assert len(house.delivered()) == 1


def test_what_a_cell_stops_no_word_sets_free(house):
    stop(house)
    type_into_settings(house, "はい")

    report = go_on(house, because="直した")

    assert [one.source for one in report.stops] == [StopSource.SETTING]
    assert isinstance(house.send().error, SendingFrozen)
