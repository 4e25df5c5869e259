"""Taking in what people answered: only about letters that left, and only once for each press of a button."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sheets_automation.core.delivery_log import DeliveryEvent, EventKind
from sheets_automation.core.link_records import LinkRecord, LinkUse
from sheets_automation.core.survey import Answer, answer_mark, fact_id, read_answers, seal_of, to_row
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import OpenDesk, sit_down
from sheets_automation.ports import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyDesk:
    """What is needed to know a letter by its code, and to seal an answer."""

    codes_of: Callable[[str, str], Collection[str]]
    """The codes of the letter to this candidate at this address, by every key that is or was in use."""
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersTaken:
    """What became of the answers among some records."""

    new: tuple[Answer, ...] = ()
    known: int = 0
    unknown: int = 0
    """Of letters of other workbooks, or that had not left when somebody answered: a tester did."""


def collect_answers(
    workbook: Workbook, open_desk: OpenDesk, run: Run, records: Sequence[LinkRecord], survey: SurveyDesk | None
) -> AnswersTaken:
    """Append the answers that are new. Where nobody has answered, nothing is read."""
    if not any(record.use is LinkUse.ANSWER for record in records):
        return AnswersTaken()
    desk, situation = sit_down(workbook, open_desk)
    tab = desk.rules.tabs.survey
    recorded = {one.fact_id for one in read_answers(situation.snapshot.tables.get(tab))}
    taken = take_answers(records, survey, situation.events, recorded, run.actor)
    if taken.new:
        workbook.append({tab: [to_row(answer) for answer in taken.new]})
    return taken


def take_answers(
    records: Sequence[LinkRecord],
    desk: SurveyDesk | None,
    events: Sequence[DeliveryEvent],
    recorded: Collection[str],
    actor: str,
) -> AnswersTaken:
    """Judge the answers, oldest first. `recorded` are the ids of the facts that stand in the tab."""
    said = sorted((one for one in records if one.use is LinkUse.ANSWER), key=lambda one: one.at)
    if desk is None or not said:
        return AnswersTaken(unknown=len(said))
    left = {code: at for letter, at in _left(events).items() for code in desk.codes_of(*letter)}
    about_ours = [one for one in said if one.code in left and one.at >= left[one.code]]
    answers = {answer.fact_id: answer for answer in (_answer(one, desk, actor) for one in about_ours)}
    new = tuple(answer for fact, answer in answers.items() if fact not in recorded)
    return AnswersTaken(new=new, known=len(answers) - len(new), unknown=len(said) - len(about_ours))


def _answer(record: LinkRecord, desk: SurveyDesk, actor: str) -> Answer:
    fact = fact_id(record.code, record.at.isoformat(), record.score, desk.key)
    return Answer(
        fact_id=fact,
        day=record.at.date(),
        mark=answer_mark(record.code),
        seal=seal_of(fact, record.score, desk.key),
        actor=actor,
    )


def _left(events: Sequence[DeliveryEvent]) -> Mapping[tuple[str, str], datetime]:
    """When a letter first left for a candidate at an address."""
    claims = {event.event_id: event for event in events if event.kind is EventKind.PREPARED}
    left: dict[tuple[str, str], datetime] = {}
    for event, claim in _ends(events, claims):
        left.setdefault((claim.key.candidate_id, claim.to_address), event.at)
    return left


def _ends(
    events: Sequence[DeliveryEvent], claims: Mapping[str, DeliveryEvent]
) -> Iterator[tuple[DeliveryEvent, DeliveryEvent]]:
    for event in events:
        if event.kind in {EventKind.SENT, EventKind.UNCERTAIN} and event.claim_id in claims:
            yield event, claims[event.claim_id]
