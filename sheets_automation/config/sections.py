"""The sections of the configuration as data. config/example.toml explains every key; the defaults stand here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Annotated

from sheets_automation.config import kinds
from sheets_automation.config.data_sections import AnalysisSection, RetentionSection
from sheets_automation.core.headings import Field

Text = Annotated[str, kinds.TEXT]
Name = Annotated[str, kinds.NAME]
MailAddress = Annotated[str, kinds.ADDRESS]
Tab = Annotated[str, kinds.TAB]
Switch = Annotated[bool, kinds.SWITCH]
Clock = Annotated[time, kinds.CLOCK]
Words = Annotated[tuple[str, ...], kinds.WORDS]


@dataclass(frozen=True, kw_only=True)
class CompanySection:
    """Who we are, as the letters say it."""

    name: Text = ""
    contact_person: Text = ""
    contact: Text = ""
    postal_address: Text = ""
    signature: Text = ""
    allowed_company_names: Words = ()


@dataclass(frozen=True, kw_only=True)
class SenderSection:
    """Whose name and address the letters come from."""

    name: Text = ""
    address: MailAddress = ""
    reply_to: MailAddress = ""
    carrier: Annotated[str, kinds.CARRIER] = ""
    dkim_selector: Text = ""


@dataclass(frozen=True, kw_only=True)
class WorkbookSection:
    """Where things stand in the workbook."""

    candidates_tab: Text = ""
    log_tab: Tab = "送信記録"
    referrals_tab: Tab = "紹介実績"
    reports_tab: Tab = "紹介先報告"
    refusals_tab: Tab = "連絡停止記録"
    erasures_tab: Tab = "消去記録"
    consents_tab: Tab = "同意記録"
    campaigns_tab: Tab = "フォロー計画"
    line_tab: Tab = "LINE連携記録"
    survey_tab: Tab = "満足度記録"
    credits_tab: Tab = "クレジット"
    analysis_tab: Tab = "分析"
    costs_tab: Tab = "媒体費用"
    letters_tab: Tab = "文面"
    settings_tab: Tab = "設定"
    review_tab: Tab = "要確認"
    timezone: Annotated[str, kinds.ZONE] = "Asia/Tokyo"
    language: Annotated[str, kinds.one_of("ja", "en")] = "ja"


@dataclass(frozen=True, kw_only=True)
class DecisionsSection:
    """Further words of the decision column. Compared whole, never as a part; they win over the known ones."""

    rejected: Words = ()
    in_selection: Words = ()
    offered: Words = ()
    hired: Words = ()
    withdrawn: Words = ()
    not_considered: Words = ()


@dataclass(frozen=True, kw_only=True)
class TagsSection:
    """Further tags with a meaning for sending."""

    hold: Words = ()


@dataclass(frozen=True, kw_only=True)
class MediaSection:
    """Further media with a meaning for sending."""

    agency: Words = ()
    write_to_agency_candidates: Switch = False


@dataclass(frozen=True, kw_only=True)
class GuardsSection:
    """What stands between a mistake and a letter."""

    min_delay_hours: Annotated[float, kinds.number(0, 720)] = 24
    max_wait_days: Annotated[int, kinds.whole(1, 365)] = 14
    max_age_days: Annotated[int, kinds.whole(1, 3650)] = 180
    one_letter_per_person_days: Annotated[int, kinds.whole(1, 3650)] = 180
    max_failures: Annotated[int, kinds.whole(1, 100)] = 3
    require_approval: Switch = False
    second_person: Switch = False
    consent_required_for_referral: Switch = False
    daily_limit: Annotated[int, kinds.whole(1, 100_000)] = 500
    max_letters_per_run: Annotated[int, kinds.whole(1, 10_000)] = 50
    share_from_letters: Annotated[int, kinds.whole(1, 10_000)] = 20
    max_share_percent: Annotated[float, kinds.number(1, 100)] = 30
    usual_factor: Annotated[float, kinds.number(1, 100)] = 3


@dataclass(frozen=True, kw_only=True)
class WindowSection:
    """When letters may leave, in the workbook's time zone. Public holidays are always closed."""

    start: Clock = time(9)
    end: Clock = time(18)
    friday_end: Clock = time(17)
    days: Annotated[tuple[int, ...], kinds.WEEKDAYS] = (0, 1, 2, 3, 4)
    """0 = Monday."""
    closed: Annotated[tuple[date, ...], kinds.DAYS] = ()


@dataclass(frozen=True, kw_only=True)
class ReferralSection:
    """The personal link in a letter; without an address letters have none."""

    base_url: Annotated[str, kinds.BASE_URL] = ""
    allowed_domains: Annotated[tuple[str, ...], kinds.DOMAINS] = ()


@dataclass(frozen=True, kw_only=True)
class LinksSection:
    """The public links: where letters can be refused, and how the public app sees its visitors."""

    refusal_url: Annotated[str, kinds.BASE_URL] = ""
    """Without it letters carry no way to refuse."""
    survey_url: Annotated[str, kinds.BASE_URL] = ""
    """Without it nobody is asked how content they are."""
    records: Text = ""
    proxies: Annotated[int, kinds.whole(0, 10)] = 0
    """Between the internet and us: so many entries of X-Forwarded-For are theirs."""
    requests_per_minute: Annotated[int, kinds.whole(1, 10_000)] = 60


@dataclass(frozen=True, kw_only=True)
class LineSection:
    """Our LINE account."""

    account: Annotated[str, kinds.LINE_ACCOUNT] = ""
    """Without it letters invite nobody."""
    records: Text = ""
    results: Switch = False
    """Whether results of a selection may go by LINE."""
    monthly_reserve: Annotated[int, kinds.whole(0, 1_000_000)] = 0
    """Of the month's messages, so many are left for others who use the account."""


@dataclass(frozen=True, kw_only=True)
class FollowUpSection:
    """News to people who agreed to it: whose name it comes under, and how often it may come."""

    name: Text = ""
    address: MailAddress = ""
    """Not that of the results; without it nothing goes by mail."""
    reply_to: MailAddress = ""
    carrier: Annotated[str, kinds.CARRIER] = ""
    """Where --carrier is not given; empty = that of [sender]."""
    line: Switch = False
    wording: Text = ""
    """The version of the text that people agree to, for the record."""
    days_between: Annotated[int, kinds.whole(1, 3650)] = 60
    most_per_year: Annotated[int, kinds.whole(1, 52)] = 3
    days_after_result: Annotated[int, kinds.whole(1, 3650)] = 90


@dataclass(frozen=True, kw_only=True)
class LetterRuleSection:
    """One line of the table that chooses a letter."""

    template: Name
    tag: Text = ""
    stage: Text = ""
    opening: Text = ""
    language: Text = ""


@dataclass(frozen=True, kw_only=True)
class LettersSection:
    """Where letters come from and which one a candidate gets; no rules of one's own means the built-in ones."""

    folder: Text = ""
    default: Name = "standard"
    attachments: Annotated[tuple[str, ...], kinds.FILES] = ()
    rules: tuple[LetterRuleSection, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PartnerSection:
    """What was agreed with one referral partner."""

    id: Name
    name: Name
    url: Annotated[str, kinds.BASE_URL] = ""
    """Where the public app leads the links in letters."""
    openings: Words = ()
    """Whose letters lead to this partner; those of all others lead to the first partner."""
    link_url: Annotated[str, kinds.BASE_URL] = ""
    """Where those letters lead; empty = referral.base_url, with the partner's id before the code."""
    licence: Text = ""
    counts: Annotated[str, kinds.one_of("registered", "hired")] = "registered"
    per_credit: Annotated[int, kinds.whole(1, 1000)] = 10
    expires_months: Annotated[int, kinds.whole(0, 120)] = 0
    """0 = never."""
    max_per_year: Annotated[int, kinds.whole(0, 1000)] = 0
    max_per_month: Annotated[int, kinds.whole(0, 1000)] = 0
    """0 = no limit, as of a year."""


@dataclass(frozen=True, kw_only=True)
class SmtpSection:
    """How patient we are with a mail server."""

    timeout_seconds: Annotated[float, kinds.number(1, 600)] = 60
    letters_per_connection: Annotated[int, kinds.whole(1, 10_000)] = 100


@dataclass(frozen=True, kw_only=True)
class GoogleSection:
    """How we sign in to Google, and what we do in the mailbox."""

    sign_in: Annotated[str, kinds.one_of("", "keyless", "oauth", "adc")] = ""
    mailer: MailAddress = ""
    client_file: Text = ""
    sign_in_file: Text = ""
    user: MailAddress = ""
    label: Text = "お祈りメール"
    units_per_minute: Annotated[int, kinds.whole(600, 100_000)] = 6000


@dataclass(frozen=True, kw_only=True)
class EditorsSection:
    """People whom the operator vouches for, where only a group may edit a spreadsheet."""

    workbook: Annotated[str, kinds.SPREADSHEET]
    addresses: Annotated[tuple[str, ...], kinds.ADDRESSES]


@dataclass(frozen=True, kw_only=True)
class ServiceSection:
    """The page and its interface for many people, `relay serve`: which spreadsheets, and who may come in."""

    workbooks: Annotated[tuple[str, ...], kinds.SPREADSHEETS] = ()
    """Ids."""
    audiences: Annotated[tuple[str, ...], kinds.AUDIENCES] = ()
    """For whom identity tokens have to be made."""
    domains: Annotated[tuple[str, ...], kinds.DOMAINS] = ()
    """Of the organisations whose people may come in."""
    iap_audience: Annotated[str, kinds.PROXIED] = ""
    editors: tuple[EditorsSection, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExcelSection:
    """How Excel files are kept."""

    keep_backups: Annotated[int, kinds.whole(0, 1000)] = 10


@dataclass(frozen=True, kw_only=True)
class Config:
    """Everything that the operator can set."""

    company: CompanySection = field(default_factory=CompanySection)
    sender: SenderSection = field(default_factory=SenderSection)
    workbook: WorkbookSection = field(default_factory=WorkbookSection)
    headings: Annotated[Mapping[Field, tuple[str, ...]], dict.fromkeys(Field, kinds.WORDS)] = field(
        default_factory=dict
    )
    decisions: DecisionsSection = field(default_factory=DecisionsSection)
    tags: TagsSection = field(default_factory=TagsSection)
    media: MediaSection = field(default_factory=MediaSection)
    guards: GuardsSection = field(default_factory=GuardsSection)
    window: WindowSection = field(default_factory=WindowSection)
    referral: ReferralSection = field(default_factory=ReferralSection)
    links: LinksSection = field(default_factory=LinksSection)
    line: LineSection = field(default_factory=LineSection)
    follow_up: FollowUpSection = field(default_factory=FollowUpSection)
    letters: LettersSection = field(default_factory=LettersSection)
    partners: tuple[PartnerSection, ...] = ()
    analysis: AnalysisSection = field(default_factory=AnalysisSection)
    retention: RetentionSection = field(default_factory=RetentionSection)
    smtp: SmtpSection = field(default_factory=SmtpSection)
    google: GoogleSection = field(default_factory=GoogleSection)
    service: ServiceSection = field(default_factory=ServiceSection)
    excel: ExcelSection = field(default_factory=ExcelSection)
