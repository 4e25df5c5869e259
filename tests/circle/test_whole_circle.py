"""The whole circle of the product, on an Excel file and on Google Sheets, with a clock that is set.

Import → letters of rejection → clicks and registrations → ten make a credit → the credit is redeemed → new candidates
come in → follow-up half a year later → some refuse, one applies again → analysis → retention. Between the steps stand
the letters that were delivered: whoever clicks, registers, links or refuses has nothing but what stands in theirs.
"""

from __future__ import annotations

import json
from dataclasses import replace

from tests.circle.people import ADDRESSES, ITO, NEWS, RESULTS, SUZUKI, TAKAHASHI, TANAKA, WATANABE, applicants
from tests.line_server.account import user

CAMPAIGN = "半年後のご連絡"
PERIOD = "2026-03..2027-02"
NINE_DAYS = [f"2026-04-{day}" for day in (22, 24, 26, 28, 30)] + [f"2026-05-0{day}" for day in (2, 4, 6, 8)]
"""On which somebody registered with the partner."""
STRANGE = "B2222222222B"


def test_from_the_first_import_to_the_last_erasure(company, around):
    rejections(company)
    clicks(company, around)
    ito_links_line(company, around)
    five_say_how_they_were_told(company, around)
    registrations(company, around)
    the_month_is_reconciled(company)
    a_credit_is_used(company)
    news_half_a_year_later(company, around)
    three_refuse_in_three_ways(company, around)
    takahashi_applies_again(company)
    news_once_more(company)
    every_figure(company)
    a_year_later_they_are_forgotten(company)
    and_their_word_still_holds(company)


def reasons(answer):
    return sorted(one["reason"] for one in answer["skipped"])


def rejections(company):
    """Thirteen applied, eleven are rejected, and each gets one letter with a link and a code of their own."""
    company.at("2026-04-20T10:00:00")
    taken_in = company.takes_in("applicants.csv", *applicants())
    assert (taken_in["added"], taken_in["refused"]) == (13, 0)

    told = company.send("--expect", "11")

    letters = company.letters()
    assert (told["sent"], reasons(told)) == (11, ["hired", "in_selection"])
    assert sorted(one.to for one in letters) == sorted(ADDRESSES)
    assert {one.sender for one in letters} == {RESULTS}
    assert len({one.referral_path() for one in letters}) == len({one.line_code() for one in letters}) == 11
    assert {one["to"]: f"/r/{one['referral_code']}" for one in told["letters"]} == {
        one.to: one.referral_path() for one in letters
    }


def clicks(company, around):
    """Ten open the link in their letter; the eleventh is opened by a mail gateway, which counts for nobody."""
    company.at("2026-04-21T09:00:00")
    *people, scanned = (company.last_letter_to(address).referral_path() for address in ADDRESSES)
    led_to = [around.opens(path).location for path in people]
    around.opens(scanned, User_Agent="Barracuda Sentinel (EE)")
    assert led_to == [f"https://career.example/start?code={path.removeprefix('/r/')}" for path in people]

    company.at("2026-04-22T10:00:00")
    seen = company.relay("collect", "link-records")["clicks"]

    assert (seen["added"], seen["unknown"], seen["by_machines"]) == (10, 0, {"agent": 1})


def ito_links_line(company, around):
    """伊藤 誠 opens the chat from his letter and presses send."""
    company.at("2026-04-23T12:00:00")
    code = company.last_letter_to(ITO).line_code()
    assert (around.phones.adds(user(1)), around.phones.sends(user(1), code)) == (200, 200)
    assert around.phones.sends(user(2), code) == 200  # somebody who has seen the code over his shoulder is too late
    assert replace(around.phones, secret="a guess").sends(user(3), code) == 401

    taken, again = (company.relay("collect-line", "line-records") for _ in range(2))

    assert (len(taken["linked"]), taken["used"], taken["unknown"]) == (1, 1, 0)
    assert (again["linked"], again["known"]) == ([], 1)


def five_say_how_they_were_told(company, around):
    """By the link in their letter, one of them twice: the last button counts, and the sheet shows nobody's."""
    company.at("2026-04-24T12:00:00")
    paths = [company.last_letter_to(address).survey_path() for address in ADDRESSES[:5]]
    pressed = [around.answers(path, score) for path, score in zip([*paths, paths[0]], (1, 4, 4, 3, 4, 5), strict=True)]
    assert pressed == [200] * 6

    assert company.relay("collect", "link-records")["answers"] == {"added": 6, "known": 0, "unknown": 0}


def registrations(company, around):
    """The partner reports nine by its webhook, twice over, and the tenth in a file."""
    company.at("2026-05-22T10:00:00")
    ten = [company.last_letter_to(address).referral_path().removeprefix("/r/") for address in ADDRESSES[:10]]
    events = [
        {"id": f"evt-{code}", "type": "registered", "code": code, "occurred_at": f"{day}T10:00:00+09:00"}
        for code, day in zip(ten[:9], NINE_DAYS, strict=True)
    ]
    assert around.partner(company.now, "x" * 40).reports(*events)[0] == 401
    assert [around.partner(company.now).reports(*events)[0] for _ in range(2)] == [200, 200]
    reported = company.relay("collect", "link-records")
    assert (reported["reports"]["added"], reported["reports"]["unknown"], reported["clicks"]["added"]) == (9, 0, 0)
    nine = company.relay("credits")
    assert nine["progress"] == "9/10"
    assert nine["partners"][0]["forecast"]["text"].startswith("あと 1 名、今のペースで 5月下旬")

    tenth = company.file("tenth.csv", [(ten[9], "2026/05/22", "登録")], ("紹介コード", "登録日", "区分"))
    counted = company.relay("register", "--csv", tenth)["credits"]

    assert (counted["earned"], counted["left"], counted["progress"]) == (1, 1, "0/10")


def the_month_is_reconciled(company):
    """The partner's statement of May lacks the one who came by file, and has a code that nobody was sent."""
    company.at("2026-06-01T09:00:00")
    codes = [company.last_letter_to(address).referral_path().removeprefix("/r/") for address in ADDRESSES[5:10]]
    days = [day.replace("-", "/") for day in NINE_DAYS[5:]]
    rows = [(code, day, "登録") for code, day in zip([*codes[:4], STRANGE], [*days, "2026/05/30"], strict=True)]
    statement = company.file("may.csv", rows, ("紹介コード", "登録日", "区分"))

    found = company.relay("reconcile", statement, "--month", "2026-05", code=7)

    assert (found["theirs"], found["ours"], found["agreed"]) == (5, 5, 4)
    differences = {one["kind"]: one["code"] for one in found["differences"]}
    assert differences == {"we_have": codes[4], "unknown_code": STRANGE}


def a_credit_is_used(company):
    """It is redeemed once, and the two who were found with it come in: one is hired, one is told."""
    company.at("2026-06-01T10:00:00")
    used = company.relay("credits", "--redeem", "1", "--opening", "営業職")
    assert (used["earned"], used["redeemed"], used["left"]) == (1, 1, 0)
    again = company.relay("credits", "--redeem", "1", "--opening", "営業職", code=2)
    assert again["error"]["name"] == "credits_missing"

    company.at("2026-06-25T10:00:00")
    ono = ("大野 修", "ono@example.com", "営業職", "", "最終面接", "2026/06/01", "採用", "2026/06/20", "", "")
    okada = ("岡田 恵", "okada@example.com", "営業職", "", "書類選考", "2026/06/02", "不採用", "2026/06/10", "", "")
    found = company.file("found.csv", [ono, okada])
    assert company.relay("import", found, "--credit", used["number"])["added"] == 2
    media, numbers = company.column("応募媒体"), company.column("クレジット番号")
    for one in ("ono@example.com", "okada@example.com"):
        assert (media[one], numbers[one]) == ("キャリアリレー", used["number"])

    assert company.send()["sent"] == 1
    assert company.last_letter_to("okada@example.com").sender == RESULTS


def news_half_a_year_later(company, around):
    """Five agreed: four hear by mail, from another address than results, and the one who linked LINE in the chat."""
    company.at("2026-11-24T10:00:00")
    company.relay("follow-up", "--init")
    company.switch_on(CAMPAIGN, "60日")

    by_mail, by_line = company.write_news(), company.write_news_by_line()

    assert (by_mail["sent"], by_mail["campaigns"], by_mail["problems"]) == (4, {CAMPAIGN: 4}, [])
    assert (by_line["sent"], by_line["campaigns"], by_line["problems"]) == (1, {CAMPAIGN: 1}, [])
    assert reasons(by_mail).count("news_not_agreed") == reasons(by_line).count("news_not_agreed") == 6
    assert (company.left_out(by_mail)[ITO], company.left_out(by_line)[TANAKA]) == ("goes_another_way", "follow_up_had")
    assert company.relay("consent")["agreed"] == 5
    head, *proofs = company.tabs()["同意記録"]
    assert [row[head.index("同意文の版")] for row in proofs] == ["2026-04"] * 5
    news = company.letters()[12:]
    assert {(one.to, one.sender) for one in news} == {(to, NEWS) for to in (SUZUKI, TAKAHASHI, TANAKA, WATANABE)}
    [(to, texts)] = around.line.account.delivered
    assert to == user(1)
    assert texts[0].startswith("伊藤 誠様")
    assert "「停止」" in texts[-1]


def three_refuse_in_three_ways(company, around):
    """One by the button of a mail program, one by the page that the letter leads to, one by a word in the chat."""
    company.at("2026-11-25T09:00:00")
    watanabe = company.last_letter_to(WATANABE).refusal_path()
    assert around.opens(watanabe).status == 200  # so do mail gateways: it refuses nothing
    assert company.relay("collect", "link-records")["refusals"]["added"] == 0

    assert around.presses_unsubscribe(company.last_letter_to(SUZUKI).unsubscribe_path()) == 200
    assert around.presses_the_button(watanabe) == 200
    assert around.phones.sends(user(1), "停止") == 200

    assert company.write_news()["sent"] == 0  # the next job takes in what they said before it looks at anybody

    assert company.relay("collect", "link-records")["refusals"] == {"added": 0, "known": 2, "unknown": 0}
    refusals = company.tabs()["連絡停止記録"]
    assert (len(refusals), "@" in str(refusals)) == (1 + 3, False)


def takahashi_applies_again(company):
    """He is known, and while he is in selection he is left in peace."""
    company.at("2026-12-02T10:00:00")
    again = ("高橋 実", TAKAHASHI, "経理職", "自社サイト", "書類選考", "2026/12/01", "選考中", "", "", "")

    back = company.takes_in("again.csv", again)

    assert (back["added"], back["reapplied"]) == (1, 1)


def news_once_more(company):
    """Seventy days later one of the five is left to hear from us."""
    company.at("2027-02-03T10:00:00")

    by_mail, by_line = company.write_news(), company.write_news_by_line()

    assert ([one["to"] for one in by_mail["letters"]], by_line["sent"]) == ([TANAKA], 0)
    for one in (by_mail, by_line):
        assert {company.left_out(one)[who] for who in (SUZUKI, WATANABE, ITO)} == {"opted_out"}
    assert "person_in_selection" in reasons(by_mail)
    history = company.relay("follow-up", "--history")["follow_ups"]
    assert {one["campaign"] for one in history} == {CAMPAIGN}
    assert sorted(one["to"] for one in history) == [SUZUKI, TAKAHASHI, TANAKA, TANAKA, ITO, WATANABE]
    assert {one["to"]: one["carrier"] == "line" for one in history}[ITO]
    assert len(company.letters()) == 11 + 1 + 4 + 1


def figure(analysis, name):
    found = next(one for one in analysis["figures"] if one["id"] == name)
    return found["numerator"], found["denominator"], found["value"]


def every_figure(company):
    """The analysis counts what happened, and nothing else."""
    seen = company.relay("analyse", "--period", PERIOD)
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
    survey = seen["survey"]
    assert (survey["answers"], survey["mean"], survey["counts"]) == (5, 4.0, [0, 0, 1, 3, 1])
    loop = ("rejected", "told", "linked", "clicked", "registered", "earned", "used", "found", "hired")
    counts = {one["id"]: one["count"] for one in seen["loop"]}
    assert counts == dict(zip(loop, (12, 12, 11, 10, 10, 1, 1, 2, 1), strict=True))


def a_year_later_they_are_forgotten(company):
    """Their time is over, and after the notice they are gone; the figures of their time stand."""
    company.at("2028-04-20T10:00:00")
    before = company.relay("analyse", "--period", PERIOD)
    told = company.relay("retention", "--announce")
    assert (told["reached"], told["due"]) == (11, 0)
    assert company.relay("retention", "--erase", "--expect", "11", code=3)  # the notice is not over

    company.at("2028-07-20T10:00:00")
    assert company.relay("retention")["due"] == 11
    gone = company.relay("retention", "--erase", "--expect", "11", "--certificate", "gone.html")
    assert gone["certificate"]
    assert company.relay("retention")["erased"] == 11

    after = company.relay("analyse", "--period", PERIOD)
    for part in ("figures", "stages", "media", "loop"):
        assert after[part] == before[part]
    said = json.dumps([company.relay("send"), company.tabs()], default=str, ensure_ascii=False)
    assert [one for one in (ITO, "伊藤", user(1), SUZUKI, "鈴木") if one in said] == []


def and_their_word_still_holds(company):
    """Whoever refused and comes back, after all is forgotten, is still known as one who refused."""
    company.at("2028-07-21T10:00:00")
    common = ("営業職", "ビズサーチ", "書類選考", "2028/07/01", "不採用", "2028/07/10", "", "はい")
    three = [("鈴木 一郎", SUZUKI, *common), ("伊藤 誠", ITO, *common), ("田中 美咲", TANAKA, *common)]
    assert company.takes_in("back.csv", *three)["added"] == 3

    plan = company.left_out(company.relay("send"))

    assert (plan[SUZUKI], plan[ITO], TANAKA in plan) == ("opted_out", "opted_out", False)
