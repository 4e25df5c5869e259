"""The analysis as plain data, for programs and for the page: figures with their definitions, and no address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheets_automation.core.analysis import Analysis, Figure, GroupLine, Rate, StageLine
from sheets_automation.core.analysis_loop_words import loop_document
from sheets_automation.core.analysis_words import FIGURE_WORDS, in_words, picked
from sheets_automation.core.survey import Survey

Document = dict[str, Any]


def analysis_document(analysis: Analysis, language: str) -> Document:
    """Everything, in the order of the tab."""
    return {
        "as_of": analysis.as_of.isoformat(timespec="seconds"),
        "period": analysis.period.text(language),
        "small_group": analysis.small_group,
        "figures": [_figure(figure, language) for figure in analysis.figures],
        "stages": [_stage(stage) for stage in analysis.stages],
        "media": [_group(line) for line in analysis.media],
        "openings": [_group(line) for line in analysis.openings],
        "tags": [_group(line) for line in analysis.tags],
        "skills": [_group(line) for line in analysis.skills],
        "months": [
            {"month": f"{one.month:%Y-%m}", "applied": one.applied, "rejected": one.rejected, "sent": one.sent}
            for one in analysis.months
        ],
        "waiting": [
            {
                "row": one.row,
                "candidate_id": one.candidate_id,
                "name": one.name,
                "opening": one.opening,
                "days": one.days,
            }
            for one in analysis.waiting
        ],
        "survey": _survey(analysis.survey),
        "undated": analysis.undated,
        "withheld": analysis.withheld,
        "unknown_stages": [{"name": word, "rows": rows} for word, rows in analysis.unknown_stages],
        "loop": loop_document(analysis.loop, language),
        "problems": [
            {"name": "record", "text": problem.ja if language == "ja" else problem.en} for problem in analysis.problems
        ],
    }


def _survey(survey: Survey) -> Document:
    return {
        "answers": survey.answers,
        "mean": survey.mean,
        "counts": list(survey.counts),
        "lines": [
            {"first": f"{one.first:%Y-%m}", "last": f"{one.last:%Y-%m}", "answers": one.answers, "mean": one.mean}
            for one in survey.lines
        ],
    }


def _figure(figure: Figure, language: str) -> Document:
    words = FIGURE_WORDS[figure.id]
    return {
        "id": figure.id.value,
        "name": picked(words.name, language),
        "unit": figure.unit.value,
        "value": figure.value,
        "shown": in_words(figure, language),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "formula": figure.formula,
        "definition": picked(words.definition, language),
        "period_by": picked(words.period, language),
        "small": figure.is_small,
    }


def _stage(stage: StageLine) -> Document:
    return {
        "name": stage.name,
        "reached": stage.reached,
        "passed": stage.passed,
        "rejected": stage.rejected,
        "withdrawn": stage.withdrawn,
        "not_considered": stage.not_considered,
        "going": stage.going,
        "pass_rate": stage.pass_rate.value,
        "small": stage.is_small,
    }


def _group(line: GroupLine) -> Document:
    return {
        "name": line.name,
        "applications": line.applications,
        **{outcome.value: count for outcome, count in line.outcomes.items()},
        "stages": [_passed(stage) for stage in line.stages[:-1]],
        "hire_rate": line.hire_rate.value,
        "told": line.told,
        "to_tell": line.to_tell,
        "follow_up_rate": Rate(line.told, line.to_tell).value,
        "cost": line.cost,
        "cost_per_application": line.cost_per_application,
        "cost_per_hire": line.cost_per_hire,
        "small": line.is_small,
    }


def _passed(stage: StageLine) -> Mapping[str, object]:
    rate = stage.pass_rate
    return {"name": stage.name, "reached": stage.reached, "passed": rate.part, "known": rate.whole, "rate": rate.value}
