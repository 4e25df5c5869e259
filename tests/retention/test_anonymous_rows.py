"""What is left of rows: what is counted, dealt anew, so that no row says more than the figures do."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sheets_automation.core.consents import Consent, ConsentWord
from sheets_automation.core.consents import to_row as consent_row
from sheets_automation.core.importing.history import FactKind, ImportFact
from sheets_automation.core.importing.history import to_row as import_row
from sheets_automation.core.line_links import LineFact, LinkState
from sheets_automation.core.line_links import to_row as line_row
from sheets_automation.core.referral_rows import to_row as referral_row
from sheets_automation.core.referrals import ReferralEvent, ReferralKind
from sheets_automation.core.refusals import address_mark
from tests.core.builders import JST
from tests.imports.house import Team as ImportTeam
from tests.retention.house import COLUMNS, LOG, NOW, TAB, Team, letters, log_tab, row, sheet
from tests.workbooks.test_memory import MemoryStore

APRIL = datetime(2026, 4, 10)  # noqa: DTZ001 - a date cell
DEALT = ("応募職種", "応募媒体", "タグ", "スキル")


def alike(number, **cells):
    """Rows that no figure tells apart but by what is dealt."""
    ready = {
        "応募日": APRIL + timedelta(days=number % 15),
        "結果日": APRIL + timedelta(days=30),
        "選考段階": "一次面接",
    }
    dealt = {"応募職種": f"職種{number}", "応募媒体": f"媒体{number}", "タグ": f"印{number}", "スキル": f"技{number}"}
    return row(number, **{**ready, **dealt, **cells})


def grid_of(rows):
    """A tab with these facts."""
    return [list(rows[0]), *([cell or None for cell in one.values()] for one in rows)]


def erased(team):
    team.announce()
    after = team.later(days=31)
    look = after.look()
    after.erase_due(len(look.plan.of("due")))
    return after


def test_each_column_keeps_its_values_and_rows_do_not_keep_theirs_together(memory):
    rows = [alike(number) for number in range(1, 13)]
    team = memory({TAB: sheet(*rows)})

    after = erased(team).rows()

    for heading in DEALT:
        assert Counter(one[heading] for one in after) == Counter(one[heading] for one in rows)
    together = {tuple(one[heading][-1] for heading in DEALT) for one in after}
    assert len([digits for digits in together if len(set(digits)) == 1]) < 6


def test_whoever_came_in_another_month_or_ended_otherwise_gets_nothing_of_theirs(memory):
    rows = [
        alike(1),
        alike(2, 選考結果="辞退"),
        alike(3, 選考段階="最終面接"),
        alike(4, 応募日=APRIL - timedelta(days=90)),
    ]
    team = memory({TAB: sheet(*rows)})

    after = erased(team).rows()

    assert [one["応募職種"] for one in after] == ["職種1", "職種2", "職種3", "職種4"]


def test_where_small_groups_may_not_stay_they_lose_what_they_are_counted_by(memory):
    rows = [alike(1), alike(2), alike(3, 選考結果="辞退")]
    team = memory({TAB: sheet(*rows)}, keeps_small_groups=False)

    after = erased(team).rows()

    assert not any(heading in one for one in after for heading in DEALT)
    assert [one["選考結果"] for one in after] == ["不採用", "不採用", "辞退"]


def test_what_may_not_be_counted_by_and_whatever_is_a_note_goes(memory):
    columns = [*COLUMNS, "性別", "年齢", "", "備考"]
    odd = {
        **row(1),
        "性別": "女",
        "年齢": 41,
        "タグ": "スキル強、女性、前の会社の社長の紹介で来られたとても熱心な方なので大切に",
    }
    team = memory(
        {TAB: [columns, [odd.get(heading) for heading in COLUMNS] + ["女", 41, "欄外のメモ", "二つ目の備考"]]}
    )

    after = erased(team)

    assert after.rows()[0]["タグ"] == "スキル強"
    for word in ("女", "41", "欄外のメモ", "二つ目の備考", "社長"):
        assert word not in str(after.store.look()[TAB][1])


def test_a_date_becomes_its_month_in_the_form_in_which_it_stood(memory):
    rows = [row(1, 応募日="2026年3月14日"), row(2, 応募日=datetime(2026, 3, 14)), row(3, 応募日="桜の頃")]  # noqa: DTZ001
    team = memory({TAB: sheet(*rows)})

    after = erased(team).rows()

    assert [one.get("応募日") for one in after] == ["2026/03/01", datetime(2026, 3, 1), None]  # noqa: DTZ001


@pytest.mark.parametrize("gap", [10, 29, 30, 31, 45, 300])
def test_whoever_came_back_still_came_back_after_the_same_time(memory, gap):
    first = datetime(2026, 1, 31)  # noqa: DTZ001
    again = row(2, メールアドレス="person1@mail.example", 氏名=row(1)["氏名"], 応募日=first + timedelta(days=gap))
    rows = [row(1, 応募日=first), {**again, "結果日": first + timedelta(days=gap)}, *(row(n) for n in range(3, 6))]
    team = memory({TAB: sheet(*rows)})
    team.now = NOW + timedelta(days=400)
    periods = ("", "2026-02", "2026-03", "2026-11")
    before = [team.later(days=31).analysis(period) for period in periods]

    after = erased(team)

    assert [after.analysis(period) for period in periods] == before


def test_credits_links_and_follow_up_stay_what_they_were(memory):
    rows = [row(number) for number in range(1, 9)]
    events = letters(rows[:6])
    codes = [event.referral_code for event in events[::2]]
    referred = [
        ReferralEvent(
            event_id=f"R-{number}",
            at=datetime(2026, 7, 1, tzinfo=JST),
            kind=ReferralKind.REGISTERED,
            partner="p",
            code=code,
            note=f"{rows[number]['氏名']}様から電話",
        )
        for number, code in enumerate(codes[:3])
    ]
    team = memory(
        {TAB: sheet(*rows), LOG: log_tab(events), "紹介実績": grid_of([referral_row(one) for one in referred])}
    )
    before = team.later(days=31).analysis()
    assert next(one for one in before["figures"] if one["id"] == "link_registered")["numerator"] == 3

    after = erased(team)

    assert after.analysis() == before
    assert "様から電話" not in after.everything()


def record_of_consents():
    """What two people agreed to by an earlier version, which wrote no checks, and what the first one withdrew since."""
    first, second = (
        Consent(
            fact_id=f"K-{number}",
            at=NOW,
            word=ConsentWord.GIVEN,
            mark=address_mark(f"person{number}@mail.example"),
            candidate_id=f"C-{number}",
            wording="1",
            source="電話",
        )
        for number in (1, 2)
    )
    rows = [consent_row(one) | {"検査値": ""} for one in (first, second)]
    return grid_of([*rows, consent_row(replace(first, fact_id="K-3", word=ConsentWord.WITHDRAWN, recorded_at=NOW))])


def test_what_imports_and_line_know_of_them_goes_and_the_record_of_consents_names_no_row(memory):
    imported = ImportFact(
        fact_id="I-1",
        at=NOW,
        import_id="I",
        kind=FactKind.ADDED,
        candidate_id="C-1",
        key="line-of-a-file",
        marks='{"氏名":"+0123456789"}',
        before={"電話番号": "090-9999-0000"},
    )
    linked = LineFact(
        fact_id="L-1",
        at=NOW - timedelta(days=500),
        state=LinkState.LINKED,
        candidate_id="C-1",
        mark=address_mark("person1@mail.example"),
        user_id="U" + "0" * 32,
        source="message",
        event_id="E1",
    )
    tabs = {
        TAB: sheet(row(1), row(2)),
        "取込記録": grid_of([import_row(imported)]),
        "LINE連携記録": grid_of([line_row(linked)]),
        "同意記録": record_of_consents(),
        "送信記録 (古い 2026-06-01)": log_tab(letters([row(1)])),
    }
    team = memory(tabs)

    team.erase("C-1")

    said = team.store.look()
    assert "090-9999" not in str(said)
    assert "0123456789" not in str(said)
    assert "line-of-a-file" not in str(said)
    assert "U" + "0" * 32 not in str(said)
    assert str(row(1)["氏名"]) not in str(said)
    assert team.rows("LINE連携記録")[0]["種別"] == "解除"
    assert ["候補者ID" in one for one in team.rows("同意記録")] == [False, True, False]
    assert team.situation().candidates[0].line_user == ""


def test_an_old_export_brings_nobody_back_and_a_new_application_is_taken_in(tmp_path):
    store = MemoryStore({TAB: sheet()})
    file = tmp_path / "応募者.csv"
    lines = [
        "応募ID,氏名,メールアドレス,応募職種,応募日,選考結果",
        "A-1,候補 甲一郎,one@mail.example,営業職,2026/03/01,不採用",
    ]
    file.write_text("\n".join([*lines, "A-2,候補 甲二郎,two@mail.example,営業職,2026/03/02,不採用"]), encoding="utf-8")
    hr = ImportTeam(store, tmp_path)
    team = Team(store)
    hr.desk = team.desk
    assert len(hr.take_in(file).plan.additions) == 2

    team.erase("one@mail.example")
    plan = hr.take_in(file).plan

    assert [one.reason.value for one in plan.refused] == ["erased_since"]
    assert "one@mail.example" not in team.everything()
    file.write_text(
        "\n".join([lines[0], lines[1].replace("A-1", "A-9").replace("2026/03", "2027/11")]), encoding="utf-8"
    )
    assert len(hr.take_in(file).plan.additions) == 1


def test_an_import_that_is_undone_and_taken_in_again_brings_nobody_back(tmp_path):
    store = MemoryStore({TAB: sheet()})
    hr = ImportTeam(store, tmp_path)
    team = Team(store)
    hr.desk = team.desk
    file = hr.file(
        "応募ID,氏名,メールアドレス,応募職種,応募日,選考結果\n"
        "A-1,候補 甲一郎,one@mail.example,営業職,2026/03/01,不採用\n"
        "A-2,候補 甲二郎,two@mail.example,営業職,2026/03/02,不採用\n"
    )
    hr.take_in(file)
    team.erase("one@mail.example")

    hr.undo()
    plan = hr.take_in(file).plan

    assert [one.reason.value for one in plan.refused] == ["erased_since"]
    assert len(plan.additions) == 1
    assert "one@mail.example" not in team.everything()
