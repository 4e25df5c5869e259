"""`relay analyse`: compute the figures, rebuild the tab 分析, and print them."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from sheets_automation.commands.answer import DONE, NEEDS_A_PERSON, Answer
from sheets_automation.commands.listing import Sentence, listing
from sheets_automation.commands.texts import say
from sheets_automation.core.analysis import Analysis, Figure
from sheets_automation.core.analysis_document import analysis_document
from sheets_automation.core.analysis_view import SMALL
from sheets_automation.core.analysis_words import FIGURE_WORDS, in_words, picked
from sheets_automation.jobs.analyse import asked_period, show_analysis
from sheets_automation.wiring import Office

if TYPE_CHECKING:
    from rich.console import Console


def run(arguments: argparse.Namespace) -> Answer:
    """Rebuild the tab, for the period that is asked for or else that of the configuration."""
    period = None if arguments.period is None else asked_period(arguments.period)
    office = Office.open(arguments.config, arguments.workbook)
    with closing(office.open_workbook(arguments.workbook, exclusive=True)) as workbook:
        analysis = show_analysis(workbook, office.look_at_desk, office.new_run(), period)
        tab = office.config.workbook.analysis_tab
    return Answer(
        document={"workbook": arguments.workbook, **analysis_document(analysis, arguments.lang)},
        show=lambda console: _show(console, analysis, tab, arguments.lang),
        exit_code=NEEDS_A_PERSON if analysis.problems else DONE,
    )


def _show(console: Console, analysis: Analysis, tab: str, language: str) -> None:
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
    console.print()
    console.print(Sentence(say("analysis_shown", language, tab=tab, n=analysis.small_group)))


def _parts(figure: Figure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return "" if figure.denominator is None else f"n={figure.denominator:,.0f}"
    return figure.formula or f"{figure.numerator:,.0f} ÷ {figure.denominator:,.0f}"
