"""Every step of the loop against an independent computation: DuckDB over rows, letters, reports and uses of credits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from sheets_automation.core.analysis_loop import LoopStepId
from sheets_automation.core.analysis_period import EVERYTHING, Period
from sheets_automation.core.credits import credit_number
from sheets_automation.core.referrals import ReferralEvent, ReferralKind
from tests.analysis.by_sql import Sql
from tests.analysis.invented import invented
from tests.analysis.scene import look
from tests.core.builders import JST, NOW
from tests.core.credit_facts import PARTNER

CASES = [(1, None, None), (2, date(2025, 4, 1), date(2026, 3, 1)), (3, date(2026, 2, 1), date(2026, 2, 1))]
USED_ON = [datetime(2026, *day, tzinfo=JST) for day in ((2, 20), (2, 27), (6, 1), (7, 1), (8, 1), (9, 1))]


class World:
    """A sheet, and what became of the links in its letters and of the credits."""

    def __init__(self, seed: int) -> None:
        dice = Random(seed)
        self.world = invented(1200, seed)
        self.facts = [*self._reports(dice), *(self._use(number, at) for number, at in enumerate(USED_ON))]
        numbers = [credit_number(fact.event_id) for fact in self.facts if fact.kind is ReferralKind.REDEEMED]
        self.numbers = numbers
        self.candidates = [
            replace(one, credit=dice.choice([*numbers, "CR-999999"])) if dice.random() < 0.1 else one
            for one in self.world.candidates
        ]

    def _reports(self, dice):
        for number, (_, _, sent, code) in enumerate(self.world.letters):
            if not code:
                continue
            at = sent
            for kind, chance in (
                (ReferralKind.CLICKED, 0.8),
                (ReferralKind.REGISTERED, 0.8),
                (ReferralKind.HIRED, 0.3),
            ):
                at += timedelta(hours=dice.randrange(1, 300))
                if dice.random() < chance and at <= NOW:
                    yield ReferralEvent(
                        event_id=f"E{number}{kind.name}", at=at, kind=kind, partner=PARTNER.id, code=code
                    )

    @staticmethod
    def _use(number, at):
        return ReferralEvent(
            event_id=f"U{number}", at=at, kind=ReferralKind.REDEEMED, partner=PARTNER.id, amount=1, actor="hr"
        )


class LoopSql(Sql):
    """The steps once more, by SQL alone."""

    def __init__(self, world: World, first, last) -> None:
        super().__init__(world.world, first, last)
        self.ask("CREATE TABLE reports (code TEXT, kind TEXT, moment TIMESTAMP)")
        self.ask("CREATE TABLE uses (number TEXT, moment TIMESTAMP)")
        self.ask("CREATE TABLE came (id TEXT, number TEXT)")
        for fact in world.facts:
            at = fact.at.astimezone(JST).replace(tzinfo=None)
            if fact.kind is ReferralKind.REDEEMED:
                self._db.execute("INSERT INTO uses VALUES (?, ?)", [credit_number(fact.event_id), at])
            else:
                self._db.execute("INSERT INTO reports VALUES (?, ?, ?)", [fact.code, fact.kind.name, at])
        for one in world.candidates:
            if one.credit:
                self._db.execute("INSERT INTO came VALUES (?, ?)", [one.id, one.credit])

    def steps(self) -> list[int]:
        [letters] = self.ask(
            """
            WITH lost AS (SELECT * FROM people WHERE decision = '不採用' AND within(decided_at)),
            told AS (
                SELECT id, any_value(code) AS code FROM letters
                WHERE state = 'SENT' OR code IN (SELECT code FROM reports) GROUP BY id
            ), linked AS (SELECT * FROM lost JOIN told USING (id) WHERE code <> '')
            SELECT (SELECT count(*) FROM lost), (SELECT count(*) FROM lost JOIN told USING (id)),
                   (SELECT count(*) FROM linked),
                   (SELECT count(*) FROM linked WHERE code IN (SELECT code FROM reports)),
                   (SELECT count(*) FROM linked WHERE code IN (SELECT code FROM reports WHERE kind <> 'CLICKED'))
            """
        )
        [credits_] = self.ask(
            """
            WITH counted AS (SELECT code, min(moment) AS moment FROM reports WHERE kind <> 'CLICKED' GROUP BY code),
            placed AS (SELECT moment, row_number() OVER (ORDER BY moment, code) AS place FROM counted)
            SELECT (SELECT count(*) FROM placed WHERE place % 10 = 0 AND within(moment)),
                   (SELECT count(*) FROM uses WHERE within(moment)),
                   (SELECT count(*) FROM applied JOIN came USING (id) WHERE number IN (SELECT number FROM uses)),
                   (SELECT count(*) FROM applied JOIN came USING (id)
                    WHERE number IN (SELECT number FROM uses) AND decision = '採用')
            """
        )
        return [*letters, *credits_]


@pytest.mark.parametrize(("seed", "first", "last"), CASES, ids=["everything", "a year", "a month"])
def test_every_step_and_every_rate(seed, first, last):
    world = World(seed)
    period = Period(first=first, last=last) if first else EVERYTHING

    steps = look(world.candidates, *world.world.events, referred=world.facts, period=period).loop
    wanted = LoopSql(world, first, last).steps()

    assert [step.id for step in steps] == list(LoopStepId)
    assert [step.count for step in steps] == wanted
    assert all(count > 0 for count in wanted) or first == last
    assert [step.before for step in steps] == [None, *wanted[:-1]]
    assert [step.rate for step in steps[1:]] == [
        after / before if before else None for before, after in pairwise(wanted)
    ]
