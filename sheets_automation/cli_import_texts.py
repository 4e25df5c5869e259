"""What `relay --help` says of taking in files, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "import": (
        "採用管理システムなどのファイル(CSV・Excel)の応募者を、ブックに取り込む",
        "take the applicants of a file (CSV or Excel) of another system into the workbook",
    ),
}

EPILOGS: Mapping[str, tuple[str, str]] = {
    "import": (
        (
            "例:\n  relay import 候補者.xlsx 応募者.csv --preview  何が起きるか見るだけ\n"
            "  relay import 候補者.xlsx 応募者.csv            取り込む\n"
            "  relay import 候補者.xlsx --resolve             「取込確認」の回答どおりに\n"
            "  relay import 候補者.xlsx --undo                最後の取込を丸ごと取り消す"
        ),
        (
            "examples:\n  relay import candidates.xlsx applicants.csv --preview  see what would happen\n"
            "  relay import candidates.xlsx applicants.csv            take them in\n"
            "  relay import candidates.xlsx --resolve                 do what you answered\n"
            "  relay import candidates.xlsx --undo                    undo the last import"
        ),
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "import_files": ("取り込むファイル(CSV・TSV・.xlsx)", "the files to take in (CSV, TSV or .xlsx)"),
    "preview": ("何が起きるかだけを見る(書き込まない)", "only show what would happen; write nothing"),
    "resolve": (
        "「取込確認」タブの回答のとおりにする(ファイルは要らない)",
        "do what people have answered in tab 取込確認 (needs no file)",
    ),
    "undo": (
        "取込を丸ごと取り消す(省けば最後のもの。ID は「取込記録」タブ)",
        "undo an import as a whole (the last one, or this id of tab 取込記録)",
    ),
}
