"""`relay tag`: propose tags by HR's own rules, show why, and add to HR's column what a person accepts."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.tag_texts import said
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.model import Candidate
from sheets_automation.core.tagging import counts
from sheets_automation.jobs.tag import Named, TagReport, look_at_tags, nobody, show_tags
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console

_MOST_SHOWN = 30


def run(arguments: argparse.Namespace) -> Answer:
    """Look, write proposals, or accept them."""
    writes = arguments.write or arguments.accept
    if arguments.only and not arguments.accept:
        raise ConfigurationError("--only は --accept と一緒に使います。", "--only goes with --accept.")
    office = Office.open(arguments.config, arguments.workbook)
    with closing(office.open_workbook(arguments.workbook, exclusive=writes)) as workbook:
        if writes:
            report = show_tags(workbook, office.look_at_desk, office.new_run(), _accepts(arguments))
        else:
            report = look_at_tags(workbook, office.look_at_desk, office.new_run())
    _refuse_unknown(arguments.only, report)
    return Answer(
        document=_document(report, arguments, writes=writes),
        show=lambda console: _show(console, report, arguments.lang, writes=writes),
        exit_code=NEEDS_A_PERSON if report.problems or report.kept else DONE,
        error=report.kept,
    )


def _accepts(arguments: argparse.Namespace) -> Named:
    if not arguments.accept:
        return nobody
    only = frozenset(arguments.only)
    return lambda one, _tag: not only or one.id in only


def _refuse_unknown(only: list[str], report: TagReport) -> None:
    known = {one.id for one in report.candidates}
    if unknown := [one for one in only if one not in known]:
        named = ", ".join(unknown)
        raise ConfigurationError(f"候補者ID {named} の方はいません。", f"There is no candidate {named}.")


def _document(report: TagReport, arguments: argparse.Namespace, *, writes: bool) -> dict[str, Any]:
    language = arguments.lang
    return {
        "workbook": arguments.workbook,
        "written": writes,
        "proposed": dict(counts(report.tagging)),
        "proposals": (
            {"candidate_id": one.id, "row": one.row, "tag": made.tag, "why": made.why(language)}
            for one, made in _proposals(report)
        ),
        "accepted": {candidate: list(tags) for candidate, tags in report.accepted.items()},
        "refused": {candidate: list(tags) for candidate, tags in report.refused.items()},
        "problems": [{"where": one.where, "text": one.text(language)} for one in report.problems],
        "resting": [{"where": one.where, "text": one.text(language)} for one in report.tagging.resting],
        "tidy": [
            {"label": one.label, "instead": one.instead, "people": one.people, "why": one.why(language)}
            for one in report.tidyings
        ],
    }


def _proposals(report: TagReport) -> Iterator[tuple[Candidate, Any]]:
    for one in report.candidates:
        for made in report.tagging.suggestions.get(one.row, ()):
            yield one, made


def _show(console: Console, report: TagReport, language: str, *, writes: bool) -> None:
    found = list(_proposals(report))
    if found:
        _print(console, "proposed", language, people=len(report.tagging.suggestions), n=len(found))
        for tag, people in counts(report.tagging).most_common():
            _print(console, "by_tag", language, tag=tag, n=people)
        table = listing(*(said(key, language) for key in ("row", "id", "tag", "why")), right=(0,), fixed=(0, 1))
        for one, made in found[:_MOST_SHOWN]:
            table.add_row(str(one.row), Sentence(one.id), Sentence(made.tag), Sentence(made.why(language)))
        console.print(table)
        if len(found) > _MOST_SHOWN:
            _print(console, "more", language, n=len(found) - _MOST_SHOWN)
    else:
        _print(console, "none_proposed", language)
    for key, told in (("problems", report.problems), ("resting", report.tagging.resting)):
        if told:
            _print(console, key, language)
        for problem in told:
            _print(console, "problem", language, where=problem.where or "-", text=problem.text(language))
    _show_tidyings(console, report, language)
    _show_ending(console, report, language, writes=writes)


def _show_tidyings(console: Console, report: TagReport, language: str) -> None:
    if report.tidyings:
        _print(console, "tidy", language)
    for one in report.tidyings[:_MOST_SHOWN]:
        facts = {"label": one.label, "instead": one.instead, "n": one.people, "why": one.why(language)}
        _print(console, "tidying", language, **facts)


def _show_ending(console: Console, report: TagReport, language: str, *, writes: bool) -> None:
    if writes and not report.has_rules_tab:
        _print(console, "rules_made", language)
    if report.refused:
        _print(console, "refused", language, n=len(report.refused))
    if report.accepted:
        _print(console, "accepted", language, n=len(report.accepted))
    elif report.tagging.suggestions:
        _print(console, "written" if writes else "not_written", language)


def _print(console: Console, key: str, language: str, **facts: object) -> None:
    console.print(Sentence(said(key, language, **facts)))
