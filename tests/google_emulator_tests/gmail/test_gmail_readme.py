"""The README of the Gmail service names all there is."""

from __future__ import annotations

from pathlib import Path

from tests.google_emulator.gmail import service
from tests.google_emulator.gmail.people import REPORTS
from tests.google_emulator.gmail.reports import CAUSES
from tests.google_emulator_tests.gmail.post import Post

_README = (Path(service.__file__).parent / "README.md").read_text(encoding="utf-8")


def test_every_edit_is_in_the_readme(post: Post) -> None:
    assert [name for name in post.service.edits if f"| `{name}` |" not in _README] == []


def test_every_style_and_cause_of_a_report_is_in_the_readme() -> None:
    assert [name for name in (*REPORTS, *CAUSES) if f"`{name}`" not in _README] == []


def test_every_word_of_the_ledger_is_in_the_readme(post: Post) -> None:
    post.send()

    [letter] = post.ledger
    assert [name for name in letter if f"`{name}`" not in _README] == []
