"""From the configuration to the small objects that each part of the core works by."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sheets_automation.config.partners import credit_rules, link_bases
from sheets_automation.config.sections import Config
from sheets_automation.core.analysis_period import read_period
from sheets_automation.core.analysis_rules import AnalysisRules
from sheets_automation.core.blast_radius import BlastRules
from sheets_automation.core.candidates import CandidateRules
from sheets_automation.core.cells import folded
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.follow_up_rules import FollowUpRules
from sheets_automation.core.guard_scene import GuardRules
from sheets_automation.core.layout import HeadingRules
from sheets_automation.core.letter_fields import LetterFacts
from sheets_automation.core.letter_rules import DEFAULT_RULES, LetterRule
from sheets_automation.core.lint_rules import LintRules
from sheets_automation.core.model import Decision
from sheets_automation.core.retention_rules import RetentionRules
from sheets_automation.core.rules import SendRules, TabNames
from sheets_automation.core.send_window import IsHoliday, SendWindow

if TYPE_CHECKING:
    from sheets_automation.core.message import Sender


def send_rules(config: Config, is_public_holiday: IsHoliday) -> SendRules:
    """What decides about letters."""
    closed = frozenset(config.window.closed)

    def is_holiday(day: date) -> bool:
        return day in closed or is_public_holiday(day)

    return SendRules(
        timezone=ZoneInfo(config.workbook.timezone),
        tabs=_tabs(config),
        headings=HeadingRules(aliases=config.headings, tab=config.workbook.candidates_tab or None),
        candidates=_candidates(config),
        guards=_guards(config),
        blast=_blast(config),
        window=_window(config),
        is_holiday=is_holiday,
        daily_limit=config.guards.daily_limit,
        partners=credit_rules(config),
        analysis=analysis_rules(config),
        retention=_retention(config),
        follow_up=FollowUpRules(
            between=timedelta(days=config.follow_up.days_between),
            most_a_year=config.follow_up.most_per_year,
            after_result=timedelta(days=config.follow_up.days_after_result),
        ),
        language=config.workbook.language,
        second_person=config.guards.second_person,
        consent_required=config.guards.consent_required_for_referral,
    )


def letter_rules(config: Config) -> tuple[LetterRule, ...]:
    """The table that chooses letters: the operator's, or the built-in one."""
    return tuple(LetterRule(**asdict(rule)) for rule in config.letters.rules) or DEFAULT_RULES


def letter_facts(config: Config) -> LetterFacts:
    """What letters say of the company and of its first partner."""
    partner = config.partners[0] if config.partners else None
    return LetterFacts(
        company=config.company.name,
        contact_person=config.company.contact_person,
        contact=config.company.contact,
        postal_address=config.company.postal_address,
        signature=config.company.signature,
        partner=partner.name if partner else "",
        partner_licence=partner.licence if partner else "",
    )


def lint_rules(config: Config) -> LintRules:
    """What a letter may hold: our name and our partners', our addresses, and links that lead to them."""
    partners = tuple(partner.name for partner in config.partners)
    company = (config.company.name,) if config.company.name else ()
    bases = (*link_bases(config), config.links.refusal_url, config.links.survey_url)
    hosts = {urlsplit(base).hostname or "" for base in bases} - {""}
    addresses = (config.sender.address, config.sender.reply_to)
    return LintRules(
        company_names=(*company, *config.company.allowed_company_names, *partners),
        link_domains=(
            *config.referral.allowed_domains,
            *sorted(hosts),
            *(["line.me"] if config.line.account else []),
        ),
        own_addresses=tuple(f"@{address.rpartition('@')[2]}" for address in addresses if address),
    )


def sender(config: Config) -> Sender:
    """Whose letters they are. Raises ConfigurationError where no address is set."""
    if not config.sender.address:
        raise ConfigurationError(
            "差出人のメールアドレスがありません。設定ファイルの [sender] address に書いてください。",
            "The sender's address is missing; write it into [sender] address of the configuration.",
        )
    from sheets_automation.core.message import Sender  # with all of MIME, for whoever writes letters

    return Sender(
        name=config.sender.name or config.company.name,
        address=config.sender.address,
        reply_to=config.sender.reply_to,
    )


def _tabs(config: Config) -> TabNames:
    book = config.workbook
    return TabNames(
        log=book.log_tab,
        referrals=book.referrals_tab,
        reports=book.reports_tab,
        refusals=book.refusals_tab,
        erasures=book.erasures_tab,
        consents=book.consents_tab,
        campaigns=book.campaigns_tab,
        line=book.line_tab,
        survey=book.survey_tab,
        credits=book.credits_tab,
        analysis=book.analysis_tab,
        costs=book.costs_tab,
        letters=book.letters_tab,
        settings=book.settings_tab,
        review=book.review_tab,
    )


def _retention(config: Config) -> RetentionRules:
    told = config.retention
    return RetentionRules(
        months=told.months,
        notice=timedelta(days=told.notice_days),
        keeps_small_groups=told.keep_small_groups,
        erases_by_itself=told.erase_nightly,
        most_by_itself=told.max_people_per_run,
    )


def _candidates(config: Config) -> CandidateRules:
    known = CandidateRules()
    words = {folded(word): Decision(meaning) for meaning, ws in asdict(config.decisions).items() for word in ws}
    return CandidateRules(
        decisions={**known.decisions, **words},
        agency_media=known.agency_media | set(map(folded, config.media.agency)),
        timezone=ZoneInfo(config.workbook.timezone),
        language=config.workbook.language,
    )


def _guards(config: Config) -> GuardRules:
    guards = config.guards
    return GuardRules(
        min_delay=timedelta(hours=guards.min_delay_hours),
        max_wait=timedelta(days=guards.max_wait_days),
        max_age=timedelta(days=guards.max_age_days),
        one_letter_per_person=timedelta(days=guards.one_letter_per_person_days),
        max_failures=guards.max_failures,
        require_approval=guards.require_approval,
        write_to_agency_candidates=config.media.write_to_agency_candidates,
        hold_tags=GuardRules().hold_tags | set(map(folded, config.tags.hold)),
    )


def _blast(config: Config) -> BlastRules:
    guards = config.guards
    return BlastRules(
        max_letters=guards.max_letters_per_run,
        compare_from=guards.share_from_letters,
        max_share_percent=guards.max_share_percent,
        usual_factor=guards.usual_factor,
    )


def _window(config: Config) -> SendWindow:
    window = config.window
    return SendWindow(start=window.start, end=window.end, friday_end=window.friday_end, days=frozenset(window.days))


def analysis_rules(config: Config) -> AnalysisRules:
    """How figures are counted."""
    analysis = config.analysis
    return AnalysisRules(
        stages=analysis.stages,
        small_group=analysis.small_group,
        credit_worth=analysis.credit_worth or None,
        period=read_period(analysis.period),
    )
