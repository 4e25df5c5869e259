"""Cells of a candidate's row: whatever they hold, each reader gives what it promises, and nothing worse than a no."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import policy
from email.parser import BytesParser
from functools import lru_cache

from sheets_automation.core.addresses import match_key, read_address
from sheets_automation.core.candidates import CandidateRules, read_candidates
from sheets_automation.core.cells import date_text, folded, number, split_tags, text, truth
from sheets_automation.core.dates import date_time
from sheets_automation.core.decisions import DECISION_WORDS
from sheets_automation.core.headings import ALIASES, Field
from sheets_automation.core.layout import Layout, locate_candidates
from sheets_automation.core.message import Sender, compose_message
from sheets_automation.core.mime import one_line
from sheets_automation.core.model import Candidate, Decision, DeliveryKey, Letter, LetterKind, OutgoingLetter
from sheets_automation.core.name_problems import name_problem
from sheets_automation.core.names import display_name, join_names, name_key, name_parts
from sheets_automation.core.phones import phone_key
from sheets_automation.core.table import CellError, CellValue, Snapshot, table_of
from tests.core.mail_grammar import check_message
from tests.fuzz import tape

LONGEST = 16_000
"""Bytes of an input. A cell may hold 50,000 characters, but what takes quadratic time shows here already."""

JST = timezone(timedelta(hours=9))
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SENDER = Sender(name="株式会社みなと製作所 採用担当", address="saiyo@minato.example")
HEADINGS = [ALIASES[field][0] for field in Field]
ASKED_FOR = ("氏名", "選考結果日", "タグ")
INNOCENT = {
    "候補者ID": "C-1",
    "氏名": "山田 太郎",
    "メールアドレス": "taro@example.jp",
    "選考結果": "不採用",
    "選考結果日": "2026/11/20",
}
# What Unicode calls "default ignorable": a reader sees nothing of it.
NOTHING_SEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\\s]+"
)
CONTROLS = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\U000e0001-\U000e007f]")
NONCHARACTERS = re.compile(
    "[\ufdd0-\ufdef\ufffe\uffff]|["
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


def check(data: bytes) -> None:
    """Read every piece of the input as every kind of cell, and all of them as one row among innocent ones."""
    values = [tape.cell(piece) for piece in tape.pumped(data, LONGEST).split(tape.PART)]
    for value in values[:8]:
        check_text(value)
        check_words(value)
        check_date(value)
        check_phone(value)
        check_name(value)
        check_address(value, display_name(values[0]))
    check_row(values)


def check_text(value: CellValue) -> None:
    shown = text(value)
    assert text(shown) == shown
    assert shown == shown.strip()
    assert shown == "" or NOTHING_SEEN.sub("", shown), "a cell that looks empty is empty"
    assert folded(value) == folded(shown)
    assert folded(folded(value)) == folded(value)


def check_words(value: CellValue) -> None:
    tags = split_tags(value)
    assert all(tag == tag.strip() and NOTHING_SEEN.sub("", tag) for tag in tags)
    assert len(set(tags)) == len(tags)
    assert split_tags("、".join(tags)) == tags
    assert truth(value) in {True, False, None}
    found = number(value)
    assert found is None or isinstance(found, int) or math.isfinite(found)
    if found is not None and isinstance(value, str):
        assert number(str(found)) == found or "e" in str(found)


def check_date(value: CellValue) -> None:
    moment = date_time(value, JST)
    if moment is None:
        return
    assert moment.at.tzinfo is not None
    assert 2000 <= moment.at.year < 2100
    assert timedelta(0) <= moment.latest - moment.at <= timedelta(days=1)
    assert date_time(moment.at.isoformat(), JST).at == moment.at.replace(microsecond=0)
    if isinstance(value, datetime):
        assert moment.at.replace(tzinfo=None) == value
        assert abs(date_time(date_text(value), JST).at - moment.at) < timedelta(seconds=1)
    elif isinstance(value, str):
        # The standard library reads ISO 8601 and nothing else: where both read a date, it is the same one.
        with suppress(ValueError):
            plain = datetime.fromisoformat(folded(value).upper())
            assert (plain if plain.tzinfo else plain.replace(tzinfo=JST)).replace(microsecond=0) == moment.at


def check_phone(value: CellValue) -> None:
    key = phone_key(value)
    assert key == "" or re.fullmatch(r"\+[1-9][0-9]{7,14}", key)
    assert phone_key(key) == key


def check_name(value: CellValue) -> None:
    name = display_name(value)
    assert display_name(name) == name
    assert name == " ".join(name.split())
    assert not CONTROLS.search(name)
    assert name_key(name) == "".join(name_parts(name))
    assert name_key(unicodedata.normalize("NFKC", name)) == name_key(name)
    assert not re.search(r"\s", name_key(name))
    assert join_names(name, name).split() == [*name.split(), *name.split()]
    if name_problem(name) is None:
        assert NOTHING_SEEN.sub("", name), "a name of which nobody sees anything"
        assert name_key(name), "a name that is like no other"
        assert not NONCHARACTERS.search(name)


def check_address(value: CellValue, name: str) -> None:
    read = read_address(value)
    assert (read.value is None) == (read.problem in {"missing", "invalid", "several"})
    if read.value is None:
        return
    address = read.value
    assert address.isascii()
    assert address.isprintable()
    assert address.count("@") == 1
    assert not set(address) & set(' <>()[]:;,\\"')
    assert len(address) <= 254
    assert read_address(address) == read
    assert match_key(match_key(address)) == match_key(address)
    check_recipient(address, name)


def check_recipient(address: str, name: str) -> None:
    """A message to this address and this name has one recipient for the standard parser too."""
    letter = Letter(template="standard.ja", language="ja", subject=f"{name}様", text=f"{name}様\n", html="<p>様</p>\n")
    key = DeliveryKey(candidate_id="C-1", kind=LetterKind.REJECTION)
    outgoing = OutgoingLetter(key=key, attempt=1, to_name=name, to_address=address, letter=letter)
    data = compose_message(outgoing, SENDER, date=NOON)
    if len(address) < 70:  # a longer one cannot be folded, and makes a line of more than the usual 78 characters
        check_message(data)
    message = BytesParser(policy=policy.default).parsebytes(data)
    assert [to.addr_spec for to in message["To"].addresses] == [address]
    assert message["Subject"] == one_line(f"{name}様").encode("utf-8", "replace").decode()
    assert not {"bcc", "cc"} & {header.lower() for header in message}


def check_row(values: Sequence[CellValue]) -> None:
    """The poisoned row stands between two innocent ones, and these are read as if it were not there."""
    poisoned = dict(zip(HEADINGS, values, strict=False))
    first, *poison, last = candidates_of(INNOCENT, poisoned, INNOCENT | {"候補者ID": "C-3"})
    assert (first, replace(last, row=3)) == innocents()
    assert len(poison) <= 1
    for candidate in poison:
        check_candidate(candidate, poisoned)


@lru_cache(maxsize=1)
def innocents() -> tuple[Candidate, ...]:
    """What is read where nobody poisons anything."""
    return candidates_of(INNOCENT, INNOCENT | {"候補者ID": "C-3"})


@lru_cache(maxsize=1)
def layout() -> Layout:
    tab = table_of("候補者", {1: dict(cells({name: name for name in HEADINGS}))})
    return locate_candidates(Snapshot(tables={"候補者": tab}, revision="1"))


def candidates_of(*rows: dict[str, CellValue]) -> tuple[Candidate, ...]:
    tab = {number: dict(cells(row)) for number, row in enumerate(({name: name for name in HEADINGS}, *rows), 1)}
    snapshot = Snapshot(tables={"候補者": table_of("候補者", tab)}, revision="1")
    return read_candidates(snapshot, layout(), CandidateRules(), ASKED_FOR)


def cells(row: dict[str, CellValue]) -> Iterator[tuple[int, CellValue]]:
    return ((HEADINGS.index(heading), value) for heading, value in row.items() if value is not None)


def check_candidate(candidate: Candidate, row: dict[str, CellValue]) -> None:
    assert candidate.id
    assert candidate.decided_at is None or candidate.decided_at.tzinfo is not None
    if candidate.decision is Decision.REJECTED:
        cell = row["選考結果"]
        word = unicodedata.normalize("NFKC", cell).casefold() if isinstance(cell, str) else ""
        around = CONTROLS.pattern + "|" + NOTHING_SEEN.pattern
        assert DECISION_WORDS.get(re.sub(f"^(?:{around})+|(?:{around})+$", "", word)) is Decision.REJECTED
    assert all(isinstance(value, str) for value in candidate.fields.values())
    refused = truth(row.get("連絡停止"))
    assert candidate.opted_out or refused is not True
    assert not isinstance(row.get("連絡停止"), CellError) or candidate.opted_out or not text(row["連絡停止"])
