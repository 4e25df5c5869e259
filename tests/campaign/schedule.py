"""A schedule: which runs start when, where they die, and what people and networks do in between, drawn from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

NAME, ADDRESS, OPENING, DECISION, DECIDED_AT, OPT_OUT, TAGS, NOTE = HEADINGS = (
    "氏名",
    "メールアドレス",
    "応募職種",
    "選考結果",
    "選考結果日",
    "連絡停止",
    "タグ",
    "備考",
)
TAB = "候補者"
LOG = "送信記録"


class Happening(StrEnum):
    """What may come between any two effects. The first part is what people do, the second what machines do."""

    SORT = "sort"
    SORT_ONE_COLUMN = "sort_one_column"
    INSERT_ROW = "insert_row"
    DELETE_ROW = "delete_row"
    MOVE_ROW = "move_row"
    COPY_ROW = "copy_row"
    HIDE_ROW = "hide_row"
    FILTER = "filter"
    RENAME_HEADING = "rename_heading"
    MOVE_COLUMN = "move_column"
    DECIDE_OTHERWISE = "decide_otherwise"
    REJECT = "reject"
    OPT_OUT = "opt_out"
    EDIT_NAME = "edit_name"
    EDIT_ADDRESS = "edit_address"
    CLEAR_STATUS = "clear_status"
    DELETE_STATUS = "delete_status"
    SORT_LOG = "sort_log"
    CUT_LOG = "cut_log"
    DELETE_LOG = "delete_log"
    DELETE_DRAFT = "delete_draft"
    EDIT_DRAFT_SUBJECT = "edit_draft_subject"
    WITHDRAW_CONSENT = "withdraw_consent"
    CLEAR_CONSENT = "clear_consent"
    REFUSE_BY_LINK = "refuse_by_link"
    ANSWER = "answer"
    APPLY_AGAIN = "apply_again"
    REFUSE_BY_LINE = "refuse_by_line"
    UNLINK_CHAT = "unlink_chat"
    LINK_OTHER_CHAT = "link_other_chat"
    BLOCK_CHAT = "block_chat"

    ANSWER_LOST = "answer_lost"
    NOT_REACHED = "not_reached"
    LATE_COMMIT = "late_commit"
    ANSWER_CUT = "answer_cut"
    RESET_BEFORE = "reset_before"
    HTML_PAGE = "html_page"
    STATUS_401 = "status_401"
    STATUS_403 = "status_403"
    STATUS_429 = "status_429"
    STATUS_500 = "status_500"
    STATUS_503 = "status_503"
    DONE_BEHIND_500 = "done_behind_500"
    DONE_BEHIND_503 = "done_behind_503"
    DAILY_CAP = "daily_cap"
    MONTHLY_QUOTA = "monthly_quota"
    DISK_FULL = "disk_full"
    IO_ERROR = "io_error"
    TORN_WRITE = "torn_write"
    SMTP_BUSY = "smtp_busy"
    SMTP_REFUSES = "smtp_refuses"
    SMTP_HANGS_UP = "smtp_hangs_up"
    SMTP_TAKES_AND_HANGS_UP = "smtp_takes_and_hangs_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens once so many steps were taken."""

    at: int
    what: Happening
    dice: tuple[float, float]
    """From 0 to 1: which row, which column, which moment, as the happening needs it."""


class Errand(StrEnum):
    """What a run is started for."""

    SEND = "send"
    CREDITS = "credits"
    SYNC = "sync"
    REBUILD = "rebuild-log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A run that somebody starts."""

    at: int
    errand: Errand = Errand.SEND
    clock_is_off: float
    """Seconds by which the clock of its machine is wrong."""
    dies_at: int | None
    """At which of its own stops the process is killed; None where it may end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Everything that will be done, before anything is."""

    world: str
    seed: int
    number: int
    begins: datetime
    zone: str
    all_day: bool
    """Whether letters may leave at any hour: for runs over midnight."""
    rows: tuple[tuple[str, ...], ...]
    starts: tuple[Start, ...]
    events: tuple[Event, ...]
    dice: int

    def __str__(self) -> str:
        """What has to be typed to play it again."""
        return f"--world {self.world} --seed {self.seed} --only {self.number}"


_MOMENTS = (
    # in the zone of the sheet; where the window is, a run may begin within it and end outside
    ("Asia/Tokyo", "2026-11-24T10:00", False),
    ("Asia/Tokyo", "2026-11-24T17:58", False),
    ("Asia/Tokyo", "2026-11-20T16:59", False),
    ("Asia/Tokyo", "2026-11-24T23:58", True),
    ("Asia/Tokyo", "2026-12-31T23:59", True),
    # clocks go back and forward here
    ("America/New_York", "2026-11-01T01:57", True),
    ("America/New_York", "2027-03-14T01:58", True),
    ("Europe/Berlin", "2026-10-25T02:58", True),
)
_FAMILIES = ("佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "佐々木", "井上")
_OTHER_DECISIONS = ("選考中", "内定", "採用", "辞退", "応募者辞退", "不採用（辞退）", "")
_MOST_STEPS = {"excel": 160, "smtp": 160}
"""As many as two runs have; a save of a file alone has a dozen."""
_STEPS = 60
_TEN_MINUTES = 600.0


def draw(world: str, seed: int, number: int, happenings: Sequence[Happening]) -> Schedule:
    """The schedule of this number: the same in every process and on every machine."""
    rng = Random(f"{world}/{seed}/{number}")
    zone, begins, all_day = rng.choice(_MOMENTS)
    moment = datetime.fromisoformat(begins).replace(tzinfo=ZoneInfo(zone))
    horizon = rng.randint(8, _MOST_STEPS.get(world, _STEPS))
    return Schedule(
        world=world,
        seed=seed,
        number=number,
        begins=moment,
        zone=zone,
        all_day=all_day,
        rows=tuple(_rows(rng, moment)),
        starts=tuple(_starts(rng, horizon)),
        events=tuple(_events(rng, horizon, happenings)),
        dice=rng.getrandbits(32),
    )


def _rows(rng: Random, moment: datetime) -> list[tuple[str, ...]]:
    families = rng.sample(_FAMILIES, rng.randint(2, 7))
    decided = f"{moment - timedelta(days=rng.randint(3, 20)):%Y/%m/%d}"
    rows = [_row(rng, number, family, decided) for number, family in enumerate(families)]
    if rng.random() < 0.25:  # one person, two openings
        again = list(rng.choice(rows))
        again[HEADINGS.index(OPENING)], again[HEADINGS.index(DECISION)] = "事務職", rng.choice(("選考中", "不採用"))
        rows.insert(rng.randint(0, len(rows)), tuple(again))
    return rows


def _row(rng: Random, number: int, family: str, decided: str) -> tuple[str, ...]:
    is_rejected = rng.random() < 0.75
    return (
        f"{family} {'一二三四五六七八九'[number]}子",
        f"p{number}.{rng.choice('abc')}@example{number % 3}.jp",
        "営業職",
        "不採用" if is_rejected else rng.choice(_OTHER_DECISIONS),
        decided if is_rejected or rng.random() < 0.5 else "",
        "はい" if rng.random() < 0.05 else "",
        rng.choice(("", "", "", "スキル強", "保留")) if rng.random() < 0.3 else "",
        f"メモ{number}",
    )


def _starts(rng: Random, horizon: int) -> list[Start]:
    starts = []
    for number in range(rng.choice((1, 1, 2, 2, 3))):
        dies = rng.random() < 0.45
        starts.append(
            Start(
                at=0 if number == 0 else rng.randint(0, horizon),
                errand=rng.choice((Errand.SEND,) * 8 + (Errand.CREDITS, Errand.SYNC)),
                clock_is_off=rng.choice((0.0, 0.0, rng.uniform(-_TEN_MINUTES, _TEN_MINUTES))),
                dies_at=rng.randint(0, horizon) if dies else None,
            )
        )
    return starts


def _events(rng: Random, horizon: int, happenings: Sequence[Happening]) -> list[Event]:
    number = rng.choice((0, 1, 1, 2, 2, 3, 4, 6))
    events = [
        Event(at=rng.randint(0, horizon), what=rng.choice(happenings), dice=(rng.random(), rng.random()))
        for _ in range(number)
    ]
    return sorted(events, key=lambda event: event.at)
