"""What `relay analyse` says to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts

ANALYSIS: Texts = {
    "analysis_period": ("期間: {period}", "Period: {period}"),
    "analysis_figure": ("指標", "figure"),
    "analysis_value": ("値", "value"),
    "analysis_parts": ("内訳", "made of"),
    "analysis_definition": ("定義", "definition"),
    "analysis_shown": (
        "シート「{tab}」を作り直しました。※ は {n} 未満から計算した値です。",
        'Tab "{tab}" is rebuilt. ※ marks figures over fewer than {n}.',
    ),
}
