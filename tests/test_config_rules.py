from datetime import date, time, timedelta
from pathlib import Path

import pytest

from sheets_automation.config import Config, load_config, read_config
from sheets_automation.config.rules import letter_facts, letter_rules, lint_rules, send_rules, sender
from sheets_automation.core.blast_radius import BlastRules
from sheets_automation.core.candidates import CandidateRules
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.guard_scene import GuardRules
from sheets_automation.core.headings import Field
from sheets_automation.core.letter_rules import DEFAULT_RULES, LetterRule
from sheets_automation.core.model import Decision
from sheets_automation.core.rules import TabNames
from sheets_automation.core.send_window import SendWindow

EXAMPLE = Path(__file__).parents[1] / "config" / "example.toml"
CHRISTMAS, NEW_YEAR = date(2026, 12, 25), date(2026, 12, 31)


def never(_day):
    return False


def rules_of(text):
    return send_rules(read_config(text, "relay.toml"), never)


def test_without_a_configuration_the_core_works_by_its_own_defaults():
    rules = send_rules(Config(), never)

    assert rules.guards == GuardRules()
    assert rules.blast == BlastRules()
    assert rules.window == SendWindow()
    assert rules.tabs == TabNames()
    assert rules.candidates.decisions == CandidateRules().decisions
    assert rules.candidates.agency_media == CandidateRules().agency_media
    assert letter_rules(Config()) == DEFAULT_RULES


def test_words_of_the_operator_win_over_the_known_ones():
    rules = rules_of('[decisions]\nrejected = ["ＮＧ"]\nin_selection = ["見送り"]\n[media]\nagency = ["Ａ社"]')

    assert rules.candidates.decisions["ng"] is Decision.REJECTED
    assert rules.candidates.decisions["見送り"] is Decision.IN_SELECTION
    assert rules.candidates.decisions["不採用"] is Decision.REJECTED
    assert {"a社", "エージェント"} <= rules.candidates.agency_media


def test_guards_are_taken_over_in_their_units():
    rules = rules_of(
        """
        [guards]
        min_delay_hours = 48
        max_wait_days = 7
        max_letters_per_run = 10
        daily_limit = 5
        consent_required_for_referral = true
        [tags]
        hold = ["VIP"]
        [media]
        write_to_agency_candidates = true
        """
    )

    assert rules.guards.min_delay == timedelta(days=2)
    assert rules.guards.max_wait == timedelta(days=7)
    assert rules.guards.hold_tags == GuardRules().hold_tags | {"vip"}
    assert rules.guards.write_to_agency_candidates
    assert rules.blast.max_letters == 10
    assert rules.daily_limit == 5
    assert rules.consent_required


def test_closed_days_are_holidays_beside_the_public_ones():
    config = read_config('[window]\nstart = "10:00"\nclosed = ["2026-12-31"]', "relay.toml")

    rules = send_rules(config, lambda day: day == CHRISTMAS)

    assert rules.window.start == time(10)
    assert [rules.is_holiday(day) for day in (CHRISTMAS, NEW_YEAR, date(2026, 12, 24))] == [True, True, False]


def test_headings_and_tabs_are_taken_over():
    rules = rules_of('[workbook]\ncandidates_tab = "応募者"\nlog_tab = "記録"\n[headings]\nname = ["お名前"]')

    assert (rules.headings.tab, rules.tabs.log) == ("応募者", "記録")
    assert rules.headings.aliases == {Field.NAME: ("お名前",)}


def test_partners_bring_their_credit_rules():
    [partner] = send_rules(load_config(EXAMPLE), never).partners

    assert (partner.name, partner.per_credit, partner.expires_months) == ("キャリアリレー", 10, None)


def test_letters_say_who_we_are_and_may_link_to_nobody_else():
    config = load_config(EXAMPLE)

    assert letter_facts(config).company == "株式会社みなと製作所"
    assert letter_facts(config).partner == "キャリアリレー"
    assert lint_rules(config).company_names == ("株式会社みなと製作所", "キャリアリレー")
    assert lint_rules(config).link_domains == ("relay.example.com",)
    assert lint_rules(config).own_addresses == ("@minato.example",)
    assert sender(config).address == "saiyo@minato.example"


def test_rules_of_the_operator_replace_the_built_in_table():
    config = read_config('[[letters.rules]]\ntemplate = "x"\ntag = "y"', "relay.toml")

    assert letter_rules(config) == (LetterRule(template="x", tag="y"),)


def test_without_an_address_there_is_no_sender():
    with pytest.raises(ConfigurationError, match="address"):
        sender(Config())
