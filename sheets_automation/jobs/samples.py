"""Sample letters: one of each kind that is due, to the person who asks, so that they see what candidates will get."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sheets_automation.core.addresses import every_key, match_key
from sheets_automation.core.errors import LetterError, NotForOneself
from sheets_automation.core.layout import Field
from sheets_automation.core.model import Address, DeliveryKey, LetterKind, OutgoingLetter, Receipt
from sheets_automation.core.sent_mail import SAMPLE_MARKS
from sheets_automation.core.stops import frozen
from sheets_automation.jobs.desk import Desk, at_any_time
from sheets_automation.jobs.plan import PlannedLetter, plan_letters, write_again
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.send import Order
from sheets_automation.jobs.situation import OpenDesk, Situation, sit_down
from sheets_automation.ports import Carrier, Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample letter and what the carrier said."""

    planned: PlannedLetter
    outgoing: OutgoingLetter
    receipt: Receipt | None = None
    """None before it was sent."""


def write_samples(
    workbook: Workbook, open_desk: OpenDesk, run: Run, order: Order, to_address: str
) -> tuple[Sample, ...]:
    """Write one letter of each template that is due, for the eyes of `to_address`; sends nothing.

    The send window and the delay are for candidates, so they don't count here. Raises NotForOneself for an address
    that stands in the workbook, and SendingFrozen where all sending is stopped.
    """
    desk, planned = _due_at_any_time(workbook, open_desk, run, order, to_address)
    first_of_each = {one.template: one for one in reversed(planned)}
    return _written(list(first_of_each.values()), desk, run, to_address)


def write_named(
    workbook: Workbook, open_desk: OpenDesk, run: Run, ids: Collection[str], to_address: str
) -> tuple[Sample, ...]:
    """Write the letters of these candidates, each of them, for the eyes of `to_address`; sends nothing.

    Raises as `write_samples` does.
    """
    desk, planned = _due_at_any_time(workbook, open_desk, run, Order(only=ids), to_address)
    return _written(planned, desk, run, to_address)


def _due_at_any_time(
    workbook: Workbook, open_desk: OpenDesk, run: Run, order: Order, to_address: str
) -> tuple[Desk, Sequence[PlannedLetter]]:
    desk, situation = sit_down(workbook, open_desk)
    if situation.stops:
        raise frozen(situation.stops[0])
    _refuse_candidates(situation, to_address)
    desk = at_any_time(replace(desk, rules=replace(desk.rules, second_person=False)))
    planned = plan_letters(situation, desk, run, only=order.only).letters
    if not planned:
        raise LetterError(
            "試し送りできる通知がありません。画面の「計画」か relay check で理由を確かめてください。",
            "There is no letter to send a sample of. See the reasons in the plan on the page or with `relay check`.",
        )
    return desk, planned


def _refuse_candidates(situation: Situation, to_address: str) -> None:
    """No guard looks at a sample, so it must not go where a letter would: to any address of a row, or of the log."""
    wanted, layout = match_key(to_address), situation.layout
    columns = {layout.columns.get(Field.ADDRESS, -1), *layout.more_address_columns} - {-1}
    rows = situation.snapshot.tables[layout.place.tab].rows(columns)
    cells = (row.cells.get(column) for row in rows for column in columns)
    in_log = (event.to_address for event in situation.events)
    if any(wanted in every_key(cell) for cell in cells) or any(wanted == match_key(one) for one in in_log):
        raise NotForOneself(
            "この宛先は候補者の表か送信記録にあるので、試し送りできません。ご自分のアドレスを入れてください。",
            "This address stands in the candidates' tab or in the log, so no test letter goes there. Name your own.",
        )


def _written(planned: Sequence[PlannedLetter], desk: Desk, run: Run, to_address: str) -> tuple[Sample, ...]:
    samples = []
    for number, one in enumerate(planned, start=1):
        name = f"TEST-{run.id}-{number}"
        letter = write_again(_for_the_reader(one, name, to_address), desk)
        samples.append(Sample(planned=one, outgoing=_sample(letter, name)))
    return tuple(samples)


def _for_the_reader(planned: PlannedLetter, name: str, to_address: str) -> PlannedLetter:
    """The same letter, but whatever its reader presses is said by nobody of whom we know.

    The links to LINE, to refusing and to the survey are made from the id and the address.
    """
    nobody = replace(planned.candidate, id=name, address=Address(value=to_address))
    return replace(planned, due=replace(planned.due, candidate=nobody))


def send_samples(carrier: Carrier, samples: Sequence[Sample]) -> tuple[Sample, ...]:
    """Send the samples; candidates get nothing and nothing is recorded."""
    sent = []
    for sample in samples:
        (prepared,) = carrier.prepare([sample.outgoing])
        sent.append(replace(sample, receipt=prepared.failure or carrier.commit(prepared)))
    return tuple(sent)


def _sample(outgoing: OutgoingLetter, name: str) -> OutgoingLetter:
    letter = outgoing.letter
    marked = replace(letter, subject=SAMPLE_MARKS.get(letter.language, SAMPLE_MARKS["en"]) + letter.subject)
    key = DeliveryKey(candidate_id=name, kind=LetterKind.REJECTION)
    return replace(outgoing, key=key, attempt=1, line_user="", letter=marked)
