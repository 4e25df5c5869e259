"""What each step of the loop is called and how it is defined, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheets_automation.core.analysis_loop import LoopStep, LoopStepId
from sheets_automation.core.analysis_words import NOTHING, Words, picked

_DECIDED = ("選考結果日が期間内の不採用について、いままで", "rejections decided in the period, up to now")
_LEDGER = ("クレジットの日付が期間内", "by date of the ledger")
_EACH = {
    LoopStepId.EARNED: ("名", "registration"),
    LoopStepId.USED: ("件", "credit"),
    LoopStepId.FOUND: ("件", "credit"),
}
_APPLIED = ("応募日が期間内", "by date of application")

LOOP_WORDS: Mapping[LoopStepId, Words] = {
    LoopStepId.REJECTED: Words(
        ("不採用", "Rejected"), ("選考結果が不採用の応募", "Applications whose decision is a rejection"), _DECIDED
    ),
    LoopStepId.TOLD: Words(
        ("通知", "Letter"),
        (
            "不採用のうち、その応募への通知が送られたもの(同じ方の別の応募への通知は数えません)",
            "Of these, those to which a letter left; one to another application of the person does not count",
        ),
        _DECIDED,
    ),
    LoopStepId.LINKED: Words(
        ("リンク付きの通知", "Letter with a link"),
        ("通知のうち、紹介リンクのあるもの", "Of these, those whose letter has a referral link"),
        _DECIDED,
    ),
    LoopStepId.CLICKED: Words(
        ("クリック", "Click"),
        (
            "リンク付きの通知のうち、リンクが開かれたもの。登録した人は開いたと数えます",
            "Of these, those whose link was opened; whoever registered has opened it",
        ),
        _DECIDED,
    ),
    LoopStepId.REGISTERED: Words(
        ("紹介先への登録", "Registered"),
        (
            "クリックのうち、紹介先に登録したもの。採用が決まった人も含みます",
            "Of these, those who registered with the partner, or were hired by way of it",
        ),
        _DECIDED,
    ),
    LoopStepId.EARNED: Words(
        ("獲得したクレジット", "Credits earned"),
        ("クレジット台帳の獲得。率は登録 1 名あたり", "Earned, by the ledger; the rate is per registration"),
        _LEDGER,
    ),
    LoopStepId.USED: Words(
        ("使ったクレジット", "Credits used"),
        ("クレジット台帳の利用。率は獲得 1 件あたり", "Redeemed, by the ledger; the rate is per credit earned"),
        _LEDGER,
    ),
    LoopStepId.FOUND: Words(
        ("新しい候補者", "New candidates"),
        (
            "クレジット番号が利用の記録にある応募。率は使ったクレジット 1 件あたり",
            "Applications with the number of a use of a credit; the rate is per credit used",
        ),
        _APPLIED,
    ),
    LoopStepId.HIRED: Words(
        ("採用", "Hired"),
        ("新しい候補者のうち、選考結果が採用のもの", "Of the new candidates, those whose decision is a hire"),
        _APPLIED,
    ),
}


def rate_text(step: LoopStep, language: str = "ja") -> str:
    """The rate to the step before, as people read it."""
    if step.rate is None:
        return NOTHING
    if step.is_share:
        return f"{step.rate:.1%}"
    number, unit = f"{step.rate:.2f}", picked(_EACH[step.id], language)
    return f"1 {unit}あたり {number}" if language == "ja" else f"{number} per {unit}"


def loop_document(steps: tuple[LoopStep, ...], language: str) -> list[dict[str, Any]]:
    """The steps as plain data: each with its definition, numerator, denominator and period."""
    return [
        {
            "id": step.id.value,
            "name": picked(LOOP_WORDS[step.id].name, language),
            "count": step.count,
            "numerator": None if step.before is None else step.count,
            "denominator": step.before,
            "rate": step.rate,
            "is_share": step.is_share,
            "shown": rate_text(step, language),
            "definition": picked(LOOP_WORDS[step.id].definition, language),
            "period_by": picked(LOOP_WORDS[step.id].period, language),
            "small": step.is_small,
        }
        for step in steps
    ]
