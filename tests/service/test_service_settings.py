"""[service] of the configuration: what may stand there, and what is said of all else."""

import pytest

from sheets_automation.config import ConfigurationWrong, read_config

ID = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-abcde"


def service(text):
    return read_config(f"[service]\n{text}", "relay.toml").service


@pytest.mark.parametrize(
    "written",
    [
        ID,
        f"https://docs.google.com/spreadsheets/d/{ID}",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0",
        f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit?usp=sharing",
    ],
)
def test_a_spreadsheet_is_its_id_however_it_is_written(written):
    assert service(f'workbooks = ["{written}"]').workbooks == (ID,)


def test_everything_that_is_written_is_read():
    read = service(
        f"""workbooks = ["{ID}"]
audiences = ["1234-abc.apps.googleusercontent.com", "https://relay-abc.a.run.app"]
domains = ["minato.example"]
iap_audience = "/projects/12/global/backendServices/34"
[[service.editors]]
workbook = "https://docs.google.com/spreadsheets/d/{ID}"
addresses = ["hanako@minato.example"]"""
    )

    assert len(read.audiences) == 2
    assert read.editors[0].workbook == ID


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("workbooks", '["book.xlsx"]'),
        ("workbooks", f'["https://evil.example/spreadsheets/d/{ID}"]'),
        ("workbooks", f'["https://docs.google.com.evil.example/spreadsheets/d/{ID}"]'),
        ("workbooks", f'["{ID}/../{ID}"]'),
        ("workbooks", '"x"'),
        ("audiences", '["*"]'),
        ("audiences", '[""]'),
        ("audiences", '["https://relay-abc.a.run.app/"]'),  # Google writes it without the slash
        ("audiences", '["http://relay-abc.a.run.app"]'),
        ("domains", '["*"]'),
        ("domains", '["@minato.example"]'),
        ("iap_audience", '"relay"'),
        ("iap_audience", '"/projects/relay/apps/relay"'),
    ],
)
def test_what_cannot_be_right_is_told_with_its_place(key, value):
    with pytest.raises(ConfigurationWrong) as wrong:
        service(f"{key} = {value}")

    assert [problem.key for problem in wrong.value.problems] == [f"service.{key}"]
    assert key in wrong.value.ja
    assert key in wrong.value.en
