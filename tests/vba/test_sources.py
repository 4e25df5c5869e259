"""What stands in the macros: ours, what is left of xlwings, and the settings that they read."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

import sheets_automation
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.installing import install_line
from sheets_automation.macros import xlwings_modules as from_xlwings
from sheets_automation.macros.buttons import BUTTONS
from sheets_automation.macros.settings import SENTENCES, interpreter, settings
from sheets_automation.macros.sources import button_modules, ribbon_modules
from sheets_automation.macros.xlwings_modules import xlwings_modules, xlwings_version

PACKAGE = Path(sheets_automation.__file__).parent
XLWINGS = Path(find_spec("xlwings").origin).parent
PROCEDURE = re.compile(r"^(?:Public |Private )?(?:Sub|Function) (\w+)", re.MULTILINE)


@pytest.fixture(scope="module")
def standalone():
    return xlwings_modules()[0].source.replace("\r\n", "\n")


@pytest.fixture(scope="module")
def for_any_workbook():
    return xlwings_modules(on_active_workbook=True)[0].source.replace("\r\n", "\n")


def original():
    return (XLWINGS / "xlwings.bas").read_text()


def code_of(source):
    """The source without comments and strings, in which words are only words."""
    return re.sub(r"'.*|\"[^\"\n]*\"", "", source)


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_each_macro_runs_one_function_of_ours_and_no_command_holds_a_double_quote():
    (module,) = button_modules()

    commands = re.findall(r'^    PressButton "(.*)"\r$', module.source, re.MULTILINE)

    function = r"import sheets_automation\.excel_buttons; sheets_automation\.excel_buttons\.(\w+)\(\)"
    assert [re.fullmatch(function, command)[1] for command in commands] == [
        "preview", "send", "update_credits", "import_file", "check",
    ]  # fmt: skip
    assert [name for name in PROCEDURE.findall(module.source) if name.startswith("Relay")] == [
        button.macro for button in BUTTONS
    ]


def test_the_ribbon_calls_its_macros_from_a_fixed_table():
    ribbon = ribbon_modules()[-1].source

    assert re.findall(r'Case "(\w+)": (\w+)', ribbon) == [(button.macro, button.macro) for button in BUTTONS]


def test_the_notices_of_what_others_wrote_travel_along(standalone):
    dictionary = xlwings_modules()[1].source

    notice = original()[original().index("'xlwings is distributed") : original().index("'Attribute VB_Name")]
    assert notice in standalone
    assert "Changed by sheets_automation" in standalone
    assert "(c) Tim Hall" in dictionary
    assert "@license: MIT" in dictionary


def test_what_is_left_of_xlwings_was_there_line_for_line_but_for_the_sentences(standalone):
    there = set(original().splitlines())

    ours = [line.strip() for line in standalone.splitlines() if line not in there]

    assert ours[0].startswith("'Changed by sheets_automation: only what RunPython needs is left")
    assert ours[1:] == ['ShowError "", "NO_BRIDGE"', 'ShowError "", "NO_PROGRAM"']


def test_nothing_that_is_left_of_xlwings_calls_what_was_left_out(standalone):
    gone = set(PROCEDURE.findall(original())) - set(PROCEDURE.findall(standalone))
    ours = set(PROCEDURE.findall(button_modules()[0].source))

    words = set(re.findall(r"\w+", code_of(standalone)))

    assert gone - ours
    assert words & (gone - ours) == set()
    assert "ShowError" in gone & ours


def test_nothing_of_xlwings_pro_and_no_library_of_the_system_is_left(standalone):
    assert "xlwings.pro" in original()
    assert "Declare" in code_of(original())

    assert "xlwings.pro" not in standalone
    assert not re.search(r"\b(?:Declare|Lib|LICENSE_KEY|XLPy\w*)\b", code_of(standalone))


def test_the_add_in_works_on_the_workbook_in_front_and_takes_its_settings_from_itself_alone(
    standalone, for_any_workbook
):
    pairs = zip(standalone.splitlines(), for_any_workbook.splitlines(), strict=True)

    changed = [new.strip() for old, new in pairs if old != new]

    assert changed == [
        'If InStr(ActiveWorkbook.FullName, "://") = 0 Then',
        "ActiveFullName = ToPosixPath(ActiveWorkbook.FullName)",
        "ActiveFullName = ActiveWorkbook.FullName",
        "ActiveFullName = ActiveWorkbook.FullName",
        'ParameterString = ParameterString + "|" + ActiveWorkbook.Name',
        '" --wb=" & """" & ActiveWorkbook.Name & """ --from_xl=1" & " --app=" & Chr(34) & _',
    ]


def test_every_setting_that_a_button_reads_stands_in_the_workbook_so_no_file_beside_it_can_give_one(standalone):
    read = set(re.findall(r'GetConfig\("([^"]+)"', standalone)) | set(SENTENCES)

    assert read <= set(settings("1"))
    assert set(settings("1")) - read == {"RELAY_XLWINGS_VERSION"}


def test_the_folder_of_the_workbook_is_never_searched_for_python():
    assert settings("1")["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"
    assert settings("1")["PYTHONPATH"] == ""


def test_every_sentence_that_the_macros_ask_for_is_there(standalone):
    asked = re.findall(r'ShowError "", "(\w+)"', standalone + "".join(one.source for one in ribbon_modules()))

    assert {f"RELAY_SAYS_{key}" for key in asked} == set(SENTENCES)


def test_the_interpreter_of_this_computer_is_named_without_the_name_of_the_person():
    windows = interpreter(
        "win32", "win32", r"C:\Users\sato\AppData\x\Scripts\python.exe", PureWindowsPath(r"C:\Users\sato")
    )
    mac = interpreter("darwin", "darwin", "/Users/sato/tools/bin/python", PurePosixPath("/Users/sato"))

    assert windows == r"%USERPROFILE%\AppData\x\Scripts\python.exe"
    assert mac == "$HOME/tools/bin/python"


def test_an_interpreter_for_all_users_is_named_as_it_is():
    found = interpreter("win32", "win32", r"D:\Python\python.exe", PureWindowsPath(r"C:\Users\sato"))

    assert found == r"D:\Python\python.exe"


@pytest.mark.parametrize(
    ("wanted", "usual"),
    [
        ("win32", r"%APPDATA%\uv\tools\sheets-automation\Scripts\python.exe"),
        ("darwin", "$HOME/.local/share/uv/tools/sheets-automation/bin/python"),
    ],
)
def test_the_interpreter_of_another_system_is_where_the_installation_puts_it(wanted, usual):
    assert interpreter(wanted, "linux", "/usr/bin/python3", PurePosixPath("/var/empty")) == usual


def test_the_version_is_that_of_the_package_whose_modules_were_taken():
    import xlwings

    assert xlwings_version() == xlwings.__version__
    assert not xlwings.__pro__


def test_an_xlwings_whose_modules_are_others_is_refused_and_not_half_adapted(monkeypatch, tmp_path):
    (tmp_path / "addin").mkdir()
    (tmp_path / "addin" / "Dictionary.cls").write_text((XLWINGS / "addin" / "Dictionary.cls").read_text())
    (tmp_path / "xlwings.bas").write_text(original().replace("Sub KillPy()", "Sub EndPython()"))
    monkeypatch.setattr(from_xlwings, "_folder", lambda: tmp_path)

    with pytest.raises(ConfigurationError, match="not supported"):
        xlwings_modules()


def test_without_xlwings_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(from_xlwings, "find_spec", lambda _: None)

    with pytest.raises(ConfigurationError, match=re.escape(install_line("excel"))):
        xlwings_modules()


def test_the_writers_know_neither_xlwings_nor_anything_above_them():
    vba = {name for path in (PACKAGE / "vba").glob("*.py") for name in imports_of(path)}
    macros = {name for path in (PACKAGE / "macros").glob("*.py") for name in imports_of(path)}
    below = tuple(
        "sheets_automation." + layer for layer in ("vba", "macros", "xlsx", "sheet_looks", "core.errors", "installing")
    )

    assert {name for name in vba if not name.startswith("sheets_automation.vba")} <= {
        "__future__", "collections", "collections.abc", "dataclasses", "enum", "re", "struct", "typing",
    }  # fmt: skip
    assert not {name for name in macros if name.startswith("sheets_automation") and not name.startswith(below)}
    assert not {name for name in vba | macros if name.partition(".")[0] == "xlwings"}
