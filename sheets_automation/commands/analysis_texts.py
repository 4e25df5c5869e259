"""What `relay analyse` and `relay export` say to people, in Japanese and English."""

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
    "analysis_media": ("応募媒体", "medium"),
    "analysis_openings": ("応募職種", "opening"),
    "analysis_workbook": ("ブック", "workbook"),
    "analysis_unnamed": ("(空欄)", "(blank)"),
    "analysis_applications": ("応募", "applied"),
    "analysis_hires": ("採用", "hired"),
    "analysis_follow_up": ("フォロー率", "told"),
    "exported": (
        "{name}: {rows} 名、{n} 区画(うち新しいもの {written})",
        "{name}: {rows} candidates in {n} partitions, {written} of them new",
    ),
    "export_failed": ("{name}: 書き出せませんでした。{text}", "{name}: not exported. {text}"),
    "export_anonymous": (
        "{folder} に書き出しました。氏名・アドレス・電話番号・自由記入は入っていません。",
        "Written to {folder}, without names, addresses, telephone numbers and free text.",
    ),
    "export_personal": (
        "{folder} に書き出しました。個人情報が入っています。見てよい人だけが開けるところに置いてください。",
        "Written to {folder}. It holds personal data: keep it where only those who may see it can open it.",
    ),
}
