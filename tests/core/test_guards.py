"""Each guard, alone: one candidate to whom everything is right, and one thing made wrong."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.guard_scene import GuardRules
from sheets_automation.core.guards import GUARDS, first_finding
from sheets_automation.core.identity import IdentityProblem, fingerprint
from sheets_automation.core.model import Address, Contradiction, Decision, LetterKind
from sheets_automation.core.reasons import Reason
from sheets_automation.core.sentences import Skipped
from tests.core.builders import NOW, candidate, ended, event, reason_of, scene

DENIED = Contradiction(decision_heading="選考結果", other_heading="ステータス", other_word="内定")


def test_a_candidate_to_whom_everything_is_right_is_due():
    assert reason_of(candidate()) is None


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"decision": Decision.IN_SELECTION}, Reason.IN_SELECTION),
        ({"decision": Decision.OFFERED}, Reason.OFFERED),
        ({"decision": Decision.HIRED}, Reason.HIRED),
        ({"decision": Decision.WITHDRAWN}, Reason.WITHDRAWN),
        ({"decision": Decision.NOT_CONSIDERED}, Reason.NOT_CONSIDERED),
        ({"decision": Decision.UNKNOWN, "decision_text": "不採用？"}, Reason.DECISION_UNKNOWN),
        ({"decision": Decision.UNKNOWN, "decision_text": "#UNCALCULATED"}, Reason.DECISION_NOT_CALCULATED),
        ({"decision": Decision.UNKNOWN, "decision_text": "#N/A"}, Reason.DECISION_FAILED),
        ({"contradiction": DENIED}, Reason.DECISION_CONTRADICTED),
        ({"decision": Decision.IN_SELECTION, "contradiction": DENIED}, Reason.DECISION_CONTRADICTED),
        ({"name": ""}, Reason.NAME_MISSING),
        ({"name": "山田\ufffd郎"}, Reason.NAME_GARBLED),
        ({"address": ""}, Reason.ADDRESS_MISSING),
        ({"address": "taro＠"}, Reason.ADDRESS_INVALID),
        ({"address": "a@example.com, b@example.com"}, Reason.ADDRESS_SEVERAL),
        ({"opted_out": True}, Reason.OPTED_OUT),
        ({"tags": ("スキル強", "保留")}, Reason.ON_HOLD),
        ({"tags": ("送信しない",)}, Reason.ON_HOLD),
        ({"from_agency": True}, Reason.FROM_AGENCY),
        ({"decided_at": None, "decided_at_problem": True}, Reason.DECISION_DATE_UNREADABLE),
        ({"decided_at": NOW + timedelta(days=2)}, Reason.DECISION_DATE_IN_FUTURE),
        ({"decided_at": NOW - timedelta(hours=23, minutes=59)}, Reason.DECISION_TOO_RECENT),
        ({"decided_at": NOW - timedelta(days=181)}, Reason.DECISION_TOO_OLD),
        ({"decided_at": None}, Reason.DECISION_TOO_RECENT),
        ({"decided_at": None, "first_seen_at": NOW - timedelta(hours=5)}, Reason.DECISION_TOO_RECENT),
    ],
)
def test_one_thing_wrong_with_the_row_stops_the_letter(fields, reason):
    assert reason_of(candidate(**fields)) is reason


def test_a_contradiction_names_both_columns_and_both_words():
    finding = first_finding(candidate(contradiction=DENIED), scene())
    blank = first_finding(candidate(decision=Decision.IN_SELECTION, decision_text="", contradiction=DENIED), scene())

    said = [Skipped(candidate=candidate(), reason=f.reason, facts=f.facts) for f in (finding, blank)]
    assert "「選考結果」は「不採用」、「ステータス」は「内定」" in said[0].text("ja")
    assert "「選考結果」は「空欄」" in said[1].text("ja")
    assert "“選考結果” says “nothing”" in said[1].text("en")


def test_who_was_told_before_somebody_changed_a_column_is_not_asked_about():
    claim = event(EventKind.PREPARED)

    assert reason_of(candidate(contradiction=DENIED), scene(claim, ended(claim, EventKind.SENT))) is Reason.ALREADY_SENT


def test_a_rejection_without_a_date_is_old_enough_a_day_after_it_was_first_seen():
    seen = candidate(decided_at=None, first_seen_at=NOW - timedelta(hours=24))

    assert reason_of(seen) is None


def test_a_decision_exactly_as_old_as_the_delay_is_old_enough():
    assert reason_of(candidate(decided_at=NOW - timedelta(hours=24))) is None


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (EventKind.SENT, Reason.ALREADY_SENT),
        (EventKind.UNCERTAIN, Reason.LETTER_UNCERTAIN),
        (EventKind.FAILED, None),
        (EventKind.WITHDRAWN, None),
    ],
)
def test_the_log_decides_whether_a_letter_may_go(kind, reason):
    claim = event(EventKind.PREPARED)

    assert reason_of(candidate(), scene(claim, ended(claim, kind))) is reason


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (IdentityProblem.DOUBLED_ID, Reason.ID_DOUBLED),
        (IdentityProblem.BROKEN_PAIR, Reason.IDENTITY_BROKEN),
        (None, Reason.ALREADY_SENT),
    ],
)
def test_a_row_that_was_typed_over_after_its_letter_is_not_passed_off_as_told(problem, reason):
    claim = event(EventKind.PREPARED, to_address="before@example.com")
    seen = scene(claim, ended(claim, EventKind.SENT), identity_problems={5: problem} if problem else {})

    assert reason_of(candidate(), seen) is reason
    assert reason_of(candidate(address="before@example.com"), seen) is Reason.ALREADY_SENT
    assert reason_of(candidate(address=""), seen) is Reason.ALREADY_SENT


def test_a_letter_that_another_run_is_sending_is_left_to_it():
    assert reason_of(candidate(), scene(event(EventKind.PREPARED))) is Reason.LETTER_UNFINISHED


def came_back_from(address, **more):
    """The events of a letter to this address that bounced."""
    claim = event(EventKind.PREPARED, to_address=address, **more)
    bounce = ended(claim, EventKind.BOUNCED, to_address=address, detail="mailbox_full 5.2.2")
    return [claim, ended(claim, EventKind.SENT), bounce]


def test_an_address_from_which_a_letter_came_back_is_not_written_to_until_it_changes():
    view = scene(*came_back_from("taro5@example.com"))

    assert reason_of(candidate(), view) is Reason.ADDRESS_BOUNCED
    assert reason_of(candidate(address="taro@example.com"), view) is None


def test_an_address_that_bounced_stops_every_row_that_has_it():
    view = scene(*came_back_from("taro5@example.com"))

    assert reason_of(candidate(id="C-0099", address="Taro5@example.com"), view) is Reason.ADDRESS_BOUNCED


def test_a_persons_word_lets_an_address_be_written_to_again():
    again = event(EventKind.SETTLED_AGAIN, to_address="taro5@example.com")

    assert reason_of(candidate(), scene(*came_back_from("taro5@example.com"), again)) is None


def test_the_sentence_says_when_the_letter_came_back_and_why_in_both_languages():
    finding = first_finding(candidate(), scene(*came_back_from("taro5@example.com")))

    said = Skipped(candidate=candidate(), reason=finding.reason, facts=finding.facts)
    assert "2026/11/24、相手のメールボックスが満杯 5.2.2" in said.text("ja")
    assert "on 2026/11/24 (mailbox full 5.2.2)" in said.text("en")


def test_a_row_whose_columns_were_torn_apart_is_told_so_first():
    view = scene(*came_back_from("taro5@example.com"), identity_problems={5: IdentityProblem.BROKEN_PAIR})

    assert reason_of(candidate(), view) is Reason.IDENTITY_BROKEN


def test_an_address_that_was_refused_is_not_tried_again_until_it_changes():
    claim = event(EventKind.PREPARED, to_address="gone@example.com")
    log = scene(claim, ended(claim, EventKind.REFUSED))

    assert reason_of(candidate(address="gone@example.com"), log) is Reason.ADDRESS_REFUSED
    assert reason_of(candidate(address="right@example.com"), log) is None


def test_after_three_failures_in_a_row_a_person_has_to_look():
    events = []
    for run in ("R1", "R2", "R3"):
        claim = event(EventKind.PREPARED, run=run)
        events += [claim, ended(claim, EventKind.FAILED)]

    assert reason_of(candidate(), scene(*events[:4])) is None
    assert reason_of(candidate(), scene(*events)) is Reason.TOO_MANY_FAILURES


@pytest.mark.parametrize(
    ("problem", "reason"),
    [(IdentityProblem.DOUBLED_ID, Reason.ID_DOUBLED), (IdentityProblem.BROKEN_PAIR, Reason.IDENTITY_BROKEN)],
)
def test_a_row_that_is_not_who_its_id_says_gets_nothing(problem, reason):
    assert reason_of(candidate(row=5), scene(identity_problems={5: problem})) is reason


def test_a_row_that_a_person_reopened_gets_the_letter_of_its_new_decision():
    claim = event(EventKind.PREPARED, to_address="taro5@example.com")
    reopened = event(EventKind.REOPENED, cycle=2)

    assert reason_of(candidate(), scene(claim, ended(claim, EventKind.SENT), reopened)) is None


def test_where_approval_is_asked_for_only_approved_rows_are_due():
    strict = scene(rules=GuardRules(require_approval=True))

    assert reason_of(candidate(), strict) is Reason.NOT_APPROVED
    assert reason_of(candidate(approved=True), strict) is None


def test_an_approval_is_for_the_name_and_address_that_were_approved():
    strict = scene(rules=GuardRules(require_approval=True))
    approved = candidate(approved=True)
    stamp = fingerprint(approved.id, approved.address.value, approved.name_key)
    changed = replace(approved, stored_fingerprint=stamp, address=Address(value="other@example.com"))

    assert reason_of(replace(approved, stored_fingerprint=stamp), strict) is None
    assert reason_of(changed, strict) is Reason.CHANGED_SINCE_APPROVAL


def test_outside_the_send_window_nothing_goes_and_the_opening_is_named():
    finding = first_finding(candidate(), scene(next_opening=NOW + timedelta(hours=23)))

    assert finding.reason is Reason.WINDOW_CLOSED
    assert finding.facts["when"] == "2026/11/25 9:00"


def test_agency_candidates_are_written_to_where_it_is_configured():
    allowed = scene(rules=GuardRules(write_to_agency_candidates=True))

    assert reason_of(candidate(from_agency=True), allowed) is None


def test_a_kind_of_letter_is_told_apart_from_every_other():
    assert (LetterKind.REJECTION, LetterKind.FOLLOW_UP) == ("rejection", "follow_up")  # they stand in logs for ever


def test_every_guard_says_in_its_first_line_what_it_keeps():
    assert all(guard.__doc__ for guard in GUARDS)


def test_a_letter_that_somebody_holds_waits_until_it_is_released():
    held = event(EventKind.HELD, actor="花子 (relay open, desk)", detail="面接官に確認中", at=NOW - timedelta(days=1))
    released = event(EventKind.RELEASED)

    finding = first_finding(candidate(), scene(held))
    said = Skipped(candidate=candidate(), reason=finding.reason, facts=finding.facts)

    assert finding.reason is Reason.HELD_BY_PERSON
    assert said.text("ja").startswith("2026/11/23 に 花子 さんが保留にしました(「面接官に確認中」)。")
    assert said.text("en").startswith("Held by 花子 on 2026/11/23 (“面接官に確認中”).")
    assert reason_of(candidate(), scene(held, released)) is None


def test_a_hold_without_a_reason_or_a_name_is_told_too():
    finding = first_finding(candidate(), scene(event(EventKind.HELD, actor="")))

    assert "? さんが保留にしました。" in Skipped(
        candidate=candidate(), reason=finding.reason, facts=finding.facts
    ).text("ja")
