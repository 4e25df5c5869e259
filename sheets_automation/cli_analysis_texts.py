"""What `relay --help` says of `relay analyse`, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "analyse": (
        "媒体・選考の流れ・フォロー率などを計算し、分析タブを作り直す",
        "compute media, funnel, follow-up and costs, and rebuild the analysis tab",
    ),
}

EPILOGS: Mapping[str, tuple[str, str]] = {
    "analyse": (
        (
            "例:\n  relay analyse 候補者.xlsx                            すべての応募\n"
            "  relay analyse 候補者.xlsx --period 2026-04..2026-09  上期\n"
            "  relay analyse 候補者.xlsx --period FY2026            2026年度(4月から)"
        ),
        (
            "examples:\n  relay analyse candidates.xlsx                           everything\n"
            "  relay analyse candidates.xlsx --period 2026-04..2026-09 half a year\n"
            "  relay analyse candidates.xlsx --period FY2026           from April 2026"
        ),
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "period": (
        "見る期間(月)。例 2026-04..2026-09、FY2026。既定は設定の [analysis] period",
        "the months to look at, e.g. 2026-04..2026-09 or FY2026; else [analysis] period",
    ),
}
