"""What `relay excel doctor` says of the Trust Center of Excel: macros, add-ins, trusted locations and marked files."""

import plistlib
from pathlib import Path

import pytest

from sheets_automation.workbooks.excel_live_computer import Computer
from tests.excel_live.computers import COMMON, POLICY, USER, found, windows

MARK = "[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://x.example/\r\n"
PLACES = r"\Trusted Locations"


@pytest.fixture
def book(tmp_path):
    """Where a workbook with buttons would lie; nothing of this reads it."""
    (tmp_path / "採用").mkdir()
    return tmp_path / "採用" / "候補者.xlsm"


@pytest.fixture
def marked(book):
    """The same, as it came by mail."""
    Path(f"{book}:Zone.Identifier").write_text(MARK)
    return book


def place(folder, **more):
    """A trusted location of the user's."""
    key = rf"{USER}{PLACES}\Location0"
    return {(key, "Path"): f"{folder}\\", **{(key, name): value for name, value in more.items()}}


@pytest.mark.parametrize(("setting", "meaning"), [(3, "署名のあるマクロだけ"), (4, "マクロがすべて無効")])
def test_macros_that_do_not_run_are_told_with_what_that_means_and_where_to_change_it(setting, meaning):
    told = found(windows({(USER, "VBAWarnings"): setting}))["macros"].error.ja

    assert meaning in told
    assert "トラスト センター" in told


@pytest.mark.parametrize("setting", [None, 1, 2])
def test_macros_that_run_or_ask_are_fine(setting):
    values = {} if setting is None else {(USER, "VBAWarnings"): setting}

    assert found(windows(values))["macros"].error is None


def test_macros_that_a_policy_switches_off_need_the_administrator():
    told = found(windows({(POLICY, "vbawarnings"): 4, (USER, "VBAWarnings"): 1}))["macros"].error.ja

    assert "管理者" in told
    assert "トラスト センター" not in told


def test_what_a_policy_allows_counts_whatever_the_user_has_set():
    assert found(windows({(POLICY, "vbawarnings"): 2, (USER, "VBAWarnings"): 4}))["macros"].error is None


def test_access_to_the_vba_project_is_told_as_not_needed():
    looked = found(windows({(USER, "AccessVBOM"): 1}))

    assert "必要ありません" in looked["macros"].ja
    assert looked["macros"].error is None


@pytest.mark.parametrize(
    ("name", "meaning"), [("DisableAllAddins", "すべて無効"), ("RequireAddinSig", "署名のあるアドインだけ")]
)
def test_add_ins_that_are_not_loaded_are_told_with_what_to_do(name, meaning):
    own = found(windows({(USER, name): 1}))["addins"].error.ja
    policy = found(windows({(POLICY, name): 1}))["addins"].error.ja

    assert meaning in own
    assert "印を外す" in own
    assert "管理者にアドインを許可する" in policy
    assert "--add-buttons" in policy


def test_add_ins_that_may_be_loaded_are_fine():
    assert found(windows({(USER, "RequireAddinSig"): 0}))["addins"].error is None


def test_a_workbook_that_has_its_own_buttons_needs_no_add_in(book):
    assert "addins" not in found(windows({(USER, "DisableAllAddins"): 1}), book)


def test_an_add_in_in_a_trusted_location_needs_no_signature_but_must_be_allowed(book):
    addin = book.with_name("relay.xlam")

    unsigned = found(windows({(USER, "RequireAddinSig"): 1, **place(book.parent)}), addin)
    disabled = found(windows({(USER, "DisableAllAddins"): 1, **place(book.parent)}), addin)

    assert unsigned["addins"].error is None
    assert disabled["addins"].error is not None


def test_a_file_from_the_web_is_told_with_how_to_unblock_it(marked):
    assert "許可する" in found(windows(), marked)["mark"].error.ja


@pytest.mark.parametrize("mark", [None, "[ZoneTransfer]\nZoneId=0\n", "", "ZoneId=x"])
def test_a_file_from_here_is_not_blocked(book, mark):
    if mark is not None:
        Path(f"{book}:Zone.Identifier").write_text(mark)

    assert found(windows(), book)["mark"].error is None


def test_a_marked_add_in_is_blocked_as_well(marked):
    addin = marked.with_name("relay.xlam")
    Path(f"{marked}:Zone.Identifier").rename(f"{addin}:Zone.Identifier")

    assert "relay.xlam" in found(windows(), addin)["mark"].error.ja


def test_a_marked_file_is_told_but_not_blocked_where_the_policy_lets_people_enable_it(marked):
    looked = found(windows({(POLICY, "blockcontentexecutionfrominternet"): 0}), marked)["mark"]

    assert looked.error is None
    assert "コンテンツの有効化" in looked.ja


def test_a_marked_file_stays_blocked_where_the_policy_wins_over_the_user(marked):
    name = "blockcontentexecutionfrominternet"

    assert found(windows({(POLICY, name): 1, (USER, name): 0}), marked)["mark"].error is not None


@pytest.mark.parametrize(
    "key",
    [rf"{USER}{PLACES}\Location3", rf"{POLICY}{PLACES}\location1", rf"{COMMON}\all applications\location1"],
    ids=["own", "policy", "policy for all of Office"],
)
def test_in_a_trusted_location_neither_macro_settings_nor_the_mark_stop_anything(marked, key):
    looked = found(windows({(POLICY, "VBAWarnings"): 4, (key, "Path"): str(marked.parent)}), marked)

    assert (looked["macros"].error, looked["mark"].error) == (None, None)
    assert "信頼できる場所にあります" in looked["trusted_location"].ja


@pytest.mark.parametrize("allows", [0, 1])
def test_a_folder_below_a_trusted_location_counts_only_where_its_subfolders_do(marked, allows):
    looked = found(windows(place(marked.parent.parent, AllowSubFolders=allows)), marked)

    assert (looked["mark"].error is None) is bool(allows)


def test_a_folder_whose_name_only_begins_like_a_trusted_one_is_not_trusted(marked):
    looked = found(windows(place(str(marked.parent)[:-1], AllowSubFolders=1)), marked)

    assert looked["mark"].error is not None
    assert "その外" in looked["trusted_location"].ja


def test_a_trusted_location_is_found_through_a_variable_and_in_any_case(marked, monkeypatch):
    monkeypatch.setenv("ADDINS", str(marked.parent).upper())

    assert found(windows(place("%ADDINS%")), marked)["mark"].error is None


def test_trusted_locations_that_are_all_switched_off_count_no_more_and_that_is_told(marked):
    values = {(USER + PLACES, "AllLocationsDisabled"): 1, **place(marked.parent)}

    looked = found(windows(values), marked)

    assert looked["mark"].error is not None
    assert "すべて無効" in looked["trusted_location"].ja


def test_where_a_policy_alone_names_trusted_locations_those_of_the_user_do_not_count(marked):
    looked = found(windows({(COMMON, "allow user locations"): 0, **place(marked.parent)}), marked)

    assert looked["mark"].error is not None


@pytest.mark.parametrize("allows", [None, 1])
def test_a_trusted_location_on_the_network_counts_only_where_these_are_allowed(allows):
    book = Path(r"\\server\採用\候補者.xlsm")
    allowed = {} if allows is None else {(USER + PLACES, "AllowNetworkLocations"): allows}

    class Shared(type(book)):
        def absolute(self):
            return self

    looked = found(windows({(USER, "VBAWarnings"): 4, **place(r"\\server\採用"), **allowed}), Shared(book))

    assert (looked["macros"].error is None) is (allows == 1)


def mac(folder, *, managed=None, own=None):
    """A Mac with these preferences of Office."""
    (folder / "Managed").mkdir()
    (folder / "Library" / "Preferences").mkdir(parents=True)
    for place_, values in (("Managed", managed), ("Library/Preferences", own)):
        if values:
            (folder / place_ / "com.microsoft.office.plist").write_bytes(plistlib.dumps(values))
    return Computer("darwin", home=folder, applications=folder, managed=folder / "Managed")


def test_a_mac_that_asks_before_macros_run_is_fine(tmp_path):
    asks = {"VisualBasicMacroExecutionState": "DisabledWithWarnings"}

    assert found(mac(tmp_path, own=asks))["macros"].error is None


def test_a_mac_that_stops_macros_without_a_word_is_told_where_to_change_it(tmp_path):
    stops = {"VisualBasicMacroExecutionState": "DisabledWithoutWarnings"}

    assert "セキュリティ" in found(mac(tmp_path, own=stops))["macros"].error.ja


@pytest.mark.parametrize(
    "setting", [{"VisualBasicMacroExecutionState": "DisabledWithoutWarnings"}, {"VisualBasicEntirelyDisabled": True}]
)
def test_a_mac_whose_administrator_stops_macros_needs_the_administrator(tmp_path, setting):
    own = {"VisualBasicMacroExecutionState": "EnabledWithoutWarnings", "VisualBasicEntirelyDisabled": False}

    assert "管理者" in found(mac(tmp_path, managed=setting, own=own))["macros"].error.ja
