from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.guard_scene import GuardRules
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import Decision, DeliveryKey, LetterKind
from sheets_automation.core.reasons import Reason
from sheets_automation.core.rules import no_holidays
from sheets_automation.core.selection import choose, select_for_rejection, waiting_too_long
from sheets_automation.core.send_window import SendWindow
from sheets_automation.core.wording import minute_in_words
from tests.core.builders import NOW, candidate, ended, event


def select(*candidates, events=(), now=NOW, rules=None):
    return select_for_rejection(
        candidates, fold(events), rules or GuardRules(), now=now, window=SendWindow(), is_holiday=no_holidays
    )


def due_rows(selection):
    return [due.candidate.row for due in selection.due]


def reason_by_row(selection):
    return {one.candidate.row: one.reason for one in selection.skipped}


def test_every_row_is_either_due_or_left_out_with_a_reason():
    selection = select(candidate(row=5), candidate(row=6, decision=Decision.HIRED), candidate(row=7, name=""))

    assert due_rows(selection) == [5]
    assert reason_by_row(selection) == {6: Reason.HIRED, 7: Reason.NAME_MISSING}
    assert selection.rows == 3


def test_of_a_persons_due_rows_the_one_decided_last_is_written_to():
    early = candidate(row=5, address="taro@example.com", decided_at=NOW - timedelta(days=9))
    late = candidate(row=6, address="Taro@Example.com", decided_at=NOW - timedelta(days=3))

    selection = select(early, late)

    assert due_rows(selection) == [6]
    assert selection.skipped[0].candidate is early
    assert selection.skipped[0].reason is Reason.PERSON_TOLD_BY_OTHER_ROW
    assert selection.skipped[0].facts["rows"] == "6"


def test_of_rows_decided_on_the_same_day_the_upper_one_is_written_to():
    assert due_rows(select(candidate(row=5, address="a@example.com"), candidate(row=6, address="a@example.com"))) == [5]


def test_the_attempt_counts_on_after_a_failure():
    claim = event(EventKind.PREPARED)
    selection = select(candidate(row=5), events=[claim, ended(claim, EventKind.FAILED)])

    assert [due.attempt for due in selection.due] == [2]


def test_a_letter_is_known_by_its_candidate_kind_and_cycle():
    reopened = event(EventKind.REOPENED, to="C-0006", cycle=2)

    first, second = select(candidate(row=5), candidate(row=6), events=[reopened]).due

    assert first.key == DeliveryKey(candidate_id="C-0005", kind=LetterKind.REJECTION, cycle=1)
    assert second.key == DeliveryKey(candidate_id="C-0006", kind=LetterKind.REJECTION, cycle=2)
    assert (first.attempt, second.attempt) == (1, 1)


def test_whoever_has_no_decision_date_counts_as_decided_last():
    undated = candidate(row=5, address="taro@example.com", decided_at=None)
    dated = candidate(row=6, address="taro@example.com")

    assert due_rows(select(undated, dated, rules=GuardRules(min_delay=timedelta()))) == [5]


def test_of_three_rows_of_one_person_two_are_told_by_the_third():
    rows = [candidate(row=n, address="taro@example.com", decided_at=NOW - timedelta(days=n)) for n in (5, 6, 7)]

    selection = select(*rows)

    assert due_rows(selection) == [5]
    assert reason_by_row(selection) == dict.fromkeys([6, 7], Reason.PERSON_TOLD_BY_OTHER_ROW)


def test_a_row_that_may_not_be_written_to_takes_the_letter_from_none_of_its_person():
    stopped = candidate(row=5, address="taro@example.com", decided_at=NOW - timedelta(days=2), name="")
    due = candidate(row=6, address="taro@example.com", decided_at=NOW - timedelta(days=9))

    assert due_rows(select(stopped, due)) == [6]


def test_two_names_on_one_address_stop_both_rows():
    selection = select(
        candidate(row=5, address="a@example.com"), candidate(row=6, address="a@example.com", name="鈴木 一郎")
    )

    assert reason_by_row(selection) == {5: Reason.ADDRESS_SHARED, 6: Reason.ADDRESS_SHARED}


def test_a_doubled_id_stops_both_rows():
    selection = select(candidate(row=5, id="C-1"), candidate(row=6, id="C-1", address="other@example.com"))

    assert selection.due == ()
    assert set(reason_by_row(selection).values()) == {Reason.ID_DOUBLED}


def test_outside_the_window_everybody_waits():
    saturday = NOW.replace(day=28)

    selection = select(candidate(row=5), now=saturday)

    assert reason_by_row(selection) == {5: Reason.WINDOW_CLOSED}
    assert selection.skipped[0].facts["when"] == "2026/11/30 9:00"


def test_choosing_keeps_only_the_named_and_adds_nobody():
    chosen = choose(select(candidate(row=5), candidate(row=6), candidate(row=7, name="")), ["C-0006", "C-0007"])

    assert due_rows(chosen) == [6]
    assert reason_by_row(chosen) == {5: Reason.NOT_CHOSEN, 7: Reason.NAME_MISSING}
    assert chosen.rows == 3


def test_choosing_nobody_in_particular_keeps_all():
    selection = select(candidate(row=5), candidate(row=6))

    assert choose(selection, []) == selection


def test_whoever_waits_longer_than_promised_is_listed_whatever_the_reason():
    long_ago = NOW - timedelta(days=15)
    selection = select(
        candidate(row=5, decided_at=long_ago),
        candidate(row=6, decided_at=long_ago, name=""),
        candidate(row=7, decided_at=long_ago, opted_out=True),
        candidate(row=8),
    )

    assert [one.row for one in waiting_too_long(selection, GuardRules(), NOW)] == [5, 6]


def test_whoever_has_waited_exactly_as_long_as_promised_is_not_late_yet():
    selection = select(candidate(row=5, decided_at=NOW - timedelta(days=14)))

    assert waiting_too_long(selection, GuardRules(), NOW) == ()


def test_nobody_waits_who_was_not_rejected_or_of_whom_no_run_knew_before():
    long_ago = NOW - timedelta(days=15)
    selection = select(
        candidate(row=5, decided_at=long_ago, decision=Decision.UNKNOWN, decision_text="？"),
        candidate(row=6, decided_at=None),
    )

    assert waiting_too_long(selection, GuardRules(), NOW) == ()


decisions = st.sampled_from(list(Decision))
rows = st.lists(st.tuples(decisions, st.integers(0, 3), st.booleans(), st.booleans()), min_size=1, max_size=12)


@given(rows)
def test_nobody_alive_in_selection_and_nobody_twice_whatever_the_sheet_holds(cells):
    candidates = [
        candidate(row=n, decision=decision, address=f"p{person}@example.com", name=f"人{person}", opted_out=out)
        for n, (decision, person, out, _) in enumerate(cells, start=5)
    ]

    due = select(*candidates).due

    people = [one.candidate.address.value for one in due]
    assert len(people) == len(set(people))
    for one in due:
        family = [c for c in candidates if c.address == one.candidate.address]
        assert not {c.decision for c in family} & {Decision.IN_SELECTION, Decision.OFFERED, Decision.HIRED}
        assert not any(c.opted_out for c in family)
        assert one.candidate.decision is Decision.REJECTED


def test_the_moment_that_is_promised_to_a_fresh_decision_is_one_in_which_letters_leave():
    friday = NOW + timedelta(days=(4 - NOW.weekday()) % 7)
    fresh = candidate(row=5, decided_at=friday - timedelta(hours=1))

    [one] = select(fresh, now=friday).skipped

    monday = (friday + timedelta(days=3)).replace(hour=9, minute=0)
    assert (one.reason, one.facts["when"]) == (Reason.DECISION_TOO_RECENT, minute_in_words(monday))
