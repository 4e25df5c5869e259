"""What a letter of ours tells as it lies among sent mail."""

import pytest

from sheets_automation.core.sent_mail import bare_address, parts_of, referral_code_in

BASE = "https://career-relay.example/r/"
CODE = "ZHNT5RW3NQ64"


@pytest.mark.parametrize(
    ("field", "address"),
    [
        ("taro@example.com", "taro@example.com"),
        ("山田 太郎 <Taro@Example.COM>", "Taro@example.com"),
        ("山田, 太郎 <taro@example.com>", "taro@example.com"),  # decoded, so the quotes around the name are gone
        ("<b@example.com> <taro@example.com> ", "taro@example.com"),
        ('山田 太郎 <"taro..y."@docomo.ne.jp>', "taro..y.@docomo.ne.jp"),
        ("", ""),
    ],
)
def test_an_address_is_read_as_the_log_has_it(field, address):
    assert bare_address(field) == address


def mail(text, *, base=BASE):
    return referral_code_in(f"Content-Type: text/plain; charset=utf-8\n\n{text}".encode(), base)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"こちらから: {BASE}{CODE}\n", CODE),
        (f"<{BASE}{CODE}> と [{BASE}{CODE}]({BASE}{CODE})", CODE),
        (f"{BASE}{CODE[:-1]}5", ""),  # the check character does not fit
        (f"{BASE}{CODE} {BASE}M5NZ556CDJMJ", ""),
        (f"https://elsewhere.example/r/{CODE}", ""),
        ("no link", ""),
    ],
)
def test_a_code_is_read_from_the_link_and_from_nowhere_else(text, code):
    assert mail(text) == code


def test_an_address_that_names_the_place_of_the_code_is_understood():
    assert mail(f"https://x.example/?c={CODE}&u=1", base="https://x.example/?c={code}&u=1") == CODE


def test_without_an_address_of_links_there_is_no_code():
    assert mail(f"{BASE}{CODE}", base="") == ""


def test_a_reference_is_taken_apart_at_what_carriers_put_between():
    assert parts_of("r-1/t-2/w") == ["r-1", "t-2", "w"]
    assert parts_of("rejection-C-1-1-1-abc.eml~x_y") == ["rejection-C-1-1-1-abc.eml", "x_y"]
