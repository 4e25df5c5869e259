"""A company whose sheet holds twenty innocent rows and, among them, the poisoned one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.poison.kind import ADDRESS, NAME, Cell, Kind

NOW = "2026-11-24T10:00:00+09:00"
TAB = "候補者"
SENDER = "saiyo@minato.example"

CONFIGURATION = f"""
[company]
name = "株式会社みなと製作所"
contact = "{SENDER}"
[sender]
name = "株式会社みなと製作所 採用担当"
address = "{SENDER}"
[guards]
max_share_percent = 100
[letters]
folder = "letters"
[referral]
base_url = "https://relay.example.com/r"
[excel]
keep_backups = 1
[google]
units_per_minute = 100000
label = ""
"""

LETTER = """{{ 氏名 }}様

{{ 会社名 }}でございます。
「{{ 応募職種 }}」にご応募くださり、誠にありがとうございました。
誠に残念ながら、今回はご期待に沿いかねる結果となりました。

{% if 備考 %}
{{ 備考 }}
{% endif %}

{{ 氏名 }}様の今後ますますのご活躍を、心よりお祈り申し上げます。

{% if 紹介URL %}
[ご案内]({{ 紹介URL }})
{% endif %}
{% if 署名 %}{{ 署名 }}{% endif %}
"""

_POISONED_AT = 10
_FAMILIES = "佐鈴高田伊渡山中小加吉口松井木斎清崎森池"
INNOCENTS: Mapping[str, str] = {
    f"innocent{number}@example.com": f"{family} {chr(0x4E94 + 31 * number)}"
    for number, family in enumerate(_FAMILIES, start=1)
}
"""Name by address."""


def innocent_address(number: int) -> str:
    """The address of an innocent."""
    return f"innocent{number}@example.com"


def rows_of(kind: Kind) -> list[dict[str, Cell]]:
    """The rows by heading, the poisoned one in their middle; where ids are poisoned, the innocents have some too."""
    rows = [_innocent(number, has_id="候補者ID" in kind.cells) for number in range(1, len(INNOCENTS) + 1)]
    rows.insert(_POISONED_AT, {**_row(NAME, ADDRESS, "090-4000-0000"), **kind.cells})
    return rows


def headings_of(rows: list[dict[str, Cell]]) -> list[str]:
    """All headings, in the order in which they come up."""
    return list(dict.fromkeys(heading for row in rows for heading in row))


def tabs_of(kind: Kind) -> dict[str, list[list[Cell]]]:
    """The whole workbook."""
    rows = rows_of(kind)
    headings = headings_of(rows)
    grid: list[list[Cell]] = [list(headings), *([row.get(heading) for heading in headings] for row in rows)]
    return {TAB: grid, **kind.tabs}


def write_configuration(folder: Path, more: str = "") -> str:
    """The configuration file, and a single letter beside it: compiling all of ours would take most of the time."""
    letters = folder / "letters"
    letters.mkdir()
    (letters / "standard.ja.md").write_text(f"件名: 選考結果のご連絡({{{{ 応募職種 }}}})\n\n{LETTER}", encoding="utf-8")
    path = folder / "relay.toml"
    path.write_text(CONFIGURATION + more, encoding="utf-8")
    return str(path)


def _innocent(number: int, *, has_id: bool) -> dict[str, Cell]:
    address = innocent_address(number)
    identity: dict[str, Cell] = {"候補者ID": f"C-{number:04d}"} if has_id else {}
    return {**identity, **_row(INNOCENTS[address], address, f"090-3000-{number:04d}")}


def _row(name: str, address: str, phone: str) -> dict[str, Cell]:
    return {
        "氏名": name,
        "メールアドレス": address,
        "電話番号": phone,
        "応募職種": "営業職",
        "応募媒体": "自社サイト",
        "選考結果": "不採用",
        "選考結果日": "2026/11/18",
        "応募日": "2026/10/01",
        "タグ": "再応募候補者リスト",
        "備考": None,
    }
