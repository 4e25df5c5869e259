"""Machines that open links in letters are told from people."""

import pytest

from sheets_automation.core.scanners import Sign, sign_of_machine
from tests.public.links_house import PERSON, a_code

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/131.0.0.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
BROWSERS = [
    PERSON["User-Agent"],
    WINDOWS,
    f"{WINDOWS} Edg/131.0.0.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0",
    f"Mozilla/5.0 (Linux; Android 14; SO-51E) {WEBKIT} Chrome/131.0.0.0 Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 14; SH-54D; wv) {WEBKIT} Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36 Line/14",
    f"Mozilla/5.0 (Linux; Android 12; CUBOT KING KONG) {WEBKIT} Chrome/131.0.0.0 Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 13; SM-A546B) {WEBKIT} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36",
    f"{IPHONE} Mobile/15E148 Safari Line/14.20.1",
    f"{IPHONE} GSA/344.0.695551749 Mobile/15E148 Safari/604.1",
    f"{IPHONE} CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/18.1 Safari/605.1.15",
    f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/131.0.0.0 Safari/537.36",
]
SCANNERS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "facebookexternalhit/1.1;line-poker/1.0",
    "WhatsApp/2.23.20.0 A",
    "TelegramBot (like TwitterBot)",
    WINDOWS.replace("Chrome", "HeadlessChrome"),
    "Barracuda Sentinel (EE)",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko Proofpoint URL Defense",
    "curl/8.5.0",
    "python-requests/2.32.3",
    "Python/3.11 aiohttp/3.9.5",
    "Go-http-client/2.0",
    "Java/17.0.10",
    "okhttp/4.12.0",
    "Apache-HttpClient/5.3 (Java/17)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
]


def headers_of(**changes):
    changed = {name.replace("_", "-"): value for name, value in changes.items()}
    return {name.lower(): value for name, value in {**PERSON, **changed}.items() if value is not None}


@pytest.mark.parametrize("agent", BROWSERS)
def test_a_person_with_an_ordinary_browser_counts(agent):
    assert sign_of_machine("GET", headers_of(User_Agent=agent)) is None


@pytest.mark.parametrize("agent", SCANNERS)
def test_a_program_that_says_its_name_does_not_count(agent):
    assert sign_of_machine("GET", headers_of(User_Agent=agent)) is Sign.AGENT


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        ({"User_Agent": None}, Sign.NO_AGENT),
        ({"User_Agent": " "}, Sign.NO_AGENT),
        ({"Accept_Language": None}, Sign.NO_LANGUAGE),
        ({"Purpose": "prefetch"}, Sign.PREFETCH),
        ({"Sec_Purpose": "prefetch;prerender"}, Sign.PREFETCH),
        ({"X_Purpose": "preview"}, Sign.PREFETCH),
        ({"X_Moz": "prefetch"}, Sign.PREFETCH),
        ({"Accept": "*/*"}, Sign.NO_PAGE),
        ({"Accept": None}, Sign.NO_PAGE),
        ({"Sec_Fetch_Mode": "no-cors"}, Sign.NO_PAGE),
    ],
)
def test_what_only_a_machine_does_betrays_it(changes, sign):
    assert sign_of_machine("GET", headers_of(**changes)) is sign


def test_an_older_browser_that_does_not_tell_why_it_asks_counts():
    assert sign_of_machine("GET", headers_of(Sec_Fetch_Mode=None)) is None


@pytest.mark.parametrize(
    ("headers", "method", "sign"),
    [
        ({}, "HEAD", "method"),
        ({"User_Agent": "Barracuda Sentinel (EE)"}, "GET", "agent"),
        ({"Sec_Purpose": "prefetch"}, "GET", "prefetch"),
    ],
)
def test_a_machine_is_led_on_like_everybody_and_marked(house, visitor, headers, method, sign):
    code = a_code()

    answer = visitor.ask(f"/r/{code}", method, **headers)

    assert answer.status == 302
    assert [record.sign for record in house.of(code)] == [sign]


def test_a_person_who_comes_after_the_scanner_counts(house, visitor):
    code = a_code()
    visitor.click(code, User_Agent="Barracuda Sentinel (EE)")

    visitor.click(code)

    assert [record.sign for record in house.of(code)] == ["agent", ""]


def test_whoever_opens_the_links_of_many_people_is_no_person(house, visitor):
    codes = [a_code() for _ in range(7)]

    for code in codes:
        visitor.click(code)

    assert [house.of(code)[0].sign for code in codes] == ["", "", "", "", *["many_codes"] * 3]


def test_whoever_opens_one_link_many_times_is_a_person(house, visitor):
    code = a_code()

    for _ in range(10):
        visitor.click(code)

    assert [record.sign for record in house.of(code)] == [""]
