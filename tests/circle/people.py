"""Who applied, and what the company has set up."""

from __future__ import annotations

from collections.abc import Iterator

HEADINGS = (
    "氏名", "メールアドレス", "応募職種", "応募媒体", "選考段階", "応募日", "選考結果", "選考結果日", "紹介同意",
    "フォロー同意",
)  # fmt: skip
RESULTS, NEWS = "saiyo@minato.example", "news@minato.example"
CONFIG = """
[company]
name = "株式会社みなと製作所"
contact = "saiyo@minato.example"
postal_address = "神奈川県みなと市汐見町1-2-3"

[sender]
address = "saiyo@minato.example"

[letters]
folder = "letters"

[referral]
base_url = "https://relay.minato.example/r"
allowed_domains = ["career.example"]

[links]
refusal_url = "https://relay.minato.example/u"
survey_url = "https://relay.minato.example/s"
records = "link-records"
proxies = 1

[line]
account = "@minato"
records = "line-records"

[follow_up]
address = "news@minato.example"
wording = "2026-04"
days_between = 60

[[partners]]
id = "career-relay"
name = "キャリアリレー"
url = "https://career.example/start?code={code}"
"""
INVITATION = """{% if LINE連携URL %}

LINE でもお知らせを受け取れます: {{ LINE連携URL }}
{% endif %}
"""
"""What HR adds to its letters, as docs/line.md shows it."""
REJECTED = ("佐藤 花", "鈴木 一郎", "高橋 実", "田中 美咲", "伊藤 誠", "渡辺 葵", "山本 翔", "中村 結衣", "小林 大輔",
            "加藤 綾", "吉田 健")  # fmt: skip
ADDRESSES = tuple(f"p{number}@example.com" for number in range(len(REJECTED)))
SUZUKI, TAKAHASHI, TANAKA, ITO, WATANABE = ADDRESSES[1:6]
"""Those who like to hear from us."""


def applicants() -> Iterator[tuple[str, ...]]:
    """Eleven who are rejected, five of whom like to hear from us; one who is hired, and one who is still asked."""
    for number, (name, address) in enumerate(zip(REJECTED, ADDRESSES, strict=True)):
        stage = "最終面接" if number < 3 else "書類選考"
        news = "はい" if 1 <= number <= 5 else ""
        common = (name, address, "営業職", "ビズサーチ", stage)
        yield (*common, "2026/03/20", "不採用", "2026/04/14", "はい", news)
    mori = ("森 由美", "mori@example.com", "営業職", "自社サイト", "最終面接", "2026/03/20", "採用", "2026/04/14")
    yield (*mori, "はい", "")
    yield ("池田 直", "ikeda@example.com", "営業職", "ビズサーチ", "一次面接", "2026/04/10", "選考中", "", "はい", "")
