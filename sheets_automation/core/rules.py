"""Everything that an operator or HR can set, as data for the jobs. `config` builds it; nothing here reads a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, tzinfo

from sheets_automation.core.analysis_rules import AnalysisRules
from sheets_automation.core.blast_radius import BlastRules
from sheets_automation.core.candidates import CandidateRules
from sheets_automation.core.credit_rules import CreditRules
from sheets_automation.core.follow_up_rules import FollowUpRules
from sheets_automation.core.guard_scene import GuardRules
from sheets_automation.core.layout import HeadingRules
from sheets_automation.core.retention_rules import RetentionRules
from sheets_automation.core.send_window import IsHoliday, SendWindow


@dataclass(frozen=True, slots=True, kw_only=True)
class TabNames:
    """The titles of the tabs that the program knows."""

    log: str = "送信記録"
    referrals: str = "紹介実績"
    reports: str = "紹介先報告"
    refusals: str = "連絡停止記録"
    consents: str = "同意記録"
    campaigns: str = "フォロー計画"
    line: str = "LINE連携記録"
    survey: str = "満足度記録"
    credits: str = "クレジット"
    analysis: str = "分析"
    costs: str = "媒体費用"
    letters: str = "文面"
    settings: str = "設定"
    review: str = "要確認"
    erasures: str = "消去記録"
    imports: str = "取込記録"
    import_questions: str = "取込確認"
    import_settings: str = "取込設定"


def no_holidays(_day: date) -> bool:
    """A calendar without holidays."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRules:
    """What decides about letters: how rows are read, who is due, when, and how many."""

    timezone: tzinfo
    tabs: TabNames = field(default_factory=TabNames)
    headings: HeadingRules = field(default_factory=HeadingRules)
    candidates: CandidateRules = field(default_factory=CandidateRules)
    guards: GuardRules = field(default_factory=GuardRules)
    blast: BlastRules = field(default_factory=BlastRules)
    window: SendWindow = field(default_factory=SendWindow)
    is_holiday: IsHoliday = no_holidays
    daily_limit: int = 500
    partners: tuple[CreditRules, ...] = ()
    analysis: AnalysisRules = field(default_factory=AnalysisRules)
    retention: RetentionRules = field(default_factory=RetentionRules)
    follow_up: FollowUpRules = field(default_factory=FollowUpRules)
    language: str = "ja"
    """Of what we write into the workbook."""
    second_person: bool = False
    """Whether two people have to agree to each letter."""
    consent_required: bool = False
    """Whether the referral link needs a yes even where the workbook has no consent column."""
