"""The figures of an analysis once more, from the exported rows and by SQL alone: nothing of the program is used."""
# ruff: noqa: S608 - every part of every question stands in this file or in its tests

from __future__ import annotations

from datetime import date

import duckdb

from tests.analysis.invented import HEADINGS, STAGES, Invented

_PLACES = {stage: place for place, stage in enumerate(STAGES, start=1)}


class Sql:
    """The rows and letters as tables, for one period (both ends included; None is open)."""

    def __init__(self, world: Invented, first: date | None = None, last: date | None = None) -> None:
        self._db = duckdb.connect()
        self._load(world)
        within = "true"
        if first or last:
            begin, end = first or date(1, 1, 1), last or date(9999, 1, 1)
            within = f"moment >= DATE '{begin}' AND moment < DATE '{end}' + INTERVAL 1 MONTH"
        self._db.execute(f"CREATE MACRO within(moment) AS coalesce({within}, false)")
        self._db.execute("CREATE VIEW applied AS SELECT * FROM people WHERE within(applied_at)")

    def _load(self, world: Invented) -> None:
        db = self._db
        db.execute(
            "CREATE TABLE people (line INT, id TEXT, address TEXT, applied_at TIMESTAMP, medium TEXT, opening TEXT, "
            "place INT, decision TEXT, decided_at TIMESTAMP, tags TEXT, stopped BOOL)"
        )
        at = {heading: column for column, heading in enumerate(HEADINGS)}
        for number, line in enumerate(world.rows, start=2):
            decision = line[at["選考結果"]] or "選考中"
            db.execute(
                "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    number,
                    line[at["候補者ID"]],
                    line[at["メールアドレス"]],
                    line[at["応募日"]],
                    line[at["応募媒体"]],
                    line[at["応募職種"]],
                    {"採用": 6, "内定": 5}.get(decision) or _PLACES[line[at["選考段階"]]],
                    decision,
                    line[at["選考結果日"]],
                    line[at["タグ"]],
                    line[at["連絡停止"]] == "停止",
                ],
            )
        db.execute("CREATE TABLE letters (id TEXT, state TEXT, sent_at TIMESTAMP, code TEXT)")
        for one, state, moment, code in world.letters:
            db.execute("INSERT INTO letters VALUES (?, ?, ?, ?)", [one, state, moment.replace(tzinfo=None), code])

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """Any question."""
        return self._db.execute(question).fetchall()

    def number(self, question: str) -> float | None:
        """A question with one answer."""
        [(answer,)] = self.ask(question)
        return answer

    def follow_up(self) -> tuple[int, int]:
        """Told and rejected; an agency tells its own, and whoever refused letters is not to be told."""
        [(told, rejected)] = self.ask(
            """
            WITH told AS (SELECT DISTINCT address FROM people JOIN letters USING (id) WHERE state = 'SENT')
            SELECT count(*) FILTER (address IN (FROM told)), count(*) FROM people
            WHERE decision = '不採用' AND NOT stopped AND medium <> 'エージェント' AND within(decided_at)
            """
        )
        return told, rejected

    def waits(self, share: float) -> float | None:
        """Days from the end of the decision's day to the letter."""
        return self.number(
            f"""
            SELECT quantile_cont(greatest(epoch(sent_at - (decided_at + INTERVAL 1 DAY)) / 86400, 0),
                                 {share})
            FROM people JOIN letters USING (id)
            WHERE state = 'SENT' AND decided_at IS NOT NULL AND decision = '不採用' AND within(decided_at)
            """
        )

    def reapplications(self) -> tuple[int, int]:
        """People who came back, and people."""
        [(back, people)] = self.ask(
            """
            WITH steps AS (
                SELECT address, applied_at, lag(applied_at) OVER (PARTITION BY address ORDER BY applied_at) AS earlier
                FROM people WHERE applied_at IS NOT NULL
            ), back AS (
                SELECT DISTINCT address FROM steps WHERE applied_at - earlier >= INTERVAL 30 DAY AND within(applied_at)
            )
            SELECT (SELECT count(*) FROM back), (SELECT count(DISTINCT address) FROM applied)
            """
        )
        return back, people

    def links(self) -> int:
        """Letters with a link that left."""
        found = self.number("SELECT count(*) FROM letters WHERE state = 'SENT' AND code <> '' AND within(sent_at)")
        return int(found or 0)

    def groups(self, column: str) -> dict[str, tuple[int, ...]]:
        """By name: applications, offers, hires, and how many reached each stage."""
        stages = ", ".join(f"count(*) FILTER (place >= {place})" for place in range(1, 7))
        found = self.ask(
            f"""
            SELECT {column}, count(*), count(*) FILTER (decision IN ('内定', '採用')),
                   count(*) FILTER (decision = '採用'), {stages}
            FROM applied GROUP BY 1
            """
        )
        return {str(name): counts for name, *counts in found}

    def tags(self) -> dict[str, int]:
        """How many rows have each tag that may be counted by."""
        found = self.ask(
            """
            SELECT tag, count(*) FROM (SELECT unnest(string_split(tags, '、')) AS tag FROM applied)
            WHERE tag NOT IN ('', '女性') GROUP BY 1
            """
        )
        return {str(tag): int(count) for tag, count in found}

    def stages(self) -> list[tuple[int, ...]]:
        """For each stage from the application on: reached, rejected, withdrawn, not considered, still going."""
        return [
            tuple(
                self.ask(
                    f"""
                    SELECT count(*) FILTER (place >= {place}),
                           count(*) FILTER (place = {place} AND decision = '不採用'),
                           count(*) FILTER (place = {place} AND decision = '辞退'),
                           count(*) FILTER (place = {place} AND decision = '対象外'),
                           count(*) FILTER (place = {place} AND decision IN ('選考中', '内定'))
                    FROM applied
                    """
                )[0]
            )
            for place in range(7)
        ]

    def months(self, column: str, where: str = "true", table: str = "people") -> dict[str, int]:
        """By month."""
        found = self.ask(
            f"SELECT strftime({column}, '%Y-%m'), count(*) FROM {table} "
            f"WHERE {where} AND {column} IS NOT NULL GROUP BY 1"
        )
        return {str(month): int(count) for month, count in found}
