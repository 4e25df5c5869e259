"""The guard over the whole run: every public incident of this kind was "the selection was everybody"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheets_automation.core.errors import BlastRadius, ExpectationMissed


@dataclass(frozen=True, slots=True, kw_only=True)
class BlastRules:
    """What an ordinary run looks like."""

    max_letters: int = 50
    compare_from: int = 20
    """Below this number of letters, shares and habits say nothing."""
    max_share_percent: float = 30.0
    usual_factor: float = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """How far a run reaches."""

    planned: int
    """Letters that this run would send."""
    due: int
    """Letters that are due before the day's budget cuts them down: a budget must not hide a wrong selection."""
    rows: int
    """Candidates in the workbook."""
    last_runs: Sequence[int]
    """Letters of the last runs that sent any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Why this is no ordinary run."""

    ja: str
    en: str


def objection(scope: Scope, rules: BlastRules) -> Objection | None:
    """What is unusual about sending this many letters; None when nothing is."""
    if scope.planned > rules.max_letters:
        return Objection(
            ja=f"1 回の上限 {rules.max_letters} 通を超えています",
            en=f"more than the limit of {rules.max_letters} letters a run",
        )
    if scope.due < rules.compare_from:
        return None
    share = 100 * scope.due / max(scope.rows, 1)
    if share > rules.max_share_percent:
        return Objection(
            ja=f"候補者 {scope.rows} 名の {share:.0f} % にあたります(目安 {rules.max_share_percent:.0f} % まで)",
            en=f"{share:.0f} % of the {scope.rows} candidates (usually up to {rules.max_share_percent:.0f} %)",
        )
    usual = _usual(scope.last_runs)
    if usual is not None and scope.due > rules.usual_factor * usual:
        return Objection(
            ja=f"ふだん(中央値 {usual:g} 通)の {scope.due / usual:.0f} 倍です",
            en=f"{scope.due / usual:.0f} times the usual number (median {usual:g})",
        )
    return None


def _usual(last_runs: Sequence[int]) -> float | None:
    """The median of the last runs; None where none has sent anything."""
    if not last_runs:
        return None
    from statistics import median  # brings fractions and decimals along, and most commands compare nothing

    return median(last_runs)


def check(scope: Scope, rules: BlastRules, expect: int | None) -> None:
    """Let an ordinary run pass, and an unusual one only if a person has named its exact number.

    Raises ExpectationMissed when a number was named and is not the planned one, BlastRadius when one is needed.
    """
    if expect is not None:
        if expect != scope.planned:
            raise ExpectationMissed(
                f"--expect {expect} と言われましたが、送る予定は {scope.planned} 通です。何も送っていません。"
                "一覧を見直してから、正しい数で実行してください。",
                f"--expect {expect} was given, but {scope.planned} letters are planned. Nothing was sent. "
                "Look at the plan again, then name the number it shows.",
            )
        return
    found = objection(scope, rules)
    if found is not None:
        raise BlastRadius(
            f"{scope.planned} 通の送信は{found.ja}。何も送っていません。"
            f"一覧を確かめ、正しければ --expect {scope.planned} を付けて実行してください。",
            f"{scope.planned} letters are {found.en}. Nothing was sent. "
            f"Look at the plan; if it is right, run again with --expect {scope.planned}.",
        )
