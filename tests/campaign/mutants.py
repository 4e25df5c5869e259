"""Seeded mistakes: what other mail merges do. The campaign has to see each of them within a few schedules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sheets_automation.core import follow_up_guards, line_links
from sheets_automation.core.delivery_log import DeliveryLog
from sheets_automation.core.errors import CarrierError
from sheets_automation.core.headings import heading_key
from sheets_automation.core.line_links import LineFact, LinkState
from sheets_automation.core.model import DeliveryKey, DeliveryState, LetterKind, Receipt
from sheets_automation.jobs import deliver, situation
from sheets_automation.jobs.deliver import Delivering
from sheets_automation.jobs.plan import write_again
from sheets_automation.workbooks import memory
from sheets_automation.workbooks.placing import Placed, Placement


def _send_before_claim(self: Delivering, batch: Sequence[Any]) -> None:
    """Letters leave first, and what happened is written down afterwards."""
    ready = self.carrier.prepare([write_again(planned, self.desk) for planned in batch])
    claims = [self.run.claim(prepared, self.carrier.name) for prepared in ready]
    receipts = [self._commit(prepared, claim, None) for prepared, claim in zip(ready, claims, strict=True)]
    for planned, claim, receipt in zip(batch, claims, receipts, strict=True):
        self.events.append(claim)
        if receipt is not None:
            self._end(planned, claim, receipt, None)
    self._record()


def _no_read_back(self: Delivering, ready: Sequence[Any], claims: Sequence[Any]) -> Mapping[str, Any]:
    """Whoever has claimed a letter sends it."""
    return {}


def _blind_retry(commit: Callable[..., Receipt | None]) -> Callable[..., Receipt | None]:
    def retrying(self: Delivering, prepared: Any, claim: Any, reason: Any) -> Receipt | None:
        """No answer? Then once more, and afresh."""
        if reason is not None:
            return commit(self, prepared, claim, reason)
        for _ in range(3):
            try:
                return self.carrier.commit(prepared)
            except CarrierError:
                prepared = self.carrier.prepare([prepared.outgoing])[0]
        return Receipt(state=DeliveryState.FAILED)

    return retrying


def _row_number_as_key(read: Callable[..., Sequence[Any]]) -> Callable[..., Sequence[Any]]:
    def reading(*words: Any, **more: Any) -> Sequence[Any]:
        """Who is who is told by the number of the row."""
        found = read(*words, **more)
        return [replace(one, id=f"C-{one.row}", id_is_new=False, stored_fingerprint="") for one in found]

    return reading


def _placed_by_row_number(place_views: Callable[..., Placement]) -> Callable[..., Placement]:
    def placing(table: Any, place: Any, views: Any) -> Placement:
        """What is written goes to the row that was read, whoever stands there by now."""
        cells = [
            Placed(row=int(one.removeprefix("C-")), candidate_id=one, heading=heading_key(heading), cell=cell)
            for one, own in views.cells.items()
            for heading, cell in own.items()
        ]
        return replace(place_views(table, place, replace(views, cells={})), cells=tuple(cells))

    return placing


def _status_as_truth(understand: Callable[..., Any]) -> Callable[..., Any]:
    def understanding(snapshot: Any, rules: Any, *words: Any) -> Any:
        """Whoever is not marked as sent has got nothing."""
        found = understand(snapshot, rules, *words)
        place = found.layout.place
        headings = _headings(snapshot.tables[place.tab], place.heading_row)
        column = next((at for at, heading in headings.items() if heading == "通知状況"), None)
        rows = snapshot.tables[place.tab].rows()
        marked = {row.number for row in rows if column is not None and row.cells.get(column) == "送信済み"}
        told = {one.id for one in found.candidates if one.row in marked}
        return replace(found, log=_believing(found.log, told))

    return understanding


def _believing(log: DeliveryLog, told: set[str]) -> DeliveryLog:
    kept = {key: one for key, one in log.deliveries.items() if key.candidate_id in told}
    for candidate_id in told:
        key = DeliveryKey(candidate_id=candidate_id, kind=LetterKind.REJECTION)
        kept[key] = replace(log.delivery(key), state=DeliveryState.SENT)
    return replace(log, deliveries=kept, by_address={})


def _all_guards_but(guard: follow_up_guards.FollowUpGuard) -> Sequence[Any]:
    """News goes although this guard would have said no."""
    return tuple(one for one in follow_up_guards.GUARDS if one is not guard)


def _links_never_end(fold_links: Callable[..., Mapping[str, Any]]) -> Callable[..., Mapping[str, Any]]:
    def folding(facts: Iterable[LineFact]) -> Mapping[str, Any]:
        """Whoever has linked a chat once is written to there."""
        return fold_links([fact for fact in facts if fact.state is LinkState.LINKED])

    return folding


def _headings(table: Any, row_number: int) -> dict[int, str]:
    return next((dict(row.cells) for row in table.rows() if row.number == row_number), {})


MUTANTS: dict[str, Sequence[tuple[Any, str, Any]]] = {
    "send before claim": [(Delivering, "_deliver_batch", _send_before_claim)],
    "no read-back": [(Delivering, "_objections", _no_read_back)],
    "blind retry": [(Delivering, "_commit", _blind_retry(Delivering._commit))],
    "row number as key": [
        (situation, "read_candidates", _row_number_as_key(situation.read_candidates)),
        (memory, "place_views", _placed_by_row_number(memory.place_views)),
    ],
    "status column as truth": [
        (situation, "understand", _status_as_truth(situation.understand)),
        (deliver, "understand", _status_as_truth(situation.understand)),
        (Delivering, "_objections", _no_read_back),
    ],
    "withdrawal ignored": [(follow_up_guards, "GUARDS", _all_guards_but(follow_up_guards.agrees))],
    "answer ignored": [(follow_up_guards, "GUARDS", _all_guards_but(follow_up_guards.has_not_answered))],
    "each campaign by itself": [(follow_up_guards, "GUARDS", _all_guards_but(follow_up_guards.is_not_too_soon))],
    "refusal by link ignored": [(situation, "honour", lambda candidates, *_, **__: candidates)],
    "chat that was linked once": [(line_links, "fold_links", _links_never_end(line_links.fold_links))],
}


@contextmanager
def mistaken(name: str) -> Iterator[None]:
    """Let the product make this mistake for as long as the block lasts."""
    before = [(owner, attribute, getattr(owner, attribute)) for owner, attribute, _ in MUTANTS[name]]
    for owner, attribute, mistake in MUTANTS[name]:
        setattr(owner, attribute, mistake)
    try:
        yield
    finally:
        for owner, attribute, original in before:
            setattr(owner, attribute, original)
