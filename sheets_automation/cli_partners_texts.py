"""What `relay --help` says of partners and credits, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "register": ("紹介先での登録・採用を記録する", "record registrations that the partner reports"),
    "credits": ("クレジットを数え、クレジットタブを作り直す", "count the credits and rebuild the credit tab"),
}

EPILOGS: Mapping[str, tuple[str, str]] = {
    "register": (
        (
            "例:\n  relay register 候補者.xlsx K7QX9M2PA4TB\n  relay register 候補者.xlsx --csv registrations.csv\n"
            "  relay register 候補者.xlsx --tab    タブ「紹介先報告」の行"
        ),
        (
            "examples:\n  relay register candidates.xlsx K7QX9M2PA4TB\n"
            "  relay register candidates.xlsx --csv registrations.csv\n"
            "  relay register candidates.xlsx --tab    the rows of tab 紹介先報告"
        ),
    ),
    "credits": (
        ("例:\n  relay credits 候補者.xlsx\n  relay credits 候補者.xlsx --redeem 1 --opening 営業職 --note 採用支援"),
        (
            "examples:\n  relay credits candidates.xlsx\n"
            "  relay credits candidates.xlsx --redeem 1 --opening sales --note 'a search'"
        ),
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "codes": ("紹介コード、または紹介URL", "referral codes, or the whole links"),
    "csv": ("登録の一覧(CSV、UTF-8 か Shift_JIS)", "a list of registrations (CSV, UTF-8 or Shift_JIS)"),
    "reports_tab": (
        "タブ「紹介先報告」の行を取り込む(何度でも、同じ行は一度だけ)",
        "take in the rows of tab 紹介先報告; each counts once, however often you run this",
    ),
    "hired": ("登録ではなく採用決定として記録する", "record a hire instead of a registration"),
    "partner": ("紹介先の id(設定の [[partners]])", "the partner's id ([[partners]] in the configuration)"),
    "redeem": ("クレジットを使ったことを記録する(件数)", "record that so many credits were used"),
}
