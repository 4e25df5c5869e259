"""Several partners: each with rules of its own, and each letter with the link of the partner of its opening."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets_automation.config.partners import credit_rules, letter_partners, link_bases
from sheets_automation.config.reading import read_config
from sheets_automation.config.rules import letter_facts, lint_rules
from sheets_automation.core.composing import Composer
from sheets_automation.core.credit_folding import summarise_credits
from sheets_automation.core.credit_rules import Counting
from sheets_automation.core.credits import EntryKind
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.letter_rules import LetterBook
from sheets_automation.core.letters import letter_from_file
from sheets_automation.core.model import Letter
from sheets_automation.core.sent_mail import referral_code_in
from tests.core.builders import NOW, candidate
from tests.core.credit_facts import PARTNER, code, ten
from tests.jobs.house import LETTERS

TWO = """
[sender]
address = "saiyo@minato.example"
[company]
name = "株式会社みなと製作所"
contact = "saiyo@minato.example"
signature = "株式会社みなと製作所"
[referral]
base_url = "https://links.minato.example/r"
allowed_domains = ["mirai.example", "tech.example"]
[partners.mirai]
name = "みらいキャリア支援"
url = "https://mirai.example/start"
[partners.tech]
name = "テックエージェント"
licence = "13-ユ-111111"
url = "https://tech.example/start?code={code}"
openings = ["機械設計エンジニア"]
counts = "hired"
per_credit = 3
expires_months = 6
max_per_month = 1
"""


def letter_to(opening, config_text=TWO):
    config = read_config(config_text, "relay.toml")
    facts = letter_facts(config)
    standard = letter_from_file("standard.ja.md", (LETTERS / "standard.ja.md").read_text())
    compose = Composer(
        book=LetterBook(templates={standard.id: standard}, rules=(), default="standard", default_language="ja"),
        facts=facts,
        lint=lint_rules(config),
        referral_base_url=config.referral.base_url,
        partners=letter_partners(config, facts),
    )
    letter = compose(candidate(opening=opening, language="ja"), code(1))
    assert isinstance(letter, Letter), letter
    return letter.text


def test_a_partner_may_stand_under_its_name_or_in_a_list():
    one = read_config('[partners.mirai]\nname = "みらい"\n', "relay.toml")
    other = read_config('[[partners]]\nid = "mirai"\nname = "みらい"\n', "relay.toml")

    assert one.partners == other.partners


def test_a_mistake_in_a_named_partner_is_told_with_its_name():
    with pytest.raises(ConfigurationError, match=r"partners\.mirai\.per_credit"):
        read_config('[partners.mirai]\nname = "みらい"\nper_credit = 0\n', "relay.toml")


def test_each_partner_has_rules_of_its_own():
    mirai, tech = credit_rules(read_config(TWO, "relay.toml"))

    assert (mirai.counts, mirai.per_credit, mirai.expires_months) == (Counting.REGISTERED, 10, None)
    assert (tech.counts, tech.per_credit, tech.expires_months, tech.max_per_month) == (Counting.HIRED, 3, 6, 1)


def test_a_letter_leads_to_the_partner_of_its_opening_and_names_it_and_its_licence():
    text = letter_to("機械設計エンジニア")

    assert f"https://links.minato.example/r/tech/{code(1)}" in text
    assert "テックエージェント" in text
    assert "13-ユ-111111" in text


def test_a_letter_for_any_other_opening_leads_to_the_first_partner():
    text = letter_to("営業職")

    assert f"https://links.minato.example/r/{code(1)}" in text
    assert "みらいキャリア支援" in text


def test_a_partner_may_have_an_address_of_its_own_for_links():
    text = letter_to(
        "機械設計エンジニア", TWO.replace('counts = "hired"', 'link_url = "https://go.tech.example/x/{code}"')
    )

    assert f"https://go.tech.example/x/{code(1)}" in text


def test_the_code_of_a_lost_log_is_found_again_behind_every_partners_address():
    bases = link_bases(read_config(TWO.replace('counts = "hired"', 'link_url = "https://go.tech.example/x"'), "r"))

    for link in ("https://links.minato.example/r/", "https://go.tech.example/x/"):
        raw = f"Content-Type: text/plain; charset=utf-8\n\nURL: {link}{code(3)}\n".encode()
        assert referral_code_in(raw, *bases) == code(3)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (TWO.replace("[partners.mirai]", '[partners.mirai]\nopenings = ["営業職"]'), "first partner"),
        (TWO + '[partners.third]\nname = "三"\nopenings = ["機械設計 エンジニア", "機械設計エンジニア"]\n', "both"),
        (TWO + '[partners."三番目"]\nname = "三"\nopenings = ["経理"]\n', "becomes a part of the links"),
    ],
    ids=["openings of the first", "an opening twice", "an id that cannot stand in an address"],
)
def test_partners_that_contradict_one_another_are_told(wrong, told):
    with pytest.raises(ConfigurationError) as refused:
        read_config(wrong, "relay.toml")

    assert told in str(refused.value)


def test_no_more_credits_are_granted_in_a_month_than_agreed_and_the_next_month_begins_anew():
    rules = replace(PARTNER, max_per_month=1)
    facts = [*ten("2026-10-05"), *ten("2026-10-20", first=10), *ten("2026-11-02", first=20)]

    [ledger] = summarise_credits(facts, [rules], now=NOW).ledgers

    assert [(entry.on.isoformat(), entry.kind) for entry in ledger.entries] == [
        ("2026-10-05", EntryKind.EARNED),
        ("2026-10-20", EntryKind.OVER_LIMIT),
        ("2026-11-02", EntryKind.EARNED),
    ]
    assert ledger.left == 2


def test_a_credit_that_the_month_refused_takes_no_room_of_the_year():
    rules = replace(PARTNER, max_per_month=1, max_per_year=2)
    facts = [*ten("2026-10-05"), *ten("2026-10-20", first=10), *ten("2026-11-02", first=20)]

    [ledger] = summarise_credits(facts, [rules], now=NOW).ledgers

    assert ledger.total(EntryKind.EARNED) == 2
