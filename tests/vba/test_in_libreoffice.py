"""The macro workbook in another program that knows VBA: what it lists, and what a click on each button does.

LibreOffice does not know VBA's #If, so it gets the source as one system or the other compiles it.
"""

import pytest

from sheets_automation.macros.buttons import BUTTONS
from sheets_automation.macros.settings import SENTENCES
from sheets_automation.macros.sources import button_modules
from sheets_automation.macros.xlwings_modules import xlwings_modules
from sheets_automation.vba.modules import DocumentKind, class_module, document_module, standard_module
from tests.vba.books import with_modules
from tests.vba.conditions import as_seen_on
from tests.vba.libreoffice import probe

WORKBOOK = document_module("ThisWorkbook", DocumentKind.WORKBOOK)
TELLS_ITS_COMMAND = standard_module(
    "xlwings",
    """
Public Function RunPython(PythonCommand As String)
    ThisWorkbook.Sheets(1).Range("Z1").Value = PythonCommand
End Function
""",
)
DOES_NOT_START = standard_module(
    "xlwings",
    """
Public Function RunPython(PythonCommand As String)
    Err.Raise 5
End Function
Public Function GetConfig(Key As String)
    For Row = 1 To 40
        If ThisWorkbook.Sheets("xlwings.conf").Cells(Row, 1).Value = Key Then
            GetConfig = ThisWorkbook.Sheets("xlwings.conf").Cells(Row, 2).Value
        End If
    Next
End Function
Public Function WScript() As Object
    Set WScript = New Popups
End Function
""",
)
POPUPS = class_module(
    "Popups",
    """
Public Sub Popup(Text, Seconds, Title, Kind)
    ThisWorkbook.Sheets(1).Range("Z1").Value = Text
End Sub
""",
)


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A folder with a profile of LibreOffice, which takes seconds to make."""
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def clicked(macro_book, office):
    """What LibreOffice tells of the workbook whose buttons write down their commands."""
    modules = [WORKBOOK, *seen("windows", button_modules()), TELLS_ITS_COMMAND]
    return probe(with_modules(macro_book, office / "clicks.xlsm", modules), office)


def seen(system, modules):
    return [standard_module(one.name, as_seen_on(system, one.source)) for one in modules]


def lines(answer, kind):
    return [words for first, *words in answer if first == kind]


def test_a_click_on_each_button_runs_its_python_and_nothing_else(clicked):
    pressed = lines(clicked, "button")

    call = "import sheets_automation.excel_buttons; sheets_automation.excel_buttons.{}()"
    functions = ["preview", "send", "update_credits", "import_file", "check"]
    assert [(caption, command) for caption, _, command in pressed] == [
        (button.caption, call.format(function)) for button, function in zip(BUTTONS, functions, strict=True)
    ]


def test_a_button_whose_program_does_not_start_says_in_japanese_what_to_do(macro_book, office):
    modules = [WORKBOOK, *seen("windows", button_modules()), DOES_NOT_START, POPUPS]
    book = with_modules(macro_book, office / "failing.xlsm", modules)

    pressed = lines(probe(book, office), "button")

    assert [said for _, _, said in pressed] == [SENTENCES["RELAY_SAYS_FAILED"]] * 5


@pytest.mark.parametrize(("system", "folder"), [("windows", "C:\\"), ("mac", "C:\\a/")])
def test_what_is_left_of_xlwings_compiles_as_each_system_sees_it(macro_book, office, system, folder):
    (xlwings, _) = xlwings_modules()
    book = with_modules(macro_book, office / f"{system}.xlsm", [WORKBOOK, *seen(system, [xlwings])])

    answer = probe(book, office, "xlwings.GetDirectory", "C:\\a/b")

    assert lines(answer, "call") == [[folder]]


def test_the_workbook_lists_its_modules_and_hides_only_its_settings(clicked):
    assert ["VBAProject", "RelayButtons"] in lines(clicked, "module")
    assert [name for name, visible in lines(clicked, "sheet") if visible != "True"] == ["xlwings.conf"]
