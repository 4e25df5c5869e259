"""Where to look: the cell in which the cause of a reason stands."""

from __future__ import annotations

from sheets_automation.core.headings import Field
from sheets_automation.core.layout import Layout, cell_name
from sheets_automation.core.reasons import Reason
from sheets_automation.core.sentences import Skipped

_FIELDS = {
    Field.ID: (Reason.ID_DOUBLED,),
    Field.FINGERPRINT: (Reason.IDENTITY_BROKEN, Reason.CHANGED_SINCE_APPROVAL),
    Field.ADDRESS: (
        Reason.ADDRESS_MISSING,
        Reason.ADDRESS_INVALID,
        Reason.ADDRESS_SEVERAL,
        Reason.ADDRESS_SHARED,
        Reason.ADDRESS_REFUSED,
        Reason.ADDRESS_BOUNCED,
    ),
    Field.DECISION: (
        Reason.IN_SELECTION,
        Reason.OFFERED,
        Reason.HIRED,
        Reason.WITHDRAWN,
        Reason.NOT_CONSIDERED,
        Reason.DECISION_UNKNOWN,
        Reason.DECISION_NOT_CALCULATED,
        Reason.DECISION_FAILED,
        Reason.DECISION_CONTRADICTED,
    ),
    Field.DECIDED_AT: (
        Reason.DECISION_DATE_UNREADABLE,
        Reason.DECISION_DATE_IN_FUTURE,
        Reason.DECISION_TOO_RECENT,
        Reason.DECISION_TOO_OLD,
    ),
    Field.TAGS: (Reason.ON_HOLD,),
    Field.OPT_OUT: (Reason.OPTED_OUT,),
    Field.MEDIUM: (Reason.FROM_AGENCY,),
    Field.APPROVAL: (Reason.NOT_APPROVED,),
}
_FIELD_OF = {reason: field for field, reasons in _FIELDS.items() for reason in reasons}
MAY_LIE_IN_THE_LETTER = frozenset(
    {
        Reason.NO_LETTER,
        Reason.LETTER_BROKEN,
        Reason.BLANK_FIELD,
        Reason.UNRESOLVED_PLACEHOLDER,
        Reason.MISSING_HONORIFIC,
        Reason.FOREIGN_COMPANY,
        Reason.LINK_NOT_ALLOWED,
        Reason.FOREIGN_ADDRESS,
        Reason.SUBJECT_PROBLEM,
        Reason.LETTER_TOO_LONG,
        Reason.FOOTER_MISSING,
    }
)
"""What stands in a letter and stops it; where it stops several, it comes from their template or a setting."""


def cell_of(skipped: Skipped, layout: Layout) -> str:
    """The address of the cell to look at, e.g. "候補者!E17"; the name's cell where no other one is to blame."""
    column = layout.columns.get(_FIELD_OF.get(skipped.reason, Field.NAME), layout.place.name_column)
    if skipped.reason is Reason.BLANK_FIELD:
        empty = layout.column_of(skipped.facts.get("detail", ""))
        column = column if empty is None else empty
    return f"{layout.place.tab}!{cell_name(skipped.candidate.row, column)}"
