"""Columns that nobody needs for a selection, or may not keep at all: pointed out, and never read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sheets_automation.core.analysis_forbidden import is_forbidden_heading
from sheets_automation.core.headings import heading_key
from sheets_automation.core.layout import Layout

# 職業安定法 5条の5 and the ministry's guidance on fair selection: what an employer must not ask for or keep.
_NOT_TO_BE_KEPT = (
    "本籍", "出生地", "国籍", "家族", "家族構成", "家族の職業", "宗教", "信条", "思想", "支持政党", "労働組合",
    "組合活動", "病歴", "妊娠", "出身", "資産", "住宅状況", "生活環境", "愛読書", "尊敬する人物",
)  # fmt: skip
# What is asked for when somebody is hired, and not before.
_TOO_EARLY = (
    "マイナンバー",
    "個人番号",
    "口座番号",
    "銀行口座",
    "緊急連絡先",
    "身元保証",
    "身長",
    "体重",
    "旅券番号",
    "passport number",
)
_FORBIDDEN = frozenset(map(heading_key, _NOT_TO_BE_KEPT))
_EARLY = frozenset(map(heading_key, _TOO_EARLY))


class ExcessiveColumn(NamedTuple):
    """One heading that is pointed out."""

    column: int
    heading: str
    is_forbidden: bool
    """Whether it may not be collected at all; else it is no ground for a decision, or comes too early."""


def excessive_columns(layout: Layout) -> Iterator[ExcessiveColumn]:
    """The columns of the candidates tab that should not be there."""
    for column, heading in layout.headings:
        key = heading_key(heading)
        if any(word in key for word in _FORBIDDEN):
            yield ExcessiveColumn(column, heading, is_forbidden=True)
        elif is_forbidden_heading(heading) or any(word in key for word in _EARLY):
            yield ExcessiveColumn(column, heading, is_forbidden=False)
