"""The scan is only allowed because it gives the very rows that the XML parser gives."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sheets_automation.core.errors import WorkbookUnreadable
from sheets_automation.xlsx.cell_values import CellReader
from sheets_automation.xlsx.columns import column_index, column_letters
from sheets_automation.xlsx.markup import MarkupError
from sheets_automation.xlsx.package import Package
from sheets_automation.xlsx.parsed_rows import parsed_rows
from sheets_automation.xlsx.reading import iter_rows
from tests.xlsx.raw_workbook import sheet_of, styles_of, workbook_with

USUAL_CONTENTS = [
    "/>",
    "></c>",
    "><v>1</v></c>",
    "><v>1.5</v></c>",
    "><v/></c>",
    ' t="str"><v>a&amp;b&#13;</v></c>',
    ' t="str"><f>"&lt;c&gt;"</f><v>a\r\nb</v></c>',
    "><f>1</f></c>",
    '><f t="shared" si="0"/><v>4</v></c>',
    ' t="s"><v>1</v></c>',
    ' t="inlineStr"><is><t>x &gt; y</t></is></c>',
    ' t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>',
    ' t="b"><v>1</v></c>',
    ' s="1" cm="1"><v>2</v></c>',
]
ODD_CONTENTS = [
    ' t="inlineStr"><is><r><t>x</t></r></is></c>',
    ' t="str" s="1"><v>2</v></c>',
    '><v>1</v><extLst><ext><c r="B{n}"><v>9</v></c></ext></extLst></c>',
    '><!-- <c r="A{n}"><v>8</v></c> --><v>3</v></c>',
    '><?pi <c r="A{n}"><v>8</v></c> ?><v>3</v></c>',
    ' t="str"><v><![CDATA[</c>]]></v></c>',
    ' t="str"><v>a<!-- -->b</v></c>',
]
BROKEN_CONTENTS = [' t="s"><v>99</v></c>', ' t="str"><v>&unknown;</v></c>', "><v>1</v></c></c>", "><v>1"]
USUAL_ADDRESSES = [' r="A{n}"', ' r="B{n}"', ' r="b{n}"', ' r="AB{n}"', ' r="XFD{n}"']
ODD_ADDRESSES = ["", " r='A{n}'", ' s="1" r="A{n}"', '\nr="B{n}"']
BROKEN_ADDRESSES = [' r="XFE{n}"', ' r="A{next}"', ' r="1{n}"']
USUAL_ROWS = ['<row r="{n}">', '<row r="{n}" hidden="1">', '<row r="{n}" hidden="0" spans="1:3">']
ODD_ROWS = [
    "<row r='{n}' hidden='true'>",
    "<row>",
    '<row hidden="1" r="{n}">',
    '<row r="{n}" x="&gt; >" hidden="true">',
]
BROKEN_ROWS = ['<row r="1">', '<row r="0">', '<row r="{n}" r="{n}">']

NOT_IN_THE_ROW = '<c r="A{n}"><v>9</v></c>'
ODD_ENDS = [
    f"<!-- {NOT_IN_THE_ROW} --></row>",
    f"<?pi {NOT_IN_THE_ROW} ?></row>",
    f"<extLst><ext>{NOT_IN_THE_ROW}</ext></extLst></row>",
]


@st.composite
def sheets(draw):
    """Worksheets in every spelling that we could think of, well-formed or not."""
    # Each kind of oddity has to come alone too: one is enough to make the scan step aside, whatever it says to others.
    contents = draw(pools(USUAL_CONTENTS, ODD_CONTENTS, BROKEN_CONTENTS))
    addresses = draw(pools(USUAL_ADDRESSES, ODD_ADDRESSES, BROKEN_ADDRESSES))
    openings = draw(pools(USUAL_ROWS, ODD_ROWS, BROKEN_ROWS))
    ends = draw(pools(["</row>"], ODD_ENDS, ["</row", ""]))
    rows = []
    for number in range(1, draw(st.integers(2, 5))):
        cells = "".join(f"<c{draw(addresses)}{draw(contents)}" for _ in range(draw(st.integers(0, 3))))
        row = f"{draw(openings)}{cells}{draw(ends)}"
        rows.append(row.replace("{n}", str(number)).replace("{next}", str(number + 1)))
    return sheet_of("".join(rows))


def pools(usual, odd, broken):
    return st.sampled_from([usual, usual, usual + odd, usual + odd + broken]).map(st.sampled_from)


class Texts:
    def __getitem__(self, number):
        return ["zero", "one"][number]


def parsed(package, columns):
    reader = CellReader(texts=Texts(), date_styles=frozenset({"0"}), date1904=False)
    try:
        return list(parsed_rows(package, package.sheets[0].part, columns, reader))
    except MarkupError:
        return "unreadable"


def read(package, columns):
    try:
        return list(iter_rows(package, package.sheets[0], columns))
    except WorkbookUnreadable:
        return "unreadable"


@settings(max_examples=400)
@given(sheet=sheets(), columns=st.none() | st.sets(st.sampled_from([0, 1, 27, 16_383])))
@example(sheet=sheet_of(""), columns=None)
@example(sheet=sheet_of("").replace("<sheetData></sheetData>", "<sheetData/>"), columns=None)
@example(sheet=sheet_of('<row r="1"><c r="A1"><v>1</v></c></row>').replace("</worksheet>", ""), columns=None)
def test_what_the_parser_reads_the_scan_reads_alike(sheet, columns):
    styles = styles_of("yyyy/m/d").replace('<xf numFmtId="0"/>', "")
    texts = "<sst><si><t>zero</t></si><si><t>one</t></si></sst>"
    with TemporaryDirectory() as folder:
        path = workbook_with(Path(folder), sheet=sheet, texts=texts, styles=styles)
        with Package.open(path) as package:
            expected = parsed(package, columns)

            # The scan does not look at cells that nobody wants, so it may miss that they are broken.
            assert read(package, columns) == expected or expected == "unreadable"


@given(st.integers(0, 16_383))
def test_column_letters_and_numbers_are_two_names_of_one_thing(index):
    assert column_index(column_letters(index)) == index


def test_columns_are_named_as_in_excel():
    assert [column_letters(index) for index in (0, 25, 26, 701, 702, 16_383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
