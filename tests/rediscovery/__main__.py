"""Measure rediscovery on labelled pairs: `python -m tests.rediscovery [--write docs/rediscovery.md] [--choose]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sheets_automation.core.rediscovery import COOLING, WEIGHTS
from tests.rediscovery.labelled import ASKED, ENOUGH, fields, labelled
from tests.rediscovery.measuring import (
    TEN,
    at_best,
    at_random,
    best,
    by_keywords,
    by_keywords_and_filter,
    by_rediscovery,
    choices,
    precision,
)

PARTS = ("chosen", "held")
TEXT = """# How well past candidates are found

`relay match` lists past candidates for an opening. This page says how often the list is right, on made-up people,
and how to measure it again: `.venv/bin/python -m tests.rediscovery --write docs/rediscovery.md`.

## The figures

Precision at {ten}: of the first {ten} people on the list, how many fit; the mean over the openings of a part.

| | part for choosing | part held out |
|---|---|---|
{rows}

The held-out part is the one to believe: other fields of work, other people, other words. No weight and no word of the
list of skills was chosen by it, and `tests/rediscovery/test_precision.py` keeps it from falling below what stands here.

## The labelled pairs

{pairs} pairs of a candidate and an opening: {fields} fields of work, two openings in each, {people} people in each
part.

- `tests/rediscovery/fields.txt` holds, written by hand, what openings ask for and three ways in which people say
  that they have it: {skills} things in {phrases} wordings. Widths, English and Japanese names, and sentences
  without any keyword are mixed.
- `tests/rediscovery/labelled.py` makes people from it by a fixed seed: some of the field's skills and perhaps one
  of another field, in two cells, with remarks about other things, some about age, sex or family, and some denials
  (「Python は未経験」).
- A pair fits if, by how the person was made and not by what is written, all of this is true: at least {enough} of
  the {asked} things asked for; the first interview or later; a result that is {days} days old or older.

The fields of the part for choosing: {chosen}. Held out: {held}.

## How the list is made

1. Who may be thought of at all: rejected or withdrawn, and the guards of letters hold (refusals, 保留, another row
   that is alive, agencies, addresses that came back, names and ids that are in order). Everybody else is counted by
   reason.
2. A score from five parts, each from 0 to 1, with these weights: what is asked for and shown ({weights.skills:g}),
   the opening's words in the whole text ({weights.text:g}), and in the name of the opening applied for
   ({weights.role:g}), how far they came ({weights.stage:g}), tags ({weights.tags:g}). Within a year of the result
   {weights.cooling:g} is taken off.
3. Something that is asked for counts as shown if one of its skills is mentioned and not denied, under any name of a
   list written by hand (`sheets_automation/core/rediscovery_skills.py`); else by the share of its telling words.
4. Words are Latin words, pairs of kanji, and four kana in a row. Of a candidate's text only those count that the
   opening says, too, each once, and more the fewer people have them: BM25 of SQLite's full-text index, in memory,
   without its discount for length. Nothing leaves the computer, and nothing is learnt from the sheet.

The weights were chosen from {choices} combinations on the part for choosing
(`python -m tests.rediscovery --choose` does it again).

## What is never used

Only columns whose headings say that they are about work are read (`PROFILE_WORDS` in
`sheets_automation/core/rediscovery_text.py`): a list of what is read, so that age, sex, address, photograph or
family, whatever their columns are called, are not. In the text that is read, a word that the opening does not say
changes nobody's score, whatever it is and however often it stands there. For openings that do say such words, whatever
stands between two blanks or signs and speaks of age, sex, origin, creed, family, health or a union is left out, on both
sides, before anything is compared. That list can never be complete; an opening that names what is not on it is HR's to
notice. `tests/rediscovery/test_forbidden.py` writes arbitrary texts, and such words on the list and off it, into the
cells, and no score changes.

## What the figures do not say

- The people are made up. Real remarks are longer, and say less about what somebody can do.
- The same hand wrote the list of skills and the held-out sentences, though not with an eye on each other. Expect
  less in a field of which the list knows nothing, such as a rare craft.
- That somebody fits is not that they want to come. The list is a proposal; a person reads it, and no letter is sent
  by it.
"""


def main() -> None:
    """Print the figures, or write the page."""
    parser = argparse.ArgumentParser(prog="python -m tests.rediscovery")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--choose", action="store_true")
    arguments = parser.parse_args()
    if arguments.choose:
        sys.stdout.write(f"{best(labelled('chosen'))}\n")
        return
    text = page()
    if arguments.write:
        arguments.write.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text.split("## The labelled")[0])


def page() -> str:
    """The page with the figures of now."""
    all_fields = fields()
    skills = [skill for field in all_fields for skill in field.skills]
    parts = [labelled(part) for part in PARTS]
    return TEXT.format(
        ten=TEN,
        rows=table(),
        pairs=f"{sum(part.pairs for part in parts):,}",
        fields=len(all_fields),
        people=len(parts[0].people),
        skills=len(skills),
        phrases=sum(len(skill.said) for skill in skills),
        enough=ENOUGH,
        asked=ASKED,
        days=COOLING.days,
        chosen="、".join(field.name for field in all_fields if field.part == "chosen"),
        held="、".join(field.name for field in all_fields if field.part == "held"),
        weights=WEIGHTS,
        choices=len(choices()),
    )


def table() -> str:
    """The rows of the table of figures."""
    chosen, held = (labelled(part) for part in PARTS)
    rankings = {
        "plain keyword search": by_keywords,
        "the same, in a sheet filtered by hand to interviewed and a year ago": by_keywords_and_filter,
        "`relay match`": by_rediscovery(),
    }
    lines = [("drawing lots", at_random(chosen), at_random(held))]
    lines += [(name, precision(chosen, ranking), precision(held, ranking)) for name, ranking in rankings.items()]
    lines.append(("whoever knows the labels", at_best(chosen), at_best(held)))
    return "\n".join(f"| {name} | {one:.2f} | {other:.2f} |" for name, one, other in lines)


if __name__ == "__main__":
    main()
