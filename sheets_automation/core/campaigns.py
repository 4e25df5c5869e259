"""フォロー: a campaign that HR writes in a row: to whom, what, by which way, when, and how often."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from sheets_automation.core.cells import folded
from sheets_automation.core.layout import Layout
from sheets_automation.core.letters_tab import letter_title
from sheets_automation.core.model import Candidate
from sheets_automation.core.tagging_conditions import TagScene, in_sheet, reason
from sheets_automation.core.tagging_rules import Comparison, Condition, RuleProblem


class Means(StrEnum):
    """送信手段: which way a follow-up goes."""

    MAIL = "メール"
    LINE = "LINE"
    LINE_FIRST = "LINE優先"  # by LINE to whoever linked a chat, to everybody else by mail


_MEANS: Final = {
    "": Means.MAIL,
    **{folded(one): one for one in Means},
    **dict.fromkeys(("mail", "email", "e-mail", "eメール", "電子メール"), Means.MAIL),
    **dict.fromkeys(("line first", "line または メール", "lineまたはメール", "どちらか"), Means.LINE_FIRST),
}
_ONCE: Final = frozenset(map(folded, ("", "一度だけ", "1度だけ", "1回", "一回", "なし", "once")))
_YEARLY: Final = {"毎年": 365, "年1回": 365, "半年": 182, "半年ごと": 182, "毎月": 30, "yearly": 365, "monthly": 30}
_SPAN: Final = re.compile(
    r"(?P<number>\d{1,4})\s*(?P<unit>日|days?|か月|ヶ月|カ月|ヵ月|箇月|months?|年|years?)(?:\s*(?:ごと|毎|おき))?"
)
_DAYS: Final = {"日": 1, "d": 1, "年": 365, "y": 365}
_A_MONTH: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One row of フォロー計画."""

    name: str
    letter: str
    """The name of a letter, without its language: "check_in"."""
    means: Means = Means.MAIL
    conditions: tuple[Condition, ...]
    begins: date | None = None
    ends: date | None = None
    """The last day."""
    again_after: timedelta | None = None
    """When a person may have the same letter once more; None for never."""
    cell: str = ""
    """Where it stands, for messages."""

    def runs_on(self, day: date) -> bool:
        """Whether the day lies within its dates."""
        return (self.begins is None or self.begins <= day) and (self.ends is None or day <= self.ends)

    def speaks_to(self, row: Candidate, scene: TagScene) -> str:
        """Why it speaks to this row, in words for the log; empty where it does not."""
        said = [told for one in self.conditions if (told := reason(row, one, scene))]
        return "、".join(ja for ja, _ in said) if len(said) == len(self.conditions) else ""


def means_named(word: str) -> Means | None:
    """The way that HR means; a blank is mail."""
    return _MEANS.get(folded(word))


def again_after(word: str) -> timedelta | None:
    """How long to wait before the same letter goes again; None for never. Raises ValueError for other words."""
    said = folded(word)
    if said in _ONCE:
        return None
    if said in _YEARLY:
        return timedelta(days=_YEARLY[said])
    match = _SPAN.fullmatch(said)
    if not match or match["number"] == "0" * len(match["number"]):
        raise ValueError(word)
    unit = match["unit"]
    return timedelta(days=int(match["number"]) * _DAYS.get(unit, _DAYS.get(unit[0], _A_MONTH)))


def resting(campaigns: Collection[Campaign], layout: Layout, letters: Collection[str]) -> tuple[RuleProblem, ...]:
    """Why campaigns rest in this workbook: a heading or a letter that does not exist."""
    found = []
    for campaign in campaigns:
        title = letter_title(f"{campaign.letter}.ja", "ja")
        for one in campaign.conditions:
            if not any(in_sheet(heading, layout) for heading in one.headings):
                named = "、".join(f"「{heading}」" for heading in one.headings)
                found.append(
                    RuleProblem(
                        where=one.cell,
                        ja=f"候補者の表に見出し{named}の列がないので、「{campaign.name}」は休んでいます。",
                        en=f"the candidates have no column {named}, so {campaign.name} rests.",
                    )
                )
        if campaign.letter not in letters:
            found.append(
                RuleProblem(
                    where=campaign.cell,
                    ja=f"文面「{title}」がないので、「{campaign.name}」は休んでいます。"
                    "「文面」タブに同じ名前で書いてください。",
                    en=f"there is no letter {campaign.letter}, so {campaign.name} rests; write it in the tab 文面.",
                )
            )
    return tuple(found)


_CLOSED: Final = Condition(headings=("選考結果",), comparison=Comparison.EQUALS, values=("不採用",))


def _days_since_result(days: int) -> Condition:
    return Condition(headings=("選考結果日",), comparison=Comparison.DAYS_AGO, values=(str(days),))


def _tagged(*tags: str) -> Condition:
    return Condition(headings=("タグ",), comparison=Comparison.EQUALS, values=tags)


EXAMPLES: Final = (
    Campaign(
        name="半年後のご連絡",
        letter="check_in",
        means=Means.LINE_FIRST,
        conditions=(_CLOSED, _days_since_result(180)),
    ),
    Campaign(
        name="再応募のご案内",
        letter="welcome_back",
        conditions=(_CLOSED, _tagged("再応募候補", "スキル強"), _days_since_result(365)),
        again_after=timedelta(days=365),
    ),
    Campaign(
        name="新しい求人のご案内",
        letter="new_openings",
        conditions=(_tagged("別ポジション適性あり"), _days_since_result(90)),
        again_after=timedelta(days=180),
    ),
    Campaign(
        name="会社だより",
        letter="company_news",
        conditions=(_days_since_result(90),),
        again_after=timedelta(days=90),
    ),
)
"""What a new フォロー計画 shows, each switched off: nothing goes to anybody because a tab was made."""
