"""消去証明: what was erased, what was kept and why, and where nobody but a person can reach. It names nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from sheets_automation.core.errors import CellsKept


class Why(StrEnum):
    """Why somebody is erased. The words stand in the tab."""

    CLOCK = "保存期間の終了"
    REQUEST = "本人の求め"
    UNFINISHED = "中断した消去の続き"
    WITHDRAWN = "同意の取り消し"
    MISTAKE = "誤った登録"


class Beyond(StrEnum):
    """Where we cannot reach."""

    VERSIONS = "versions"
    MAILBOX = "mailbox"
    LINE = "line"
    COPIES = "copies"
    DISK = "disk"


_WHYS: Mapping[Why, str] = MappingProxyType(
    {
        Why.CLOCK: "end of the retention period",
        Why.REQUEST: "request of the person",
        Why.UNFINISHED: "an earlier erasure that was interrupted",
        Why.WITHDRAWN: "withdrawn consent",
        Why.MISTAKE: "an entry made by mistake",
    }
)
COUNTED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "rows": ("候補者の行(氏名・連絡先・備考などを消去)", "rows of candidates (name, contact, notes and the like)"),
        "log": ("送信記録の行(宛先・件名・詳細を消去)", "rows of the delivery log (address, subject, details)"),
        "facts": ("そのほかの記録の行", "rows of other records"),
        "letters": ("送信箱に残っていた通知", "letters in the outbox"),
        "line": ("LINE の連携の記録", "records of LINE links"),
        "backups": ("ブックの古い控え(.relay)", "earlier copies of the workbook (.relay)"),
    }
)
_KEPT: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "counts": (
            "集計のための値(応募の月、媒体、職種、段階、結果、タグ)。氏名や連絡先とは結び付きません。",
            "What is counted: month of application, medium, opening, stage, result, tags. Nothing ties it to a person.",
        ),
        "log": (
            "通知ごとの記録ID・日時・種別と、鍵付きの印。同じ方に二度送らないためです。",
            "Id, moment and kind of each letter, and a keyed mark: so that nobody gets a second one.",
        ),
        "refusals": (
            "連絡を望まないという申し出の印(アドレスは読み取れません)。今後も守るためです。",
            "The mark of a refusal of letters, from which no address can be read: so that it is honoured.",
        ),
        "proofs": (
            "同意の控え(鍵付きの印)。特定電子メール法の保存期間が過ぎると消えます。",
            "Proof of a consent, as a keyed mark; it goes when the legal time is over.",
        ),
    }
)
_BEYOND: Mapping[Beyond, tuple[str, str]] = MappingProxyType(
    {
        Beyond.VERSIONS: (
            "Google スプレッドシートの変更履歴。「コピーを作成」で作った写しに移り、元のファイルを削除すると消えます。",
            "The version history of the spreadsheet. Go on with a copy (File, Make a copy) and delete the old file.",
        ),
        Beyond.MAILBOX: (
            "メールの「送信済み」と返信。ご本人のアドレスで検索して削除してください。",
            "Sent mail and answers in the mailbox. Search it for the person's address, and delete what is found.",
        ),
        Beyond.LINE: (
            "LINE のトーク。公式アカウントの管理画面で、トークを削除してください。",
            "The chat at LINE. Delete it in the manager of the official account.",
        ),
        Beyond.COPIES: (
            "人が作った写し(別名の保存、メールの添付、印刷、OneDrive などの版)。ある場合は手で消してください。",
            "Copies that people made: files under other names, attachments, print-outs, versions kept by OneDrive.",
        ),
        Beyond.DISK: (
            "ディスクの消された領域。SSD やスナップショットには、しばらく残ることがあります。",
            "Freed areas of the disk: on an SSD, or in snapshots, they may stay for a while.",
        ),
    }
)
_WAITING: Final = (
    (
        "中断した消去のうち {n} 件は、その行に別の方が入ったか、選考が続いているようなので、消していません。"
        "「消去記録」の「開始」にある候補者ID の行を確かめてください。"
        "別の方なら、候補者ID を空にした新しい行に移します。"
        "ご本人なら、画面の「保存期間と消去」か relay erase --person 候補者ID --write で消します。"
    ),
    (
        "{n} left by an interrupted erasure were not erased: somebody else seems to stand in the row by now, or a "
        "selection goes on. Look at the rows of the ids beside 開始 in 消去記録. Move anybody else to a new row "
        "without an id; erase the person who was meant under “Retention and erasure” in the page, or with "
        "`relay erase --person ID --write`."
    ),
)
"""By language: Japanese and English."""


@dataclass(slots=True, kw_only=True)
class Certificate:
    """One erasure, as it ended."""

    erasure: str
    workbook: str = ""
    begun_at: datetime
    ended_at: datetime | None = None
    reason: Why = Why.REQUEST
    actor: str = ""
    people: int = 0
    marks: list[str] = field(default_factory=list)
    """One for each row, by the key: whoever has key and id can tell which row it was."""
    counts: Counter[str] = field(default_factory=Counter)
    alone: int = 0
    """Rows with whose month and result no other anonymous row stands."""
    carriers: Counter[str] = field(default_factory=Counter)
    """Letters that had left, by what carried them: the carrier may have a copy."""
    refusals: int = 0
    proofs_until: date | None = None
    left: list[tuple[str, int]] = field(default_factory=list)
    """Tabs that still hold what may be theirs, with the number of cells."""
    cells_kept: CellsKept | None = None
    waiting: int = 0
    """Candidates whose erasure was interrupted, and who may be somebody else by now."""
    is_shared: bool = False
    """Whether it is a spreadsheet with a version history that is not ours."""

    def summary(self) -> str:
        """What the tab says of it."""
        told = {"people": self.people, **self.counts}
        return "、".join(f"{name} {number}" for name, number in told.items() if number)

    @property
    def needs_a_person(self) -> bool:
        """Whether something of them is left in the workbook itself, or somebody whom nobody knows for certain."""
        return bool(self.left) or self.cells_kept is not None or bool(self.waiting)


def certificate_document(one: Certificate, language: str) -> dict[str, Any]:
    """The certificate as plain data, for programs and for the printable page."""
    at = 0 if language == "ja" else 1
    return {
        "erasure": one.erasure,
        "workbook": one.workbook,
        "begun_at": one.begun_at.isoformat(timespec="seconds"),
        "ended_at": one.ended_at.isoformat(timespec="seconds") if one.ended_at else None,
        "reason": one.reason.value if language == "ja" else _WHYS[one.reason],
        "actor": one.actor,
        "people": one.people,
        "erased": [
            {"name": name, "text": texts[at], "count": one.counts[name]}
            for name, texts in COUNTED.items()
            if one.counts[name]
        ],
        "rows": list(one.marks),
        "kept": [{"name": name, "text": text} for name, text in _kept(one, at)],
        "beyond": [{"name": place.value, "text": _BEYOND[place][at]} for place in _places(one)],
        "left": [{"tab": tab, "cells": cells} for tab, cells in one.left],
        "cells_kept": one.cells_kept.text(language) if one.cells_kept else "",
        "waiting": _WAITING[at].format(n=one.waiting) if one.waiting else "",
        "alone": one.alone,
    }


def _kept(one: Certificate, at: int) -> Iterator[tuple[str, str]]:
    yield "counts", _KEPT["counts"][at]
    if one.counts["log"]:
        yield "log", _KEPT["log"][at]
    if one.refusals:
        yield "refusals", _KEPT["refusals"][at]
    if one.proofs_until:
        yield "proofs", f"{_KEPT['proofs'][at]} ({one.proofs_until.isoformat()})"


def _places(one: Certificate) -> Iterator[Beyond]:
    if one.is_shared:
        yield Beyond.VERSIONS
    if one.carriers.keys() - {"outbox", "line", ""}:
        yield Beyond.MAILBOX
    if one.carriers["line"] or one.counts["line"]:
        yield Beyond.LINE
    yield Beyond.COPIES
    if not one.is_shared:
        yield Beyond.DISK
