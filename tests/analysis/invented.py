"""Invented applicants by a seed, as a sheet would hold them: rows to write into a workbook, and the log of letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sheets_automation.core.candidates import CandidateRules, read_candidates
from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.layout import Layout, locate_candidates
from sheets_automation.core.model import Candidate, Decision
from sheets_automation.core.table import Snapshot, table_of
from tests.analysis.scene import told
from tests.core.builders import JST, NOW
from tests.core.credit_facts import code

HEADINGS = (
    "候補者ID",
    "氏名",
    "メールアドレス",
    "応募日",
    "応募媒体",
    "応募職種",
    "選考段階",
    "選考結果",
    "選考結果日",
    "タグ",
    "連絡停止",
)
STAGES = ("書類選考", "一次面接", "二次面接", "最終面接")
DECISIONS = ("選考中", "不採用", "不採用", "不採用", "辞退", "対象外", "内定", "採用", "")
MEDIA = ("doda", "Green", "リクナビNEXT", "自社サイト", "エージェント", "")
OPENINGS = ("営業職", "品質管理", "経理・財務", "機械設計")
TAGS = ("スキル強", "再応募候補", "英語可", "女性")


@dataclass(frozen=True, slots=True)
class Invented:
    """A sheet of applicants and what happened to their letters."""

    rows: Sequence[Sequence[object]]
    layout: Layout
    candidates: tuple[Candidate, ...]
    events: tuple[DeliveryEvent, ...]
    letters: Sequence[tuple[str, str, datetime, str]]
    """Candidate id, state, moment, code: what the events say, for whoever computes the figures once more."""


def invented(number: int, seed: int) -> Invented:
    """So many applicants."""
    dice = Random(seed)
    rows = [_row(dice, index) for index in range(number)]
    cells = {
        row: {column: value for column, value in enumerate(line) if value not in {None, ""}}
        for row, line in enumerate([HEADINGS, *rows], start=1)
    }
    snapshot = Snapshot(tables={"候補者": table_of("候補者", cells)}, revision="1")
    layout = locate_candidates(snapshot)
    candidates = read_candidates(snapshot, layout, CandidateRules(timezone=JST))
    events: list[DeliveryEvent] = []
    letters: list[tuple[str, str, datetime, str]] = []
    for index, one in enumerate(candidates):
        if one.decision is not Decision.REJECTED or dice.random() < 0.25:
            continue
        kind = dice.choice((EventKind.SENT, EventKind.SENT, EventKind.SENT, EventKind.FAILED, EventKind.UNCERTAIN))
        at = min((one.decided_at or NOW) + timedelta(hours=dice.randrange(1, 400)), NOW)
        link = code(index) if dice.random() < 0.5 else ""
        events += told(one, kind, at, link)
        letters.append((one.id, kind.name, at, link))
    return Invented(rows, layout, candidates, tuple(events), letters)


def _row(dice: Random, index: int) -> tuple[object, ...]:
    day = datetime(2025, 1, 1) + timedelta(days=dice.randrange(690))  # noqa: DTZ001 - cells have no zone
    decided = day + timedelta(days=dice.randrange(1, 40))
    decision = dice.choice(DECISIONS)
    # Some people come back: the same address under another number.
    mailbox = dice.randrange(index + 1) if dice.random() < 0.2 else index
    return (
        f"C{index:06d}",
        f"候補 {mailbox}",
        f"p{mailbox}@example.com",
        day if dice.random() < 0.97 else None,
        dice.choice(MEDIA),
        dice.choice(OPENINGS),
        dice.choice(STAGES),
        decision,
        decided if decision not in {"", "選考中"} and dice.random() < 0.9 else None,
        "、".join(dice.sample(TAGS, dice.randrange(3))),
        "停止" if dice.random() < 0.05 else "",
    )
