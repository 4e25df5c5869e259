"""What `relay --help` says of partners and credits, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "register": ("紹介先での登録・採用を記録する", "record registrations that the partner reports"),
    "reconcile": (
        "紹介先の月次明細を、こちらの記録と突き合わせる(何も変えない)",
        "compare a partner's monthly statement with our records; changes nothing",
    ),
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
    "reconcile": (
        (
            "例:\n  relay reconcile 候補者.xlsx 明細.xlsx --partner mirai\n"
            "  relay reconcile 候補者.xlsx 明細.csv --month 2026-11 --out 差異.csv\n"
            "  relay reconcile 候補者.xlsx 明細.csv --accept K7QX9M2PA4TB"
        ),
        (
            "examples:\n  relay reconcile candidates.xlsx statement.xlsx --partner mirai\n"
            "  relay reconcile candidates.xlsx nov.csv --month 2026-11 --out diff.csv\n"
            "  relay reconcile candidates.xlsx nov.csv --accept K7QX9M2PA4TB"
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
    "statement": ("紹介先の明細(CSV か Excel)", "the partner's statement (CSV or Excel)"),
    "month": ("明細の月。例 2026-11(省けば、明細の日付から)", "of which month it is, e.g. 2026-11 (else by its dates)"),
    "accept_code": (
        "「先方のみ」の差異のうち、このコードを記録する(何度でも)",
        "record this code, which only they have (may be repeated)",
    ),
    "reconcile_out": (
        "差異の一覧を書き出す CSV(個人の情報は入らない)",
        "write the differences to this CSV file; nothing in it about who anybody is",
    ),
    "redeem": ("クレジットを使ったことを記録する(件数)", "record that so many credits were used"),
    "redeem_opening": ("どの求人のために使ったか", "for which opening they were used"),
    "import_credit": (
        "この応募者を見つけたクレジットの番号(クレジットタブにある)",
        "the number of the credit by which these people were found (tab クレジット)",
    ),
}
