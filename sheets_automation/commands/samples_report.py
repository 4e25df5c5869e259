"""What became of sample letters: the same document as that of a run, and a few lines."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import say
from sheets_automation.core.letters_tab import letter_title
from sheets_automation.core.model import DeliveryState
from sheets_automation.jobs.samples import Sample

if TYPE_CHECKING:
    from rich.console import Console


def samples_answer(samples: Sequence[Sample], blank: Mapping[str, object], arguments: argparse.Namespace) -> Answer:
    """Answer a run of samples; `blank` is the document of a run in which nothing happened."""
    sent = sum(_state(sample) == DeliveryState.SENT for sample in samples)
    failed = len(samples) - sent if arguments.send else 0
    document = {
        **blank,
        "test_to": arguments.test_to,
        "planned": len(samples),
        "sent": sent,
        "failed": failed,
        "letters": [_letter(sample) for sample in samples],
    }
    return Answer(
        document=document,
        show=lambda console: _show(console, samples, sent, arguments),
        exit_code=NEEDS_A_PERSON if failed else DONE,
    )


def _state(sample: Sample) -> str:
    return sample.receipt.state.value if sample.receipt else "planned"


def _letter(sample: Sample) -> dict[str, object]:
    return {
        "candidate_id": sample.planned.candidate.id,
        "row": sample.planned.candidate.row,
        "to": sample.outgoing.to_address,
        "subject": sample.outgoing.letter.subject,
        "letter": sample.planned.template,
        "state": _state(sample),
        "referral_code": None,
        "detail": sample.receipt.detail if sample.receipt else "",
    }


def _show(console: Console, samples: Sequence[Sample], sent: int, arguments: argparse.Namespace) -> None:
    language = arguments.lang
    head, number = ("sample_sent", sent) if arguments.send else ("sample_planned", len(samples))
    console.print(say(head, language, n=number, address=arguments.test_to), style="bold", markup=False)
    table = listing("", "", "", fixed=(0,))
    for sample in samples:
        state = say(f"state_{_state(sample)}", language)
        detail = sample.receipt.detail if sample.receipt else ""
        table.add_row(
            f"  {letter_title(sample.planned.template, language)}",
            Sentence(f"{state} {detail}"),
            Sentence(_letter(sample)["subject"]),
        )
    console.print(table)
    console.print()
    console.print(Sentence(say("sample_next" if arguments.send else "sample_dry", language)))
