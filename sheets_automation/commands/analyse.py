"""`relay analyse`: compute the figures, rebuild the tab 分析, and print them; or those of many exported workbooks."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import say
from sheets_automation.config.rules import analysis_rules
from sheets_automation.core.analysis import Analysis, Figure, GroupLine, Rate
from sheets_automation.core.analysis_document import analysis_document
from sheets_automation.core.analysis_period import Period
from sheets_automation.core.analysis_view import SMALL
from sheets_automation.core.analysis_words import FIGURE_WORDS, in_words, picked
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.jobs.analyse import asked_period, show_analysis
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console

    from sheets_automation.exports.group_analysis import GroupAnalysis

_COUNTED: Final = ("analysis_applications", "analysis_hires", "analysis_follow_up")
_MOST_GROUPS: Final = 15


def run(arguments: argparse.Namespace) -> Answer:
    """Rebuild the tab, for the period that is asked for or else that of the configuration."""
    if bool(arguments.workbook) == bool(arguments.exported):
        raise ConfigurationError(
            "ブックか、--exported で書き出したフォルダの、どちらか一つを指定してください。",
            "Name either a workbook, or a folder of exported tables with --exported.",
        )
    period = None if arguments.period is None else asked_period(arguments.period)
    if arguments.exported:
        return _of_many(arguments, period)
    office = Office.open(arguments.config, arguments.workbook)
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        analysis = show_analysis(workbook, office.look_at_desk, office.new_run(), period)
        tab = office.config.workbook.analysis_tab
    return Answer(
        document={"workbook": arguments.workbook, **analysis_document(analysis, arguments.lang)},
        show=lambda console: _show(console, analysis, tab, arguments.lang),
        exit_code=NEEDS_A_PERSON if analysis.problems else DONE,
    )


def _of_many(arguments: argparse.Namespace, period: Period | None) -> Answer:
    """The figures of all workbooks that were exported; writes nothing."""
    from sheets_automation.exports.group_analysis import analyse_exported

    rules = analysis_rules(Office.open(arguments.config, None).config)
    found = analyse_exported(Path(arguments.exported), rules, rules.period if period is None else period)
    return Answer(
        document={
            "exported": arguments.exported,
            **analysis_document(found.analysis, arguments.lang),
            "workbooks": [asdict(line) for line in found.workbooks],
        },
        show=lambda console: _show_many(console, found, arguments.lang),
        exit_code=NEEDS_A_PERSON if found.analysis.problems else DONE,
    )


def _show_many(console: Console, found: GroupAnalysis, language: str) -> None:
    _show_figures(console, found.analysis, language)
    for heading, lines in (("analysis_media", found.analysis.media), ("analysis_openings", found.analysis.openings)):
        _show_groups(console, say(heading, language), lines, language)
    console.print()
    table = listing(*_headings(("analysis_workbook", *_COUNTED), language), right=(1, 2, 3), fixed=(1, 2, 3))
    for one in found.workbooks:
        counts = (f"{one.applications:,}", f"{one.hires:,}", _share(Rate(one.told, one.to_tell)))
        table.add_row(Sentence(one.name), *counts)
    console.print(table)


def _show_groups(console: Console, name: str, lines: Sequence[GroupLine], language: str) -> None:
    console.print()
    table = listing(name, *_headings(_COUNTED, language), right=(1, 2, 3), fixed=(1, 2, 3))
    for line in lines[:_MOST_GROUPS]:
        counts = (f"{line.applications:,}", f"{line.hired:,}", _share(Rate(line.told, line.to_tell)))
        table.add_row(Sentence(line.name or say("analysis_unnamed", language)), *counts)
    console.print(table)


def _headings(keys: Sequence[str], language: str) -> list[str]:
    return [say(key, language) for key in keys]


def _share(rate: Rate) -> str:
    return "–" if rate.value is None else f"{rate.value:.1%}"


def _show(console: Console, analysis: Analysis, tab: str, language: str) -> None:
    _show_figures(console, analysis, language)
    console.print()
    console.print(Sentence(say("analysis_shown", language, tab=tab, n=analysis.small_group)))


def _show_figures(console: Console, analysis: Analysis, language: str) -> None:
    console.print(Sentence(say("analysis_period", language, period=analysis.period.text(language))))
    columns = ("analysis_figure", "analysis_value", "analysis_parts", "analysis_definition")
    table = listing(*(say(heading, language) for heading in columns), right=(1,), fixed=(1, 2))
    for figure in analysis.figures:
        words = FIGURE_WORDS[figure.id]
        value = f"{SMALL} {in_words(figure, language)}" if figure.is_small else in_words(figure, language)
        definition = Sentence(picked(words.definition, language))
        table.add_row(Sentence(picked(words.name, language)), value, _parts(figure), definition)
    console.print(table)
    for problem in analysis.problems:
        console.print(Sentence(problem.ja if language == "ja" else problem.en))


def _parts(figure: Figure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return "" if figure.denominator is None else f"n={figure.denominator:,.0f}"
    return figure.formula or f"{figure.numerator:,.0f} ÷ {figure.denominator:,.0f}"
