"""クレジット tab: what is left to use, how far the next credit is, month by month, and the ledger with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sheets_automation.core.credit_rules import Counting, CreditRules
from sheets_automation.core.credits import CreditEntry, CreditLedger, CreditSummary, EntryKind
from sheets_automation.core.forecast_words import forecast_text, part_of_month
from sheets_automation.core.view_cells import (
    EMPTY_ROW,
    CellRow,
    as_of,
    big,
    day,
    headings,
    label,
    note,
    number,
    section,
    text,
    title,
)
from sheets_automation.core.views import ChartKind, ChartSeries, ChartView, Look, TabView, ViewCell

TITLE: Final = "クレジット(キャリアリレー)"
_WIDTHS: Final = (22, 11, 11, 11, 11, 11, 13, 13, 13, 13)
_CHART_COLUMN: Final = 6
_LONGEST_BAR: Final = 20
_MOST_PROBLEMS: Final = 20
_COUNTED_WORDS: Final = {Counting.REGISTERED: "登録", Counting.HIRED: "採用決定"}
_ENTRY_LOOKS: Final = {
    EntryKind.EARNED: Look.GOOD,
    EntryKind.REDEEMED: Look.WAIT,
    EntryKind.EXPIRED: Look.BAD,
    EntryKind.ADJUSTED: Look.ATTENTION,
    EntryKind.OVER_LIMIT: Look.ATTENTION,
}


def credit_tab(summary: CreditSummary, tab: str = "クレジット") -> TabView:
    """The tab of a summary; one part for each partner."""
    rows: list[CellRow] = [(title(TITLE),), (as_of(summary.as_of),)]
    charts: list[ChartView] = []
    rows += _problem_rows(summary)
    for ledger in summary.ledgers:
        rows += [
            EMPTY_ROW,
            *_partner_rows(ledger.rules),
            EMPTY_ROW,
            *_figure_rows(ledger, summary.as_of.date()),
            EMPTY_ROW,
        ]
        charts.append(_chart(ledger, first_row=len(rows) + 1))
        rows += [*_month_rows(ledger), EMPTY_ROW, *_ledger_rows(ledger)]
    return TabView(tab=tab, title=TITLE, rows=tuple(rows), widths=_WIDTHS, frozen_rows=2, charts=tuple(charts))


def _problem_rows(summary: CreditSummary) -> list[CellRow]:
    rows: list[CellRow] = []
    if summary.untaken:
        waiting = f"紹介先の報告 {summary.untaken:,} 行がまだです。画面か relay register --tab で取り込みます。"
        rows += [EMPTY_ROW, (note(waiting),)]
    if not summary.problems:
        return rows
    mark = ViewCell(value=f"要確認 {len(summary.problems)} 件", look=Look.ATTENTION)
    rows += [EMPTY_ROW, (mark,)]
    rows += [(text(one.place), note(one.ja)) for one in summary.problems[:_MOST_PROBLEMS]]
    if (more := len(summary.problems) - _MOST_PROBLEMS) > 0:
        rows.append((note(f"ほかに {more:,} 件あります。全部は relay credits --json で出せます。"),))
    return rows


def _partner_rows(rules: CreditRules) -> list[CellRow]:
    licence = f"有料職業紹介事業許可番号 {rules.licence}" if rules.licence else "許可番号が設定されていません"
    return [(section(rules.name), *[section("")] * (len(_WIDTHS) - 1)), (note(f"{licence}。{_agreement(rules)}"),)]


def _agreement(rules: CreditRules) -> str:
    counted = _COUNTED_WORDS[rules.counts]
    expiry = (
        f"獲得から{rules.expires_months}か月後の同じ日まで使えます" if rules.expires_months else "有効期限はありません"
    )
    limit = f"、1年(1〜12月)に{rules.max_per_year}件まで" if rules.max_per_year is not None else ""
    limit += f"、1か月に{rules.max_per_month}件まで" if rules.max_per_month is not None else ""
    return f"{counted} {rules.per_credit} 名につき 1 件のクレジット{limit}。{expiry}。"


def _forecast_row(ledger: CreditLedger, today: date) -> CellRow:
    expected = ledger.forecast.expected
    # Every day the sentence has other numbers: only another part of a month is a reason to write the tab again.
    told = ViewCell(value=f"{forecast_text(ledger.forecast, today, 'ja')}。", look=Look.NOTE, is_passing=True)
    return (label("次の1件の見込み"), big(part_of_month(expected, today, "ja") if expected else "–"), told)


def _figure_rows(ledger: CreditLedger, today: date) -> list[CellRow]:
    rules, counted = ledger.rules, _COUNTED_WORDS[ledger.rules.counts]
    expiry = f"いちばん古いものの期限は {ledger.next_expiry:%Y年%m月%d日} です。" if ledger.next_expiry else ""
    figures: list[tuple[str, int | str, str]] = [
        ("使えるクレジット", ledger.left, f"獲得+調整−利用−失効。{expiry}"),
        ("次の1件まで", f"{ledger.progress}/{rules.per_credit}", _progress_text(ledger)),
        (
            "獲得",
            ledger.total(EntryKind.EARNED),
            f"紹介URLからの{counted}{rules.per_credit}名ごとに1件。同じコードは1名と数え、取り消されたものは除きます。",
        ),
        ("利用", -ledger.total(EntryKind.REDEEMED), "使ったと記録されたもの。古いクレジットから使います。"),
        ("失効", -ledger.total(EntryKind.EXPIRED), "期限の日が終わるまでに使われなかったもの。"),
    ]
    adjusted = ledger.total(EntryKind.ADJUSTED)
    if adjusted or any(entry.kind is EntryKind.ADJUSTED for entry in ledger.entries):
        figures.append(("調整", f"{adjusted:+d}", "紹介先との確認によって、人が増減したもの。"))
    rows: list[CellRow] = [(label(name), big(value), note(definition)) for name, value, definition in figures]
    return [*rows[:2], _forecast_row(ledger, today), *rows[2:]]


def _progress_text(ledger: CreditLedger) -> str:
    needed, done = ledger.rules.per_credit, ledger.progress
    bar = "●" * done + "○" * (needed - done) + "  " if needed <= _LONGEST_BAR else ""
    return f"{bar}あと{needed - done}名の{_COUNTED_WORDS[ledger.rules.counts]}で1件になります。"


def _month_rows(ledger: CreditLedger) -> list[CellRow]:
    rows = [headings("月", "クリック", "登録", "採用決定", "獲得", "利用")]
    for month in ledger.months:
        counts = (month.clicked, month.registered, month.hired, month.earned, month.redeemed)
        rows.append((text(_month_name(month.first_day, ledger)), *[number(count) for count in counts]))
    rows.append((note("クリックと登録と採用決定は、コードごとに最初の1回だけを、それがあった月に数えます。"),))
    return rows


def _month_name(first_day: date, ledger: CreditLedger) -> str:
    """With the year where it is new: the chart has little room, and twelve months have no two alike."""
    is_new_year = first_day.month == 1 or first_day == ledger.months[0].first_day
    return f"{first_day.year}年{first_day.month}月" if is_new_year else f"{first_day.month}月"


def _chart(ledger: CreditLedger, first_row: int) -> ChartView:
    def series(name: str, column: int) -> ChartSeries:
        last_row = first_row + len(ledger.months) - 1
        return ChartSeries(name=name, category_column=0, value_column=column, first_row=first_row, last_row=last_row)

    return ChartView(
        kind=ChartKind.COLUMN,
        title=f"{ledger.rules.name}: 月ごとの登録と採用決定(名)",
        series=(series("登録", 2), series("採用決定", 3)),
        row=first_row - 1,
        column=_CHART_COLUMN,
        width=370,
        height=285,
    )


def _ledger_rows(ledger: CreditLedger) -> list[CellRow]:
    rows = [headings("日付", "内容", "番号", "増減", "残り", "根拠", "", "", "", "")]
    if not ledger.entries:
        rows.append((note("クレジットの動きはまだありません。"),))
    left = 0
    for entry in ledger.entries:
        left += entry.amount
        rows.append(_entry_row(entry, left))
    if ledger.waiting:
        rows.append((note(f"次の1件に数えるコード: {_listed(ledger.waiting)}"),))
    return rows


def _entry_row(entry: CreditEntry, left: int) -> CellRow:
    evidence = _use_text(entry) if entry.number else f"{_listed(entry.evidence)} {entry.note}".strip()
    kind = ViewCell(value=entry.kind.value, look=_ENTRY_LOOKS[entry.kind])
    return (day(entry.on), kind, number(entry.credit), number(entry.amount), number(left), note(evidence))


def _use_text(entry: CreditEntry) -> str:
    """Of a use, what people ask for: its number, for which opening, and who recorded it."""
    opening = f"求人: {entry.opening}" if entry.opening else "求人の記入なし"
    who = f"記録: {entry.actor}" if entry.actor else ""
    return "、".join(filter(None, (f"クレジット番号 {entry.number}", opening, who, entry.note, *entry.evidence)))


def _listed(evidence: Sequence[str]) -> str:
    return ", ".join(evidence)  # a line may break at the blanks, so no code is torn
