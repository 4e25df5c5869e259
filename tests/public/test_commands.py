"""`relay collect` as people and schedulers run it: from the letter to the partner, and from the refusal to silence."""

import email
import re
import signal
from email import policy

import openpyxl
import pytest

from tests.public.links_house import a_code
from tests.public.links_process import ROWS, SENT, links_served, start
from tests.workbooks.google_people import GoogleStore


def letters_in(folder):
    """What arrived, by address."""
    read = [
        email.message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in (folder / "outbox" / "new").iterdir()
    ]
    return {letter["To"].addresses[0].addr_spec: letter for letter in read}


def referral_path(letter):
    text = letter.get_body(("plain",)).get_content()
    return re.search(r"https://links\.minato\.example(/r/\w+)", text)[1]


def refusal_path(letter):
    return re.fullmatch(r"<https://links\.minato\.example(/u/\w+)>", letter["List-Unsubscribe"].strip())[1]


def cells(path, tab):
    sheet = openpyxl.load_workbook(path)[tab]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def told(folder):
    """The ids of those who got a letter."""
    headings, *rows = cells(folder / "book.xlsx", "候補者")
    return [row[headings.index("候補者ID")] for row in rows if row[3] == "不採用"]


def test_from_the_letter_to_the_partner_and_from_the_refusal_to_silence(folder, relay):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    letters = letters_in(folder)
    sato, suzuki = letters["sato@example.com"], letters["suzuki@example.com"]
    assert sato["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    with links_served(folder) as (visitor, _):
        assert visitor.ask(referral_path(sato)).location.startswith("https://career.example/start?code=")
        assert visitor.ask(referral_path(suzuki), User_Agent="Barracuda Sentinel (EE)").status == 302
        assert visitor.refuse(refusal_path(suzuki)).status == 200
    document = relay("collect", "book.xlsx", "link-records")

    assert document["clicks"] == {"added": 1, "known": 0, "unknown": 0, "by_machines": {"agent": 1}}
    assert document["refusals"] == {"added": 1, "known": 0, "unknown": 0}
    rows = cells(folder / "book.xlsx", "紹介実績")
    assert [(row[2], row[3]) for row in rows[1:]] == [("クリック", referral_path(sato).removeprefix("/r/"))]
    relay("settle", "book.xlsx", *told(folder), "--reopen")
    planned = relay("send", "book.xlsx")
    assert [letter["to"] for letter in planned["letters"]] == ["sato@example.com"]
    assert "suzuki" not in str(cells(folder / "book.xlsx", "連絡停止記録"))


def test_a_refusal_counts_for_the_next_sending_where_the_configuration_says_where_it_is_noted(folder, relay):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    with links_served(folder) as (visitor, _):
        visitor.refuse(refusal_path(letters_in(folder)["suzuki@example.com"]))
    relay("settle", "book.xlsx", *told(folder), "--reopen")
    config = folder / "relay.toml"
    config.write_text(config.read_text("utf-8").replace("[links]\n", '[links]\nrecords = "link-records"\n'), "utf-8")

    sent = relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send")

    assert [letter["to"] for letter in sent["letters"]] == ["sato@example.com"]


def test_collecting_again_adds_nothing_and_says_so(folder, relay):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    letter = letters_in(folder)["sato@example.com"]
    with links_served(folder) as (visitor, _):
        visitor.ask(referral_path(letter))
        visitor.refuse(refusal_path(letter))
    relay("collect", "book.xlsx", "link-records")
    saved = (folder / "book.xlsx").read_bytes()

    document = relay("collect", "book.xlsx", "link-records")

    assert (document["clicks"]["known"], document["refusals"]["known"]) == (1, 1)
    assert (folder / "book.xlsx").read_bytes() == saved


def test_a_refusal_whose_row_somebody_deleted_in_excel_comes_back(folder, relay):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    with links_served(folder) as (visitor, _):
        visitor.refuse(refusal_path(letters_in(folder)["sato@example.com"]))
    relay("collect", "book.xlsx", "link-records")
    book = openpyxl.load_workbook(folder / "book.xlsx")
    del book["連絡停止記録"]
    book.save(folder / "book.xlsx")

    relay("settle", "book.xlsx", *told(folder), "--reopen")

    assert [one["to"] for one in relay("send", "book.xlsx")["letters"]] == ["suzuki@example.com"]


def test_lines_on_standard_output_are_collected_from_a_file(folder, relay):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    letter = letters_in(folder)["sato@example.com"]
    with links_served(folder, "--spool", "-") as (visitor, process):
        visitor.ask(referral_path(letter))
        visitor.refuse(refusal_path(letter))
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=60)
    (folder / "exported.json").write_text(out)

    document = relay("collect", "book.xlsx", "exported.json", code=7)  # its last line is what the server said

    assert (document["clicks"]["added"], document["refusals"]["added"], document["unreadable"]) == (1, 1, 1)


def test_letters_that_should_carry_a_refusal_link_do_not_leave_without_its_key(folder, relay):
    words = ("send", "book.xlsx", "--carrier", "outbox:outbox", "--send")
    document = relay(*words, code=2, RELAY_NOW=SENT, RELAY_LINK_KEY="")

    assert "RELAY_LINK_KEY" in document["error"]["text"]
    assert not list((folder / "outbox").glob("new/*"))
    assert relay(*words, RELAY_NOW=SENT)["sent"] == 2


def test_checking_tells_of_the_missing_key_before_anybody_wants_to_send(relay):
    [problem] = relay("check", "book.xlsx", code=7, RELAY_NOW=SENT, RELAY_LINK_KEY="")["problems"]
    looked_at = {one["name"]: one["ok"] for one in relay("doctor", "book.xlsx", code=7, RELAY_LINK_KEY="")["checks"]}

    assert (problem["where"], "RELAY_LINK_KEY" in problem["text"]) == ("links.refusal_url", True)
    assert looked_at["link_key"] is False
    assert relay("check", "book.xlsx", RELAY_NOW=SENT)["problems"] == []


def test_refusals_are_not_lost_when_the_key_is_missing_here(folder, relay):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    with links_served(folder) as (visitor, _):
        visitor.refuse(refusal_path(letters_in(folder)["sato@example.com"]))

    assert relay("collect", "book.xlsx", "link-records", code=7, RELAY_LINK_KEY="")["refusals"]["added"] == 0
    assert relay("collect", "book.xlsx", "link-records")["refusals"]["added"] == 1


def test_a_file_that_is_not_there_is_said(relay):
    assert relay("collect", "book.xlsx", "nowhere.jsonl", code=2)["error"]["name"] == "configuration"


@pytest.mark.parametrize(("language", "words"), [("ja", "配信停止 1 件を記録しました"), ("en", "Recorded 1 refusal.")])
def test_people_are_told_in_their_language(folder, relay, language, words):
    relay("send", "book.xlsx", "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT)
    with links_served(folder) as (visitor, _):
        visitor.refuse(refusal_path(letters_in(folder)["sato@example.com"]))
        visitor.click(a_code(), User_Agent="curl/8")

    collecting = start(folder, "collect", "book.xlsx", "link-records", "--config", "relay.toml", "--lang", language)
    out, err = collecting.communicate(timeout=120)

    assert (collecting.returncode, err) == (0, "")
    assert words in out


def test_a_google_spreadsheet_takes_in_the_same(google, folder, relay):
    store = GoogleStore(google, {"候補者": ROWS})
    sheet = f"https://docs.google.com/spreadsheets/d/{store.id}"
    there = {"RELAY_GOOGLE_EMULATOR_HOST": google.address}
    relay("send", sheet, "--carrier", "outbox:outbox", "--send", RELAY_NOW=SENT, **there)
    letter = letters_in(folder)["sato@example.com"]
    with links_served(folder) as (visitor, _):
        visitor.ask(referral_path(letter))
        visitor.refuse(refusal_path(letter))

    documents = [relay("collect", sheet, "link-records", **there) for _ in range(2)]

    assert [(one["clicks"]["added"], one["refusals"]["added"]) for one in documents] == [(1, 1), (0, 0)]
    assert len(store.look()["連絡停止記録"]) == 2
