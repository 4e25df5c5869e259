"""What was copied with the example configuration reaches no candidate."""

import shutil

import pytest

from tests.commands.conftest import CONFIG

EDITED = """
[company]
name = "株式会社潮見"
[sender]
address = "saiyo@shiomi.co.jp"
[referral]
base_url = "https://go.shiomi.co.jp/r"
[[partners]]
id = "career-relay"
name = "キャリアリレー"
licence = "13-ユ-000000"
"""
REAL = ["smtp://saiyo@mail.shiomi.co.jp:587", "gmail:saiyo@shiomi.co.jp", "line:"]


@pytest.fixture
def edited(tmp_path):
    """A configuration in which all was replaced but the partner's licence."""
    path = tmp_path / "relay.toml"
    path.write_text(EDITED)
    return str(path)


@pytest.fixture(autouse=True)
def line_token(monkeypatch):
    """A token, without which nobody gets as far as the letters."""
    monkeypatch.setenv("RELAY_LINE_TOKEN", "t0ken")


@pytest.mark.parametrize("carrier", REAL)
def test_no_real_letter_leaves_with_a_value_of_the_example(relay, book, edited, carrier):
    before = book.read_bytes()

    error = relay("send", "book.xlsx", "--send", "--carrier", carrier, "--lang", "en", code=2, config=edited)["error"]

    assert 'partners[1].licence is still "13-ユ-000000"' in error["text"]
    assert book.read_bytes() == before


def test_an_untouched_copy_is_told_every_value_that_candidates_would_see(relay, book, tmp_path):
    shutil.copy(CONFIG, tmp_path / "relay.toml")

    text = relay("send", "book.xlsx", "--send", "--carrier", REAL[0], code=2, config=None)["error"]["text"]

    assert [line.split(" ")[0] for line in text.splitlines()] == [
        "sender.address",
        "referral.base_url",
        "partners[1].licence",
    ]


def test_an_outbox_takes_the_example_as_the_demo_does(relay, book):
    assert relay("send", "book.xlsx", "--send", "--carrier", "outbox:out")["sent"] == 24


def test_check_and_doctor_name_the_values_of_the_example(relay, book, edited):
    checked = relay("check", "book.xlsx", code=7, config=edited)["problems"]
    looked_at = relay("doctor", "book.xlsx", code=7, config=edited)["checks"]
    with_carrier = relay("doctor", "book.xlsx", "--carrier", REAL[2], code=7, config=edited)["checks"]

    assert "partners[1].licence" in [one["where"] for one in checked]
    assert [one["name"] for one in looked_at if not one["ok"]] == ["samples"]
    assert "partners[1].licence" in "".join(one["text"] for one in with_carrier)


def test_a_company_of_its_own_is_not_held_up(relay, book, edited, tmp_path):
    (tmp_path / "relay.toml").write_text(EDITED.replace("13-ユ-000000", "13-ユ-123456"))

    looked_at = relay("doctor", "book.xlsx", config=edited)["checks"]

    assert all(one["ok"] for one in looked_at)
