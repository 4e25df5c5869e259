"""People move rows and columns between our read and our write: nothing of theirs is lost, and ids stay with people."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace

import pytest

from sheets_automation.core.errors import CellsOverwritten, WorkbookChanged
from sheets_automation.core.views import CandidatesPlace, Identity, Look, NewRow, OwnColumn, ViewCell, Views
from tests.workbooks.contract_facts import LOG, fact
from tests.workbooks.google_people import GoogleStore

TAB = "候補者"
WRITE = "sheets.spreadsheets.batchUpdate"
PLACE = CandidatesPlace(tab=TAB, heading_row=1, id_column=0, id_heading="候補者ID", name_column=1, address_column=2)
STATUS = OwnColumn(heading="通知状況", width=12)
HEADINGS = ["候補者ID", "氏名", "メール", "通知状況", "備考"]


def people(*ids):
    names = [("佐藤 花", "sato@example.com"), ("鈴木 学", "suzuki@example.com"), ("伊藤 葵", "ito@example.com")]
    return [HEADINGS, *[[one, *who, f"旧{n}", f"メモ{n}"] for n, (one, who) in enumerate(zip(ids, names, strict=True))]]


def statuses(**by_id):
    cells = {one.replace("_", "-"): {"通知状況": ViewCell(value=value)} for one, value in by_id.items()}
    return Views(place=PLACE, columns=(STATUS,), cells=cells)


def identity(row, one, name, address):
    return Identity(row=row, candidate_id=one, name_text=name, address_text=address)


def by_name(store):
    """Each person's row as it stands now, without the name."""
    head, *rows = store.look()[TAB]
    name = head.index("氏名")
    return {row[name]: dict(zip(head, row, strict=False)) for row in rows}


@pytest.fixture
def store(google):
    return GoogleStore(google, {TAB: people("C-1", "C-2", "C-3")})


def somebody_meanwhile(store, edit, **more):
    """Do it right before our next write arrives."""
    store.google.control.edit_before(WRITE, edit, spreadsheetId=store.id, sheet=TAB, **more)


def test_a_candidate_is_added_below_the_last_though_every_row_of_the_sheet_has_a_format(store):
    views = statuses(C_1="い")
    shown_anew = replace(views, columns=(OwnColumn(heading="新しい列", width=12, look=Look.DATETIME),), cells={})
    shown_anew = replace(shown_anew, cells={"C-1": {"新しい列": ViewCell(value="い")}})
    new = NewRow(candidate_id="C-9", cells={"氏名": "田中 実"})
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(shown_anew)  # a format for the column as a whole

        workbook.read()
        workbook.show(Views(place=PLACE, new_rows=(new,)))

    assert [row[:2] for row in store.look()[TAB][1:]][3] == ["C-9", "田中 実"]


class TestStatuses:
    @pytest.mark.parametrize(
        ("edit", "more"),
        [
            ("sort", {"column": "氏名"}),
            ("insert_row", {"row": 2, "cells": ["", "加藤 誠", "kato@example.com"]}),
            ("delete_row", {"row": 2}),
        ],
    )
    def test_end_beside_their_people_though_rows_moved_meanwhile(self, store, edit, more):
        with closing(store.open()) as workbook:
            workbook.read()
            somebody_meanwhile(store, edit, **more)

            workbook.show(statuses(C_1="い", C_2="ろ", C_3="は"))

        found = {row["候補者ID"]: row["通知状況"] for row in by_name(store).values() if row["候補者ID"]}
        assert found == {one: word for one, word in {"C-1": "い", "C-2": "ろ", "C-3": "は"}.items() if one in found}
        assert by_name(store).get("加藤 誠", {}).get("通知状況") is None

    @pytest.mark.parametrize("last", ["C-3", None])
    def test_give_back_what_stood_in_a_row_of_somebody_who_stands_there_twice(self, google, last):
        rows = people("C-1", "C-2", last)
        rows[3][1:3] = rows[1][1:3]  # the same person, for two openings
        store = GoogleStore(google, {TAB: rows})
        new = () if last else (identity(4, "C-3", "佐藤 花", "sato@example.com"),)
        with closing(store.open()) as workbook:
            workbook.read()
            somebody_meanwhile(store, "move_column", column="備考", to=3)

            workbook.show(replace(statuses(C_1="い", C_2="ろ", C_3="は"), identities=new))

        shown = store.look()[TAB]
        assert [row[shown[0].index("備考")] for row in shown[1:]] == ["メモ0", "メモ1", "メモ2"]
        assert [row[shown[0].index("通知状況")] for row in shown[1:]] == ["い", "ろ", "は"]

    def test_leave_hrs_own_columns_alone_though_a_column_was_inserted_meanwhile(self, store):
        with closing(store.open()) as workbook:
            workbook.read()
            somebody_meanwhile(store, "insert_column", column=3, heading="面接官")

            workbook.show(statuses(C_1="い"))

        assert by_name(store)["佐藤 花"]["通知状況"] == "い"
        assert {row["備考"] for row in by_name(store).values()} == {"メモ0", "メモ1", "メモ2"}
        assert {row["面接官"] for row in by_name(store).values()} == {None}

    @pytest.mark.parametrize("ids", [("C-1", "C-2", "C-3"), (None, None, None)])
    @pytest.mark.parametrize(("column", "to"), [("氏名", 4), ("メール", 4), ("備考", 3)])
    def test_give_back_names_and_addresses_by_which_people_are_known(self, google, column, to, ids):
        store = GoogleStore(google, {TAB: people(*ids)})
        new = (identity(2, "C-1", "佐藤 花", "sato@example.com"), identity(4, "C-3", "伊藤 葵", "ito@example.com"))
        views = replace(statuses(C_1="い", C_3="は"), identities=() if ids[0] else new)
        with closing(store.open()) as workbook, suppress(WorkbookChanged):
            workbook.read()
            somebody_meanwhile(store, "move_column", column=column, to=to)

            workbook.show(views)

        head, *rows = store.look()[TAB]
        shown = [[row[head.index(name)] for name in ("氏名", "メール", "備考")] for row in rows]
        assert shown == [[row[1], row[2], row[4]] for row in people(*ids)[1:]]

    @pytest.mark.parametrize("facts", [{}, {LOG: [fact(1)]}])
    @pytest.mark.parametrize("kind", ["reset_after", "cut_body"])
    @pytest.mark.parametrize(
        ("edit", "more"),
        [("move_column", {"column": "備考", "to": 3}), ("sort", {"column": "氏名"}), ("delete_row", {"row": 2})],
    )
    def test_give_back_what_they_landed_on_though_the_answer_was_lost(self, store, edit, more, kind, facts):
        with closing(store.open()) as workbook:
            workbook.read()
            somebody_meanwhile(store, edit, **more)
            store.google.control.fault(WRITE, kind=kind)

            workbook.show(statuses(C_1="い", C_3="は"), facts)

        told = {"佐藤 花": ("い", "メモ0"), "鈴木 学": ("旧1", "メモ1"), "伊藤 葵": ("は", "メモ2")}
        found = {name: (row["通知状況"], row["備考"]) for name, row in by_name(store).items()}
        assert found == {name: told[name] for name in found}

    def test_take_nothing_from_hr_where_the_lost_write_was_not_done(self, store):
        with closing(store.open()) as workbook:
            workbook.read()
            store.google.control.fault(WRITE, kind="reset_before")
            store.edit("move_column", sheet=TAB, column="備考", to=3)
            store.edit("set_cell", sheet=TAB, row=2, column="備考", value="い")

            workbook.show(statuses(C_1="い", C_3="は"))

        assert [row["備考"] for row in by_name(store).values()] == ["い", "メモ1", "メモ2"]

    def test_go_where_the_columns_are_by_now_where_the_last_read_was_a_while_ago(self, store):
        seconds = iter(range(0, 1000, 10))
        with closing(store.open(monotonic=lambda: next(seconds))) as workbook:
            workbook.read()
            store.edit("move_column", sheet=TAB, column="備考", to=3)
            store.google.control.forget_calls()

            workbook.show(statuses(C_1="い"))

        assert [call["method"] for call in store.google.control.calls()] == ["sheets.spreadsheets.get", WRITE]
        assert by_name(store)["佐藤 花"] == {**by_name(store)["佐藤 花"], "通知状況": "い", "備考": "メモ0"}

    def test_give_back_a_formula_that_they_landed_on(self, store):
        store.edit("set_raw", sheet=TAB, row=2, column="備考", value={"formula": '="式"&"です"'})
        with closing(store.open()) as workbook:
            workbook.read()
            somebody_meanwhile(store, "move_column", column="通知状況", to=5)

            workbook.show(statuses(C_1="い"))

        assert store.formulas() == ["候補者!D2"]
        assert by_name(store)["佐藤 花"]["備考"] == "式です"


class TestIds:
    @pytest.fixture
    def store(self, google):
        return GoogleStore(google, {TAB: people("C-1", None, None)})

    SUZUKI = identity(3, "C-2", "鈴木 学", "suzuki@example.com")
    ITO = identity(4, "C-3", "伊藤 葵", "ito@example.com")

    @pytest.mark.parametrize(
        ("edit", "more"),
        [("sort", {"column": "氏名"}), ("insert_row", {"row": 2, "cells": ["C-9", "加藤 誠", "kato@example.com"]})],
    )
    def test_are_taken_back_from_rows_that_are_not_theirs(self, store, edit, more):
        with closing(store.open()) as workbook:
            workbook.read()
            somebody_meanwhile(store, edit, **more)

            with pytest.raises(WorkbookChanged):
                workbook.show(Views(place=PLACE, identities=(self.SUZUKI, self.ITO)))

        found = {name: row["候補者ID"] for name, row in by_name(store).items()}
        assert found["佐藤 花"] == "C-1"
        assert found.get("加藤 誠", "C-9") == "C-9"
        assert found["鈴木 学"] in {None, "C-2"}
        assert found["伊藤 葵"] in {None, "C-3"}

    @pytest.mark.parametrize("times", [1, 2])
    def test_are_taken_back_from_where_they_stand_by_then_and_nothing_of_hrs_goes_with_them(self, store, times):
        with closing(store.open()) as workbook:
            workbook.read()
            somebody_meanwhile(store, "sort", column="備考", descending=True)
            for turn in range(times):  # and then, each time that we put right what is wrong
                somebody_meanwhile(store, "move_column", nth=turn + 2, column="備考", to=turn)

            with pytest.raises(WorkbookChanged):
                workbook.show(Views(place=PLACE, identities=(self.SUZUKI, self.ITO)))

        rows = by_name(store)
        assert {name: (row["備考"], row["通知状況"]) for name, row in rows.items()} == {
            "佐藤 花": ("メモ0", "旧0"),
            "鈴木 学": ("メモ1", "旧1"),
            "伊藤 葵": ("メモ2", "旧2"),
        }
        assert rows["佐藤 花"]["候補者ID"] == "C-1"
        assert rows["鈴木 学"]["候補者ID"] in {None, "C-2"}
        assert rows["伊藤 葵"]["候補者ID"] in {None, "C-3"}

    def test_are_taken_back_though_google_refuses_for_a_while(self, store):
        with closing(store.open()) as workbook:
            workbook.read()
            somebody_meanwhile(store, "move_column", column="備考", to=0)
            store.google.control.fault(WRITE, kind="status", status=403, nth=2, times=2)

            with pytest.raises(WorkbookChanged):
                workbook.show(Views(place=PLACE, identities=(self.SUZUKI, self.ITO)))

        assert {row["備考"] for row in by_name(store).values()} == {"メモ0", "メモ1", "メモ2"}

    def test_are_named_where_google_refuses_for_good(self, store):
        with closing(store.open()) as workbook:
            workbook.read()
            somebody_meanwhile(store, "move_column", column="備考", to=0)
            store.google.control.fault(WRITE, kind="status", status=403, nth=2, times=None)

            with pytest.raises(CellsOverwritten) as caught:
                workbook.show(Views(place=PLACE, identities=(self.SUZUKI, self.ITO)))

        assert "候補者!A3, 候補者!A4" in caught.value.ja
        assert "候補者!A3, 候補者!A4" in caught.value.en

    def test_are_right_after_one_more_try(self, store):
        with closing(store.open()) as workbook:
            workbook.read()
            somebody_meanwhile(store, "insert_row", row=2, cells=["C-9", "加藤 誠", "kato@example.com"])
            with pytest.raises(WorkbookChanged):
                workbook.show(Views(place=PLACE, identities=(self.SUZUKI, self.ITO)))
            workbook.read()

            moved = (
                identity(4, "C-2", "鈴木 学", "suzuki@example.com"),
                identity(5, "C-3", "伊藤 葵", "ito@example.com"),
            )
            workbook.show(Views(place=PLACE, identities=moved))

        found = {name: row["候補者ID"] for name, row in by_name(store).items()}
        assert found == {"佐藤 花": "C-1", "加藤 誠": "C-9", "鈴木 学": "C-2", "伊藤 葵": "C-3"}
