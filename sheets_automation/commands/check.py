"""`relay check`: everything that is wrong, all at once, with the cell to look at."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import say
from sheets_automation.config import Config, ConfigurationWrong
from sheets_automation.config.consistency import is_served, missing_for_service
from sheets_automation.config.problems import Problem
from sheets_automation.config.samples import sample_values
from sheets_automation.core.campaigns import Means
from sheets_automation.core.errors import ConfigurationError, HeadingProblem, LogDamaged
from sheets_automation.core.reasons import Reason
from sheets_automation.core.table import Snapshot
from sheets_automation.jobs.check import CheckProblem, Found, find_problems, problems_of_rows
from sheets_automation.jobs.desk import at_any_time
from sheets_automation.jobs.plan import plan_letters
from sheets_automation.jobs.situation import understand
from sheets_automation.wiring import Office
from sheets_automation.wiring_checks import is_the_example
from sheets_automation.wiring_follow_up import FollowUpOffice
from sheets_automation.wiring_links import link_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

_NO_COMPANY = CheckProblem(
    where="設定",
    name="company_name_missing",
    ja="会社名がありません。設定タブの「会社名」か、設定ファイルの [company] name に書いてください。",
    en="The company's name is missing; write it into the tab 設定 (会社名) or [company] name.",
)


def run(arguments: argparse.Namespace) -> Answer:
    """Look at everything; change nothing. A workbook that cannot be read at all is an error, not a finding."""
    office, found = _open(arguments)
    is_configured = not found
    with closing(office.open_workbook(arguments.workbook, exclusive=False)) as workbook:
        snapshot = workbook.read()
        desk = office.look_at_desk(snapshot)
        links = link_problems(office.config, office.environ)
        news = FollowUpOffice(office).look_ahead(snapshot)
        reading = Found(warnings=office.reading.warnings, problems=office.reading.problems, links=links, news=news)
        found += find_problems(snapshot, desk, reading, office.new_run(), title=workbook.title)
        found += _news_by_line(office, snapshot)
    if is_served(office.config):
        missing = missing_for_service(office.config)
        found += map(_of_setting, missing)
    is_tried = office.config.sender.carrier.startswith("outbox:")  # nobody but us sees what stays here
    if is_configured and not is_tried and not is_the_example(arguments.config):
        found += map(_of_setting, sample_values(office.config))
    if not office.reading.config.company.name and is_configured:
        found.append(_NO_COMPANY)
    language = arguments.lang
    return Answer(
        document={
            "workbook": arguments.workbook,
            "problems": [
                {"where": one.where, "name": one.name, "text": one.ja if language == "ja" else one.en} for one in found
            ],
        },
        show=lambda console: _show(console, found, arguments),
        exit_code=NEEDS_A_PERSON if found else DONE,
    )


def _of_setting(problem: Problem) -> CheckProblem:
    return CheckProblem(where=problem.key, name=ConfigurationError.name, ja=problem.ja, en=problem.en)


def _news_by_line(office: Office, snapshot: Snapshot) -> Iterator[CheckProblem]:
    """Letters of campaigns that cannot be shown in a chat: whoever sends them may do so long after this check."""
    if office.config.workbook.campaigns_tab not in snapshot.tables:
        return
    news = FollowUpOffice(office)
    news.leaves_by = "line:"
    try:
        desk = news.look_at_desk(snapshot)
        if news.campaigns and any(one.means is not Means.MAIL for one in news.campaigns.active):
            situation = understand(snapshot, desk.rules, desk.headings_used)
            plan = plan_letters(situation, at_any_time(desk), office.new_run())
            yield from problems_of_rows(plan, desk.rules.tabs.letters, {Reason.LETTER_BROKEN})
    except (HeadingProblem, LogDamaged):
        return  # told already


def _open(arguments: argparse.Namespace) -> tuple[Office, list[CheckProblem]]:
    """With a wrong configuration, name all that is wrong in it, and go on by the built-in one."""
    try:
        return Office.open(arguments.config, arguments.workbook), []
    except ConfigurationWrong as wrong:
        found = [CheckProblem(where=one.key, name=wrong.name, ja=one.ja, en=one.en) for one in wrong.problems]
        return Office(Config()), found


def _show(console: Console, found: list[CheckProblem], arguments: argparse.Namespace) -> None:
    language = arguments.lang
    if not found:
        console.print(Sentence(say("no_problems", language)))
        console.print(Sentence(say("next_plan", language, workbook=arguments.workbook)))
        return
    console.print(say("problems", language, n=len(found)), style="bold")
    table = listing(say("where", language), say("why", language))
    for one in found:
        table.add_row(Sentence(one.where), Sentence(one.ja if language == "ja" else one.en))
    console.print(table)
    console.print()
    console.print(Sentence(say("next_check", language)))
