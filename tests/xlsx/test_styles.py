"""Formats found by meaning or appended, and nothing else changed in the styles part."""

import re

import pytest

from sheets_automation.xlsx.cell_style import CellStyle
from sheets_automation.xlsx.refusals import CellRefused
from sheets_automation.xlsx.style_table import meaning_of
from sheets_automation.xlsx.styles import Styles
from tests.xlsx.edited import STYLES

XLSX = STYLES.encode()


def without(data, *patterns):
    for pattern in patterns:
        data = re.sub(pattern, b"", data)
    return data


def test_asking_for_nothing_new_leaves_the_part_as_it_is():
    styles = Styles(XLSX)

    assert styles.derive(1, CellStyle()) == 1
    assert styles.derive(0, CellStyle(number_format="mm-dd-yy")) == 3
    assert Styles(XLSX).to_bytes() == XLSX


def test_a_derived_format_keeps_what_was_not_asked_to_change():
    styles = Styles(XLSX)

    number = styles.derive(2, CellStyle(fill="FFEEAA", bold=True, color="112233", wrap=True, number_format='0"名"'))

    new = styles.to_bytes().decode()
    assert number == 3
    assert (
        '<xf numFmtId="164" fontId="1" fillId="2" borderId="0" applyNumberFormat="1" applyFill="1" applyFont="1" '
        'applyAlignment="1"><alignment wrapText="1"/><protection locked="0"/></xf></cellXfs>'
    ) in new
    assert '<font><b/><sz val="11"/><color rgb="FF112233"/><name val="游ゴシック"/></font></fonts>' in new
    assert '<numFmts count="1"><numFmt numFmtId="164" formatCode="0&quot;名&quot;"/></numFmts><fonts count="2">' in new
    assert '<fill><patternFill patternType="solid"><fgColor rgb="FFFFEEAA"/><bgColor indexed="64"/>' in new


def test_only_counts_and_additions_change():
    styles = Styles(XLSX)
    styles.derive(0, CellStyle(fill="FFEEAA"))

    added = (rb'<fill><patternFill patternType="solid">.*?</fill>', rb"<xf [^>]*applyFill[^>]*>")
    counts = rb' count="\d+"'
    assert without(styles.to_bytes(), *added, counts) == without(XLSX, counts)


def test_deriving_twice_finds_the_format_again_also_in_another_run():
    style = CellStyle(fill="FFEEAA", quote_prefix=True, horizontal="center")
    first = Styles(XLSX)
    number = first.derive(1, style)
    again = Styles(first.to_bytes())

    assert again.derive(1, style) == number
    assert again.derive(number, style) == number
    assert again.to_bytes() == first.to_bytes()


@pytest.mark.parametrize(
    "spelling",
    [
        b'<x:font><x:name val="\xe6\xb8\xb8"/><x:sz val="11" /></x:font>',
        b'<font>\n<sz val="11"></sz><name val="\xe6\xb8\xb8"/><family val="3"/><charset val="128"/></font>',
    ],
)
def test_the_same_font_is_found_however_excel_spells_it(spelling):
    assert meaning_of(spelling) == meaning_of(b'<font><sz val="11"/><name val="\xe6\xb8\xb8"/></font>')


def test_a_border_on_the_left_is_none_on_the_right():
    left = b'<border><left style="thin"><color auto="1"/></left><right/></border>'
    right = b'<border><left/><right style="thin"><color auto="1"/></right></border>'

    assert meaning_of(left) != meaning_of(right)


def test_a_prefixed_part_gets_prefixed_additions():
    prefixed = re.sub(rb"<(/?)", rb"<\1x:", XLSX).replace(b"xmlns=", b"xmlns:x=")
    styles = Styles(prefixed)

    styles.derive(0, CellStyle(fill="FFEEAA"))

    assert b'<x:fill><x:patternFill patternType="solid"><x:fgColor rgb="FFFFEEAA"/>' in styles.to_bytes()


def test_adopting_the_same_formats_again_adds_nothing():
    donor = Styles(XLSX)
    donor.derive(0, CellStyle(fill="FFEEAA", number_format="0.0", bold=True))
    target = Styles(XLSX.replace("游ゴシック".encode(), b"Meiryo"))

    numbers = target.adopt_formats(donor)
    new = target.to_bytes()

    assert Styles(new).adopt_formats(donor) == numbers
    again = Styles(new)
    again.adopt_formats(donor)
    assert again.to_bytes() == new


def test_number_formats_of_two_workbooks_with_the_same_number_stay_apart():
    donor, target = Styles(XLSX), Styles(XLSX)
    theirs = donor.derive(0, CellStyle(number_format="0.0"))
    ours = target.derive(0, CellStyle(number_format="0.000"))

    adopted = target.adopt_formats(donor)[theirs]

    assert adopted != ours
    assert b'numFmtId="164" formatCode="0.000"' in target.to_bytes()
    assert b'numFmtId="165" formatCode="0.0"' in target.to_bytes()


def test_a_cell_is_locked_unless_its_format_says_otherwise():
    styles = Styles(XLSX)

    assert [styles.is_locked(number) for number in (0, 2, 99)] == [True, False, True]


def test_more_formats_than_excel_holds_are_refused():
    many = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * 64_000
    styles = Styles(XLSX.replace(b"</cellXfs>", many + b"</cellXfs>"))

    with pytest.raises(CellRefused, match="as many cell formats"):
        styles.derive(0, CellStyle(bold=True))
