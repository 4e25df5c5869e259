"""What `relay --help` says of `relay analyse` and `relay export`, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "analyse": (
        "媒体・選考の流れ・フォロー率などを計算し、分析タブを作り直す",
        "compute media, funnel, follow-up and costs, and rebuild the analysis tab",
    ),
    "export": (
        "多くのブックをまとめて分析するため、個人情報のない表(Parquet)を書き出す",
        "write tables (Parquet) without personal data, for the analysis of many workbooks",
    ),
}

EPILOGS: Mapping[str, tuple[str, str]] = {
    "analyse": (
        (
            "例:\n  relay analyse 候補者.xlsx                            すべての応募\n"
            "  relay analyse 候補者.xlsx --period 2026-04..2026-09  上期\n"
            "  relay analyse 候補者.xlsx --period FY2026            2026年度(4月から)\n"
            "  relay analyse --exported 書き出し                    全ブックを合わせて"
        ),
        (
            "examples:\n  relay analyse candidates.xlsx                           everything\n"
            "  relay analyse candidates.xlsx --period 2026-04..2026-09 half a year\n"
            "  relay analyse candidates.xlsx --period FY2026           from April 2026\n"
            "  relay analyse --exported DIR                            many workbooks"
        ),
    ),
    "export": (
        (
            "例:\n  relay export 候補者.xlsx --to 書き出し\n"
            "  relay export --workbooks config/workbooks.toml --to 書き出し\n\n"
            "環境変数 RELAY_EXPORT_KEY の鍵で、人の番号を元に戻せないものに替えます。"
        ),
        (
            "examples:\n  relay export candidates.xlsx --to exported\n"
            "  relay export --workbooks config/workbooks.toml --to exported\n\n"
            "Ids are made opaque with the key in RELAY_EXPORT_KEY."
        ),
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "period": (
        "見る期間(月)。例 2026-04..2026-09、FY2026。既定は設定の [analysis] period",
        "the months to look at, e.g. 2026-04..2026-09 or FY2026; else [analysis] period",
    ),
    "exported": (
        "relay export で書き出したフォルダ(ブックの代わりに)",
        "a folder of exported tables, instead of a workbook",
    ),
    "to": ("書き出すフォルダ", "the folder to write to"),
    "export_workbooks": ("ブックの名簿(config/workbooks.toml の形)", "a roster of workbooks, as for `relay run`"),
    "with_personal_data": (
        "氏名・アドレス・電話番号も書き出す(専用のフォルダだけに)",
        "export names, addresses and telephone numbers, too (into a folder of its own)",
    ),
    "export_addresses": ("書き出すブック(いくつでも)", "the workbooks to export"),
    "bigquery": ("書き出した表を BigQuery で数えるための手順も", "also what counts exported tables in BigQuery"),
}
