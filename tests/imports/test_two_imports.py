"""Two imports into one spreadsheet at once: the first in the log has it, and nobody is added twice."""

from __future__ import annotations

import threading
from contextlib import closing
from datetime import timedelta

import pytest

from sheets_automation.core.errors import PlanChanged, WorkbookBusy
from sheets_automation.imports.files import OpenFiles
from sheets_automation.jobs.import_candidates import Material, import_candidates
from tests.imports.house import HEADINGS, TAB, Team, csv_of, sheet
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.people import recruiter_writes

PEOPLE = [(f"山田 {chr(0x4E00 + n)}", f"p{n}@example.com", "", "営業職", "2026/11/20", "Web") for n in range(30)]


@pytest.fixture
def team(google, tmp_path):
    return Team(GoogleStore(google, {TAB: sheet()}), tmp_path)


class Meeting:
    """A workbook that lets something else happen before its nth call of a kind."""

    def __init__(self, real, name, number, happening):
        self.real, self._name, self._left, self._happening = real, name, number, happening

    def __getattr__(self, name):
        found = getattr(self.real, name)
        if name != self._name:
            return found

        def met(*words):
            self._left -= 1
            if self._left == 0:
                self._happening()
            return found(*words)

        return met


@pytest.mark.parametrize(("name", "number"), [("append", 1), ("read", 2), ("append", 2), ("show", 1)])
def test_whoever_comes_in_between_is_added_once_by_one_of_them(team, name, number):
    file = team.file(csv_of(*PEOPLE[:5]))
    outcomes = []

    def another():
        try:
            team.take_in(file)
            outcomes.append("done")
        except WorkbookBusy:
            outcomes.append("busy")

    try:
        team.take_in(file, wrap=lambda workbook: Meeting(workbook, name, number, another))
        outcomes.append("done")
    except WorkbookBusy:
        outcomes.append("busy")

    assert "done" in outcomes
    assert sorted(row["氏名"] for row in team.people()) == sorted(one[0] for one in PEOPLE[:5])
    team.take_in(team.file(csv_of(PEOPLE[5]), "one_more.csv"))  # and nobody is held up by either of them


def test_many_imports_in_threads_add_everybody_once(team):
    halves = [team.file(csv_of(*PEOPLE[:20]), "a.csv"), team.file(csv_of(*PEOPLE[10:]), "b.csv")]
    said = []

    def work(path):
        files = OpenFiles()
        with closing(files), closing(team.store.open()) as workbook:
            try:
                import_candidates(workbook, team.desk, team.run(), Material(open_files=team.reader(files, [path])))
            except WorkbookBusy:
                said.append(path)

    threads = [threading.Thread(target=work, args=(path,)) for path in halves * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for path in halves:  # whoever was told to wait comes again
        Team(team.store, team.folder, team.now + timedelta(minutes=20)).take_in(path)

    assert sorted(row["氏名"] for row in team.people()) == sorted(one[0] for one in PEOPLE)


def test_an_import_that_died_holds_others_up_for_a_quarter_of_an_hour_only(team):
    file = team.file(csv_of(*PEOPLE[:3]))

    def dies(_views, _facts=None):
        raise KeyboardInterrupt

    class Dying:
        def __init__(self, real):
            self.real, self.show = real, dies

        def __getattr__(self, name):
            return getattr(self.real, name)

    with pytest.raises(KeyboardInterrupt):
        team.take_in(file, wrap=Dying)

    with pytest.raises(WorkbookBusy):
        team.later(minutes=5).take_in(file)
    assert len(team.later(minutes=16).take_in(file).plan.additions) == 3


def test_a_plan_that_somebody_agreed_to_is_done_as_it_was_or_not_at_all(team):
    file = team.file(csv_of(*PEOPLE[:3]))
    agreed = team.preview(file).plan.mark

    def agrees(plan):
        if plan.mark != agreed:
            raise PlanChanged("別の計画です。", "Another plan.")

    def somebody_is_there_already():
        name, address, _, opening, day, medium = PEOPLE[0]
        typed = {"氏名": name, "メールアドレス": address, "応募職種": opening, "応募日": day, "応募媒体": medium}
        for column, heading in enumerate(HEADINGS):
            recruiter_writes(team.store, TAB, 2, column, typed.get(heading))

    with closing(OpenFiles()) as files, closing(team.store.open()) as workbook:
        meeting = Meeting(workbook, "read", 2, somebody_is_there_already)
        material = Material(open_files=team.reader(files, [file]), agrees=agrees)
        with pytest.raises(PlanChanged):
            import_candidates(meeting, team.desk, team.run(), material)

    assert [row["氏名"] for row in team.people()] == [PEOPLE[0][0]]
    assert len(team.take_in(file).plan.additions) == 2  # and nobody is held up
