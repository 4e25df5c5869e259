"""The composition root: the only place that knows which adapter stands behind a port.

Vendors are imported where they are used, so that a command pays only for what it does.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from sheets_automation.config import Config, apply_settings, find_config, load_config
from sheets_automation.config.partners import letter_partners
from sheets_automation.config.rules import letter_facts, letter_rules, lint_rules, sender
from sheets_automation.core.composing import Composer
from sheets_automation.core.errors import ConfigurationError, HeadingProblem, LetterError, SheetsAutomationError
from sheets_automation.core.layout import HeadingRules, locate_candidates
from sheets_automation.core.letter_fields import OWN_FIELDS
from sheets_automation.core.letter_rules import LetterBook, LetterForm
from sheets_automation.core.model import Attachment, OutgoingLetter
from sheets_automation.core.referral_codes import RANDOM_BYTES, make_code
from sheets_automation.core.table import Snapshot
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.run import Run, never
from sheets_automation.letter_files import attachments_from, shipped_letters, templates_in
from sheets_automation.ports import Carrier, Inbox, LogKeeper
from sheets_automation.wiring_line import is_line, line_invitations, open_line
from sheets_automation.wiring_links import refusal_address, refusal_key, refusal_link, survey_link
from sheets_automation.wiring_live import file_behind, open_live
from sheets_automation.wiring_retention import with_erasure_key
from sheets_automation.wiring_rules import rules_of
from sheets_automation.wiring_tempo import Tempo

NOW = "RELAY_NOW"
PLACEHOLDER_SENDER = "sender-not-set@relay.invalid"
"""Stands in an outbox where no sender is set; .invalid belongs to nobody (RFC 2606)."""
_HERE = Path(__file__).parent
T = TypeVar("T")


@dataclass(slots=True)
class Reading:
    """What was found out while the desk was made; `check` shows all of it, `send` refuses on any of it."""

    config: Config
    """The operator's, narrowed by the workbook's own 設定 tab."""
    warnings: tuple[SheetsAutomationError, ...] = ()
    """Settings of the workbook that were not taken over; the operator's stand."""
    problems: list[SheetsAutomationError] = field(default_factory=list)
    """Letters that cannot be written as they are: with any of these, nothing is sent."""


class Office:
    """One execution of one command: its configuration, its clock, and the making of everything else."""

    def __init__(self, config: Config, environ: dict[str, str] | None = None, folder: Path | None = None) -> None:
        self.config = config
        self.folder = folder or Path()
        """Where the configuration lies: what it names relatively is found from there."""
        self.environ = dict(os.environ) if environ is None else environ
        self.reading = Reading(config)
        self.has_no_sender = False
        """The letters go into an outbox under a placeholder."""
        self._sends_as = ""
        """The From address where the configuration names none."""
        self.leaves_by = config.sender.carrier
        """The carrier for which letters are judged."""
        self.seen: tuple[Snapshot, Desk] | None = None
        """The workbook as it was read last, and the desk that was made by it; kept for LINE alone, which asks again."""
        self.tempo = Tempo()
        """Whoever goes into many workbooks gives all of them the same."""

    @classmethod
    def open(cls, option: str | None, workbook: str | None, environ: dict[str, str] | None = None) -> Office:
        """Find and read the configuration. Raises ConfigurationError that names every mistake."""
        environ = with_erasure_key(environ, workbook)
        beside = Path(file_behind(workbook)) if workbook and "://" not in workbook else None
        found = find_config(Path(option) if option else None, os.environ, workbook=beside, here=Path.cwd())
        return cls(load_config(found), environ, found.parent) if found else cls(Config(), environ)

    def with_config(self, config: Config) -> Office:
        """An office in the same place that goes by another configuration."""
        other = Office(config, self.environ, self.folder)
        other.tempo = self.tempo
        return other

    @cached_property
    def timezone(self) -> tzinfo:
        """The workbook's zone."""
        return ZoneInfo(self.config.workbook.timezone)

    @cached_property
    def clock(self) -> Callable[[], datetime]:
        """The time now in the workbook's zone, or the moment that RELAY_NOW fixes for demos and tests."""
        fixed = self.environ.get(NOW)
        if not fixed:
            return lambda: datetime.now(self.timezone)
        try:
            moment = datetime.fromisoformat(fixed)
        except ValueError as error:
            raise ConfigurationError(
                f"環境変数 {NOW} の「{fixed}」は日時ではありません。2026-11-24T10:00:00+09:00 のように書いてください。",
                f"{NOW}={fixed} is no moment; write it like 2026-11-24T10:00:00+09:00.",
            ) from error
        moment = moment.replace(tzinfo=self.timezone) if moment.tzinfo is None else moment.astimezone(self.timezone)
        return lambda: moment

    def new_run(self, should_stop: Callable[[], bool] = never, part_of: str = "") -> Run:
        """A run with an id of its own, which begins with its moment so that people can tell runs apart.

        `part_of` is the id of a run of which this one is a stretch.
        """
        run_id = f"{self.clock():%Y%m%d-%H%M%S}-{secrets.token_hex(3).upper()}"
        if part_of:
            run_id = f"{part_of}.{secrets.token_hex(3).upper()}"
        return Run(
            id=run_id,
            clock=self.clock,
            new_code=lambda: make_code(secrets.token_bytes(RANDOM_BYTES)),
            actor=self._actor(),
            should_stop=should_stop,
        )

    def is_on_google(self, workbook: str) -> bool:
        """Whether the address is that of a spreadsheet, not the path of a file."""
        from sheets_automation.workbooks.addresses import spreadsheet_id

        return spreadsheet_id(workbook) is not None

    def open_workbook(self, address: str, *, exclusive: bool, is_journal_lost: bool = False) -> LogKeeper:
        """The workbook behind an address; `exclusive` for whoever will write, one at a time."""
        from sheets_automation.workbooks.addresses import spreadsheet_id

        if (found := spreadsheet_id(address)) is not None:
            from sheets_automation.wiring_google import open_spreadsheet

            return open_spreadsheet(self.config, self.environ, found, is_log_given_up=is_journal_lost, tempo=self.tempo)
        live = open_live(self.config, address, exclusive=exclusive, is_journal_lost=is_journal_lost)
        if live is not None:
            return live
        from sheets_automation.workbooks.excel_file import ExcelFileWorkbook

        return ExcelFileWorkbook(
            Path(address),
            exclusive=exclusive,
            timezone=self.config.workbook.timezone,
            keep_backups=self.config.excel.keep_backups,
            ours_alone=(self.config.workbook.log_tab,),
            is_journal_lost=is_journal_lost,
        )

    def open_carrier(self, address: str, workbook: str = "") -> Carrier:
        """The carrier behind an address, signed as the configuration says; `workbook` says whose letters they are."""
        from sheets_automation.carriers.addresses import GmailAddress, LineAddress, OutboxAddress, parse_carrier

        parsed, self.leaves_by = parse_carrier(address), address
        refusal_key(self.config, self.environ)  # a missing key stops here, not at the first letter
        if isinstance(parsed, OutboxAddress):
            self.has_no_sender = not self.config.sender.address
            self._sends_as = PLACEHOLDER_SENDER
            from sheets_automation.carriers.outbox import OutboxCarrier

            return OutboxCarrier(parsed.folder, self.compose_mail)
        if isinstance(parsed, GmailAddress):
            return self._open_gmail(parsed.mailbox, file_behind(workbook))
        if isinstance(parsed, LineAddress):
            return open_line(self)
        from sheets_automation.wiring_smtp import open_smtp

        return open_smtp(self.config, self.environ, parsed, self.compose_mail)

    def _open_gmail(self, mailbox: str, workbook: str) -> Carrier:
        from sheets_automation.wiring_google import open_gmail

        self._sends_as = self.config.sender.address or mailbox
        return open_gmail(self, mailbox, workbook)

    def open_inbox(self, address: str) -> Inbox:
        """Where what comes back to a carrier's mailbox arrives. ConfigurationError for a carrier that has none."""
        from sheets_automation.wiring_google import open_gmail_inbox

        return open_gmail_inbox(self, address)

    def compose_mail(self, outgoing: OutgoingLetter) -> bytes:
        """A letter as an Internet message, in the name that the configuration and the workbook give."""
        config = self.reading.config
        if not config.sender.address and self._sends_as:
            config = replace(config, sender=replace(config.sender, address=self._sends_as))
        from sheets_automation.core.message import compose_message

        refusal_url = refusal_address(self.config, self.environ, outgoing.to_address)
        return compose_message(outgoing, sender(config), date=self.clock(), refusal_url=refusal_url)

    def open_desk(self, snapshot: Snapshot) -> Desk:
        """Make the desk, and refuse if any letter is broken: the file below a broken one is not what HR wants sent."""
        desk = self.look_at_desk(snapshot)
        if self.reading.problems:
            raise self.reading.problems[0]
        return desk

    def look_at_desk(self, snapshot: Snapshot) -> Desk:
        """Make the desk, and gather everything that is wrong with settings and letters in `reading`."""
        self.reading = self._with_settings(snapshot)
        config = self.reading.config
        rules = rules_of(config, self.environ, self.leaves_by)
        headings = self._headings(snapshot, rules.headings)
        facts = letter_facts(config)
        composer = Composer(
            book=LetterBook(
                templates={letter.id: letter for letter in self._letters(snapshot, headings)},
                rules=letter_rules(config),
                default=config.letters.default,
                default_language=config.workbook.language,
            ),
            facts=facts,
            lint=lint_rules(config),
            referral_base_url=config.referral.base_url,
            invite=line_invitations(config, self.environ),
            refusal_url=refusal_link(self.config, self.environ),
            survey_url=survey_link(self.config, self.environ),
            by_line=is_line(self.leaves_by),
            partners=letter_partners(config, facts),
        )
        desk = Desk(
            rules=rules,
            compose=composer,
            headings_used=composer.headings_used(),
            letters=frozenset(letter.partition(".")[0] for letter in composer.book.templates),
            attachments=self._or_problem(self._attachments, ()),
            has_referral=bool(config.referral.base_url),
        )
        self.seen = (snapshot, desk) if is_line(self.leaves_by) else None
        return desk

    def _with_settings(self, snapshot: Snapshot) -> Reading:
        table = snapshot.tables.get(self.config.workbook.settings_tab)
        if table is None:
            return Reading(self.config)
        config, problems = apply_settings(self.config, table.rows({0, 1}))
        return Reading(config, tuple(ConfigurationError(problem.ja, problem.en) for problem in problems))

    def _headings(self, snapshot: Snapshot, rules: HeadingRules) -> Sequence[str] | None:
        """What the letters may use beside our own words; None where the candidates were not found."""
        try:
            return [text for _, text in locate_candidates(snapshot, rules).headings]
        except HeadingProblem as error:
            self.reading.problems.append(error)
            return None

    def _letters(self, snapshot: Snapshot, headings: Sequence[str] | None) -> list[LetterForm]:
        """The files, and the workbook's own letters, which replace files of the same name and language."""
        letters: list[LetterForm] = self._or_problem(lambda: [*self._letters_in_files()], [])
        table = snapshot.tables.get(self.config.workbook.letters_tab)
        if table is not None:
            from sheets_automation.core.letters_tab import templates_from_tab

            from_tab = templates_from_tab(table)
            letters += from_tab.letters
            self.reading.problems += from_tab.problems
        if headings is None:
            return letters
        known = (*OWN_FIELDS, *headings)
        for letter in letters:
            try:
                letter.check_variables(known)
            except LetterError as error:
                self.reading.problems.append(error)
        return letters

    def _or_problem(self, read: Callable[[], T], instead: T) -> T:
        """What `read` reads; where it cannot, the problem is kept for `check`, and stops whoever would send."""
        try:
            return read()
        except (ConfigurationError, LetterError) as error:
            self.reading.problems.append(error)
            return instead

    def _attachments(self) -> tuple[Attachment, ...]:
        return attachments_from([self.folder / name for name in self.config.letters.attachments])

    def _letters_in_files(self) -> Iterable[LetterForm]:
        own = self.config.letters.folder
        return templates_in(self.folder / own) if own else shipped_letters(data_folder("templates"))

    def _actor(self) -> str:
        return self.environ.get("RELAY_ACTOR") or self.environ.get("USER") or self.environ.get("USERNAME") or ""


def data_folder(name: str) -> Path:
    """A folder of files that come with the program: inside the installed package, or beside it in a checkout."""
    installed = _HERE / "_data" / name
    return installed if installed.is_dir() else _HERE.parent / name
