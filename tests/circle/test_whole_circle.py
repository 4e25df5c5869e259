"""The whole circle of the product, on an Excel file and on Google Sheets, with a clock that is set.

Import → letters of rejection → clicks and registrations → ten make a credit → the credit is redeemed → new candidates
come in → follow-up half a year later → one refuses, one applies again → analysis → retention.

Longer than a module should be because it is one story, told from its beginning to its end.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from sheets_automation.cli import main
from sheets_automation.core.refusal_codes import refusal_code
from tests.workbooks.google_people import GoogleStore

KEY = "a-key-for-tests-that-nobody-can-guess"
HEADINGS = (
    "氏名", "メールアドレス", "応募職種", "応募媒体", "選考段階", "応募日", "選考結果", "選考結果日", "紹介同意",
    "フォロー同意",
)  # fmt: skip
CONFIG = """
[company]
name = "株式会社みなと製作所"
contact = "saiyo@minato.example"
postal_address = "神奈川県みなと市汐見町1-2-3"

[sender]
address = "saiyo@minato.example"

[referral]
base_url = "https://relay.minato.example/r"
allowed_domains = ["career.example"]

[links]
refusal_url = "https://relay.minato.example/u"

[follow_up]
address = "news@minato.example"
wording = "2026-04"
days_between = 60

[[partners]]
id = "career-relay"
name = "キャリアリレー"
url = "https://career.example/start?code={code}"
"""
REJECTED = ("佐藤 花", "鈴木 一郎", "高橋 実", "田中 美咲", "伊藤 誠", "渡辺 葵", "山本 翔", "中村 結衣", "小林 大輔",
            "加藤 綾", "吉田 健")  # fmt: skip


def applicants():
    """Eleven who are rejected, three of whom like to hear from us; one who is hired, and one who is still asked."""
    for number, name in enumerate(REJECTED):
        stage = "最終面接" if number < 3 else "書類選考"
        news = "はい" if number in {1, 2, 3} else ""
        common = (name, f"p{number}@example.com", "営業職", "ビズサーチ", stage)
        yield (*common, "2026/03/20", "不採用", "2026/04/14", "はい", news)
    yield (
        "森 由美",
        "mori@example.com",
        "営業職",
        "自社サイト",
        "最終面接",
        "2026/03/20",
        "採用",
        "2026/04/14",
        "はい",
        "",
    )
    yield ("池田 直", "ikeda@example.com", "営業職", "ビズサーチ", "一次面接", "2026/04/10", "選考中", "", "はい", "")


@dataclass
class Company:
    """A workbook, `relay`, and a clock."""

    folder: Path
    book: str
    patch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    store: GoogleStore | None = None

    def at(self, moment: str) -> None:
        self.patch.setenv("RELAY_NOW", f"{moment}+09:00")

    def relay(self, command: str, *words: str, code: int = 0) -> dict:
        self.capsys.readouterr()
        assert main([command, self.book, *words, "--json", "--lang", "ja"]) == code, self.capsys.readouterr()
        return json.loads(self.capsys.readouterr().out)

    def file(self, name: str, rows, headings=HEADINGS) -> str:
        with (self.folder / name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([headings, *rows])
        return name

    def links(self, name: str, *records: dict[str, str]) -> None:
        """What the public app has written down."""
        (self.folder / "links").mkdir(exist_ok=True)
        lines = [json.dumps({"severity": "INFO", **record}) + "\n" for record in records]
        (self.folder / "links" / f"{name}.jsonl").write_text("".join(lines))

    def mail(self, box: str) -> int:
        """How many letters lie in an outbox."""
        return len(list((self.folder / box / "new").iterdir()))

    def switch_on(self, campaign: str, again: str) -> None:
        """What HR does in フォロー計画."""
        if self.store is not None:
            cells = self.store.look()["フォロー計画"]
            row = next(number for number, one in enumerate(cells) if campaign in one[1:2])
            head = next(one for one in cells if "キャンペーン" in one)
            for heading, value in (("使用", "○"), ("くり返し", again)):
                self.store.edit("set_cell", sheet="フォロー計画", row=row + 1, column=head.index(heading), value=value)
            return
        book = openpyxl.load_workbook(self.folder / self.book)
        rows = [[*row] for row in book["フォロー計画"].iter_rows()]
        head = next([cell.value for cell in row] for row in rows if row[1].value == "キャンペーン")
        row = next(row for row in rows if row[1].value == campaign)
        row[head.index("使用")].value, row[head.index("くり返し")].value = "○", again
        book.save(self.folder / self.book)


@pytest.fixture(params=["excel", "google"])
def company(request, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RELAY_LINK_KEY", KEY)
    monkeypatch.setenv("RELAY_ERASURE_KEY", "another-key-for-tests-that-nobody-can-guess")
    (tmp_path / "relay.toml").write_text(CONFIG)
    if request.param == "excel":
        one = Company(tmp_path, "book.xlsx", monkeypatch, capsys)
        one.at("2026-04-20T10:00:00")
        one.relay("init")
        return one
    google = request.getfixturevalue("google")
    monkeypatch.setenv("RELAY_GOOGLE_EMULATOR_HOST", google.address)
    monkeypatch.setenv("RELAY_CONFIG", str(tmp_path / "relay.toml"))
    store = GoogleStore(google, {"候補者": [[*HEADINGS, "連絡停止", "タグ"]]})
    return Company(tmp_path, f"https://docs.google.com/spreadsheets/d/{store.id}/edit", monkeypatch, capsys, store)


def reasons(answer):
    return sorted(one["reason"] for one in answer["skipped"])


def figure(analysis, name):
    found = next(one for one in analysis["figures"] if one["id"] == name)
    return found["numerator"], found["denominator"], found["value"]


def test_from_the_first_import_to_the_last_erasure(company):
    company.at("2026-04-20T10:00:00")
    taken_in = company.relay("import", company.file("applicants.csv", applicants()))
    assert (taken_in["added"], taken_in["refused"]) == (13, 0)

    told = company.relay("send", "--carrier", "outbox:box", "--send", "--expect", "11")
    assert (told["sent"], reasons(told)) == (11, ["hired", "in_selection"])
    codes = {one["to"]: one["referral_code"] for one in told["letters"]}
    assert len(set(codes.values())) == company.mail("box") == 11

    ten = list(codes.values())[:10]
    company.links(
        "clicks", *({"link": "click", "at": f"2026-04-21T09:{n:02}:00+09:00", "code": c} for n, c in enumerate(ten))
    )
    company.at("2026-04-22T10:00:00")
    assert company.relay("collect", "links")["clicks"]["added"] == 10

    company.at("2026-05-10T10:00:00")
    nine = company.file(
        "nine.csv", [(code, "2026/05/08", "登録") for code in ten[:9]], ("紹介コード", "登録日", "区分")
    )
    assert company.relay("register", "--csv", nine)["credits"]["progress"] == "9/10"
    tenth = company.relay("register", ten[9])["credits"]
    assert (tenth["earned"], tenth["left"], tenth["progress"]) == (1, 1, "0/10")

    company.at("2026-05-20T10:00:00")
    used = company.relay("credits", "--redeem", "1", "--opening", "営業職")
    assert (used["earned"], used["redeemed"], used["left"]) == (1, 1, 0)
    assert (
        company.relay("credits", "--redeem", "1", "--opening", "営業職", code=2)["error"]["name"] == "credits_missing"
    )

    company.at("2026-06-25T10:00:00")
    found = company.file(
        "found.csv",
        [
            ("大野 修", "ono@example.com", "営業職", "", "最終面接", "2026/06/01", "採用", "2026/06/20", "", ""),
            ("岡田 恵", "okada@example.com", "営業職", "", "書類選考", "2026/06/02", "不採用", "2026/06/10", "", ""),
        ],
    )
    assert company.relay("import", found, "--credit", used["number"])["added"] == 2
    assert company.relay("send", "--carrier", "outbox:box", "--send")["sent"] == 1

    follow_up(company)
    analysis(company)
    retention(company)


def follow_up(company):
    """Half a year later: three agreed, one of them refuses then, and one applies again."""
    company.at("2026-11-24T10:00:00")
    company.relay("follow-up", "--init")
    company.switch_on("半年後のご連絡", "60日")
    sent = company.relay("follow-up", "--carrier", "outbox:news", "--send")
    assert (sent["sent"], sent["campaigns"], sent["problems"]) == (3, {"半年後のご連絡": 3}, [])
    assert reasons(sent).count("news_not_agreed") == 8
    assert company.relay("consent")["agreed"] == 3

    refused = {"link": "refusal", "at": "2026-11-25T09:00:00+09:00", "code": refusal_code("p1@example.com", KEY)}
    company.links("refusals", refused)
    company.at("2026-11-25T12:00:00")
    assert company.relay("collect", "links")["refusals"]["added"] == 1

    company.at("2026-12-02T10:00:00")
    again = ("高橋 実", "p2@example.com", "経理職", "自社サイト", "書類選考", "2026/12/01", "選考中", "", "", "")
    back = company.relay("import", company.file("again.csv", [again]))
    assert (back["added"], back["reapplied"]) == (1, 1)

    company.at("2027-02-03T10:00:00")
    later = company.relay("follow-up", "--carrier", "outbox:news", "--send")
    assert later["sent"] == 1
    assert {"opted_out", "person_in_selection"} <= set(reasons(later))
    history = company.relay("follow-up", "--history")["follow_ups"]
    assert [one["to"] for one in history].count("p3@example.com") == 2
    assert {one["campaign"] for one in history} == {"半年後のご連絡"}
    assert company.mail("news") == 4


def analysis(company):
    """Every figure along the way."""
    seen = company.relay("analyse", "--period", "2026-03..2027-02")
    assert figure(seen, "applications")[2] == 16
    assert figure(seen, "hires")[2] == 2
    assert figure(seen, "hire_rate")[:2] == (2, 16)
    assert figure(seen, "reapplication")[:2] == (1, 15)
    assert figure(seen, "link_clicked")[:2] == (10, 11)
    assert figure(seen, "link_registered")[:2] == (10, 11)
    assert figure(seen, "credits_earned")[2] == figure(seen, "credits_used")[2] == 1
    assert figure(seen, "credits_left")[2] == 0
    media = {one["name"]: (one["applications"], one["hired"]) for one in seen["media"]}
    assert media == {"ビズサーチ": (12, 0), "キャリアリレー": (2, 1), "自社サイト": (2, 1)}
    assert {one["id"]: one["count"] for one in seen["loop"]} == {
        "rejected": 12,
        "told": 12,
        "linked": 11,
        "clicked": 10,
        "registered": 10,
        "earned": 1,
        "used": 1,
        "found": 2,
        "hired": 1,
    }


def retention(company):
    """A year later their time is over, and after the notice they are gone; the figures of their time stand."""
    company.at("2028-04-20T10:00:00")
    before = company.relay("analyse", "--period", "2026-03..2027-02")
    told = company.relay("retention", "--announce")
    assert (told["reached"], told["due"]) == (11, 0)
    assert company.relay("retention", "--erase", "--expect", "11", code=3)  # the notice is not over

    company.at("2028-07-20T10:00:00")
    assert company.relay("retention")["due"] == 11
    gone = company.relay(
        "retention", "--erase", "--expect", "11", "--carrier", "outbox:box", "--certificate", "gone.html"
    )
    assert gone["certificate"]
    assert company.relay("retention")["erased"] == 11

    after = company.relay("analyse", "--period", "2026-03..2027-02")
    for part in ("figures", "stages", "media", "loop"):
        assert after[part] == before[part]
    assert "p4@example.com" not in json.dumps(company.relay("send"))
