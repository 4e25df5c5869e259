"""Our side of each benchmark, as a child process: python -m tests.bench.ours WORK …"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from tests.core.builders import candidate

NOW = datetime.fromisoformat("2026-11-24T10:00:00+09:00")
ROOT = Path(__file__).parents[2]


def _office():
    from sheets_automation.config import load_config
    from sheets_automation.wiring import Office

    return Office(load_config(ROOT / "config" / "example.toml"), {"RELAY_NOW": NOW.isoformat()})


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


def _outgoing(number: int, compose):
    from sheets_automation.core.model import DeliveryKey, LetterKind, OutgoingLetter

    one = candidate(row=number + 2, name=f"山田 {chr(0x4E00 + number)}", address=f"user{number}@example.com")
    return OutgoingLetter(
        key=DeliveryKey(candidate_id=one.id, kind=LetterKind.REJECTION),
        attempt=1,
        to_name=one.name,
        to_address=one.address.value,
        letter=compose(one, "DKHVM7QXTB3C"),
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
        for row in range(2, 502):
            edit.set_cell("候補者", row * 190, 25, "送信済み")
        replace_file(
            book,
            edit.write,
            edit.verify,
            expected_fingerprint=package.fingerprint,
            backup_dir=book.parent / "backups",
            keep_backups=0,
        )


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
