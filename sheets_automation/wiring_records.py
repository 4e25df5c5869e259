"""Taking in what the public links and the LINE webhook heard; before each sending, too: a refusal counts at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from sheets_automation.core.line_codes import line_code
from sheets_automation.core.line_records import LineRecordsRead
from sheets_automation.core.link_records import LinkUse, RecordsRead
from sheets_automation.core.partner_records import PartnerRecordsRead
from sheets_automation.core.refusal_codes import is_genuine, refusal_code
from sheets_automation.jobs.collect import CollectReport, collect
from sheets_automation.jobs.line_links import LineReport, take_in_line
from sheets_automation.jobs.run import Run
from sheets_automation.jobs.survey import AnswersTaken, collect_answers
from sheets_automation.ports import Workbook
from sheets_automation.record_files import read_line_files, read_link_files, read_partner_files
from sheets_automation.wiring import Office
from sheets_automation.wiring_line import line_keys
from sheets_automation.wiring_links import link_keys, linked_partner, survey_desk


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksTaken:
    """What the files of the public links held, and what became of it."""

    read: RecordsRead
    reported: PartnerRecordsRead
    answers: AnswersTaken
    report: CollectReport
    foreign: int
    """Refusals by codes that none of our keys has made: whose they are cannot be told."""
    has_partner: bool

    @property
    def unreadable(self) -> int:
        """Lines that nobody can read."""
        return self.read.unreadable + self.reported.unreadable


def take_in_links(office: Office, workbook: Workbook, run: Run, files: Iterable[Path]) -> LinksTaken:
    """Append clicks, refusals, answers and reports that are new. Raises ConfigurationError for an unreadable file."""
    files, config, environ = list(files), office.config, office.environ
    read, reported = read_link_files(files), read_partner_files(files)
    keys, partner = link_keys(environ), linked_partner(config)
    open_desk = office.look_at_desk  # a letter that is broken stops no refusal
    answers = collect_answers(workbook, open_desk, run, read.records, survey_desk(config, environ))
    report = collect(
        workbook,
        open_desk,
        run,
        read.records,
        codes_of=lambda address: [refusal_code(address, key) for key in keys],
        partner=partner.id if partner else "",
        reports=reported.records,
    )
    refusals = {record.code for record in read.records if record.use is LinkUse.REFUSAL}
    foreign = sum(not is_genuine(code, keys) for code in refusals)
    return LinksTaken(
        read=read, reported=reported, answers=answers, report=report, foreign=foreign, has_partner=partner is not None
    )


def take_in_chats(
    office: Office,
    workbook: Workbook,
    run: Run,
    files: Iterable[Path],
    *,
    end: Collection[str] = (),
) -> tuple[LineRecordsRead, LineReport]:
    """Append the links and ends of LINE that are new. Raises ConfigurationError for an unreadable file."""
    read = read_line_files(files)
    keys = line_keys(office.environ) if read.records else ()
    report = take_in_line(
        workbook,
        office.look_at_desk,  # a letter that is broken stops no end of a link
        run,
        read.records,
        codes_of=lambda one, address, links: [line_code(one, address, links, key) for key in keys],
        end=end,
    )
    return read, report


def heed_records(office: Office, workbook: Workbook) -> None:
    """Take in what has come, where the configuration says where it is noted."""
    run = office.new_run()
    if links := office.config.links.records:
        take_in_links(office, workbook, run, [office.folder / links])
    if chats := office.config.line.records:
        take_in_chats(office, workbook, run, [office.folder / chats])
