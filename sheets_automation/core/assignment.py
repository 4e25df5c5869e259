"""Which of several tasks looks after which workbook: rendezvous hashing, without any state to share.

Each workbook goes to the task with the highest weight for it. One task more or less moves only the workbooks that it
takes or leaves (Thaler and Ravishankar, 1998), and an attempt that is tried again gets the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def share_of(workbooks: Iterable[str], index: int, count: int) -> list[str]:
    """The workbooks, by id, of task `index` out of `count`, in the order in which they were given."""
    return [workbook for workbook in workbooks if task_of(workbook, count) == index]


def task_of(workbook: str, count: int) -> int:
    """The task, from 0, that looks after a workbook."""
    return max(range(count), key=lambda task: _weight(workbook, str(task)))


def shuffled(workbooks: Iterable[str], seed: str) -> list[str]:
    """The workbooks in an order that is another one for each seed: whoever was last is not always last."""
    return sorted(workbooks, key=lambda workbook: _weight(workbook, seed))


def _weight(workbook: str, word: str) -> int:
    return int.from_bytes(sha256(f"{word}\0{workbook}".encode()).digest()[:8], "big")
