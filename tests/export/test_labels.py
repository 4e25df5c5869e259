"""Which words of a workbook leave it: what many share, and nothing that says who somebody is."""

from __future__ import annotations

import pytest

from sheets_automation.core.exporting.labels import FEWEST, Labels
from sheets_automation.core.headings import Field
from tests.core.builders import candidate


def people(count, **fields):
    return [candidate(row=number, id=f"C-{number}", **fields) for number in range(2, count + 2)]


def names(candidates, kind="medium", **rules):
    """How often each name of one kind leaves."""
    labels = Labels(candidates, **{"barred": (), "least": FEWEST, "costs": (), **rules})
    found = [one.name for person in candidates for one in labels.of(person) if one.kind == kind]
    return {name: found.count(name) for name in found}


def test_what_many_share_leaves_by_its_name_and_what_few_share_is_counted_without():
    candidates = [*people(FEWEST, medium="doda"), *people(FEWEST - 1, medium="田中さんの紹介"), *people(1, medium="")]

    assert names(candidates) == {"doda": 5, "その他": 4, "": 1}


def test_a_medium_for_which_hr_notes_costs_leaves_by_its_name_however_few_came():
    assert names(people(1, medium="Green"), costs={"green"}) == {"Green": 1}


@pytest.mark.parametrize(
    "tag", ["佐藤花子", "佐藤 花子", "s.hanako@example.com", "090-1234-5678", "tel (03) 1234 5678"]
)
def test_no_label_leaves_that_is_a_candidates_name_an_address_or_a_number(tag):
    candidates = people(50, name="佐藤 花子", name_key="佐藤花子", tags=(tag, "VIP"))

    assert names(candidates, "tag") == {"その他": 50, "VIP": 50}


def test_two_labels_that_do_not_leave_count_somebody_once():
    assert names(people(1, tags=("甲", "乙")), "tag") == {"その他": 1}


def test_a_column_that_nobody_may_be_judged_by_is_left_out():
    assert names(people(9, medium="20代"), barred={Field.MEDIUM}) == {}
    assert names(people(9, tags=("女性",)), "tag") == {}
