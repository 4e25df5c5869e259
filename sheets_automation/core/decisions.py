"""選考結果: the exact words that stand for each decision. A word that is not listed is unknown, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sheets_automation.core.cells import words
from sheets_automation.core.model import Decision

# 不採用（辞退） is a withdrawal that one product calls a rejection (its status 83). 保留 and 合格 keep people in play.
_WORDS = {
    Decision.REJECTED: "不採用 不合格 お見送り 見送り 選考見送り 採用見送り rejected",
    Decision.IN_SELECTION: "選考中 選考継続 対応中 未対応 未定 新規 応募 エントリー カジュアル面談 書類選考 書類選考中 "
    "書類通過 一次選考 二次選考 三次選考 最終選考 一次面接 二次面接 三次面接 最終面接 面接 面接待ち 面接済み "
    "面接調整中 日程調整中 結果待ち 検討中 保留 合格 通過 applied screening interview interviewing pending active",
    Decision.OFFERED: "内定 内定通知 内定通知済み 内定承諾待ち オファー オファー中 条件提示 内々定 offer offered",
    Decision.HIRED: "採用 採用決定 入社 入社決定 入社予定 入社済み 内定承諾 hired",
    Decision.WITHDRAWN: "辞退 応募者辞退 選考辞退 面接辞退 内定辞退 本人辞退 不採用(辞退) 応募辞退 withdrawn withdrew",
    Decision.NOT_CONSIDERED: "対象外 非選考対象 選考対象外 応募対象外 重複 重複応募 duplicate",
}

# How far it went, or that nobody has dealt with it yet: true of somebody who was turned down there, too.
_SAY_ONLY_WHERE = words(
    "応募 新規 エントリー カジュアル面談 書類選考 書類選考中 一次選考 二次選考 三次選考 最終選考 "
    "一次面接 二次面接 三次面接 最終面接 面接 面接済み 対応中 未対応 未定 applied screening interview"
)
_ALIVE = {Decision.IN_SELECTION, Decision.OFFERED, Decision.HIRED}

DECISION_WORDS: Mapping[str, Decision] = MappingProxyType(
    {word: decision for decision, line in _WORDS.items() for word in words(line)}
)
"""By folded word (see cells.folded)."""


def contradict(decision: Decision, other: Decision, word: str) -> bool:
    """Whether a row cannot be both; `word` is the folded one of the other column, which also may be its stage.

    Only what touches a rejection is looked at: one that another column denies, and one that only another column knows.
    """
    if decision is Decision.REJECTED:
        return other not in {Decision.REJECTED, Decision.UNKNOWN} and word not in {"", *_SAY_ONLY_WHERE}
    return other is Decision.REJECTED and decision in _ALIVE


def keeps_in_play(decision: Decision, word: str) -> bool:
    """Whether a further line of a person says that they are still considered; a bare number is a total, not a word."""
    return decision in _ALIVE or (decision is Decision.UNKNOWN and not word.isdecimal())
