"""Apologies: to those on the list alone, once, by exact number, without anybody's name."""

from dataclasses import replace
from functools import partial

import pytest

from sheets_automation.core.apology import ApologyComposer
from sheets_automation.core.errors import BlastRadius, ExpectationMissed
from sheets_automation.core.letter_fields import LetterFacts
from sheets_automation.core.letters import letter_from_file
from sheets_automation.core.lint_rules import LintRules
from sheets_automation.core.model import DeliveryState, LetterKind, Receipt
from sheets_automation.core.reasons import Reason
from sheets_automation.core.retention_facts import FactKind, RetentionFact, to_row
from sheets_automation.core.stops import SendingFrozen
from sheets_automation.jobs.freeze import flagged, freeze
from sheets_automation.jobs.incident import Span, apology_desk
from sheets_automation.jobs.send import Order, plan_run, send_letters
from sheets_automation.jobs.settle import Word, list_open, settle
from tests.jobs.failing import Failing
from tests.jobs.house import COMPANY, LETTERS, no_news
from tests.jobs.interruptions import Interrupted, set_cell

WHY = "並べ替えの誤りで、送り先を取り違えました。"


@pytest.fixture
def told(house):
    """A house whose five candidates got a letter that they should not have got."""
    house.send()
    return house.later(hours=2)


def desk(house, span, snapshot, what_happened=WHY):
    forms = [letter_from_file(path.name, path.read_text()) for path in sorted((LETTERS / "incident").glob("*.md"))]
    composer = ApologyComposer(
        forms={form.language: form for form in forms},
        facts=LetterFacts(company=COMPANY),
        lint=LintRules(company_names=(COMPANY,)),
        what_happened=what_happened,
    )
    return apology_desk(house.desk(snapshot), composer, span)


def apologise(house, *, carrier=None, span=None, why=WHY, **order):
    span = span or Span(since=house.now.replace(hour=0))
    open_desk = partial(desk, house, span, what_happened=why)
    return send_letters(house.workbook(), carrier or house.outbox(), open_desk, house.run(), Order(**order))


def apologies(house):
    new = house.folder / "new"
    return [path.read_text() for path in sorted(new.iterdir()) if path.name.startswith("apology")]


def test_everybody_who_got_a_letter_gets_one_apology_at_the_address_that_was_written_to(told):
    report = apologise(told, expect=5)
    again = apologise(told, expect=0)

    assert [one.state for one in report.outcomes] == [DeliveryState.SENT] * 5
    assert {to for text in apologies(told) for to in text.splitlines() if to.startswith("To:")} == {
        f"To: yamada{n}@example.com" for n in range(5)
    }
    assert [one.reason for one in again.skipped()] == [Reason.ALREADY_SENT] * 5
    assert len(apologies(told)) == 5


def test_an_apology_names_nobody_although_the_row_says_a_name(told):
    set_cell(told, 4, "氏名", "別人 太郎")

    plan = plan_run(told.workbook(), partial(desk, told, Span(since=told.now.replace(hour=0))), told.run(), Order())

    letters = [plan.desk.compose(one.candidate, "") for one in plan.plan.letters]
    assert not any("山田" in letter.text or "別人" in letter.text for letter in letters)
    assert "2026/11/24 10:00に" in letters[0].text
    assert "選考結果のご連絡" in letters[0].text
    assert WHY in letters[0].text


def test_without_the_exact_number_no_apology_goes_however_few_they_are(told):
    assert isinstance(apologise(told).error, BlastRadius)
    assert isinstance(apologise(told, expect=4).error, ExpectationMissed)
    assert apologies(told) == []


def test_a_row_whose_address_was_corrected_since_still_has_the_apology_sent_to_the_wrong_one(told):
    set_cell(told, 4, "メールアドレス", "right@example.com")

    apologise(told, expect=5)

    assert not any("right@example.com" in text for text in apologies(told))


def test_only_the_letters_of_the_span_and_of_the_named_are_apologised_for(told):
    ids = [told.cell(row, "候補者ID") for row in (4, 5)]

    apologise(told, span=Span(since=told.now.replace(hour=0), only=ids), expect=2)
    late = apologise(told, span=Span(since=told.now), expect=0)

    assert len(apologies(told)) == 2
    assert late.skipped() == ()


def second_letter_an_hour_later(told):
    """The same candidate, at the same address, and no longer told."""
    ids = [told.cell(4, "候補者ID")]
    settle(told.workbook(), told.desk, told.run(), ids, Word.REOPEN)
    later = told.later(hours=1)
    later.send()
    return ids, later


def test_an_apology_is_for_every_letter_before_it_whichever_span_was_looked_at(told):
    ids, later = second_letter_an_hour_later(told)
    now = later.later(hours=1)

    apologise(now, span=Span(since=told.now.replace(hour=0), until=told.now, only=ids), expect=1)
    second = apologise(now, span=Span(since=later.now, only=ids), expect=0)

    assert [one.reason for one in second.skipped()] == [Reason.ALREADY_SENT]
    assert len(apologies(now)) == 1


def test_a_letter_that_left_after_an_apology_is_apologised_for_anew(told):
    span = Span(since=told.now.replace(hour=0), only=[told.cell(4, "候補者ID")])
    apologise(told, span=span, expect=1)
    ids, later = second_letter_an_hour_later(told)

    apologise(later.later(hours=1), span=Span(since=later.now, only=ids), expect=1)

    assert len(apologies(later)) == 2


def test_sending_that_is_stopped_holds_apologies_back_too_unless_a_person_says_otherwise(told):
    freeze(told.workbook(), told.desk, no_news, told.run(), flagged(told.run(), "誤送信"))

    held = apologise(told, expect=5)
    sent = apologise(told, expect=5, although_frozen=True)

    assert isinstance(held.error, SendingFrozen)
    assert len(sent.outcomes) == 5
    assert isinstance(told.send().error, SendingFrozen)


def test_what_is_stopped_while_apologies_go_stops_them_as_well(told):
    freeze(told.workbook(), told.desk, no_news, told.run(), flagged(told.run(), "誤送信"))
    again = partial(freeze, told.later(hours=1).workbook(), told.desk, no_news, told.later(hours=1).run())
    carrier = Interrupted.of(told, before_commit=lambda: again(flagged(told.later(hours=1).run(), "文面も誤り")))
    carrier.batch_size = 1

    report = apologise(told, carrier=carrier, expect=5, although_frozen=True)

    assert isinstance(report.error, SendingFrozen)
    assert len(apologies(told)) == 1


def test_whoever_refused_mail_is_told_in_another_way(told):
    set_cell(told, 4, "備考", "")
    sheet = told.file.sheets["候補者"]
    column = sheet.width()
    sheet.put(3, column, "連絡停止")
    sheet.put(4, column, "はい")

    report = apologise(told, expect=4)

    assert [one.reason for one in report.skipped()] == [Reason.OPTED_OUT]


def test_whoever_is_being_erased_gets_no_apology(told):
    begun = RetentionFact(
        fact_id="E-1", at=told.now, kind=FactKind.BEGUN, erasure="E", candidate_id=told.cell(4, "候補者ID")
    )
    told.workbook().append({"消去記録": [to_row(begun)]})

    report = apologise(told, expect=4)

    assert [one.reason for one in report.skipped()] == [Reason.ERASED]
    assert len(apologies(told)) == 4


def test_an_apology_without_a_word_of_what_happened_is_not_sent(told):
    report = apologise(told, why="", expect=0)

    assert [one.reason for one in report.skipped()] == [Reason.BLANK_FIELD] * 5


def test_an_apology_goes_at_night_and_beyond_the_limit_of_the_day(told):
    night = replace(told.later(hours=11), rules=replace(told.rules, daily_limit=5))

    apologise(night, span=Span(since=told.now.replace(hour=0)), expect=5)

    assert len(apologies(night)) == 5


def test_after_a_run_that_died_in_the_middle_nobody_gets_a_second_apology(told):
    class Died(BaseException):
        pass

    def die():
        raise Died

    carrier = Interrupted.of(told, before_commit=die)
    with pytest.raises(Died):
        apologise(told, carrier=carrier, expect=5)

    apologise(told.later(hours=2), span=Span(since=told.now.replace(hour=0)), expect=5)

    assert len(apologies(told)) == 5
    assert len({text.partition("X-Relay-Key:")[2][:40] for text in apologies(told)}) == 5


@pytest.mark.parametrize(("word", "apologies_in_the_end"), [(Word.SENT, 4), (Word.AGAIN, 5)])
def test_an_apology_in_doubt_waits_for_a_persons_word(told, word, apologies_in_the_end):
    apologise(told, carrier=Failing.of(told, [Receipt(state=DeliveryState.UNCERTAIN)]), expect=5)
    (in_doubt,) = list_open(told.workbook(), told.desk).open
    apologise(told, expect=0)
    assert len(apologies(told)) == 4

    done = settle(told.workbook(), told.desk, told.run(), [in_doubt.key.candidate_id], word, kind=LetterKind.APOLOGY)
    apologise(told, expect=apologies_in_the_end - 4)

    assert done.settled == (in_doubt.key.candidate_id,)
    assert done.open == ()
    assert len(apologies(told)) == apologies_in_the_end
