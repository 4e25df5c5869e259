"""事故報告の下書き: what the log knows of an incident, under the headings of a report to the authority.

It holds numbers, moments and who acted, and no name, address or id of any candidate: it is handed on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Final

from sheets_automation.core import incident_words as words
from sheets_automation.core.addresses import match_key
from sheets_automation.core.approvals import person_of
from sheets_automation.core.delivery_log import STOP_KINDS, DeliveryEvent, EventKind
from sheets_automation.core.incident import LetterThatLeft
from sheets_automation.core.model import Candidate, DeliveryState, LetterKind, whole_run
from sheets_automation.core.wording import day_in_words, minute_in_words

_DAYS: Final = {"preliminary": (3, 5), "final": (30, 30), "final_wrongful": (60, 60)}
_STYLE: Final = (
    ":root{color-scheme:light}body{margin:2rem auto;max-width:46rem;padding:0 1rem;background:#fff;color:#1c2733;"
    "font:15px/1.75 'Hiragino Sans','Yu Gothic',Meiryo,'Noto Sans CJK JP','Noto Sans JP',sans-serif}"
    "h1{font-size:1.35rem;line-height:1.45}h2{font-size:1.05rem;margin:1.8rem 0 .5rem;border-bottom:1px solid #b9c4cf;"
    "padding-bottom:.2rem;break-after:avoid}p.note{color:#4a5868}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #b9c4cf;padding:.35rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{font-weight:600;background:#f2f5f8;width:45%}tr{break-inside:avoid}ul{padding-left:1.2rem;list-style:none}"
    "@media print{body{margin:0;max-width:none;font-size:10.5pt}@page{margin:18mm}}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFacts:
    """What the report is made from."""

    workbook: str
    letters: Sequence[LetterThatLeft]
    events: Sequence[DeliveryEvent]
    rows: Mapping[str, Candidate]
    since: datetime
    until: datetime | None
    aware: datetime
    """When it became known: deadlines count from that day."""
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with lines and a table of two columns below it."""

    title: str
    rows: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReport:
    """The whole document, before it is written down in one form or another."""

    language: str
    title: str
    note: str
    parts: tuple[Part, ...]

    def as_markdown(self) -> str:
        """For a file that people go on writing in."""
        blocks = [f"# {self.title}", self.note]
        for part in self.parts:
            blocks.append(f"## {part.title}")
            if part.rows:
                blocks.append(
                    "\n".join(["| | |", "|---|---|", *(f"| {_cell(a)} | {_cell(b)} |" for a, b in part.rows)])
                )
            if part.lines:
                blocks.append("\n".join(f"- {_cell(line)}" for line in part.lines))
        return "\n\n".join(blocks) + "\n"

    def as_html(self) -> str:
        """For print: one page without script, picture or anything from elsewhere."""
        body = "".join(map(_html_of, self.parts))
        return (
            f'<!doctype html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            f"<title>{escape(self.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
            f'<h1>{escape(self.title)}</h1>\n<p class="note">{escape(self.note)}</p>\n{body}</body>\n</html>\n'
        )


def incident_report(facts: IncidentFacts, language: str) -> IncidentReport:
    """The draft of a report, in the order of the nine items of the authority's form."""
    one = 0 if language == "ja" else 1

    def say(key: str) -> str:
        return words.ITEMS[key][one]

    def part(key: str, rows: Iterable[tuple[str, str]] = (), lines: Iterable[words.Words] = ()) -> Part:
        return Part(
            title=say(key),
            rows=tuple((say(name), value) for name, value in rows),
            lines=tuple(line[one] for line in lines),
        )

    fill = words.FILL[one]
    return IncidentReport(
        language=language,
        title=words.TITLE[one],
        note=words.DRAFT[one],
        parts=(
            part("basics", [*_basics(facts), ("found_by", fill), ("officer", fill)]),
            part("deadlines", _deadlines(facts.aware)),
            part("summary", _counts(facts.letters)),
            Part(title=say("templates"), rows=tuple(_templates(facts.letters))),
            Part(title=say("timeline"), rows=tuple(_timeline(facts, one))),
            part("data", lines=words.DATA),
            part("persons", _persons(facts)),
            part("cause", lines=words.CAUSES),
            part("damage", lines=words.DAMAGE),
            part("measures", lines=words.MEASURES),
            part("publication", lines=words.PUBLICATION),
            part("prevention", lines=words.PREVENTION),
            part("other", lines=[words.FILL]),
            part("law", lines=words.LAW),
        ),
    )


def _basics(facts: IncidentFacts) -> Iterator[tuple[str, str]]:
    yield "workbook", facts.workbook
    yield "made", minute_in_words(facts.now)
    yield "span", f"{minute_in_words(facts.since)} – {minute_in_words(facts.until or facts.now)}"
    yield "aware", minute_in_words(facts.aware)


def _deadlines(aware: datetime) -> Iterator[tuple[str, str]]:
    """The day of becoming aware is the first day; weekends count."""
    for key, (first, last) in _DAYS.items():
        days = [day_in_words(aware + timedelta(days=number - 1)) for number in dict.fromkeys((first, last))]
        yield key, " – ".join(days)


def _counts(letters: Sequence[LetterThatLeft]) -> Iterator[tuple[str, str]]:
    states = Counter(letter.state for letter in letters)
    yield "letters", f"{len(letters):,}"
    yield "uncertain", f"{states[DeliveryState.UNCERTAIN] + states[DeliveryState.PREPARED]:,}"
    yield "bounced", f"{states[DeliveryState.BOUNCED]:,}"
    yield "replied", f"{sum(letter.replied_at is not None for letter in letters):,}"


def _templates(letters: Sequence[LetterThatLeft]) -> Iterator[tuple[str, str]]:
    for template, number in Counter(letter.claim.template for letter in letters).most_common():
        yield template or "–", f"{number:,}"


def _persons(facts: IncidentFacts) -> Iterator[tuple[str, str]]:
    sent_to = {letter.claim.key.candidate_id: letter.claim.to_address for letter in facts.letters}
    gone = sent_to.keys() - facts.rows.keys()
    changed = [one for one in sent_to.keys() - gone if facts.rows[one].address.value != sent_to[one]]
    yield "addresses", f"{len({match_key(letter.claim.to_address) for letter in facts.letters}):,}"
    yield "rows", f"{len(sent_to):,}"
    yield "changed", f"{len(changed):,}"
    yield "gone", f"{len(gone):,}"


def _timeline(facts: IncidentFacts, one: int) -> Iterator[tuple[str, str]]:
    """Runs, stops and apologies, in the order of the log."""
    happened = [*_runs(facts.letters), *_stops_and_apologies(facts.events, facts.since)]
    for at, key, values in sorted(happened, key=lambda entry: entry[0]):
        yield minute_in_words(at), words.HAPPENED[key][one].format(**values)


Happened = tuple[datetime, str, dict[str, str]]


def _runs(letters: Sequence[LetterThatLeft]) -> Iterator[Happened]:
    runs: dict[str, list[LetterThatLeft]] = {}
    for letter in letters:
        runs.setdefault(whole_run(letter.claim.run_id), []).append(letter)
    for run, group in runs.items():
        first = min(letter.at for letter in group)
        yield first, "run", {"n": str(len(group)), "run": run, "actor": _who(group[0].claim.actor)}
    if letters:
        yield max(letter.at for letter in letters), "last_letter", {}


def _stops_and_apologies(events: Sequence[DeliveryEvent], since: datetime) -> Iterator[Happened]:
    apologies: dict[str, list[DeliveryEvent]] = {}
    for event in events:
        if event.at < since:
            continue
        if event.kind in STOP_KINDS:
            key = "frozen" if event.kind is EventKind.FROZEN else "thawed"
            yield event.at, key, {"actor": _who(event.actor)}
        elif event.key.kind is LetterKind.APOLOGY and event.kind is EventKind.SENT:
            apologies.setdefault(whole_run(event.run_id), []).append(event)
    for run, group in apologies.items():
        yield group[0].at, "apology", {"n": str(len(group)), "run": run, "actor": _who(group[0].actor)}


def _who(actor: str) -> str:
    return person_of(actor) or "–"


def _cell(text: str) -> str:
    """Text for a line of Markdown: a workbook may be called anything."""
    return " ".join(text.replace("|", "\\|").split())


def _html_of(part: Part) -> str:
    rows = "".join(f"<tr><th>{escape(a)}</th><td>{escape(b)}</td></tr>\n" for a, b in part.rows)
    table = f"<table>\n{rows}</table>\n" if rows else ""
    lines = "".join(f"<li>{escape(line)}</li>\n" for line in part.lines)
    return f"<h2>{escape(part.title)}</h2>\n{table}{f'<ul>{lines}</ul>' if lines else ''}\n"
