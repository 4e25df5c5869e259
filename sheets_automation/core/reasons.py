"""Why a candidate is not sent a letter now: a closed list of names, each with a sentence and what to do.

The names are stable: `--json` prints them, docs/reasons.md lists them, tests and operators rely on them.
"""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """Whether somebody has to do something about it."""

    ACT = "act"  # a person has to act, or this letter never goes
    WAIT = "wait"  # it goes by itself later
    NONE = "none"  # it is right as it is


class Reason(StrEnum):
    """Every reason for leaving somebody out."""

    IN_SELECTION = "in_selection"
    OFFERED = "offered"
    HIRED = "hired"
    WITHDRAWN = "withdrawn"
    NOT_CONSIDERED = "not_considered"
    DECISION_UNKNOWN = "decision_unknown"
    DECISION_NOT_CALCULATED = "decision_not_calculated"
    DECISION_FAILED = "decision_failed"
    DECISION_CONTRADICTED = "decision_contradicted"

    ALREADY_SENT = "already_sent"
    LETTER_UNCERTAIN = "letter_uncertain"
    LETTER_UNFINISHED = "letter_unfinished"
    ADDRESS_REFUSED = "address_refused"
    ADDRESS_BOUNCED = "address_bounced"
    RECORD_LOST = "record_lost"
    TOO_MANY_FAILURES = "too_many_failures"
    SENDING_FAILED = "sending_failed"

    ID_DOUBLED = "id_doubled"
    IDENTITY_BROKEN = "identity_broken"
    NAME_MISSING = "name_missing"
    NAME_GARBLED = "name_garbled"
    ADDRESS_MISSING = "address_missing"
    ADDRESS_INVALID = "address_invalid"
    ADDRESS_SEVERAL = "address_several"
    ADDRESS_SHARED = "address_shared"

    ERASED = "erased"
    OPTED_OUT = "opted_out"
    RESULT_NOT_BY_LINE = "result_not_by_line"
    LINE_NOT_LINKED = "line_not_linked"
    ON_HOLD = "on_hold"
    HELD_BY_PERSON = "held_by_person"
    FROM_AGENCY = "from_agency"
    NOT_REACHED_BY_MAIL = "not_reached_by_mail"
    PERSON_IN_SELECTION = "person_in_selection"
    PERSON_ALREADY_TOLD = "person_already_told"
    PERSON_TOLD_BY_OTHER_ROW = "person_told_by_other_row"

    NOT_APPROVED = "not_approved"
    CHANGED_SINCE_APPROVAL = "changed_since_approval"
    SECOND_PERSON_MISSING = "second_person_missing"

    DECISION_DATE_UNREADABLE = "decision_date_unreadable"
    DECISION_DATE_IN_FUTURE = "decision_date_in_future"
    DECISION_TOO_RECENT = "decision_too_recent"
    DECISION_TOO_OLD = "decision_too_old"
    WINDOW_CLOSED = "window_closed"

    NO_CAMPAIGN = "no_campaign"
    FOLLOW_UP_HAD = "follow_up_had"
    GOES_ANOTHER_WAY = "goes_another_way"
    NEWS_NOT_AGREED = "news_not_agreed"
    RESULT_NOT_TOLD = "result_not_told"
    RESULT_TOO_RECENT = "result_too_recent"
    PERSON_ANSWERED = "person_answered"
    FOLLOW_UP_TOO_SOON = "follow_up_too_soon"
    FOLLOW_UP_TOO_OFTEN = "follow_up_too_often"

    NOT_CHOSEN = "not_chosen"
    OVER_LIMIT = "over_limit"
    BUDGET_SPENT = "budget_spent"
    CHANGED_DURING_RUN = "changed_during_run"
    CLAIMED_ELSEWHERE = "claimed_elsewhere"
    RUN_STOPPED = "run_stopped"

    NO_LETTER = "no_letter"
    LETTER_BROKEN = "letter_broken"
    BLANK_FIELD = "blank_field"
    UNRESOLVED_PLACEHOLDER = "unresolved_placeholder"
    MISSING_HONORIFIC = "missing_honorific"
    DOUBLED_HONORIFIC = "doubled_honorific"
    FOREIGN_COMPANY = "foreign_company"
    LINK_NOT_ALLOWED = "link_not_allowed"
    FOREIGN_ADDRESS = "foreign_address"
    SUBJECT_PROBLEM = "subject_problem"
    CONTROL_CHARACTERS = "control_characters"
    LETTER_TOO_LONG = "letter_too_long"
    FOOTER_MISSING = "footer_missing"
