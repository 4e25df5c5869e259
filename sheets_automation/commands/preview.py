"""`relay preview`: every letter as its candidate will see it, and everybody left out, on one HTML page."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import Answer
from sheets_automation.commands.listing import Sentence
from sheets_automation.commands.texts import moment, say
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.letters_tab import letter_title
from sheets_automation.core.referral_codes import make_code
from sheets_automation.core.sentences import Skipped
from sheets_automation.gallery import Bilingual, GalleryLeftOut, GalleryLetter, GallerySummary, build_gallery
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.plan import Plan, PlannedLetter, plan_letters, write_again
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.situation import Situation, sit_down
from sheets_automation.wiring import Office
from sheets_automation.wiring_live import file_behind

if TYPE_CHECKING:
    from rich.console import Console

_SAMPLE_CODE = make_code(bytes(32))
_STATE = Bilingual(ja="まだ送っていません", en="Nothing has been sent")


def run(arguments: argparse.Namespace) -> Answer:
    """Write the page and say where it is."""
    office = Office.open(arguments.config, arguments.workbook)
    path = _page(arguments)
    with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
        desk, situation = sit_down(workbook, office.open_desk)
        now = office.clock()
        # Whoever looks at letters on a Sunday wants to see those of Monday morning.
        opening = desk.rules.window.next_opening(now, desk.rules.is_holiday)
        plan = plan_letters(situation, desk, Run(id="preview", clock=lambda: opening, new_code=lambda: _SAMPLE_CODE))
        build_gallery(
            path,
            _letters(plan, desk),
            (_left_out(one) for one in plan.skipped),
            GallerySummary(
                workbook=workbook.title,
                sender=office.reading.config.company.name,
                made_at=moment(now),
                state=_state(situation),
                attachments=tuple(attachment.name for attachment in desk.attachments),
            ),
            language=arguments.lang,
        )
    facts = {"letters": len(plan.letters), "left_out": len(plan.skipped)}
    return Answer(
        document={"workbook": arguments.workbook, "page": str(path), **facts},
        show=lambda console: _show(console, path, plan, arguments.lang),
    )


def _state(situation: Situation) -> Bilingual:
    """That nothing was sent, and whether anything can be."""
    if not situation.stops:
        return _STATE
    stop = situation.stops[0]
    return Bilingual(ja=f"{_STATE.ja}。{stop.text('ja')}", en=f"{_STATE.en}. {stop.text('en')}")


def _page(arguments: argparse.Namespace) -> Path:
    path = Path(arguments.out) if arguments.out else Path(file_behind(arguments.workbook)).with_suffix(".preview.html")
    if path.suffix.lower() not in {".html", ".htm"}:  # a page replaces what is there: never a workbook
        raise ConfigurationError(
            f"--out のファイル名を .html で終わらせてください(いまは「{path.name}」)。",
            f"--out must name a file that ends in .html, not {path.name}.",
        )
    return path


def _show(console: Console, path: Path, plan: Plan, language: str) -> None:
    facts = {"path": path, "n": len(plan.letters), "left_out": len(plan.skipped)}
    console.print(Sentence(say("page", language, **facts)))
    console.print(Sentence(say("next_page", language)))


def _letters(plan: Plan, desk: Desk) -> Iterator[GalleryLetter]:
    waiting = {candidate.row for candidate in plan.waiting}
    for planned in plan.letters:
        candidate, letter = planned.candidate, write_again(planned, desk).letter
        yield GalleryLetter(
            candidate_id=candidate.id,
            row=candidate.row,
            name=candidate.name,
            address=planned.to_address,
            opening=candidate.opening,
            template=Bilingual(ja=letter_title(planned.template, "ja"), en=letter_title(planned.template, "en")),
            subject=planned.subject,
            text=letter.text,
            html=letter.html,
            notes=tuple(_notes(planned, is_late=candidate.row in waiting)),
        )


def _notes(planned: PlannedLetter, *, is_late: bool) -> Iterator[Bilingual]:
    """What somebody should look at before this letter goes."""
    if planned.candidate.hidden:
        yield Bilingual(ja="この行は表で非表示になっています。", en="This row is hidden in the sheet.")
    if is_late:
        yield Bilingual(ja="長くお待たせしています。", en="This person has waited long.")


def _left_out(one: Skipped) -> GalleryLeftOut:
    return GalleryLeftOut(
        candidate_id=one.candidate.id,
        row=one.candidate.row,
        name=one.candidate.name,
        opening=one.candidate.opening,
        reason=one.reason.value,
        text=Bilingual(ja=one.text("ja"), en=one.text("en")),
        severity=one.severity.value,
    )
