"""The guards that look at the way a letter goes, at who holds it, and at what an erasure has left."""

from dataclasses import replace

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.erased import erased_address, erased_spelling, key_name
from sheets_automation.core.guard_scene import GuardRules
from sheets_automation.core.guards import first_finding, is_not_told_yet, may_go_by_line
from sheets_automation.core.model import Address, LetterKind
from sheets_automation.core.reasons import Reason
from sheets_automation.core.sentences import Skipped
from tests.core.builders import candidate, ended, event, reason_of, scene

KEY, OLD_KEY = "k" * 40, "o" * 40
ERASED = event(EventKind.ERASED, to="-", reference=key_name(KEY))
MARK = Address(value=erased_address("taro5@example.com", KEY))


@pytest.mark.parametrize(
    ("kind", "rules", "line_user", "reason"),
    [
        (LetterKind.REJECTION, {}, "", None),
        (LetterKind.REJECTION, {"results_by_line": True}, "", None),
        (LetterKind.REJECTION, {"by_line": True}, "U1", Reason.RESULT_NOT_BY_LINE),
        (LetterKind.REJECTION, {"by_line": True, "results_by_line": True}, "U1", None),
        (LetterKind.REJECTION, {"by_line": True, "results_by_line": True}, "", Reason.LINE_NOT_LINKED),
        (LetterKind.FOLLOW_UP, {"by_line": True}, "U1", None),
        (LetterKind.FOLLOW_UP, {"by_line": True}, "", Reason.LINE_NOT_LINKED),
    ],
)
def test_by_line_go_only_letters_that_may_and_only_to_whoever_opened_the_chat(kind, rules, line_user, reason):
    view = scene(kind=kind, rules=GuardRules(**rules))

    finding = may_go_by_line(candidate(line_user=line_user), view)

    assert (finding and finding.reason) is reason


def test_no_result_goes_by_line_to_anybody_unless_a_person_has_allowed_it():
    assert reason_of(candidate(line_user="U1"), scene(rules=GuardRules(by_line=True))) is Reason.RESULT_NOT_BY_LINE


@pytest.mark.parametrize(
    ("actor", "who"),
    [("花子 (relay open, desk)", "花子"), ("花子 (人事) (relay open, desk)", "花子"), ("", "?")],
)
def test_who_holds_a_letter_is_told_without_the_machine_and_without_a_note_where_there_is_none(actor, who):
    finding = first_finding(candidate(), scene(event(EventKind.HELD, actor=actor)))
    said = Skipped(candidate=candidate(), reason=finding.reason, facts=finding.facts)

    assert said.text("ja").startswith(f"2026/11/24 に {who} さんが保留にしました。")
    assert said.text("en").startswith(f"Held by {who} on 2026/11/24. To send it")


@pytest.mark.parametrize("anonymous", [{"is_barred": True}, {"address": MARK}])
def test_whoever_is_erased_gets_nothing(anonymous):
    assert reason_of(replace(candidate(), **anonymous)) is Reason.ERASED


@pytest.mark.parametrize(
    ("keys", "reason"),
    [((KEY,), Reason.PERSON_ALREADY_TOLD), ((OLD_KEY, KEY), Reason.PERSON_ALREADY_TOLD), ((OLD_KEY,), None)],
)
def test_a_letter_to_an_address_that_was_erased_since_is_the_one_letter_to_the_person(keys, reason):
    claim = event(EventKind.PREPARED, to="C-0009", to_address=MARK.value)
    view = scene(claim, ended(claim, EventKind.SENT), ERASED, rules=GuardRules(erasure_keys=keys))

    assert reason_of(candidate(), view) is reason
    assert reason_of(candidate(row=6), view) is None


def test_an_address_that_bounced_before_it_was_erased_is_not_written_to_again():
    claim = event(EventKind.PREPARED, to="C-0009", to_address="somebody@example.com")
    came_back = ended(claim, EventKind.BOUNCED, to_address=erased_spelling("taro5@example.com", KEY))
    view = scene(claim, came_back, ERASED, rules=GuardRules(erasure_keys=(KEY,)))

    assert reason_of(candidate(), view) is Reason.ADDRESS_BOUNCED
    assert reason_of(candidate(row=6), view) is None


def test_whoever_is_typed_into_the_row_of_somebody_erased_was_never_told():
    claim = event(EventKind.PREPARED, to_address=MARK.value)
    view = scene(claim, ended(claim, EventKind.SENT), ERASED)

    assert is_not_told_yet(candidate(), view).reason is Reason.IDENTITY_BROKEN
    assert is_not_told_yet(replace(candidate(), address=MARK), view).reason is Reason.ALREADY_SENT
    assert is_not_told_yet(candidate(address=""), view).reason is Reason.IDENTITY_BROKEN


def test_whoever_was_told_in_another_way_was_told_though_there_is_no_claim():
    assert is_not_told_yet(candidate(), scene(event(EventKind.SETTLED_SENT))).reason is Reason.ALREADY_SENT
