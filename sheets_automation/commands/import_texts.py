"""What `relay import` says to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts

IMPORT: Texts = {
    "import_counts": (
        "追加 {added} 名、更新 {changed} 名、変化なし {unchanged} 名、確認待ち {proposed} 名、取込不可 {refused} 行",
        "{added} added, {changed} changed, {unchanged} unchanged, {proposed} to confirm, {refused} refused",
    ),
    "import_would": (
        "書き込みはしていません。取り込むとこうなります:",
        "Nothing was written. The import would do this:",
    ),
    "import_file": (
        "「{file}」: {system}、{encoding}、{lines} 行、見出しは {row} 行目",
        "“{file}”: {system}, {encoding}, {lines} lines, headings in row {row}",
    ),
    "import_no_system": ("種類の分からないファイル", "no known system"),
    "import_sheet": ("Excel のタブ「{sheet}」", "sheet “{sheet}”"),
    "import_text": ("{encoding}({delimiter}区切り)", "{encoding}, separated by {delimiter}"),
    "delimiter_,": ("コンマ", "commas"),
    "delimiter_\t": ("タブ", "tabs"),
    "delimiter_;": ("セミコロン", "semicolons"),
    "delimiter_|": ("縦線", "bars"),
    "import_dates": ("  「{heading}」の日付: {style}", "  dates under “{heading}”: {style}"),
    "import_unused": ("  取り込まない列: {headings}", "  columns left out: {headings}"),
    "import_proposed": (
        "  案がある列(「取込設定」タブで「使う」にすると取り込みます): {headings}",
        "  columns with a proposal (say 使う in tab 取込設定 to take them in): {headings}",
    ),
    "import_forbidden": (
        "  集めてはいけない項目なので取り込まない列: {headings}",
        "  columns that nobody may keep of applicants: {headings}",
    ),
    "import_reapplied": ("再応募の方が {n} 名います。", "{n} of them applied before."),
    "import_line": ("- {file} {line} 行目 {heading}: {text}", "- {file}, line {line} {heading}: {text}"),
    "import_whole_file": ("- {file}: {text}", "- {file}: {text}"),
    "import_more": ("- ほか {n} 行。全部は --json で見られます。", "- {n} more; see all with --json."),
    "import_waiting": (
        "「取込確認」タブに {n} 件の質問があります。回答を書いて relay import --resolve を実行してください。",
        "Tab 取込確認 has {n} to look at. Answer there, then run `relay import --resolve`.",
    ),
    "import_id": (
        "取込ID {id}。丸ごと取り消すには --undo。",
        "Import {id}. To take all of it back: --undo.",
    ),
    "undone": (
        "取込 {id} を取り消しました。行を消した方 {removed} 名、値を戻した方 {restored} 名。",
        "Import {id} is undone: {removed} removed, {restored} as before.",
    ),
    "undone_questions": (
        "この取込の質問 {n} 件を「取込確認」タブから消しました。",
        "Questions of this import that are gone from tab 取込確認: {n}.",
    ),
    "undone_kept": (
        "そのあと手を加えられたか、通知を送った {n} 名の行は残しました: {ids}",
        "{n} stay, since people or letters have dealt with them since: {ids}",
    ),
    "style_none": ("なし", "none"),
    "style_year_first": ("年月日", "year first"),
    "style_month_first": ("月日年(米国式)", "month first"),
    "style_day_first": ("日月年(欧州式)", "day first"),
    "style_named_month": ("英語の月名", "named months"),
    "style_unclear": (
        "どちらが月か分からないので、文字のまま入れました",
        "nobody can tell the month, so they stay text",
    ),
}
