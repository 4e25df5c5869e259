"""検算: where the candidates stand, so that formulas of the analysis tab can count them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheets_automation.core.analysis_period import Period
from sheets_automation.core.headings import Field
from sheets_automation.core.layout import Layout, cell_name
from sheets_automation.core.model import Candidate

_MEANS_SOMETHING = ("=", "<", ">", "*", "?", "~", "+", "-", "@", "'")
_LONGEST_CRITERION = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """Columns of the candidates tab as bounded ranges; none where no formula could count the same."""

    columns: Mapping[Field, str] = field(default_factory=dict)

    def column(self, wanted: Field) -> str:
        """The range of a column, such as "'候補者'!$K$5:$K$92"; empty where there is none."""
        return self.columns.get(wanted, "")


def checking_of(layout: Layout, candidates: Sequence[Candidate], period: Period) -> Checking:
    """What formulas can count: only where everything is looked at, since dates that are typed text do not compare."""
    if not candidates or not period.is_whole:
        return Checking()
    first, last = candidates[0].row, candidates[-1].row
    tab = layout.place.tab.replace("'", "''")
    return Checking(
        columns={
            field: f"'{tab}'!{_absolute(first, column)}:{_absolute(last, column)}"
            for field, column in layout.columns.items()
            if field in {Field.MEDIUM, Field.OPENING}
        }
    )


def counts_by(name: str) -> bool:
    """Whether COUNTIFS takes this name for itself, and for no comparison or pattern."""
    return bool(name) and len(name) <= _LONGEST_CRITERION and not any(sign in name for sign in _MEANS_SOMETHING)


def _absolute(row: int, column: int) -> str:
    letters = cell_name(row, column).rstrip("0123456789")
    return f"${letters}${row}"
