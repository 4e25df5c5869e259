"""An approval as signed text: it holds for its workbook, its key and its day."""

from datetime import timedelta

import pytest

from sheets_automation.core.errors import ApprovalVoid
from sheets_automation.core.model import LetterKind
from sheets_automation.jobs.approve import Approval
from sheets_automation.service.signing import read, sign
from tests.core.builders import NOW

KEY = b"k" * 32
APPROVAL = Approval(
    id="R1",
    workbook="book.xlsx",
    plan="p",
    letters={"候-1": "m1"},
    actor="花子",
    at=NOW,
    expires_at=NOW + timedelta(days=1),
)


def test_what_was_signed_is_read_back_whole():
    assert read(sign(APPROVAL, KEY), [KEY], workbook="book.xlsx", kind=LetterKind.REJECTION, now=NOW) == APPROVAL


@pytest.mark.parametrize(
    "other",
    [{"workbook": "other.xlsx"}, {"key": b"x" * 32}, {"now": NOW + timedelta(days=1)}, {"kind": LetterKind.FOLLOW_UP}],
    ids=["workbook", "key", "day", "kind of letter"],
)
def test_it_holds_for_nothing_else(other):
    asked = {"key": KEY, "workbook": "book.xlsx", "now": NOW, "kind": LetterKind.REJECTION, **other}

    with pytest.raises(ApprovalVoid):
        read(sign(APPROVAL, KEY), [asked.pop("key")], **asked)
