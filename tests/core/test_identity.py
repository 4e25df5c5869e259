"""Ids and fingerprints: what people do to columns is noticed before anybody gets another person's letter."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_automation.core.identity import IdentityProblem, fingerprint, identity_problems
from sheets_automation.core.model import Address
from tests.core.sheets import HEADINGS, read_rows

NAMES = [
    "山田 太郎",
    "佐藤 花子",
    "鈴木 一郎",
    "高橋 愛",
    "田中 翔",
    "伊藤 結衣",
    "渡辺 蓮",
    "中村 葵",
    "小林 湊",
    "加藤 凛",
] * 2
BROKEN = IdentityProblem.BROKEN_PAIR


def stamped_sheet(size=20):
    """Candidates as our last run left them; the second ten have the names of the first ten, and other addresses."""
    rows = [(f"C-{n}", NAMES[n], f"person{n}@example.jp", "不採用") for n in range(size)]
    return [restamped(candidate) for candidate in read_rows(HEADINGS, *rows)]


def restamped(candidate):
    return replace(
        candidate, stored_fingerprint=fingerprint(candidate.id, candidate.address.value or "", candidate.name_key)
    )


def with_address(candidate, address):
    return replace(candidate, address=Address(value=address))


def with_name(candidate, name_key):
    return replace(candidate, name_key=name_key)


def test_an_untouched_sheet_has_no_problem():
    assert identity_problems(stamped_sheet()) == {}


def test_a_sheet_that_never_met_us_has_no_problem():
    assert identity_problems([replace(c, stored_fingerprint="") for c in stamped_sheet()]) == {}


def test_a_copied_row_doubles_its_id():
    sheet = stamped_sheet()
    sheet.append(replace(sheet[3], row=99))

    assert identity_problems(sheet) == {5: IdentityProblem.DOUBLED_ID, 99: IdentityProblem.DOUBLED_ID}


def test_sorting_whole_rows_is_no_problem():
    sheet = stamped_sheet()
    rows = [c.row for c in sheet]

    assert identity_problems([replace(c, row=row) for c, row in zip(reversed(sheet), rows, strict=True)]) == {}


def test_one_edited_address_is_an_edit():
    sheet = stamped_sheet()
    sheet[4] = with_address(sheet[4], "corrected@example.jp")

    assert identity_problems(sheet) == {}


def test_one_edited_name_is_an_edit():
    sheet = stamped_sheet()
    sheet[4] = with_name(sheet[4], "田中翔太")

    assert identity_problems(sheet) == {}


def test_an_edited_address_and_name_are_an_edit():
    sheet = stamped_sheet()
    sheet[4] = with_name(with_address(sheet[4], "new@example.jp"), "新垣結")

    assert identity_problems(sheet) == {}


def test_two_swapped_addresses_break_both_rows():
    sheet = stamped_sheet()
    one, other = sheet[2].address.value, sheet[3].address.value
    sheet[2], sheet[3] = with_address(sheet[2], other), with_address(sheet[3], one)

    assert identity_problems(sheet) == {4: BROKEN, 5: BROKEN}


def test_two_swapped_names_break_both_rows():
    sheet = stamped_sheet()
    one, other = sheet[2].name_key, sheet[3].name_key
    sheet[2], sheet[3] = with_name(sheet[2], other), with_name(sheet[3], one)

    assert identity_problems(sheet) == {4: BROKEN, 5: BROKEN}


def test_two_swapped_ids_break_both_rows():
    sheet = stamped_sheet()
    one, other = sheet[2].id, sheet[3].id
    sheet[2], sheet[3] = replace(sheet[2], id=other), replace(sheet[3], id=one)

    assert identity_problems(sheet) == {4: BROKEN, 5: BROKEN}


def test_people_moved_away_from_their_ids_and_fingerprints_break_both_rows():
    sheet = stamped_sheet()
    one, other = sheet[2], sheet[3]
    sheet[2] = replace(one, address=other.address, name_key=other.name_key)
    sheet[3] = replace(other, address=one.address, name_key=one.name_key)

    assert identity_problems(sheet) == {4: BROKEN, 5: BROKEN}


def test_an_address_dragged_down_over_another_person_is_broken():
    sheet = stamped_sheet()
    sheet[3] = with_address(sheet[3], sheet[2].address.value)

    assert identity_problems(sheet) == {5: BROKEN}


def test_a_tear_in_one_row_makes_the_other_changes_suspect_too_until_somebody_has_looked():
    sheet = stamped_sheet(3)
    del sheet[0]  # so nobody knows the name that has moved over from it
    sheet[0], sheet[1] = with_name(sheet[0], sheet[1].name_key), with_name(sheet[1], stamped_sheet(3)[0].name_key)

    assert identity_problems(sheet) == {3: BROKEN, 4: BROKEN}
    assert identity_problems([sheet[0], restamped(sheet[1])]) == {}


def test_an_address_corrected_to_the_one_in_the_persons_other_row_is_an_edit():
    sheet = stamped_sheet()
    sheet[12] = with_address(sheet[12], sheet[2].address.value)  # the same name in both rows

    assert identity_problems(sheet) == {}


def test_many_changes_at_once_are_no_edits():
    sheet = stamped_sheet(10)
    for n in (1, 2, 3):
        sheet[n] = with_address(sheet[n], f"new{n}@example.jp")

    assert identity_problems(sheet) == {3: BROKEN, 4: BROKEN, 5: BROKEN}


def test_two_changes_in_a_small_sheet_are_edits():
    sheet = stamped_sheet(4)
    for n in (1, 2):
        sheet[n] = with_address(sheet[n], f"new{n}@example.jp")

    assert identity_problems(sheet) == {}


def test_a_row_that_lost_its_address_proves_nothing():
    sheet = stamped_sheet()
    sheet[2] = with_address(sheet[2], None)

    assert fingerprint("C-1", "", "山田") == ""
    assert identity_problems(sheet) == {}


@pytest.mark.parametrize("typed", ["確認済み", "abc", "2026-11"])
def test_a_fingerprint_that_somebody_overwrote_proves_nothing(typed):
    sheet = stamped_sheet()
    sheet[2] = replace(sheet[2], stored_fingerprint=typed)

    assert identity_problems(sheet) == {}


@pytest.mark.parametrize("error", ["#N/A", "#ERROR!", "#SPILL!"])
def test_an_id_that_a_formula_could_not_compute_is_not_trusted(error):
    sheet = stamped_sheet()
    sheet[2] = replace(sheet[2], id=error, stored_fingerprint="")

    assert identity_problems(sheet) == {4: BROKEN}


@pytest.mark.parametrize(("length", "problems"), [(255, {}), (256, {2: BROKEN})])
def test_an_id_that_is_too_long_for_the_log_is_not_trusted(length, problems):
    [candidate] = read_rows(HEADINGS, ("C" * length, NAMES[0], "person0@example.jp", "不採用"))

    assert identity_problems([candidate]) == problems


def test_the_parts_of_a_fingerprint_say_which_value_changed():
    before = fingerprint("C-1", "taro@example.jp", "山田太郎").split("-")

    renamed = fingerprint("C-1", "taro@example.jp", "佐藤太郎").split("-")
    moved = fingerprint("C-1", "new@example.jp", "山田太郎").split("-")
    other_id = fingerprint("C-2", "taro@example.jp", "山田太郎").split("-")

    assert [len(part) for part in before] == [6, 6, 6]
    assert [a == b for a, b in zip(before, renamed, strict=True)] == [True, True, False]
    assert [a == b for a, b in zip(before, moved, strict=True)] == [False, False, True]
    assert [a == b for a, b in zip(before, other_id, strict=True)] == [False, True, True]


def new_ids(*rows):
    return [candidate.id for candidate in read_rows(HEADINGS, *rows)]


def test_a_new_id_is_the_same_in_every_run_and_wherever_the_row_stands():
    taro, hanako = (None, "山田 太郎", "taro@example.jp", "不採用"), (None, "佐藤 花子", "hanako@example.jp", "")

    first, second = new_ids(taro, hanako)

    assert new_ids(hanako, taro) == [second, first]
    assert first == "C-0CH3BP136A"  # written down: another version of the program must find the same id
    assert new_ids((None, "山田 太郎", "taro@example.jp", "内定")) == [first]


def test_identical_rows_are_numbered_and_pass_over_ids_that_are_taken():
    row = (None, "山田 太郎", "taro@example.jp", "不採用")
    [base] = new_ids(row)

    assert new_ids(row, row) == [base, f"{base}-2"]
    assert new_ids(row, (base, *row[1:]), row) == [f"{base}-2", base, f"{base}-3"]


@given(st.permutations(range(20)))
def test_sorting_one_column_only_breaks_every_row_whose_address_moved(order):
    sheet = stamped_sheet()
    addresses = [sheet[n].address for n in order]
    moved = {c.row for c, address in zip(sheet, addresses, strict=True) if c.address != address}

    problems = identity_problems([replace(c, address=a) for c, a in zip(sheet, addresses, strict=True)])

    swapped_with_namesake = {n + 2 for n in range(20) if order[n] % 10 == n % 10}
    assert moved - swapped_with_namesake <= set(problems) <= moved
