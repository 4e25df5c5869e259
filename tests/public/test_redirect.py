"""`/r/CODE`: on to the partner, and nowhere else."""

import re

import pytest

from sheets_automation.core.link_records import LinkUse
from tests.public.links_house import PARTNER, a_code, served

EVIL = "https://evil.example/"


def test_a_link_leads_to_the_partner_with_the_code_and_nothing_else(visitor):
    code = a_code()

    answer = visitor.click(code)

    assert (answer.status, answer.location, answer.body) == (302, PARTNER.replace("{code}", code), "")
    assert answer.headers["Set-Cookie"] is None


def test_a_click_is_kept_once_with_no_trace_of_the_visitor(house):
    visitor, code = house.visitor("203.0.113.77"), a_code()

    for _ in range(3):
        visitor.click(code, Referer="https://mail.example/inbox/taro", Cookie="session=taro")

    assert [(record.use, record.sign) for record in house.of(code)] == [(LinkUse.CLICK, "")]
    for trace in (b"203.0.113", b"127.0.0.1", b"Mozilla", b"iPhone", b"taro", b"mail.example"):
        assert trace not in house.kept()


@pytest.mark.parametrize("spell", [str.lower, "{}.".format, "{})".format, "({})".format, "{}%E3%80%82".format])
def test_a_code_counts_as_mail_programs_and_people_spell_it(house, visitor, spell):
    code = a_code()

    answer = visitor.click(spell(code))

    assert answer.location == PARTNER.replace("{code}", code)
    assert [record.code for record in house.records] == [code]


def test_a_code_that_nobody_was_sent_gets_the_same_answer_as_any_other(visitor):
    codes = [a_code(), a_code()]

    answers = [visitor.click(code) for code in codes]

    shown = [str(answer.headers).replace(code, "CODE") for code, answer in zip(codes, answers, strict=True)]
    without_date = [re.sub(r"(?m)^date:.*$", "", one) for one in shown]
    assert without_date[0] == without_date[1]


@pytest.mark.parametrize("damage", [lambda c: c[:-1], lambda c: c + "B", lambda c: c[:5] + c[6] + c[5] + c[7:]])
def test_a_damaged_code_leads_nowhere_and_is_not_kept(house, visitor, damage):
    code = "BCDFGHJKLMN"
    whole = next(code + last for last in "23456789BCDFGHJKLMNPQRSTVWXYZ" if visitor.click(code + last).status == 302)
    kept = house.kept()

    answer = visitor.click(damage(whole))

    assert (answer.status, answer.location) == (404, None)
    assert house.kept() == kept


@pytest.mark.parametrize(
    "path",
    [
        f"/r/{EVIL}",
        "/r//evil.example",
        "//evil.example/r/CODE",
        "/r/%2F%2Fevil.example%2FCODE",
        "/r/https:%2F%2Fevil.example%2FCODE",
        "/r/\\\\evil.example\\CODE",
        "/r/CODE@evil.example",
        "/r/CODE/",
        "/r/CODE/..//evil.example",
        "/r/CODE%0d%0aLocation:%20https://evil.example",
        "/r/CODE%00.evil.example",
        "/r/CODE.evil.example",
        f"/r/CODE?url={EVIL}&next={EVIL}&code=evil",
        f"/r/?code=CODE&to={EVIL}",
        "/r/{code}",
        "/r/CODE;//evil.example",
        "/r/CODE%23@evil.example",
        "/R/CODE",
        "/r/" + "CODE" * 4000,
    ],
)
@pytest.mark.parametrize("host", ["links.minato.example", "evil.example", "evil.example:443@links.minato.example"])
def test_no_request_chooses_where_a_link_leads(visitor, path, host):
    code = a_code()

    answer = visitor.ask(path.replace("CODE", code), Host=host, X_Forwarded_Host="evil.example", Forwarded="host=evil")

    assert answer.location in {None, PARTNER.replace("{code}", code)}
    assert "evil" not in str(answer.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_only_reading_follows_a_link(house, visitor, method):
    answer = visitor.ask(f"/r/{a_code()}", method)

    assert (answer.status, answer.location) == (405, None)
    assert house.records == []


@pytest.mark.parametrize(
    "path",
    ["/", "/r", "/r/", "/u", "/u/", "/docs", "/openapi.json", "/redoc", "/api/plan", "/api/session", "/static/x"],
)
def test_nothing_else_is_in_the_app(visitor, path):
    assert visitor.ask(path).status == 404


def test_without_a_partner_no_link_leads_anywhere(tmp_path):
    with served(tmp_path, partner_url="") as house:
        answer = house.visitor().click(a_code())

    assert (answer.status, answer.location) == (404, None)


def test_somebody_whose_click_cannot_be_counted_is_led_on_all_the_same(tmp_path):
    with served(tmp_path / "records") as house:
        (tmp_path / "records").rename(tmp_path / "elsewhere")

        answer = house.visitor().click(a_code())

    assert answer.status == 302
