"""Whom a line of a file is taken for: a table of pairs, as people come in real exports."""

from dataclasses import replace
from datetime import datetime

import pytest

from sheets_automation.core.addresses import read_address
from sheets_automation.core.importing.reapplication import count_reapplications
from sheets_automation.core.importing.recognition import (
    Certainty,
    Evidence,
    People,
    SameApplication,
    is_same_application,
)
from sheets_automation.core.names import display_name, name_key
from sheets_automation.core.phones import phone_key
from tests.core.builders import JST, candidate

KNOWN, UNSURE, NEW = Certainty.KNOWN, Certainty.UNSURE, Certainty.NEW


def at(moment):
    return datetime.fromisoformat(moment).replace(tzinfo=JST)


def person(name="", address="", phone="", *more, **fields):
    return replace(
        candidate(**fields),
        name=display_name(name),
        name_key=name_key(display_name(name)),
        address=read_address(address or None),
        phone=phone_key(phone),
        more_addresses=more,
    )


PAIRS = [
    # the same address
    (("髙橋 一郎", "a@example.com"), ("高橋 一郎", "A@Example.com"), KNOWN),
    (("﨑山 葵", "a@example.com"), ("崎山葵", "a+job@example.com"), KNOWN),
    (("ﾀｶﾊｼ ｲﾁﾛｳ", "a@example.com"), ("たかはし いちろう", "a@example.com"), KNOWN),
    (("佐藤 花子", "h.a.na@gmail.com"), ("佐藤 花子", "hana@googlemail.com"), KNOWN),
    (("山田 花子", "a@example.com"), ("佐藤 花子", "a@example.com"), KNOWN),  # 旧姓
    (("山田 花子（旧姓 佐藤）", "a@example.com"), ("佐藤 花子", "a@example.com"), KNOWN),
    (("Taro Yamada", "a@example.com"), ("山田 太郎", "a@example.com"), KNOWN),
    (("", "a@example.com"), ("山田 太郎", "a@example.com"), KNOWN),
    (("山田 太郎", "a@example.com"), ("鈴木 次郎", "a@example.com"), UNSURE),
    # PC and mobile
    (("山田 太郎", "pc@example.com", "", "m@docomo.ne.jp"), ("山田 太郎", "m@docomo.ne.jp"), KNOWN),
    # the same number
    (("山田 太郎", "a@example.com", "090-1234-5678"), ("山田太郎", "b@example.net", "+81 90 1234 5678"), KNOWN),
    (("山田 太郎", "", "０９０１２３４５６７８"), ("山田 太郎", "", "(090)1234-5678"), KNOWN),
    (("山田 花子", "", "090-1234-5678"), ("佐藤 花子", "", "090-1234-5678"), UNSURE),
    (("山田 太郎", "", "03-1234-5678"), ("山田 花子", "", "03-1234-5678"), NEW),  # a family
    (("山田 太郎", "", "090-1111-1111"), ("鈴木 次郎", "", "090-1111-1111"), NEW),  # a placeholder
    # the same name
    (("山田 太郎", "taro@example.com"), ("山田 太郎", "taro@example.net"), UNSURE),
    (("山田 太郎", "taro.y@example.com"), ("山田 太郎", "taro.y@exmaple.com"), UNSURE),
    (("山田 太郎", "", "090-1234-5678"), ("山田 太郎", "", "090-1234-5679"), UNSURE),
    (("山田 太郎",), ("山田 太郎", "taro@example.com"), UNSURE),
    (("山田 太郎", "one@example.com"), ("山田 太郎", "other@example.org"), NEW),
    (("山田 太郎", "a@example.com"), ("鈴木 次郎", "b@example.com"), NEW),
]


@pytest.mark.parametrize(("there", "comes", "certainty"), PAIRS, ids=[f"{a[0]}|{b[0]}|{c}" for a, b, c in PAIRS])
def test_somebody_is_known_perhaps_known_or_new(there, comes, certainty):
    found = People([person(*there)]).recognise(person(*comes))

    assert found.certainty is certainty


@pytest.mark.parametrize(("there", "comes", "certainty"), PAIRS, ids=[f"{a[0]}|{b[0]}|{c}" for a, b, c in PAIRS])
def test_it_is_the_same_which_of_the_two_was_there_first(there, comes, certainty):
    found = People([person(*comes)]).recognise(person(*there))

    assert found.certainty is certainty


def test_whoever_is_asked_about_comes_with_the_evidence():
    found = People([person("山田 太郎", "a@example.com")]).recognise(person("鈴木 次郎", "a@example.com"))

    assert found.matches[0].evidence == {Evidence.SAME_ADDRESS, Evidence.OTHER_NAME}


def test_of_two_people_who_share_an_address_each_is_known_by_the_name():
    both = [person("山田 太郎", "a@example.com", row=2), person("鈴木 次郎", "a@example.com", row=3)]

    found = People(both).recognise(person("鈴木 次郎", "a@example.com"))

    assert [(found.certainty, match.candidate.row) for match in found.matches] == [(KNOWN, 3)]


def test_a_placeholder_address_of_ten_thousand_rows_takes_no_ten_thousand_looks():
    crowd = [person(f"山田 {chr(0x4E00 + n % 5000)}郎", "none@example.com", row=n) for n in range(2, 10_002)]

    found = People(crowd).recognise(person("鈴木 次郎", "none@example.com"))

    assert (found.certainty, len(found.matches)) == (UNSURE, 3)


def test_whoever_is_added_later_does_not_change_what_was_found_out_before():
    people = People([person("山田 太郎", "taro@example.com", row=2)])
    comes = person("山田 太郎", "taro@example.net")
    before = people.recognise(comes)

    for number in range(3, 400):
        people.add(person("山田 太郎", f"u{number}@example.com", row=number))

    assert (before.certainty, people.recognise(comes).certainty) == (UNSURE, UNSURE)


@pytest.mark.parametrize(
    ("opening", "applied", "wanted"),
    [
        ("営業職", "2026-11-20T10:00", SameApplication.YES),
        ("営業職", "2026-11-21T09:00", SameApplication.YES),
        ("営業職", "2026-11-30T10:00", SameApplication.UNSURE),
        ("営業職", "2027-12-01T10:00", SameApplication.NO),
        ("開発職", "2026-11-20T10:00", SameApplication.NO),
        ("", "2026-11-20T10:00", SameApplication.YES),
        ("営業職", None, SameApplication.UNSURE),
    ],
)
def test_an_application_is_known_by_its_opening_and_its_day(opening, applied, wanted):
    there = candidate(opening="営業職", applied_at=at("2026-11-20T10:00"))
    comes = candidate(opening=opening, applied_at=at(applied) if applied else None)

    assert is_same_application(comes, there) is wanted


def test_people_who_come_back_are_counted_once_each_and_their_applications_all():
    rows = [
        person("山田 太郎", "a@example.com", row=2, applied_at=at("2024-01-10T00:00")),
        person("山田 太郎", "a@example.com", row=3, applied_at=at("2025-02-10T00:00")),
        person("山田 太郎", "a@example.com", row=4, applied_at=at("2026-03-10T00:00")),
        person("鈴木 次郎", "b@example.com", row=5, applied_at=at("2026-03-10T00:00")),
        person("鈴木 次郎", "b@example.com", row=6, applied_at=at("2026-03-12T00:00")),
        person("林 葵", "c@example.com", row=7),
    ]

    found = count_reapplications(rows)

    assert (found.people, found.returned, found.applications, found.rate) == (3, 1, 2, pytest.approx(1 / 3))
    assert count_reapplications([]).rate is None
