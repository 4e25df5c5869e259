"""How many changes are edits, whose values count as known, and the stamps that lie in people's sheets already."""

from dataclasses import replace

import pytest

from sheets_automation.core.identity import IdentityProblem, derived_id, fingerprint, identity_problems
from sheets_automation.core.model import Address
from tests.core.sheets import HEADINGS, read_rows

BROKEN = IdentityProblem.BROKEN_PAIR


def stamped(*rows):
    """Candidates, given as name and address, as our last run left them."""
    sheet = read_rows(HEADINGS, *((f"C-{n}", name, address, "不採用") for n, (name, address) in enumerate(rows)))
    return [replace(c, stored_fingerprint=fingerprint(c.id, c.address.value, c.name_key)) for c in sheet]


def strangers(size):
    return stamped(*((f"候補{chr(0x4E00 + n)}", f"person{n}@example.jp") for n in range(size)))


def moved(candidate, address):
    return replace(candidate, address=Address(value=address))


def with_changes(sheet, number):
    """The first rows got addresses that nobody had before."""
    return [moved(c, f"new{n}@example.jp") if n < number else c for n, c in enumerate(sheet)]


@pytest.mark.parametrize(
    ("size", "changes", "are_torn"),
    [
        (20, 4, False),  # a fifth exactly
        (19, 4, True),
        (21, 4, False),
        (24, 5, True),
        (10, 2, False),  # fewer than three are edits in the smallest sheet
        (2, 2, False),
        (3, 3, True),
        (15, 3, False),
        (14, 3, True),
    ],
)
def test_changes_are_a_tear_from_three_on_and_above_a_fifth_of_the_rows(size, changes, are_torn):
    problems = identity_problems(with_changes(strangers(size), changes))

    assert problems == (dict.fromkeys(range(2, changes + 2), BROKEN) if are_torn else {})


def test_rows_that_were_never_stamped_do_not_make_many_changes_look_like_few():
    sheet = with_changes(strangers(14), 3)
    new = [replace(c, row=c.row + 100, id=f"N-{c.row}", stored_fingerprint="") for c in strangers(20)]

    assert identity_problems([*sheet, *new]) == {2: BROKEN, 3: BROKEN, 4: BROKEN}


def test_addresses_that_were_cleared_are_missing_and_not_torn():
    sheet = strangers(5)

    assert identity_problems([moved(c, None) for c in sheet[:4]] + sheet[4:]) == {}


def test_a_name_corrected_to_that_of_the_other_row_at_the_same_address_is_an_edit():
    sheet = stamped(("山田 太郎", "taro@example.jp"), ("山田 太朗", "taro@example.jp"), ("佐藤 花子", "h@example.jp"))
    sheet[1] = replace(sheet[1], name_key=sheet[0].name_key)

    assert identity_problems(sheet) == {}


def test_a_row_that_took_both_name_and_address_is_torn_if_either_belongs_to_somebody():
    sheet = strangers(20)
    with_known_address = replace(sheet[4], name_key="新垣結", address=sheet[9].address)
    with_known_name = replace(sheet[4], name_key=sheet[9].name_key, address=Address(value="new@example.jp"))

    for torn in (with_known_address, with_known_name):
        assert identity_problems([*sheet[:4], torn, *sheet[5:]]) == {6: BROKEN}


def test_an_id_that_was_overwritten_beside_an_unchanged_address_is_torn():
    sheet = strangers(20)
    sheet[4] = replace(sheet[4], id="C-99")

    assert identity_problems(sheet) == {6: BROKEN}


@pytest.mark.parametrize(
    "word",
    [
        "#N/A",
        "#REF!",
        "#NAME?",
        "#VALUE!",
        "#DIV/0!",
        "#NULL!",
        "#NUM!",
        "#UNCALCULATED",
        "#ERROR!",
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#CONNECT!",
        "#UNKNOWN!",
        "#BUSY!",
        "#PYTHON!",
        "#GETTING_DATA",
    ],
)
def test_no_error_of_a_formula_is_an_id(word):
    sheet = strangers(3)
    sheet[1] = replace(sheet[1], id=word, stored_fingerprint="")

    assert identity_problems(sheet) == {3: BROKEN}


def test_an_id_too_long_for_the_log_is_none():
    sheet = strangers(3)
    sheet[1], sheet[2] = (
        replace(sheet[n], id="x" * length, stored_fingerprint="") for n, length in ((1, 255), (2, 256))
    )

    assert identity_problems(sheet) == {4: BROKEN}


def test_a_stamp_that_somebody_overwrote_tells_nothing_about_a_change_in_another_row():
    sheet = strangers(20)
    sheet[1] = replace(sheet[1], stored_fingerprint="確認済み")
    sheet[4] = moved(sheet[4], sheet[9].address.value)

    assert identity_problems(sheet) == {6: BROKEN}


def test_a_doubled_id_is_told_as_such_even_if_the_row_is_torn_too():
    sheet = strangers(20)
    sheet[1] = replace(sheet[1], id=sheet[2].id)

    assert identity_problems(sheet) == {3: IdentityProblem.DOUBLED_ID, 4: IdentityProblem.DOUBLED_ID}


def test_the_stamps_that_lie_in_sheets_already_are_still_understood():
    """Written down: another fingerprint for the same row would call every row of every sheet torn."""
    assert fingerprint("C-1", "taro@example.jp", "山田太郎") == "c2b6f3-99d2ba-517de3"


def test_an_address_that_is_also_a_name_does_not_pass_for_one():
    one, other = fingerprint("C-1", "a@b.jp", "山田").split("-"), fingerprint("C-1", "山田", "a@b.jp").split("-")

    assert not set(one) & set(other)


def test_a_broken_character_in_a_cell_stops_nothing():
    assert fingerprint("C-1", "taro@example.jp", "山\ud800田").count("-") == 2
    assert derived_id(["山\ud800田"]).startswith("C-")


def test_cells_that_run_together_to_the_same_text_are_different_rows():
    assert derived_id(["ab", "c"]) != derived_id(["a", "bc"])


def test_ids_have_ten_characters_that_nobody_misreads():
    ids = [derived_id([str(n)]) for n in range(300)]

    assert {len(one) for one in ids} == {12}
    assert set("".join(one[2:] for one in ids)) == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert len(set(ids)) == 300


def test_the_words_for_what_is_wrong_with_a_row_stay_as_they_are():
    assert [problem.value for problem in IdentityProblem] == ["doubled_id", "broken_pair"]
