"""The list of past candidates is as good as docs/rediscovery.md says, on people by whom no weight was chosen."""

import re
from pathlib import Path

from sheets_automation.core.rediscovery import WEIGHTS, Weights
from tests.rediscovery.labelled import fields, labelled
from tests.rediscovery.measuring import at_random, by_keywords, by_rediscovery, precision

PAGE = (Path(__file__).parents[2] / "docs" / "rediscovery.md").read_text(encoding="utf-8")


def published(name):
    """The two figures of a line of the page."""
    return [
        float(cell) for cell in re.search(rf"^\| {re.escape(name)} \| (.*) \|$", PAGE, re.MULTILINE)[1].split(" | ")
    ]


def test_the_held_out_precision_is_no_lower_than_what_is_published():
    assert round(precision(labelled("held"), by_rediscovery()), 2) >= published("`relay match`")[1]


def test_the_published_figures_of_the_others_are_those_of_today():
    held = labelled("held")

    assert round(precision(held, by_keywords), 2) == published("plain keyword search")[1]
    assert round(at_random(held), 2) == published("drawing lots")[1]


def test_the_page_names_the_weights_that_are_used():
    for weight in (WEIGHTS.skills, WEIGHTS.text, WEIGHTS.role, WEIGHTS.stage, WEIGHTS.tags):
        assert f"({weight:g})" in PAGE


def test_the_measure_sees_a_ranking_that_does_not_look_at_skills():
    held = labelled("held")
    blind = Weights(skills=0.0, text=0.0, role=1.0)

    assert precision(held, by_rediscovery(blind)) < precision(held, by_rediscovery()) - 0.1


def test_no_field_and_no_wording_of_the_held_out_part_took_part_in_choosing():
    said = {
        part: {one for f in fields() if f.part == part for s in f.skills for one in s.said}
        for part in ("chosen", "held")
    }

    assert said["chosen"].isdisjoint(said["held"])
    assert {field.name for field in fields() if field.part == "held"}
    assert labelled("held").pairs + labelled("chosen").pairs >= 300


def test_the_same_seed_makes_the_same_people_and_labels():
    one, other = labelled("held"), labelled("held")

    assert one == other
