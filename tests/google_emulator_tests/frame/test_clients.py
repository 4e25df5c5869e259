"""Real clients, as they are: gspread and googleapiclient."""

from __future__ import annotations

from typing import Any

import gspread
import pytest
from google.oauth2 import service_account
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tests.google_emulator import Running
from tests.google_emulator.redirect import authorized_session
from tests.google_emulator_tests.frame.caller import AUTH, EVERYTHING, ME

ROBOT = "runtime@company.iam.gserviceaccount.com"


@pytest.fixture
def spreadsheets(emulator: Running) -> gspread.Client:
    """Gspread, signed in as a service account."""
    key = emulator.control.service_account_key(ROBOT)
    scopes = [f"{AUTH}spreadsheets", f"{AUTH}drive"]
    credentials = service_account.Credentials.from_service_account_info(key, scopes=scopes)
    return gspread.Client(credentials, session=authorized_session(credentials, emulator.address))


def google(emulator: Running, name: str, version: str) -> Any:
    """A client built from the document that ships with the library, for another address."""
    credentials = Credentials(emulator.control.token(ME, EVERYTHING))
    # The endpoint stands for the document's whole base address, which in Drive's has a path.
    path = "/drive/v3/" if name == "drive" else ""
    options = {"api_endpoint": f"http://{emulator.address}{path}"}
    return build(name, version, credentials=credentials, client_options=options)


def test_gspread_makes_finds_shares_copies_and_deletes(emulator: Running, spreadsheets: gspread.Client) -> None:
    book = spreadsheets.create("候補者")
    spreadsheets.insert_permission(book.id, ME, perm_type="user", role="writer", notify=False)
    spreadsheets.copy(book.id, title="写し")

    listed = [file["name"] for file in spreadsheets.list_spreadsheet_files()]
    people = [line["emailAddress"] for line in spreadsheets.list_permissions(book.id)]
    assert sorted(listed) == ["候補者", "写し"]
    assert people == [ROBOT, ME]
    assert spreadsheets.open("候補者").title == "候補者"
    spreadsheets.del_spreadsheet(book.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        spreadsheets.open_by_key(book.id)
    assert emulator.control.state()["violations"] == []


def test_gspread_can_t_copy_an_owner_s_permission_here_either(spreadsheets: gspread.Client) -> None:
    # https://github.com/burnash/gspread/issues/1544
    book = spreadsheets.create("候補者")

    with pytest.raises(gspread.exceptions.APIError) as refused:
        spreadsheets.copy(book.id, copy_permissions=True)

    assert str(refused.value) == (
        "APIError: [403]: The transferOwnership parameter must be enabled when the permission role is 'owner'."
    )


def test_gspread_fills_a_spreadsheet_from_csv_and_exports_it(spreadsheets: gspread.Client) -> None:
    book = spreadsheets.create("表")

    spreadsheets.import_csv(book.id, "氏名,点\n高橋,90".encode())

    exported = spreadsheets.export(book.id, gspread.utils.ExportFormat.CSV)
    assert exported.decode() == "氏名,点\r\n高橋,90"


def test_gspread_hears_what_is_wrong(emulator: Running, spreadsheets: gspread.Client) -> None:
    book = spreadsheets.create("候補者")
    emulator.control.fault("sheets.*", "status", status=503)

    with pytest.raises(gspread.exceptions.APIError) as refused:
        spreadsheets.open_by_key(book.id)

    assert refused.value.code == 503
    assert "The service is currently unavailable." in str(refused.value)


def test_googleapiclient_works_by_its_own_documents(emulator: Running) -> None:
    drive, sheets = google(emulator, "drive", "v3"), google(emulator, "sheets", "v4")

    body = {"name": "候補者", "mimeType": "application/vnd.google-apps.spreadsheet"}
    file = drive.files().create(body=body).execute()
    book = sheets.spreadsheets().get(spreadsheetId=file["id"], fields="properties.title").execute()

    assert book == {"properties": {"title": "候補者"}}


def test_googleapiclient_reads_the_reasons_of_a_refusal(emulator: Running) -> None:
    gmail = google(emulator, "gmail", "v1")

    with pytest.raises(HttpError) as refused:
        gmail.users().drafts().send(userId="me", body={"id": "none"}).execute()

    assert refused.value.status_code == 404
    assert refused.value.reason == "Requested entity was not found."
    assert refused.value.error_details == [
        {"message": "Requested entity was not found.", "domain": "global", "reason": "notFound"}
    ]


def test_googleapiclient_turns_a_very_long_get_into_a_post(emulator: Running) -> None:
    sheets = google(emulator, "sheets", "v4")
    drive = google(emulator, "drive", "v3")
    body = {"name": "x", "mimeType": "application/vnd.google-apps.spreadsheet"}
    file = drive.files().create(body=body).execute()

    ranges = [f"Sheet1!A{number}:Z{number}" for number in range(300)]
    book = sheets.spreadsheets().get(spreadsheetId=file["id"], ranges=ranges).execute()

    assert book["spreadsheetId"] == file["id"]
