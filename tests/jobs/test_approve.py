"""Agreeing to letters, sending just those, and taking it back: on a workbook in memory, with a real outbox."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import ApprovalVoid, BlastRadius, ExpectationMissed, PlanChanged
from sheets_automation.core.log_rows import to_row
from sheets_automation.core.reasons import Reason
from sheets_automation.core.rules import SendRules
from sheets_automation.jobs.approve import APPROVAL_HOLDS, recall
from sheets_automation.jobs.marking import mark_plan
from sheets_automation.jobs.send import Order, send_letters
from sheets_automation.jobs.situation import understand
from tests.core.builders import JST
from tests.jobs.approving import PEOPLE, agree, facts, seen, send
from tests.jobs.house import House, people, workbook_of


@pytest.fixture
def house(tmp_path):
    return House(folder=tmp_path / "out", file=workbook_of(people(PEOPLE)))


def test_an_approval_is_one_fact_a_letter_with_who_and_when(house):
    agreed = agree(house)

    words = facts(house)
    assert {event.kind for event in words} == {EventKind.APPROVED}
    assert {event.key.candidate_id: event.reference for event in words} == agreed.approval.letters
    assert {event.actor for event in words} == {"hanako"}
    assert {event.detail for event in words} == {agreed.approval.plan}
    assert agreed.approval.expires_at == house.now + APPROVAL_HOLDS
    assert house.delivered() == []


def test_just_what_was_approved_goes_once(house):
    out = [next(iter(seen(house).marks))]
    approval = agree(house, without=out).approval

    first, again = send(house, approval), send(house, approval)

    assert len(first.outcomes) == len(house.delivered()) == PEOPLE - 1
    assert again.outcomes == ()
    assert {one.candidate.id for one in first.plan.skipped if one.reason is Reason.NOT_CHOSEN} == set(out)


def test_somebody_who_came_after_the_approval_is_never_added(house):
    approval = agree(house).approval
    sheet = house.file.sheets["候補者"]
    for column, value in enumerate(("新田 花", "nitta@example.com", "営業職", "不採用", "2026/11/18")):
        sheet.put(4 + PEOPLE, column, value)

    send(house, approval)

    assert len(house.delivered()) == PEOPLE
    assert house.plan().plan.letters[0].candidate.name == "新田 花"


@pytest.mark.parametrize(
    ("heading", "value"), [("氏名", "別 名"), ("メールアドレス", "other@example.com"), ("応募職種", "経理職")]
)
def test_a_row_that_changed_since_is_left_out_although_it_is_the_same_row(house, heading, value):
    rows = [{**row, "候補者ID": f"A-{number}"} for number, row in enumerate(people(PEOPLE))]
    approval = agree(replace(house, file=workbook_of(rows))).approval
    changed = replace(house, file=workbook_of([{**rows[0], heading: value}, *rows[1:]]))
    changed.workbook().append({"送信記録": [to_row(event) for event in words_of(approval, changed)]})

    report = send(changed, approval)

    assert {one.candidate.id: one.reason for one in report.plan.skipped} == {"A-0": Reason.CHANGED_DURING_RUN}
    assert len(report.outcomes) == len(house.delivered()) == PEOPLE - 1


def words_of(approval, house):
    """The facts of an approval, as a workbook holds them that was changed since."""
    run = house.run(id=approval.id)
    keys = {letter.candidate.id: letter.key for letter in seen(house).plan.letters}
    return [run.agreement(keys[one], EventKind.APPROVED, mark) for one, mark in approval.letters.items()]


def test_a_plan_that_is_another_one_by_now_is_not_agreed_to(house):
    with pytest.raises(PlanChanged):
        agree(house, plan="another")
    with pytest.raises(PlanChanged):
        agree(house, without=["C-NOBODY"])
    assert facts(house) == ()


def test_the_guard_over_the_whole_run_counts_what_is_left_after_taking_out(house):
    house.rules = replace(house.rules, blast=replace(house.rules.blast, max_letters=PEOPLE - 1))
    out = list(seen(house).marks)[:1]

    with pytest.raises(BlastRadius):
        agree(house)
    with pytest.raises(ExpectationMissed):
        agree(house, expect=PEOPLE - 1)
    assert agree(house, without=out).letters == PEOPLE - 1
    assert agree(house, expect=PEOPLE).letters == PEOPLE


def test_whoever_is_taken_out_counts_for_no_share_either(house):
    blast = replace(house.rules.blast, compare_from=1, max_share_percent=90)
    house.rules = replace(house.rules, blast=blast)

    with pytest.raises(BlastRadius):
        agree(house)
    assert agree(house, without=list(seen(house).marks)[:1]).letters == PEOPLE - 1


def test_what_was_taken_back_is_void_for_every_process_also_after_some_have_left(house):
    approval = agree(house).approval
    left = iter([False, True])
    part = send_letters(
        house.workbook(),
        SmallBatches(house.outbox()),
        house.desk,
        house.run(is_time_up=lambda: next(left, True)),
        Order(approval=approval),
    )

    back = recall(house.workbook(), house.desk, house.run(), approval)

    assert (len(part.outcomes), back) == (2, PEOPLE - 2)
    with pytest.raises(ApprovalVoid):
        send(house, approval)
    assert len(house.delivered()) == 2


class SmallBatches:
    """An outbox that claims two at a time."""

    batch_size = 2

    def __init__(self, carrier):
        self._carrier = carrier

    def __getattr__(self, name):
        return getattr(self._carrier, name)


def test_when_the_time_is_up_nothing_more_is_claimed_and_what_is_claimed_goes(house):
    approval = agree(house).approval
    answers = iter([False, True])

    report = send_letters(
        house.workbook(),
        SmallBatches(house.outbox()),
        house.desk,
        house.run(is_time_up=lambda: next(answers)),
        Order(approval=approval),
    )

    kinds = [event.kind for event in facts(house)]
    assert len(report.outcomes) == kinds.count(EventKind.PREPARED) == kinds.count(EventKind.SENT) == 2
    assert EventKind.WITHDRAWN not in kinds


def test_agreeing_anew_replaces_what_was_agreed_before(house):
    old, new = agree(house).approval, agree(house).approval

    with pytest.raises(ApprovalVoid):
        send(house, old)
    assert len(send(house, new).outcomes) == PEOPLE


def test_an_approval_outlives_its_use_by_another_run_without_a_second_letter(house):
    approval = agree(house).approval
    house.send()

    assert send(house, approval).outcomes == ()
    assert len(house.delivered()) == PEOPLE


def test_a_plan_is_made_for_the_moment_at_which_letters_may_leave_next(house):
    saturday = replace(house, now=house.now.replace(day=28))

    marked = mark_plan(understand(saturday.workbook().read(), saturday.rules), saturday.desk(), lambda: saturday.now)

    assert len(marked.marks) == PEOPLE
    assert marked.made_for > saturday.now
    assert marked.made_for - saturday.now < timedelta(days=3)
    assert SendRules(timezone=JST).window.is_open(marked.made_for, lambda _day: False)


class Interrupted:
    """A real outbox, one letter at a time; somebody does something right before or after the first one leaves."""

    batch_size = 1

    def __init__(self, house, *, before=lambda: None, after=lambda: None):
        self._outbox = house.outbox()
        self._before, self._after = [before], [after]
        self.name = self._outbox.name

    def commit(self, prepared):
        for act in (self._before.pop(),) if self._before else ():
            act()
        receipt = self._outbox.commit(prepared)
        for act in (self._after.pop(),) if self._after else ():
            act()
        return receipt

    def __getattr__(self, name):
        return getattr(self._outbox, name)


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_another_process_takes_back_stops_a_run_that_is_under_way(house, when):
    approval = agree(house).approval
    withdrawn = []

    def take_back():
        withdrawn.append(recall(house.workbook(), house.desk, house.run(), approval))

    carrier = Interrupted(house, **{when: take_back})

    report = send_letters(house.workbook(), carrier, house.desk, house.run(), Order(approval=approval))

    assert len(house.delivered()) == 1  # the one in flight
    assert withdrawn == [PEOPLE - 1]
    assert {one.reason for one in report.outcomes if one.reason} == {Reason.NOT_CHOSEN}
    assert {event.kind for event in facts(house)} >= {EventKind.RECALLED, EventKind.SENT, EventKind.WITHDRAWN}


def test_a_letter_that_was_claimed_while_it_was_taken_back_is_not_promised_to_stay(house):
    approval = agree(house).approval
    book = house.workbook()
    append = book.append

    def a_colleague_sends_first(rows):
        book.append = append
        send(house, approval)
        append(rows)

    book.append = a_colleague_sends_first

    assert recall(book, house.desk, house.run(), approval) == 0
    assert len(house.delivered()) == PEOPLE
