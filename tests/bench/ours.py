"""Our side of each benchmark, as a child process: python -m tests.bench.ours WORK …"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

NOW = "2026-11-24T10:00:00+09:00"
ROOT = Path(__file__).parents[2]
CODE = "DKHVM7QXTB3C"
STATUSES = range(190, 190 * 501, 190)
"""0-based rows of the 500 candidates whose status changes."""


def _office():
    from sheets_automation.config import load_config
    from sheets_automation.wiring import Office

    return Office(load_config(ROOT / "config" / "example.toml"), {"RELAY_NOW": NOW})


def _composer(office):
    from sheets_automation.config.rules import letter_facts, letter_rules, lint_rules
    from sheets_automation.core.composing import Composer
    from sheets_automation.core.letter_rules import LetterBook
    from sheets_automation.core.letters import letter_from_file

    letters = [letter_from_file(path.name, path.read_text()) for path in (ROOT / "templates").glob("*.md")]
    return Composer(
        book=LetterBook(templates={letter.id: letter for letter in letters}, rules=letter_rules(office.config)),
        facts=letter_facts(office.config),
        lint=lint_rules(office.config),
        referral_base_url=office.config.referral.base_url,
    )


def _outgoing(number: int, write: Callable):
    from sheets_automation.core.model import DeliveryKey, LetterKind, OutgoingLetter
    from tests.core.builders import candidate

    one = candidate(row=number + 2, name=f"山田 {chr(0x4E00 + number)}", address=f"user{number}@example.com")
    return OutgoingLetter(
        key=DeliveryKey(candidate_id=one.id, kind=LetterKind.REJECTION),
        attempt=1,
        to_name=one.name,
        to_address=one.address.value,
        letter=write(one, CODE),
    )


def letter(folder: str) -> None:
    """Give the peers the very letter that we write: its two parts, its Markdown, and what stands in its fields."""
    from sheets_automation.config.rules import letter_facts
    from sheets_automation.core.letter_fields import letter_fields
    from sheets_automation.core.letter_look import html_page
    from sheets_automation.core.letter_markdown import letter_parts
    from sheets_automation.core.letter_syntax import Place
    from sheets_automation.core.referral_codes import referral_url
    from tests.core.builders import candidate

    config, target = _office().config, Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    subject, _, body = (ROOT / "templates" / "standard.ja.md").read_text(encoding="utf-8").partition("\n")
    html, text = letter_parts(body, "ja", Place("standard.ja.md"))
    fields = letter_fields(candidate(), letter_facts(config), referral_url(config.referral.base_url, CODE))
    subject = subject.partition(": ")[2]
    (target / "letter.json").write_text(
        json.dumps(
            {"subject": subject, "markdown": body, "text": text, "html": html_page(html, "ja"), "fields": fields}
        )
    )


def compose(letters: str) -> None:
    """Choose, render, lint and write so many letters as MIME."""
    office = _office()
    write = _composer(office)
    for number in range(int(letters)):
        office.compose_mail(_outgoing(number, write))


def smtp(port: str, letters: str) -> None:
    """Send so many letters through our carrier, one by one as a run does."""
    office = _office()
    write = _composer(office)
    carrier = office.open_carrier(f"smtp://127.0.0.1:{port}")
    for number in range(int(letters)):
        (prepared,) = carrier.prepare([_outgoing(number, write)])
        assert carrier.commit(prepared).state == "sent"
    carrier.close()


def read(path: str) -> None:
    """The four columns that a decision needs."""
    from sheets_automation.xlsx.package import Package
    from sheets_automation.xlsx.reading import tables

    with Package.open(Path(path)) as package:
        print(sum(1 for _ in tables(package)["候補者"].rows({0, 1, 3, 4})))


def write(path: str) -> None:
    """500 statuses, from opening the file to the verified save."""
    from sheets_automation.xlsx.edit import Edit
    from sheets_automation.xlsx.package import Package
    from sheets_automation.xlsx.saving import replace_file

    book = Path(path)
    with Package.open(book) as package:
        edit = Edit(package)
        for row in STATUSES:
            edit.set_cell("候補者", row + 1, 26, "送信済み")
        replace_file(
            book,
            edit.write,
            edit.verify,
            expected_fingerprint=package.fingerprint,
            backup_dir=book.parent / "backups",
            keep_backups=0,
        )


def show(path: str) -> None:
    """500 statuses through the workbook, which finds their rows by the candidates' ids."""
    from sheets_automation.core.views import CandidatesPlace, OwnColumn, ViewCell, Views
    from sheets_automation.workbooks.excel_file import ExcelFileWorkbook
    from tests.bench.books import COLUMNS, candidate_id

    workbook = ExcelFileWorkbook(Path(path), exclusive=True, timezone="Asia/Tokyo")
    workbook.read()
    place = CandidatesPlace(
        tab="候補者", heading_row=1, id_column=COLUMNS, id_heading="候補者ID", name_column=0, address_column=1
    )
    status = {"通知状況": ViewCell(value="送信済み")}
    columns = (OwnColumn(heading="通知状況", width=14),)
    workbook.show(Views(place=place, columns=columns, cells={candidate_id(row): status for row in STATUSES}))
    workbook.close()


WORKS = {work.__name__: work for work in (letter, compose, smtp, read, write, show)}

if __name__ == "__main__":
    WORKS[sys.argv[1]](*sys.argv[2:])
