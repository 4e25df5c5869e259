"""The apology's letter: the file that HR names, or the ones that come with the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.core.apology import NAME, OWN_FIELDS, ApologyComposer
from sheets_automation.core.errors import LetterError
from sheets_automation.wiring import data_folder

if TYPE_CHECKING:
    from sheets_automation.core.letters import LetterTemplate
    from sheets_automation.wiring import Office

_FOLDER = "incident"


def apology_composer(office: Office, letter: str, what_happened: str) -> ApologyComposer:
    """Whoever writes apologies; the office has read the workbook's settings before. LetterError for a broken letter."""
    from sheets_automation.config.rules import letter_facts, lint_rules

    config = office.reading.config
    forms = {form.language: form for form in _forms(Path(letter) if letter else None)}
    language = config.workbook.language
    first = {language: forms.pop(language)} if language in forms else {}
    return ApologyComposer(
        forms={**first, **forms},
        facts=letter_facts(config),
        lint=lint_rules(config),
        what_happened=what_happened,
    )


def _forms(own: Path | None) -> list[LetterTemplate]:
    from sheets_automation.core.letters import letter_from_file

    paths = [own] if own else sorted((data_folder("templates") / _FOLDER).glob(f"{NAME}.*.md"))
    forms = [letter_from_file(path.name, _text(path)) for path in paths]
    for form in forms:
        form.check_variables(OWN_FIELDS)
    return forms


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise LetterError(
            f"お詫びの文面「{path.name}」が読めません。UTF-8 で保存してください。",
            f"The letter {path.name} cannot be read. Save it as UTF-8.",
        ) from error
