"""The guards of one letter: each is a question asked of one candidate, and answers with a reason or with nothing.

All of them must be silent before a letter is even composed. Their order is the order in which people would ask:
is there anything to tell, was it told, is it the right person, may we, is it time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sheets_automation.core.addresses import match_key
from sheets_automation.core.bounce_causes import in_words
from sheets_automation.core.cells import folded
from sheets_automation.core.delivery_log import Delivery, address_key
from sheets_automation.core.erased import is_erased
from sheets_automation.core.erased_guards import bounce_before_erasure, is_not_erased, letters_to_erased
from sheets_automation.core.failed_formulas import unknown_decision
from sheets_automation.core.guard_scene import Finding, Scene
from sheets_automation.core.identity import IdentityProblem, fingerprint
from sheets_automation.core.model import Candidate, Decision, DeliveryState, LetterKind
from sheets_automation.core.name_problems import name_problem
from sheets_automation.core.reasons import Reason
from sheets_automation.core.wording import day_in_words, minute_in_words, rows_in_words

Guard = Callable[[Candidate, Scene], Finding | None]

_NOT_REJECTED = {
    Decision.IN_SELECTION: Reason.IN_SELECTION,
    Decision.OFFERED: Reason.OFFERED,
    Decision.HIRED: Reason.HIRED,
    Decision.WITHDRAWN: Reason.WITHDRAWN,
    Decision.NOT_CONSIDERED: Reason.NOT_CONSIDERED,
}
_KEEPS_A_PERSON_IN_PLAY = {Decision.IN_SELECTION, Decision.OFFERED, Decision.HIRED, Decision.UNKNOWN}
_ADDRESS_PROBLEMS = {
    "missing": Reason.ADDRESS_MISSING,
    "invalid": Reason.ADDRESS_INVALID,
    "several": Reason.ADDRESS_SEVERAL,
}


def is_rejected(candidate: Candidate, _scene: Scene) -> Finding | None:
    """Only a decision that is exactly one of the configured words is a rejection."""
    if candidate.decision is Decision.REJECTED:
        return None
    if candidate.contradiction:  # a rejection that only another column knows would wait for ever
        return _contradicted(candidate)
    if candidate.decision is Decision.UNKNOWN:
        return unknown_decision(candidate.decision_text)
    return Finding(_NOT_REJECTED[candidate.decision])


def is_not_told_yet(candidate: Candidate, scene: Scene) -> Finding | None:
    """One letter per key, whatever the status column says."""
    delivery = scene.log.delivery(scene.log.current_key(candidate.id, scene.kind))
    match delivery.state:
        case DeliveryState.SENT:
            return _typed_over(delivery, candidate, scene) or Finding(
                Reason.ALREADY_SENT, {"when": day_in_words(delivery.at)}
            )
        case DeliveryState.UNCERTAIN:
            reason = Reason.RECORD_LOST if delivery.is_record_lost else Reason.LETTER_UNCERTAIN
            return Finding(reason, {"when": minute_in_words(delivery.at)})
        case DeliveryState.PREPARED:
            return Finding(Reason.LETTER_UNFINISHED)
        case DeliveryState.REFUSED if _went_to(delivery, candidate):
            return Finding(Reason.ADDRESS_REFUSED, {"detail": delivery.detail})
        case DeliveryState.FAILED if delivery.failures >= scene.rules.max_failures:
            return Finding(Reason.TOO_MANY_FAILURES, {"count": str(delivery.failures)})
        case _:
            return None


def says_one_thing(candidate: Candidate, _scene: Scene) -> Finding | None:
    """No other column of the row denies the rejection."""
    return _contradicted(candidate)


def is_who_it_says(candidate: Candidate, scene: Scene) -> Finding | None:
    """The id stands once, and with the name and address that it always stood with."""
    problem = scene.identity_problems.get(candidate.row)
    if problem is None:
        return None
    return Finding(Reason.ID_DOUBLED if problem is IdentityProblem.DOUBLED_ID else Reason.IDENTITY_BROKEN)


def has_a_name(candidate: Candidate, _scene: Scene) -> Finding | None:
    """A letter never goes out with an empty name, a garbled one, or one with a remark."""
    if not candidate.name:
        return Finding(Reason.NAME_MISSING)
    wrong = name_problem(candidate.name)
    return Finding(Reason.NAME_GARBLED, {"detail": wrong.ja, "detail_en": wrong.en}) if wrong else None


def has_an_address(candidate: Candidate, _scene: Scene) -> Finding | None:
    """Exactly one valid address."""
    problem = candidate.address.problem
    return Finding(_ADDRESS_PROBLEMS[problem]) if problem else None


def address_works(candidate: Candidate, scene: Scene) -> Finding | None:
    """No letter to this address came back, whichever row it was for."""
    address = candidate.address.value or ""
    bounce = scene.log.bounced.get(address_key(address)) or bounce_before_erasure(address, scene)
    if bounce is None:
        return None
    why = {"detail": in_words(bounce.detail, "ja"), "detail_en": in_words(bounce.detail, "en")}
    return Finding(Reason.ADDRESS_BOUNCED, {"when": day_in_words(bounce.at), **why})


def shares_no_address(candidate: Candidate, scene: Scene) -> Finding | None:
    """Two names on one address: one of them is wrong, and we can't know which."""
    rows = scene.shared_addresses.get(candidate.row)
    return Finding(Reason.ADDRESS_SHARED, {"rows": rows_in_words(rows)}) if rows else None


def wants_letters(candidate: Candidate, scene: Scene) -> Finding | None:
    """A refusal on any row of the person counts for all of them."""
    family = (candidate, *scene.siblings.get(candidate.row, ()))
    return Finding(Reason.OPTED_OUT) if any(c.opted_out for c in family) else None


def may_go_by_line(candidate: Candidate, scene: Scene) -> Finding | None:
    """A chat is no place for a rejection unless a person said so, and leads only to whoever opened it themselves."""
    if not scene.rules.by_line:
        return None
    if scene.kind is LetterKind.REJECTION and not scene.rules.results_by_line:
        return Finding(Reason.RESULT_NOT_BY_LINE)
    return None if candidate.line_user else Finding(Reason.LINE_NOT_LINKED)


def is_not_on_hold(candidate: Candidate, scene: Scene) -> Finding | None:
    """HR's own brake: a tag."""
    tag = next((t for t in candidate.tags if folded(t) in scene.rules.hold_tags), None)
    return Finding(Reason.ON_HOLD, {"tag": tag}) if tag else None


def is_not_held(candidate: Candidate, scene: Scene) -> Finding | None:
    """HR's other brake: a person's word in the page, with a reason if they gave one."""
    held = scene.log.delivery(scene.log.current_key(candidate.id, scene.kind)).held
    if held is None:
        return None
    facts = {"when": day_in_words(held.at), "who": held.actor.partition(" (")[0] or "?"}
    note = {"note": f"(「{held.detail}」)", "note_en": f" (“{held.detail}”)"} if held.detail else {}
    return Finding(Reason.HELD_BY_PERSON, {**facts, "note": "", **note})


def is_ours_to_tell(candidate: Candidate, scene: Scene) -> Finding | None:
    """Candidates of an agency are told by the agency."""
    if candidate.from_agency and not scene.rules.write_to_agency_candidates:
        return Finding(Reason.FROM_AGENCY)
    return None


def has_no_other_hope(candidate: Candidate, scene: Scene) -> Finding | None:
    """Nobody is rejected in one row while another row of theirs is alive."""
    siblings = scene.siblings.get(candidate.row, ())
    alive = [c for c in siblings if c.contradiction or c.decision in _KEEPS_A_PERSON_IN_PLAY]
    if not alive:
        return None
    first = alive[0]
    value = first.contradiction.other_word if first.contradiction else first.decision_text or "選考中"
    return Finding(Reason.PERSON_IN_SELECTION, {"rows": rows_in_words([c.row for c in alive]), "value": value})


def is_first_letter_to_person(candidate: Candidate, scene: Scene) -> Finding | None:
    """One letter per person and round, whichever row or address it went to."""
    for delivery in letters_of_person(candidate, scene):
        recent = delivery.at is not None and delivery.at > scene.now - scene.rules.one_letter_per_person
        # An earlier letter to this very row is no obstacle: a person has reopened the row for a new decision.
        is_another = delivery.key.candidate_id != candidate.id and delivery.key.kind is scene.kind
        if delivery.is_told and recent and is_another:
            facts = {"when": day_in_words(delivery.at), "other": delivery.key.candidate_id}
            return Finding(Reason.PERSON_ALREADY_TOLD, facts)
    return None


def is_on_record(candidate: Candidate, scene: Scene) -> Finding | None:
    """Where the log was rebuilt, nobody is written to of whom it knows nothing, and who was due before."""
    lost_at = scene.log.rebuilt_at
    is_known = scene.log.current_key(candidate.id, scene.kind) in scene.log.deliveries
    if lost_at is None or is_known or decision_moment(candidate, scene.now) >= lost_at:
        return None
    return Finding(Reason.RECORD_LOST, {"when": minute_in_words(lost_at)})


def is_approved(candidate: Candidate, scene: Scene) -> Finding | None:
    """Where the workbook asks for approval, it is for this very name and address."""
    if not scene.rules.require_approval:
        return None
    if not candidate.approved:
        return Finding(Reason.NOT_APPROVED)
    stored = candidate.stored_fingerprint
    now = fingerprint(candidate.id, candidate.address.value or "", candidate.name_key)
    return Finding(Reason.CHANGED_SINCE_APPROVAL) if stored and stored != now else None


def is_old_enough(candidate: Candidate, scene: Scene) -> Finding | None:
    """A person is not rejected within hours, nor years after the event."""
    if candidate.decided_at_problem:
        return Finding(Reason.DECISION_DATE_UNREADABLE)
    decided = decision_moment(candidate, scene.now)
    if decided > scene.now + timedelta(days=1):
        return Finding(Reason.DECISION_DATE_IN_FUTURE)
    ripe = decided + scene.rules.min_delay
    if ripe > scene.now and scene.rules.min_delay:
        return Finding(Reason.DECISION_TOO_RECENT, {"when": minute_in_words(scene.opening_after(ripe))})
    if decided < scene.now - scene.rules.max_age:
        return Finding(Reason.DECISION_TOO_OLD, {"days": str(scene.rules.max_age.days)})
    return None


def is_time_to_write(_candidate: Candidate, scene: Scene) -> Finding | None:
    """The send window is open."""
    return Finding(Reason.WINDOW_CLOSED, {"when": minute_in_words(scene.next_opening)}) if scene.next_opening else None


GUARDS: tuple[Guard, ...] = (
    is_rejected,
    is_not_erased,
    is_not_told_yet,
    says_one_thing,
    is_who_it_says,
    has_a_name,
    has_an_address,
    address_works,
    shares_no_address,
    wants_letters,
    may_go_by_line,
    is_not_on_hold,
    is_not_held,
    is_ours_to_tell,
    has_no_other_hope,
    is_first_letter_to_person,
    is_on_record,
    is_approved,
    is_old_enough,
    is_time_to_write,
)


def first_finding(candidate: Candidate, scene: Scene) -> Finding | None:
    """Ask every guard in turn; the first that answers decides."""
    for guard in GUARDS:
        finding = guard(candidate, scene)
        if finding is not None:
            return finding
    return None


def decision_moment(candidate: Candidate, now: datetime) -> datetime:
    """Since when the person has been waiting: the decision's date, else when we first saw it, else now."""
    return candidate.decided_at or candidate.first_seen_at or now


def letters_of_person(candidate: Candidate, scene: Scene) -> list[Delivery]:
    """Every delivery to any row or any address of the person, by the log alone."""
    log = scene.log
    if not log.deliveries:
        return []
    family = (candidate, *scene.siblings.get(candidate.row, ()))
    keys = {log.current_key(c.id, scene.kind) for c in family}
    addresses = [one for person in family for one in (person.address.value, *person.more_addresses) if one]
    for address in addresses:
        keys.update(log.by_address.get(match_key(address), ()))
    keys.update(letters_to_erased(addresses, scene))
    return [log.deliveries[key] for key in keys if key in log.deliveries]


def _typed_over(delivery: Delivery, candidate: Candidate, scene: Scene) -> Finding | None:
    """A row that was copied or typed over keeps its id, and the person in it now may never have had a letter."""
    if delivery.claim and is_erased(delivery.claim.to_address) and not is_erased(candidate.address.value):
        return Finding(Reason.IDENTITY_BROKEN)  # somebody was typed into the row of a person who was erased
    is_told = not candidate.address.value or _went_to(delivery, candidate)
    return None if is_told else is_who_it_says(candidate, scene)


def _went_to(delivery: Delivery, candidate: Candidate) -> bool:
    return delivery.claim is not None and delivery.claim.to_address == candidate.address.value


def _contradicted(candidate: Candidate) -> Finding | None:
    found = candidate.contradiction
    if found is None:
        return None
    facts = {
        "heading": found.decision_heading,
        "value": candidate.decision_text or "空欄",
        "value_en": candidate.decision_text or "nothing",
        "other_heading": found.other_heading,
        "other": found.other_word or "空欄",
        "other_en": found.other_word or "nothing",
    }
    if found.other_row:
        facts["other_heading"] = f"{found.other_heading}({found.other_row} 行目)"
        facts["other_heading_en"] = f"{found.other_heading} (row {found.other_row})"
    return Finding(Reason.DECISION_CONTRADICTED, facts)
