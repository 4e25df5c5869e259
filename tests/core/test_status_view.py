from datetime import datetime, timedelta
from statistics import median

import pytest

from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.headings import Field
from sheets_automation.core.layout import locate_candidates
from sheets_automation.core.log_folding import fold
from sheets_automation.core.model import Decision
from sheets_automation.core.reasons import Reason
from sheets_automation.core.sentences import SENTENCES, Skipped
from sheets_automation.core.status_view import changed_cells, own_cells, own_columns, status_line
from sheets_automation.core.views import Look, ViewCell
from tests.core.builders import NOW, candidate, ended, event
from tests.core.sheets import snapshot_of


def line(*events, reason=None, one=None):
    one = one or candidate()
    skipped = reason and Skipped(candidate=one, reason=reason)
    return status_line(one, skipped, fold(events), "ja")


def cells(one, **more):
    return dict(own_cells(one, line(one=one), now=NOW, keeps_fingerprint=more.pop("keeps_fingerprint", False)))


def test_a_letter_that_left_is_shown_with_its_time():
    claim = event(EventKind.PREPARED)
    sent = ended(claim, EventKind.SENT)

    shown = line(claim, sent, reason=Reason.ALREADY_SENT)

    assert (shown.status.value, shown.sent_at) == ("送信済み", sent.at)


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        (None, "送信待ち"),
        (Reason.WINDOW_CLOSED, "送信待ち"),
        (Reason.NAME_MISSING, "要対応"),
        (Reason.OPTED_OUT, "対象外"),
        (Reason.IN_SELECTION, None),
        (Reason.HIRED, None),
    ],
)
def test_the_status_says_who_has_to_act(reason, status):
    assert line(reason=reason).status.value == status


def test_a_letter_in_doubt_asks_for_a_person():
    claim = event(EventKind.PREPARED)
    shown = line(claim, ended(claim, EventKind.UNCERTAIN), reason=Reason.LETTER_UNCERTAIN)

    assert shown.status.value == "要確認"


def test_a_letter_that_came_back_shows_in_red_with_what_to_do():
    claim = event(EventKind.PREPARED)

    shown = line(claim, ended(claim, EventKind.SENT), ended(claim, EventKind.BOUNCED), reason=Reason.ADDRESS_BOUNCED)

    assert (shown.status.value, shown.status.look) == ("不達", Look.BAD)
    assert "アドレスを直すと次回送ります" in shown.note


@pytest.mark.parametrize(
    ("outcome", "reason", "status"),
    [
        (EventKind.SENT, Reason.ALREADY_SENT, "送信済み"),
        (EventKind.UNCERTAIN, Reason.LETTER_UNCERTAIN, "要確認"),
    ],
)
def test_an_answer_shows_beside_the_status(outcome, reason, status):
    claim = event(EventKind.PREPARED)

    shown = line(claim, ended(claim, outcome), ended(claim, EventKind.REPLIED, at=NOW), reason=reason)

    assert shown.status.value == status
    assert shown.note.startswith("返信あり 2026/11/24")


def test_an_answer_does_not_show_beside_somebody_who_is_back_in_selection():
    claim = event(EventKind.PREPARED)

    shown = line(claim, ended(claim, EventKind.WITHDRAWN), ended(claim, EventKind.REPLIED), reason=Reason.IN_SELECTION)

    assert (shown.status.value, shown.note) == (None, "")


def test_a_rejection_without_a_date_notes_when_it_was_first_seen():
    undated = candidate(decided_at=None)
    seen_before = candidate(decided_at=None, first_seen_at=NOW - timedelta(hours=5))

    assert cells(undated)[Field.FIRST_SEEN].value == datetime.fromisoformat("2026-11-24T10:00")
    assert cells(seen_before)[Field.FIRST_SEEN].value == datetime.fromisoformat("2026-11-24T05:00")
    assert cells(candidate())[Field.FIRST_SEEN].value is None
    assert cells(candidate(decided_at=None, decision=Decision.IN_SELECTION))[Field.FIRST_SEEN].value is None


def test_a_row_without_address_or_name_gets_no_fingerprint():
    assert Field.FINGERPRINT in cells(candidate())
    assert Field.FINGERPRINT not in cells(candidate(address=""))
    assert Field.FINGERPRINT not in cells(candidate(name=""))


def test_the_fingerprint_of_a_broken_row_is_left_as_evidence():
    assert Field.FINGERPRINT not in cells(candidate(), keeps_fingerprint=True)


def test_only_what_differs_is_written():
    wanted = [
        (Field.LETTER_STATUS, ViewCell(value="送信済み")),
        (Field.LETTER_AT, ViewCell(value=datetime.fromisoformat("2026-11-24T10:00:01"))),
        (Field.LETTER_NOTE, ViewCell(value=None)),
    ]
    shown = {Field.LETTER_STATUS: "送信済み", Field.LETTER_AT: datetime.fromisoformat("2026-11-24T10:00:00.6")}

    assert changed_cells(wanted, shown) == {}
    assert list(changed_cells(wanted, {**shown, Field.LETTER_NOTE: "古いメモ"})) == [Field.LETTER_NOTE]


def test_in_a_new_column_an_empty_cell_is_written_too_since_it_gets_the_looks_of_its_row():
    wanted = [(Field.LETTER_STATUS, ViewCell(value=None)), (Field.LETTER_NOTE, ViewCell(value=None))]

    assert list(changed_cells(wanted, {}, {Field.LETTER_NOTE})) == [Field.LETTER_NOTE]


def test_the_column_of_notes_shows_most_reasons_whole_since_the_cells_beside_it_are_filled():
    layout = locate_candidates(snapshot_of(候補者=[["氏名", "メールアドレス", "選考結果"]]))
    column = own_columns(layout)[Field.LETTER_NOTE]

    # A Japanese character is two half-width ones wide.
    assert column.width >= 2 * median(len(sentence.ja) for sentence in SENTENCES.values())
