"""Settings of the public links: what is refused before it can do harm, and what letters carry by them."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from sheets_automation.config import read_config
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.message import Sender, compose_message
from sheets_automation.core.model import DeliveryKey, Letter, LetterKind, OutgoingLetter
from sheets_automation.core.refusal_codes import CODE_LENGTH, is_genuine, read_keys, refusal_code
from sheets_automation.service.public import links_of
from sheets_automation.wiring_links import refusal_address
from tests.core.mail_grammar import check_message
from tests.public.links_house import KEY
from tests.public.links_process import CONFIG


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (CONFIG.replace('"career.example"', ""), "referral.allowed_domains"),
        (CONFIG.replace('"career.example"', '"areer.example"'), "referral.allowed_domains"),
        (CONFIG.replace("https://career.example/", "https://career.example.evil.example/"), "referral.allowed_domains"),
        (
            CONFIG.replace('["career.example"]', '["minato.example"]').replace("career.", "links.minato."),
            "both lead to",
        ),
        (CONFIG.replace("https://career", "http://career"), "partners[1].url"),
        (CONFIG.replace("https://career", "https://user@career"), "partners[1].url"),
        (CONFIG.replace("https://career", "javascript://career"), "partners[1].url"),
        (CONFIG.replace("https://career.example", "//career.example"), "partners[1].url"),
        (CONFIG.replace("code={code}", "code={code}\\r\\nX: y"), "partners[1].url"),
    ],
)
def test_a_link_that_would_lead_elsewhere_is_refused_with_the_key(config, words):
    with pytest.raises(ConfigurationError) as caught:
        read_config(config, "relay.toml")

    assert words in caught.value.en


@pytest.mark.parametrize("host", ["career.example", "www.career.example"])
def test_an_allowed_domain_and_what_is_below_it_may_be_led_to(host):
    config = read_config(CONFIG.replace("https://career.example", f"https://{host}"), "relay.toml")

    assert links_of(config, {}).partner_url == f"https://{host}/start?code={{code}}"


@pytest.mark.parametrize("key", ["guessme", f"{KEY} guess-me", "x" * 31])
def test_a_key_that_could_be_guessed_is_refused_and_not_shown(key):
    with pytest.raises(ConfigurationError) as caught:
        links_of(read_config(CONFIG, "relay.toml"), {"RELAY_LINK_KEY": key})

    assert "RELAY_LINK_KEY" in caught.value.ja
    assert not [part for part in key.split() if part in caught.value.ja + caught.value.en]


def test_the_settings_of_the_app_never_show_a_key():
    links = links_of(read_config(CONFIG, "relay.toml"), {"RELAY_LINK_KEY": KEY})

    assert links.keys == (KEY,)
    assert KEY not in repr(links)


def test_several_keys_may_stand_there_the_newest_first():
    assert read_keys(f" {'n' * 40}, {KEY}\n") == ("n" * 40, KEY)


def test_codes_of_mailboxes_differ_and_keep_their_shape():
    codes = {refusal_code(f"a{n}@example.com", KEY) for n in range(500)}

    assert len(codes) == 500
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert all(is_genuine(code, [KEY]) for code in codes)
    assert not any(is_genuine(code, ["n" * 40]) for code in codes)
    assert not any(is_genuine(code, []) for code in codes)


def composed(**settings):
    outgoing = OutgoingLetter(
        key=DeliveryKey(candidate_id="C-1", kind=LetterKind.REJECTION),
        attempt=1,
        to_name="山田 太郎",
        to_address="taro@example.jp",
        letter=Letter(
            template="standard.ja", language="ja", subject="選考結果", text="山田 太郎様\n", html="<p>山田</p>"
        ),
    )
    sender = Sender(name="採用担当", address="saiyo@minato.example")
    return compose_message(outgoing, sender, date=datetime(2026, 11, 24, tzinfo=UTC), **settings)


def test_a_letter_carries_the_one_click_of_rfc_8058_where_it_is_set_up():
    url = refusal_address(read_config(CONFIG, "relay.toml"), {"RELAY_LINK_KEY": KEY}, "taro@example.jp")

    raw = composed(refusal_url=url)

    check_message(raw)
    letter = message_from_bytes(raw, policy=policy.default)
    assert (
        letter["List-Unsubscribe"].strip() == f"<https://links.minato.example/u/{refusal_code('taro@example.jp', KEY)}>"
    )
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "taro" not in url


def test_a_letter_carries_none_where_nothing_is_set_up():
    config = read_config("", "relay.toml")

    assert refusal_address(config, {"RELAY_LINK_KEY": KEY}, "taro@example.jp") == ""
    assert b"List-Unsubscribe" not in composed()
