"""What `relay follow-up` and `relay consent` say, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts

FOLLOW_UP: Texts = {
    "by_campaign": ("{name}: {n} 名", "{name}: {n} {people}"),
    "next_news_sent": (
        "結果はブックの「フォロー状況」の列にあります。",
        "The column フォロー状況 of the workbook says what became of each.",
    ),
    "news_failed": (
        "{n} 通は送れませんでした。理由は上の一覧に、送り直しか要る対応かは「フォロー状況」の列にあります。",
        "{n} letter{s} could not be sent; the list above says why, and the column フォロー状況 what comes next.",
    ),
    "no_campaigns_tab": (
        "「フォロー計画」タブがありません。relay follow-up {workbook} --init で作れます。",
        "There is no tab フォロー計画. Make it with `relay follow-up {workbook} --init`.",
    ),
    "campaigns_made": (
        (
            "「{tab}」タブを作りました。例はどれも × で止まっています。文面と条件を直し、× を消すと使えます。"
            "次に relay follow-up {workbook} で、誰に何が届くかを確かめてください。"
        ),
        (
            "Made tab {tab}. All its examples are switched off by ×. Change letters and conditions, take the × away, "
            "then look at who would get what with `relay follow-up {workbook}`."
        ),
    ),
    "campaigns_there": (
        "「{tab}」タブはもうあります。何も変えていません。",
        "Tab {tab} is there already. Nothing was changed.",
    ),
    "no_follow_ups": ("フォローはまだ一通も送っていません。", "No follow-up was sent yet."),
    "say_agrees": (
        "--yes(同意)か --no(撤回)を付けてください。",
        "Add --yes (agrees) or --no (no longer agrees).",
    ),
    "say_who_agrees": (
        "どなたのことか、候補者ID を書いてください。",
        "Name the candidates whose word it is.",
    ),
    "say_source": (
        "どこで同意をいただいたかを --source に書いてください(例: --source 電話)。",
        "Say where the consent was given with --source, e.g. --source phone.",
    ),
    "consents_recorded": ("{n} 件を「同意記録」に記録しました。", "{n} put on record."),
    "consents_agreed": ("フォローに同意している行 {n}", "{n} row{s} with consent to follow-ups"),
    "agrees": ("同意", "agrees"),
    "agrees_not": ("同意なし", "does not agree"),
    "refuses_all": ("連絡停止", "refuses all letters"),
    "written_down": ("({day} 記録)", "(recorded {day})"),
    "by_the_column": ("列による(まだ記録なし)", "by the column, not on record yet"),
}
