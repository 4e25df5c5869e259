"""What happens between claim and commit: other runs, people at work, carriers that fail."""

from dataclasses import replace

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import CarrierError, LogDamaged
from sheets_automation.core.log_folding import fold
from sheets_automation.core.log_rows import read_events
from sheets_automation.core.model import DeliveryState, Receipt
from sheets_automation.core.reasons import Reason
from tests.jobs.failing import Failing
from tests.jobs.house import House, people, rejected, workbook_of
from tests.jobs.interruptions import Interrupted, reasons, set_cell


@pytest.fixture
def house(tmp_path):
    return House(folder=tmp_path / "outbox", file=workbook_of(people(3)))


def events_of(house):
    return read_events(house.workbook().read().tables["送信記録"])


@pytest.mark.parametrize("moment", ["before_prepare", "after_prepare", "before_commit"])
def test_a_second_run_at_any_moment_of_the_first_sends_nobody_twice(house, moment):
    other_reports = []
    carrier = Interrupted.of(house, **{moment: lambda: other_reports.append(house.send())})

    house.send(carrier=carrier)

    assert len(other_reports) == 1
    assert len(house.delivered()) == 3


def test_the_run_that_comes_second_withdraws_and_says_so(house):
    carrier = Interrupted.of(house, after_prepare=house.send)

    report = house.send(carrier=carrier)

    assert {outcome.state for outcome in report.outcomes} <= {DeliveryState.SENT, DeliveryState.WITHDRAWN}
    assert [d.state for d in fold(events_of(house)).deliveries.values()] == [DeliveryState.SENT] * 3


@pytest.mark.parametrize(
    ("heading", "value", "reason"),
    [
        ("選考結果", "内定", Reason.OFFERED),
        ("選考結果", "選考中", Reason.IN_SELECTION),
        ("タグ", "保留", Reason.ON_HOLD),
        ("氏名", "鈴木 一郎", Reason.CHANGED_DURING_RUN),
        ("メールアドレス", "other@example.com", Reason.CHANGED_DURING_RUN),
        ("応募職種", "経理", Reason.CHANGED_DURING_RUN),
    ],
)
def test_a_row_that_hr_changes_after_the_plan_drops_out_and_the_others_go(house, heading, value, reason):
    carrier = Interrupted.of(house, before_prepare=lambda: set_cell(house, 5, heading, value))

    report = house.send(carrier=carrier)

    assert len(house.delivered()) == 2
    assert reasons(report) == [reason]


def test_a_row_that_hr_deletes_after_the_plan_gets_nothing(house):
    carrier = Interrupted.of(house, before_prepare=lambda: house.file.sheets["候補者"].rows.pop(5))

    report = house.send(carrier=carrier)

    assert len(house.delivered()) == 2
    assert reasons(report) == [Reason.CHANGED_DURING_RUN]


def test_nobody_is_added_to_a_plan_that_was_approved(house):
    house.file = workbook_of([*people(2), rejected("佐藤 花子", "hanako@example.com", 選考結果="選考中")])
    carrier = Interrupted.of(house, before_prepare=lambda: set_cell(house, 6, "選考結果", "不採用"))

    house.send(carrier=carrier)

    assert len(house.delivered()) == 2


def test_a_sort_in_mid_run_sends_every_letter_to_its_own_person(house):
    def sort():
        rows = house.file.sheets["候補者"].rows
        rows[4], rows[6] = rows[6], rows[4]

    house.send(carrier=Interrupted.of(house, before_commit=sort))

    assert len(house.delivered()) == 3
    assert [house.cell(row, "通知状況") for row in (4, 5, 6)] == ["送信済み"] * 3
    assert house.send().outcomes == ()


def test_a_log_that_loses_its_claims_stops_the_run_before_any_letter(house):
    def empty_the_log():
        house.file.sheets.pop("送信記録", None)
        house.file.journal.clear()

    class LogEater(type(house.workbook())):
        def show(self, *views_and_claims):
            super().show(*views_and_claims)
            empty_the_log()

    report = house.send(workbook=LogEater(house.file))

    assert isinstance(report.error, LogDamaged)
    assert house.delivered() == []


def test_a_failed_letter_is_tried_again_by_the_next_run(house):
    report = house.send(carrier=Failing.of(house, [Receipt(state=DeliveryState.FAILED, detail="451")]))

    assert [outcome.state for outcome in report.outcomes].count(DeliveryState.FAILED) == 1
    assert len(house.send().outcomes) == 1
    assert len(house.delivered()) == 3


def test_an_uncertain_letter_is_never_sent_again_by_the_program(house):
    house.send(carrier=Failing.of(house, [Receipt(state=DeliveryState.UNCERTAIN)]))

    report = house.send()

    assert len(house.delivered()) == 2
    assert Reason.LETTER_UNCERTAIN in reasons(report)
    assert house.cell(4, "通知状況") == "要確認"


def test_a_refused_address_waits_for_another_address(house):
    house.send(carrier=Failing.of(house, [Receipt(state=DeliveryState.REFUSED, detail="550 5.1.1")]))
    assert Reason.ADDRESS_REFUSED in reasons(house.send())

    set_cell(house, 4, "メールアドレス", "right@example.com")
    house.send()

    assert len(house.delivered()) == 3


def test_a_broken_carrier_stops_the_run_and_what_was_sent_is_recorded(house):
    broken = CarrierError("壊れました", "broken")
    report = house.send(carrier=Failing.of(house, [Receipt(state=DeliveryState.SENT), broken]))

    assert report.error is broken
    assert [outcome.state for outcome in report.outcomes] == [
        DeliveryState.SENT,
        DeliveryState.WITHDRAWN,
        DeliveryState.WITHDRAWN,
    ]
    kinds = [event.kind for event in events_of(house)]
    assert kinds.count(EventKind.SENT) == 1
    assert kinds.count(EventKind.WITHDRAWN) == 2
    assert len(house.send().outcomes) == 2


def test_a_carrier_that_leaves_three_letters_in_doubt_is_not_used_further(house):
    house.file = workbook_of(people(9))
    doubt = [Receipt(state=DeliveryState.UNCERTAIN)] * 9

    report = house.send(carrier=Failing.of(house, doubt))

    assert isinstance(report.error, CarrierError)
    assert [o.state for o in report.outcomes].count(DeliveryState.UNCERTAIN) == 3


def test_a_run_that_is_asked_to_stop_finishes_the_letter_in_flight_and_leaves_the_rest(house):
    asked = []
    carrier = Interrupted.of(house, before_commit=lambda: asked.append(True))

    report = house.send(carrier=carrier, run=house.run(should_stop=lambda: bool(asked)))

    assert len(house.delivered()) == 1
    assert reasons(report) == [Reason.RUN_STOPPED] * 2
    assert len(house.send().outcomes) == 2


def test_a_run_that_has_to_leave_takes_nothing_back_and_a_later_one_resolves_what_it_claimed(house):
    asked = []
    carrier = Interrupted.of(house, before_commit=lambda: asked.append(True))
    run = house.run(should_stop=lambda: bool(asked))
    run.is_leaving = run.should_stop

    report = house.send(carrier=carrier, run=run)
    open_claims = fold(events_of(house)).open_claims()
    later = house.later(hours=2).send()

    assert ([one.state for one in report.outcomes], len(open_claims)) == ([DeliveryState.SENT], 2)
    assert (later.resolved, len(house.delivered())) == (2, 3)


def test_a_window_that_closes_in_mid_run_holds_the_rest_back(house):
    evening = house.now.replace(hour=18, minute=1)
    run = house.run()
    carrier = Interrupted.of(house, after_prepare=lambda: setattr(run, "clock", lambda: evening))

    report = house.send(carrier=carrier, run=run)

    assert house.delivered() == []
    assert reasons(report) == [Reason.WINDOW_CLOSED] * 3


def test_a_claim_that_a_dead_run_left_behind_is_resolved_before_anything_is_planned(house):
    class Dies(Exception):
        pass

    def die():
        raise Dies

    with pytest.raises(Dies):
        house.send(carrier=Interrupted.of(house, before_commit=die))

    house.now = house.now.replace(hour=12)
    report = house.send()

    assert report.resolved == 3
    assert len(house.delivered()) == 3


def test_a_claim_of_a_run_that_may_be_alive_is_left_alone(house):
    class Dies(Exception):
        pass

    def die():
        raise Dies

    with pytest.raises(Dies):
        house.send(carrier=Interrupted.of(house, before_commit=die))

    report = house.send()

    assert report.outcomes == ()
    assert reasons(report) == [Reason.LETTER_UNFINISHED] * 3


def test_two_rows_that_become_one_person_in_mid_run_get_one_letter(house):
    carrier = Interrupted.of(house, before_prepare=lambda: set_cell(house, 5, "メールアドレス", "yamada0@example.com"))

    house.send(carrier=carrier)

    assert len(house.delivered()) <= 2


def test_the_log_names_the_letter_the_carrier_and_the_person_who_asked(house):
    house.send(run=house.run(actor="saiyo"))

    claim = events_of(house)[0]

    assert (claim.kind, claim.carrier, claim.actor) == (EventKind.PREPARED, "outbox", "saiyo")
    assert claim.to_address == "yamada0@example.com"
    assert claim.referral_code
    assert replace(claim, detail="") == claim
