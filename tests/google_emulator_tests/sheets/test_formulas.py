"""What formulas come to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_emulator_tests.sheets.book import Book


@pytest.fixture
def filled(book: Book) -> Book:
    book.write("A1:C3", [[1, 2, "不採用"], [3, "x", "内定"], ["", True, "不採用"]])
    return book


def value(book: Book, formula: str) -> Any:
    book.type_in("F9", [[formula]])
    return book.values("F9", valueRenderOption="UNFORMATTED_VALUE")[0][0]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=1+2*3^2-4/2", 17),
        ("=-A1+B1%", -0.98),
        ("=SUM(A1:B2)", 6),
        ("=SUM(A:A)", 4),
        ("=AVERAGE(A1:A3)", 2),
        ("=COUNTA(C1:C9)", 3),
        ('=COUNTIF(C1:C,"不採用")', 2),
        ('=COUNTIF(A1:A3,">1")', 1),
        ('=COUNTIFS(C1:C3,"不採用",A1:A3,"<>")', 1),
        ('=SUMIF(C1:C3,"内定",A1:A3)', 3),
        ('=IF(A1>=1,"はい","いいえ")', "はい"),
        ('=IFERROR(1/0,"-")', "-"),
        ('=A1&"-"&C2', "1-内定"),
        ('=HYPERLINK("https://example.com","click")', "click"),
        ("=Sheet1!A2*'Sheet1'!$A$1", 3),
        ("=VLOOKUP(3,A1:C3,3,FALSE)", "内定"),
        ('=TEXT(46331,"yyyy/mm/dd")', "2026/11/05"),
        ("=AND(A1=1,NOT(FALSE))", True),
        ('=LEN(TRIM("  a  b "))', 3),
        ("=ROUND(2.345,2)", 2.35),
        ("=ROW()", 9),
        ('=D9=""', True),
    ],
)  # fmt: skip
def test_common_formulas_are_worked_out(filled: Book, formula: str, expected: Any) -> None:
    assert value(filled, formula) == expected


@pytest.mark.parametrize(
    ("formula", "shown", "kind", "message"),
    [
        ("=1/0", "#DIV/0!", "DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero."),
        ("=Nope()", "#NAME?", "NAME", "Unknown function: 'Nope'."),
        ("=A1:Z1 A30:Z30", "#ERROR!", "ERROR", "Formula parse error."),
        ("=+ 田中", "#NAME?", "NAME", "Unknown range name: '田中'."),
        (
            '="a"+1',
            "#VALUE!",
            "VALUE",
            "Function ADD parameter 1 expects number values. But 'a' is a text and cannot be coerced to a number.",
        ),
        ('=VLOOKUP("nope",B1,1,FALSE)', "#N/A", "N_A", "Did not find value 'nope' in VLOOKUP evaluation."),
    ],
)
def test_errors_are_those_of_sheets(book: Book, formula: str, shown: str, kind: str, message: str) -> None:
    book.type_in("F9", [[formula]])

    cell = book.cell("F9")

    assert cell["effectiveValue"] == {"errorValue": {"type": kind, "message": message}}
    assert cell["formattedValue"] == shown
    assert book.values("F9", valueRenderOption="UNFORMATTED_VALUE") == [[shown]]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("=sum(a1:a1)+ 1", "=sum(A1)+ 1"),
        ("='Sheet1'!b3:a2", "=Sheet1!A2:B3"),
        ("=SUM(  a1 ,  'It''s'!a1:a1  )", "=SUM(  A1 ,  'It''s'!A1  )"),
        ('=if(true,"a3:a3",$a3:$a3)', '=if(true,"a3:a3",$A3)'),
        ("=Sheet1!3:3", "=Sheet1!3:3"),
    ],
)
def test_a_formula_is_kept_as_sheets_writes_it(book: Book, given: str, kept: str) -> None:
    book.type_in("F9", [[given]])

    assert book.values("F9", valueRenderOption="FORMULA") == [[kept]]


def test_a_circle_is_an_error(book: Book) -> None:
    book.type_in("A1:B1", [["=B1", "=A1"]])

    assert book.values("A1:B1") == [["#REF!", "#REF!"]]


def test_a_link_by_formula_is_told_as_google_tells_it(book: Book) -> None:
    book.type_in("A1", [['=HYPERLINK("https://example.com", "click")']])

    cell = book.cell("A1")

    assert cell["hyperlink"] == "https://example.com"
    assert cell["effectiveValue"] == {"stringValue": "click"}
    assert "userEnteredFormat" not in cell
    assert cell["effectiveFormat"]["hyperlinkDisplayType"] == "LINKED"
    text = cell["effectiveFormat"]["textFormat"]
    assert (text["link"], text["underline"]) == ({"uri": "https://example.com"}, True)
    assert text["foregroundColor"] == {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}


def test_a_date_by_formula_brings_its_format_along(book: Book) -> None:
    book.type_in("A7:A8", [["=DATE(2023,3,19)"], ["=A7"]])

    for a1 in ("A7", "A8"):
        cell = book.cell(a1)
        assert (cell["formattedValue"], cell["effectiveValue"]) == ("3/19/2023", {"numberValue": 45004})
        assert cell["effectiveFormat"]["numberFormat"] == {"type": "DATE"}


def test_an_empty_text_by_formula_has_no_value_to_tell(book: Book) -> None:
    book.type_in("A1", [['=""']])

    assert list(book.cell("A1")) == ["userEnteredValue", "effectiveFormat"]
