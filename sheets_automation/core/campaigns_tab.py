"""The フォロー計画 tab: one campaign in a row, written and read by HR. Made once, and never written over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, tzinfo
from typing import Final, NamedTuple

from sheets_automation.core.campaigns import EXAMPLES, Campaign, Means, again_after, means_named
from sheets_automation.core.condition_cells import (
    GROUP_WIDTHS,
    GROUPS,
    ROWS_ABOVE,
    USED,
    ConditionLine,
    columns_of,
    words_of,
)
from sheets_automation.core.dates import date_time
from sheets_automation.core.letters_tab import letter_title, template_name
from sheets_automation.core.table import CellValue, Row, Table
from sheets_automation.core.tagging_rules import Comparison, RuleProblem
from sheets_automation.core.view_cells import EMPTY_ROW, CellRow, headings, note, title
from sheets_automation.core.view_cells import text as plain
from sheets_automation.core.views import TabView, ViewCell

TAB: Final = "フォロー計画"
TITLE: Final = "フォロー計画(どなたに、何を、いつ、どれくらいの間隔でお送りするか)"
_NAME, _LETTER, _MEANS, _BEGINS, _ENDS, _AGAIN = "キャンペーン", "文面", "送信手段", "開始日", "終了日", "くり返し"
_NEEDED: Final = frozenset({_NAME, _LETTER})
HEADINGS: Final = (USED, _NAME, _LETTER, _MEANS, *GROUPS, _BEGINS, _ENDS, _AGAIN, "メモ")
_HELP: Final = (
    "1 行が 1 つのキャンペーンです。条件 1〜3 がすべて当てはまり、フォローに同意している方だけにお送りします。",
    "「文面」は「文面」タブの名前です。「送信手段」は「メール」「LINE」「LINE優先」のどれかです。",
    "「くり返し」は「一度だけ」「6か月」「90日」「毎年」のように書きます。空なら、同じ文面は一度だけです。",
    "上の行ほど優先します。お一人に短い間に何通も届くことはありません(間隔と回数は設定ファイルで決めます)。",
    f"「比べ方」に書ける言葉: {'、'.join(Comparison)}。",
    "止めるときは「使用」を × にします。お送りする前に、必ず人数と内容を画面かコマンドで確かめてください。",
)
_WIDTHS: Final = (6, 24, 18, 10, *GROUP_WIDTHS, 12, 12, 12, 30)
_A_MONTH: Final = 30


class CampaignsTab(NamedTuple):
    """What the tab says: the campaigns that can be followed, and what is wrong with the others."""

    campaigns: tuple[Campaign, ...] = ()
    problems: tuple[RuleProblem, ...] = ()
    is_there: bool = True


def read_campaigns(table: Table | None, tz: tzinfo) -> CampaignsTab:
    """Read HR's campaigns; without the tab there are none. Names have to differ, since the log tells them apart."""
    if table is None:
        return CampaignsTab(is_there=False)
    rows = iter(table.rows())
    columns = next(
        (found for row in rows if (found := columns_of(row, HEADINGS, _NEEDED)) or row.number > ROWS_ABOVE), {}
    )
    if not columns:
        return CampaignsTab(problems=(_no_headings(table.title),))
    campaigns: dict[str, Campaign] = {}
    problems: list[RuleProblem] = []
    for row in rows:
        line = _Line(table.title, row, columns, tz)
        if not line.is_used:
            continue
        if wrong := list(line.problems(campaigns)):
            problems += wrong
        else:
            campaigns[line.said[_NAME]] = line.campaign()
    return CampaignsTab(tuple(campaigns.values()), tuple(problems))


def campaigns_tab(tab: str, campaigns: Sequence[Campaign] = EXAMPLES) -> TabView:
    """The tab as we make it for a workbook that has none, every campaign switched off."""
    rows: list[CellRow] = [(title(TITLE),), *((note(line),) for line in _HELP), EMPTY_ROW, headings(*HEADINGS)]
    at = len(rows)
    rows += map(_row, campaigns)
    return TabView(tab=tab, title=TITLE, rows=tuple(rows), widths=_WIDTHS, frozen_rows=at)


def _row(campaign: Campaign) -> CellRow:
    said = words_of(campaign.conditions)
    blanks = ("",) * (len(GROUPS) - len(said))
    again = campaign.again_after
    often = f"{again.days // _A_MONTH}か月" if again else "一度だけ"
    words = (
        "×",
        campaign.name,
        letter_title(f"{campaign.letter}.ja", "ja"),
        campaign.means.value,
        *said,
        *blanks,
        "",
        "",
        often,
    )
    return tuple(plain(word) if word else ViewCell(value=None) for word in words)


class _Line(ConditionLine):
    """One row of the tab."""

    def __init__(self, tab: str, row: Row, columns: Mapping[str, int], tz: tzinfo) -> None:
        super().__init__(tab, row, columns)
        self._cells = {name: row.cells.get(column) for name, column in columns.items()}
        self._tz = tz

    @property
    def is_used(self) -> bool:
        """Whether the row holds a campaign that is not switched off."""
        return any(self.said.get(name) for name in (_NAME, _LETTER, *GROUPS)) and not self.is_switched_off

    def campaign(self) -> Campaign:
        """The campaign, where there are no problems."""
        return Campaign(
            name=self.said[_NAME],
            letter=template_name(self.said[_LETTER]),
            means=means_named(self.said.get(_MEANS, "")) or Means.MAIL,
            conditions=self.conditions(),
            begins=self._day(_BEGINS),
            ends=self._day(_ENDS),
            again_after=again_after(self.said.get(_AGAIN, "")),
            cell=self.cell(_LETTER),
        )

    def problems(self, others: Mapping[str, Campaign]) -> Iterator[RuleProblem]:
        """Everything that is wrong with the row, by cell."""
        name = self.said[_NAME]
        if not name:
            yield self.problem(
                _NAME, "名前が空です。キャンペーンの名前を書いてください。", "is empty; name the campaign."
            )
        elif name in others:
            yield self.problem(_NAME, f"「{name}」は上の行にもあります。別の名前にしてください。", "is there already.")
        if not self.said[_LETTER]:
            yield self.problem(
                _LETTER, "文面が空です。「文面」タブの名前を書いてください。", "is empty; name a letter."
            )
        if means_named(self.said.get(_MEANS, "")) is None:
            yield self.problem(
                _MEANS,
                f"「{self.said[_MEANS]}」という送信手段はありません。「{'」「'.join(Means)}」のどれかにしてください。",
                f"{self.said[_MEANS]} is no way to send; write one of {', '.join(Means)}.",
            )
        yield from self._problems_of_dates()
        yield from self.condition_problems()

    def _problems_of_dates(self) -> Iterator[RuleProblem]:
        begins, ends = (self._day(name) for name in (_BEGINS, _ENDS))
        for name, day in ((_BEGINS, begins), (_ENDS, ends)):
            if day is None and self.said.get(name):
                yield self.problem(
                    name,
                    f"「{self.said[name]}」は日付として読めません。2026/12/01 のように書いてください。",
                    f"{self.said[name]} is no date; write it like 2026/12/01.",
                )
        if begins and ends and ends < begins:
            yield self.problem(_ENDS, "終了日が開始日より前です。", "lies before the first day.")
        try:
            again_after(self.said.get(_AGAIN, ""))
        except ValueError:
            yield self.problem(
                _AGAIN,
                f"「{self.said[_AGAIN]}」という間隔は分かりません。"
                "「一度だけ」「6か月」「90日」のように書いてください。",
                f"{self.said[_AGAIN]} is no span; write 一度だけ, 6か月 or 90日.",
            )

    def _day(self, name: str) -> date | None:
        value: CellValue = self._cells.get(name)
        moment = date_time(value, self._tz)
        return moment.at.date() if moment else None


def _no_headings(tab: str) -> RuleProblem:
    return RuleProblem(
        where=tab,
        ja="見出し「キャンペーン」「文面」「見出し1」「比べ方1」「値1」がそろっていません。"
        "タブを消して relay follow-up --init を実行すると、作り直します。",
        en="lacks the headings キャンペーン, 文面, 見出し1, 比べ方1, 値1. Delete the tab; "
        "relay follow-up --init makes it anew.",
    )
