"""Letters as they will go, one or many: written again from the plan, without reading the workbook again."""

from __future__ import annotations

from sheets_automation.config.rules import sender
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.jobs.approve import changed
from sheets_automation.jobs.plan import PlannedLetter, write_again
from sheets_automation.service.documents import LetterDocument, Problem
from sheets_automation.service.house import Room
from sheets_automation.service.plan_document import looks_by_id, shown
from sheets_automation.service.planning import View


def letter_documents(room: Room, view: View, ids: list[str], plan: str) -> list[LetterDocument]:
    """The letters of these candidates. Raises Refusal (409) where the plan is another one by now."""
    by_id = {one.candidate.id: one for one in view.marked.plan.letters}
    if plan != view.marked.mark or not set(ids) <= set(by_id):
        raise changed()
    looks = looks_by_id(view)
    return [_document(view, by_id[one], shown(looks[one], room.language)) for one in dict.fromkeys(ids)]


def _document(view: View, planned: PlannedLetter, looks: list[Problem]) -> LetterDocument:
    outgoing = write_again(planned, view.marked.desk)
    from_, reply_to = _sender(view)
    return LetterDocument(
        id=planned.candidate.id,
        name=outgoing.to_name,
        address=outgoing.to_address,
        subject=outgoing.letter.subject,
        text=outgoing.letter.text,
        html=outgoing.letter.html,
        sender=from_,
        reply_to=reply_to,
        attachments=[attachment.name for attachment in outgoing.attachments],
        looks=looks,
    )


def _sender(view: View) -> tuple[str, str]:
    try:
        who = sender(view.reading.config)
    except ConfigurationError:  # an outbox does without; the page says so where letters are sent
        return view.reading.config.company.name, ""
    return f"{who.name} <{who.address}>", who.reply_to
