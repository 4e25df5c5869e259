"""紹介実績: facts that are appended, read back whatever happened to the tab, and folded in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sheets_automation.core.errors import HeadingProblem
from sheets_automation.core.referral_codes import make_code
from sheets_automation.core.referral_rows import ABOUT, HEADINGS, OPENING, read_referral_events, to_row
from sheets_automation.core.referrals import ReferralEvent, ReferralKind, fold_referrals, of_known_codes
from sheets_automation.core.table import table_of

CODE, OTHER = make_code(b"relay-01"), make_code(b"relay-02")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def event(kind=ReferralKind.REGISTERED, *, hours=0, code=CODE, **more):
    at = NOON + timedelta(hours=hours)
    return ReferralEvent(**{"event_id": f"{kind}{hours}", "at": at, "kind": kind, "partner": "p", "code": code, **more})


def table(*events, **changed):
    """The tab with these events; `changed` overwrites cells of the last one by heading."""
    rows = [dict(to_row(one)) for one in events]
    rows[-1] |= changed
    headings = (*HEADINGS, OPENING, ABOUT)
    cells = [dict(enumerate(headings)), *[{headings.index(h): v for h, v in row.items() if v != ""} for row in rows]]
    return table_of("紹介実績", dict(enumerate(cells, start=1)))


@pytest.mark.parametrize(
    "written",
    [
        event(),
        event(ReferralKind.CLICKED, source="webhook", note="改\n行 🎉", actor="山田"),
        event(ReferralKind.REDEEMED, code="", amount=2, note="=1+1"),
        event(ReferralKind.ADJUSTED, code="", amount=-3),
    ],
)
def test_an_event_comes_back_as_it_was_written(written):
    assert read_referral_events(table(written)) == ((written,), ())


def test_what_people_wrote_becomes_no_formula_in_a_csv_file():
    written = replace(event(), source="=cmd", note="+1", actor="@HR")

    assert read_referral_events(table(written)) == ((written,), ())
    assert [to_row(written)[heading] for heading in ("出所", "備考", "記録した人")] == ["'=cmd", "'+1", "'@HR"]


def test_there_are_no_events_without_a_tab():
    assert read_referral_events(None) == ((), ())


def test_every_cell_is_text_and_every_heading_is_given():
    row = to_row(event())

    assert tuple(row) == (*HEADINGS, OPENING, ABOUT)
    assert all(isinstance(value, str) for value in row.values())


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("記録ID", ""),
        ("日時", "昨日"),
        ("日時", "0001-01-01T00:00:00+14:00"),
        ("日時", "2026-11-24T12:00:00"),
        ("日時", datetime.fromisoformat("2026-11-24T12:00")),
        ("種別", "たぶん登録"),
        ("紹介先", " "),
        ("紹介コード", "山田"),
        ("紹介コード", CODE[:-1] + "あ"),
        ("紹介コード", None),
    ],
)
def test_a_row_that_somebody_broke_is_a_problem_and_the_others_count(heading, value):
    events, problems = read_referral_events(table(event(), event(hours=1), **{heading: value}))

    assert events == (event(),)
    assert [problem.place for problem in problems] == ["紹介実績!3"]
    assert heading in problems[0].ja
    assert heading in problems[0].en


@pytest.mark.parametrize("amount", ["0", "-1", "101", "1.5", "一", ""])
def test_a_redemption_of_no_plausible_number_is_a_problem(amount):
    _, problems = read_referral_events(table(event(ReferralKind.REDEEMED, code="", amount=1), 件数=amount))

    assert len(problems) == 1


def test_a_code_that_a_person_typed_again_in_other_letters_is_the_same_code():
    events, _ = read_referral_events(table(event(), 紹介コード=f" {CODE.lower()} "))

    assert events[0].code == CODE


def test_columns_may_stand_in_any_order_below_a_title():
    row = to_row(event())
    rows = {1: {0: "紹介の記録"}, 3: dict(enumerate(reversed(row))), 4: dict(enumerate(reversed(row.values())))}

    assert read_referral_events(table_of("紹介実績", rows))[0] == (event(),)


def test_a_tab_without_its_headings_is_refused_since_no_credits_would_be_a_lie():
    with pytest.raises(HeadingProblem, match="紹介コード"):
        read_referral_events(table_of("紹介実績", {1: {0: "R-1", 1: "2026-11-24"}}))


def test_a_code_registered_twice_counts_from_the_first_time():
    (referral,) = fold_referrals([event(hours=5), event(hours=2), event(hours=9)])

    assert referral.registered_at == NOON + timedelta(hours=2)


def test_the_same_append_twice_is_one_event():
    assert fold_referrals([event(), event()]) == fold_referrals([event()])


def test_what_was_taken_back_does_not_count_and_may_be_registered_again():
    taken_back = [event(), event(ReferralKind.VOIDED, hours=1)]

    assert fold_referrals(taken_back)[0].registered_at is None
    assert fold_referrals([event(hours=2), *taken_back])[0].registered_at == NOON + timedelta(hours=2)


def test_codes_are_folded_apart_and_credits_are_no_referrals():
    events = [event(), event(code=OTHER, event_id="x"), event(ReferralKind.REDEEMED, code="", amount=1)]

    assert {referral.code for referral in fold_referrals(events)} == {CODE, OTHER}


def test_a_code_that_no_letter_carried_is_reported_and_does_not_count():
    redeemed = event(ReferralKind.REDEEMED, code="", amount=1)

    known, problems = of_known_codes([event(), event(code=OTHER), redeemed], {CODE: "C-1"})

    assert known == (event(), redeemed)
    assert OTHER in problems[0].ja
    assert OTHER in problems[0].en
