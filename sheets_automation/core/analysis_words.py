"""What each key figure is called and how it is defined, in Japanese and English: nobody has to guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheets_automation.core.analysis import Figure, FigureId, Unit

NOTHING = "–"
"""What stands where there is nothing to compute a figure from."""
_DATE_OF_APPLICATION = ("応募日が期間内", "by date of application")
_DATE_OF_DECISION = ("選考結果日が期間内", "by date of decision")
_DATE_OF_LETTER = ("送信日が期間内", "by date of the letter")
_NOW = ("いま", "now")
_COSTS = ("媒体費用の期間が期間内(月割り)", "by the months of the costs")
_DATE_OF_CREDIT = ("クレジットの日付が期間内", "by date of the ledger")


@dataclass(frozen=True, slots=True)
class Words:
    """A figure in one language after the other: (Japanese, English)."""

    name: tuple[str, str]
    definition: tuple[str, str]
    period: tuple[str, str]


FIGURE_WORDS: Mapping[FigureId, Words] = {
    FigureId.APPLICATIONS: Words(
        ("応募", "Applications"),
        (
            "候補者シートの行の数。一人が二つの求人に応募すれば 2",
            "Rows of candidates; one person for two openings is 2",
        ),
        _DATE_OF_APPLICATION,
    ),
    FigureId.HIRES: Words(
        ("採用", "Hires"),
        ("選考結果が採用(入社を含む)の応募。内定は含めません", "Applications whose decision is a hire; offers are not"),
        _DATE_OF_APPLICATION,
    ),
    FigureId.HIRE_RATE: Words(
        ("採用率", "Hire rate"),
        ("採用 ÷ 応募。選考中の人も分母に入ります", "Hires ÷ applications, those still in selection included"),
        _DATE_OF_APPLICATION,
    ),
    FigureId.FOLLOW_UP: Words(
        ("フォロー率(目標 100%)", "Follow-up rate (goal 100 %)"),
        (
            "通知した不採用者 ÷ 不採用者。ほかの行への通知も数え、不達は数えません。連絡停止とエージェントは除きます",
            "Rejected who were told, by any row of theirs ÷ rejected, but for refusals, and candidates of agencies",
        ),
        _DATE_OF_DECISION,
    ),
    FigureId.LETTER_MEDIAN: Words(
        ("通知までの日数(中央値)", "Days to the letter (median)"),
        (
            "選考結果日(時刻がなければその日の終わり)から送信まで。半分の方はこれより早く届きました。分母は通知の数",
            "From the decision (its day's end, where no time is noted) to sending; half were faster. Over letters",
        ),
        _DATE_OF_DECISION,
    ),
    FigureId.LETTER_P90: Words(
        ("通知までの日数(90%)", "Days to the letter (90 %)"),
        (
            "10 人中 9 人がこの日数までに届きました。分母は通知の数",
            "Nine of ten were told within so many. Over letters",
        ),
        _DATE_OF_DECISION,
    ),
    FigureId.WAITING: Words(
        ("お待たせ中", "Waiting too long"),
        (
            "不採用の決定から設定の日数(max_wait_days)を過ぎても通知がない方",
            "Rejected for longer than max_wait_days, and not told",
        ),
        _NOW,
    ),
    FigureId.REAPPLICATION: Words(
        ("再応募率", "Re-application rate"),
        (
            "前の応募から 30 日以上あけてまた応募した人 ÷ 応募した人。アドレスか、名前と電話番号が同じなら同じ人です",
            "People who applied again after 30 days or more ÷ people who applied",
        ),
        _DATE_OF_APPLICATION,
    ),
    FigureId.LINK_CLICKED: Words(
        ("紹介リンクのクリック率", "Clicks on referral links"),
        (
            "リンクを開いた人 ÷ リンク付きの通知。登録した人は開いたと数えます",
            "Links opened ÷ letters with a link; whoever registered has opened it",
        ),
        _DATE_OF_LETTER,
    ),
    FigureId.LINK_REGISTERED: Words(
        ("紹介登録率", "Referral registrations"),
        ("紹介先に登録した人 ÷ リンク付きの通知", "Registered with the partner ÷ letters with a link"),
        _DATE_OF_LETTER,
    ),
    FigureId.LINK_HIRED: Words(
        ("紹介先での採用決定率", "Hired by way of the partner"),
        ("紹介先で採用が決まった人 ÷ リンク付きの通知", "Hired elsewhere ÷ letters with a link"),
        _DATE_OF_LETTER,
    ),
    FigureId.COST: Words(
        ("媒体費用", "Cost of media"),
        (
            "シート「媒体費用」の合計。社内の人件費は含みません",
            "The sum of the costs' tab; nothing for the time of your own people",
        ),
        _COSTS,
    ),
    FigureId.COST_PER_APPLICATION: Words(
        ("応募単価", "Cost per application"), ("媒体費用 ÷ 応募", "Cost of media ÷ applications"), _DATE_OF_APPLICATION
    ),
    FigureId.COST_PER_HIRE: Words(
        ("採用単価", "Cost per hire"),
        ("媒体費用 ÷ 採用。費用のない媒体での採用も分母に入ります", "Cost of media ÷ all hires, also of free media"),
        _DATE_OF_APPLICATION,
    ),
    FigureId.CREDITS_EARNED: Words(
        ("獲得したクレジット", "Credits earned"), ("クレジット台帳の獲得", "Earned, by the ledger"), _DATE_OF_CREDIT
    ),
    FigureId.CREDITS_USED: Words(
        ("使ったクレジット", "Credits used"), ("クレジット台帳の利用", "Redeemed, by the ledger"), _DATE_OF_CREDIT
    ),
    FigureId.CREDITS_LEFT: Words(
        ("使えるクレジット", "Credits left"), ("獲得+調整−利用−失効", "Earned + adjusted − used − expired"), _NOW
    ),
    FigureId.SAVING: Words(
        ("クレジットで減らせた費用", "Saved by credits"),
        (
            "使ったクレジット × 1 件の価値。価値は設定の credit_worth、なければ採用単価",
            "Credits used × worth of one: credit_worth of the configuration, or else the cost per hire",
        ),
        _DATE_OF_CREDIT,
    ),
    FigureId.SAVING_RATE: Words(
        ("採用単価の削減率", "Cost per hire saved"),
        (
            "減らせた費用 ÷ (媒体費用 + 減らせた費用)。クレジットがなければ払っていた額に対する割合",
            "Saved ÷ (cost of media + saved): of what it would have cost without credits",
        ),
        _DATE_OF_CREDIT,
    ),
    FigureId.SAVING_AHEAD: Words(
        ("これから減らせる費用", "Still to save"),
        ("使えるクレジット × 1 件の価値", "Credits left × worth of one"),
        _NOW,
    ),
}


def in_words(figure: Figure, language: str = "ja") -> str:
    """The value as people read it."""
    if figure.value is None:
        return NOTHING
    match figure.unit:
        case Unit.COUNT:
            return f"{figure.value:,.0f}"
        case Unit.RATE:
            return f"{figure.value:.1%}"
        case Unit.DAYS:
            return f"{figure.value:.1f}{'日' if language == 'ja' else ' days'}"
        case Unit.YEN:
            return f"¥{figure.value:,.0f}"


def picked(pair: tuple[str, str], language: str) -> str:
    """The Japanese or the English one."""
    return pair[0] if language == "ja" else pair[1]
