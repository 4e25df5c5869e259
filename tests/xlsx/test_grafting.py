"""Tabs that XlsxWriter made, put into workbooks of others."""

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from sheets_automation.xlsx.package import Package
from tests.xlsx.edited import STYLES, TAB, changes_nothing, edited, part
from tests.xlsx.raw_workbook import workbook_with
from tests.xlsx.test_refusals import made

REPORT = "分析"


def report(*, title="分析", hidden=False):
    """A tab with styles, rules, a filter, a formula and a chart."""
    out = io.BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet(REPORT)
        bold = book.add_format({"bold": True, "bg_color": "#DDEEFF", "num_format": "0.0%"})
        sheet.write("A1", title, bold)
        sheet.write_column("A2", [1, 2, 3])
        sheet.write_formula("A6", "=SUM(A2:A4)", bold, 6)
        sheet.set_column("B:B", 30, bold)
        sheet.set_row(8, None, bold)
        sheet.freeze_panes(1, 0)
        sheet.autofilter("A1:A4")
        sheet.repeat_rows(0)
        red = book.add_format({"font_color": "#CC0000"})
        sheet.conditional_format("A2:A4", {"type": "cell", "criteria": ">", "value": 2, "format": red})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": f"={REPORT}!$A$2:$A$4"})
        sheet.insert_chart("C2", chart)
        sheet.write_url("A8", "https://example.com/")
        if hidden:
            book.add_worksheet("x").activate()
            sheet.hide()
    return out.getvalue()


@pytest.fixture
def hr_book(tmp_path):
    """HR's own: a chart, a formula, a hidden tab, and formats that are not ours."""
    path = tmp_path / "hr.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet(TAB)
        sheet.write_formula("A1", "=1+1", book.add_format({"italic": True}), 2)
        sheet.conditional_format("A1", {"type": "blanks", "format": book.add_format({"bg_color": "#00FF00"})})
        sheet.autofilter("A1:B2")
        chart = book.add_chart({"type": "pie"})
        chart.add_series({"values": f"={TAB}!$A$1:$A$2"})
        sheet.insert_chart("C2", chart)
        book.add_worksheet("裏").hide()
    return path


def names(path):
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_a_new_tab_stands_at_the_end_with_all_it_reaches(hr_book):
    new = edited(hr_book, lambda edit: edit.put_tabs(report()))

    book = load_workbook(new)
    assert book.sheetnames == [TAB, "裏", REPORT]
    sheet = book[REPORT]
    assert (sheet["A1"].value, sheet["A1"].font.b, sheet["A1"].number_format) == ("分析", True, "0.0%")
    assert sheet["A1"].fill.fgColor.rgb == "FFDDEEFF"
    assert sheet["A6"].value == "=SUM(A2:A4)"
    assert sheet.column_dimensions["B"].width == pytest.approx(30, abs=1)
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:A4", "$1:$1")
    assert sheet["A8"].hyperlink.target == "https://example.com/"
    (rule,) = (rule for rules in sheet.conditional_formatting for rule in rules.rules)
    assert rule.dxf.font.color.rgb == "FFCC0000"
    assert {"xl/charts/chart2.xml", "xl/drawings/drawing2.xml"} <= set(names(new))
    assert f"{REPORT}!$A$2:$A$4" in part(new, "xl/charts/chart2.xml")


def test_what_was_there_keeps_its_names_formats_and_filter(hr_book):
    new = edited(hr_book, lambda edit: edit.put_tabs(report()))

    assert set(re.findall(r'xfId="\d"', part(new, "xl/styles.xml"))) == {'xfId="0"'}
    assert part(new, "xl/charts/chart1.xml") == part(hr_book, "xl/charts/chart1.xml")
    sheet = load_workbook(new)[TAB]
    assert sheet["A1"].font.i
    assert sheet.auto_filter.ref == "A1:B2"
    assert re.findall(r'localSheetId="(\d)"[^>]*>([^<]*)<', part(new, "xl/workbook.xml")) == [
        ("0", f"{TAB}!$A$1:$B$2"),
        ("2", f"{REPORT}!$A$1:$A$4"),
        ("2", f"{REPORT}!$1:$1"),
    ]


def test_only_one_tab_is_selected(hr_book):
    new = edited(hr_book, lambda edit: edit.put_tabs(report()))

    sheets = [part(new, name) for name in names(new) if name.startswith("xl/worksheets/sheet")]
    assert [sheet.count("tabSelected") for sheet in sheets].count(1) == 1


def test_a_tab_that_is_put_again_changes_nothing(hr_book):
    new = edited(hr_book, lambda edit: edit.put_tabs(report()))

    assert changes_nothing(new, lambda edit: edit.put_tabs(report()))


def test_a_replaced_tab_keeps_its_place_its_state_and_what_macros_call_it(hr_book):
    first = edited(hr_book, lambda edit: edit.put_tabs(report()))
    people = first.with_name("people.xlsx")
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(people, "w") as saved:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/workbook.xml":
                entries = re.findall(rb"<sheet .*?/>", data)
                hidden = entries[2].replace(b"<sheet ", b'<sheet state="hidden" ')
                data = data.replace(b"".join(entries), hidden + entries[0] + entries[1])
                data = re.sub(rb'localSheetId="(\d)"', lambda m: b'localSheetId="%d"' % ((int(m[1]) + 1) % 3), data)
            if name == "xl/worksheets/sheet3.xml":
                data = data.replace(b"<dimension", b'<sheetPr codeName="Sheet77"/><dimension').replace(
                    b"<sheetPr>", b""
                )
            saved.writestr(name, data)

    new = edited(people, lambda edit: edit.put_tabs(report(title="新しい分析")))

    with Package.open(new) as package:
        assert [(sheet.name, sheet.state) for sheet in package.sheets] == [
            (REPORT, "hidden"),
            (TAB, "visible"),
            ("裏", "hidden"),
        ]
        assert package.sheets[0].sheet_id == 3
    assert 'codeName="Sheet77"' in part(new, "xl/worksheets/sheet3.xml")
    book = load_workbook(new)
    assert book[REPORT]["A1"].value == "新しい分析"
    assert book[REPORT].print_title_rows == "$1:$1"
    assert book[TAB].auto_filter.ref == "A1:B2"


def test_what_excel_added_to_a_tab_goes_with_it_and_what_others_use_stays(hr_book, tmp_path):
    first = edited(hr_book, lambda edit: edit.put_tabs(report()))
    saved = tmp_path / "saved.xlsx"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.microsoft.com/office/2011/relationships/chartStyle" '
        'Target="style1.xml"/><Relationship Id="rId2" Type="x/theme" Target="/xl/theme/theme1.xml"/></Relationships>'
    )
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/charts/_rels/chart2.xml.rels", links)
        new.writestr("xl/charts/style1.xml", "<style/>")

    result = edited(saved, lambda edit: edit.put_tabs(made(REPORT)))

    gone = set(names(saved)) - set(names(result))
    assert gone == {
        "xl/charts/_rels/chart2.xml.rels",
        "xl/charts/style1.xml",
        "xl/charts/chart2.xml",
        "xl/drawings/drawing2.xml",
        "xl/drawings/_rels/drawing2.xml.rels",
        "xl/worksheets/_rels/sheet3.xml.rels",
    }
    assert "chart2" not in part(result, "[Content_Types].xml")


def test_the_calculation_chain_forgets_the_cells_of_a_replaced_tab(hr_book, tmp_path):
    first = edited(hr_book, lambda edit: edit.put_tabs(report()))
    chain = '<calcChain xmlns="x"><c r="A1" i="1"/><c r="A6" i="3"/><c r="A7"/><c r="B1" i="1"/></calcChain>'
    saved = tmp_path / "saved.xlsx"
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
                link = b'<Relationship Id="rId99" Type="%b" Target="calcChain.xml"/></Relationships>' % kind
                data = data.replace(b"</Relationships>", link)
            new.writestr(name, data)
        new.writestr("xl/calcChain.xml", chain)

    result = edited(saved, lambda edit: edit.put_tabs(report(title="別")))

    assert part(result, "xl/calcChain.xml") == '<calcChain xmlns="x"><c r="A1" i="1"/><c r="B1" i="1"/></calcChain>'


def test_excel_is_told_to_calculate_what_depends_on_new_values(hr_book, tmp_path):
    new = edited(hr_book, lambda edit: edit.set_cell(TAB, 5, 0, 1))
    assert '<calcPr calcId="124519" fullCalcOnLoad="1"/>' in part(new, "xl/workbook.xml")

    bare = edited(workbook_with(tmp_path, styles=STYLES), lambda edit: edit.set_cell(TAB, 5, 0, 1))
    assert '</sheets><calcPr fullCalcOnLoad="1"/></workbook>' in part(bare, "xl/workbook.xml")


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_a_small_workbook_that_declares_nothing_can_take_a_tab(tmp_path):
    path = workbook_with(tmp_path, styles=STYLES)

    new = edited(path, lambda edit: edit.put_tabs(report()))

    with Package.open(new) as package:
        assert [sheet.name for sheet in package.sheets] == [TAB, REPORT]
    assert load_workbook(new)[REPORT]["A1"].value == "分析"


def test_repeated_runs_with_new_figures_do_not_grow_the_styles(hr_book):
    first = edited(hr_book, lambda edit: edit.put_tabs(report(title="1")))
    second = edited(first, lambda edit: edit.put_tabs(report(title="2")))

    assert part(second, "xl/styles.xml") == part(first, "xl/styles.xml")
    assert names(second) == names(first)


def test_a_donor_may_hide_its_tab(hr_book):
    new = edited(hr_book, lambda edit: edit.put_tabs(report(hidden=True)))

    assert load_workbook(new)[REPORT].sheet_state == "hidden"
