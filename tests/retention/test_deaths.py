"""The process that erases dies before or after each of its effects; the next erasure does what is left, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from sheets_automation.carriers.outbox import letter_name
from sheets_automation.carriers.outbox_shelf import OutboxShelf
from sheets_automation.jobs.erase import Tools
from sheets_automation.workbooks.google_client import SheetsClient
from sheets_automation.workbooks.journal import Journal
from sheets_automation.xlsx import saving
from tests.retention.house import KEY, LOG, TAB, Team, letters, log_tab, row, sheet
from tests.workbooks.google_people import GoogleStore
from tests.workbooks.people import recruiter_sorts_the_sheet
from tests.workbooks.test_excel_file import ExcelFileStore

ROWS = [row(number) for number in range(1, 4)]
STAYS = row(5, 選考結果="採用")
EXCEL = [
    (Journal, "append"),
    (Journal, "rewrite"),
    (Journal, "wipe"),
    (OutboxShelf, "erase"),
    (Path, "unlink"),
    (saving, "swap"),
]
GOOGLE = [(SheetsClient, "write")]


class Died(BaseException):
    """What a power cut is to the program."""


@contextmanager
def dying(effects: list, number: int, moment: str) -> Iterator[list[str]]:
    """Let the process die at its nth effect; 0 lets it live. Gives the names of those that it had."""
    had: list[str] = []
    real = [(owner, name, getattr(owner, name)) for owner, name in effects]

    def watched(name, effect):
        def act(*args, **kwargs):
            had.append(name)
            mine = len(had)
            if (mine, moment) == (number, "before"):
                raise Died
            done = effect(*args, **kwargs)
            if (mine, moment) == (number, "after"):
                raise Died
            return done

        return act

    for owner, name, effect in real:
        setattr(owner, name, watched(name, effect))
    try:
        yield had
    finally:
        for owner, name, effect in real:
            setattr(owner, name, effect)


def excel_team(folder: Path) -> Team:
    """Three whose notice is over, one who was hired, and their letters in an outbox."""
    folder.mkdir()
    team = Team(ExcelFileStore(folder / "book.xlsx", {TAB: sheet(*ROWS, STAYS), LOG: log_tab(letters(ROWS))}))
    outbox = folder / "outbox"
    (outbox / "new").mkdir(parents=True)
    for event in letters(ROWS)[::2]:
        (outbox / "new" / letter_name(event.key, event.attempt)).write_text("Subject: 選考結果\n\n様")
    team.tools = Tools(key=KEY, shelves=[OutboxShelf(outbox)])
    team.announce()
    return team.later(days=31)


def bytes_of(folder: Path) -> bytes:
    """All that lies there, for whoever looks with other eyes: earlier copies are looked into."""
    return b"".join(_unpacked(file) for file in sorted(folder.rglob("*")) if file.is_file())


def _unpacked(file: Path) -> bytes:
    if not is_zipfile(file):
        return file.read_bytes()
    with ZipFile(file) as package:
        return b"".join(map(package.read, package.namelist()))


def finish(team: Team) -> None:
    """The next erasure, whatever the dead one has left."""
    look = team.look()
    team.erase_due(len(look.plan.of("due")))


def assert_erased(team: Team, analysis: dict) -> None:
    said = team.everything()
    assert [one["氏名"] for one in team.rows() if "氏名" in one] == [STAYS["氏名"]]
    for one in ROWS:
        assert str(one["氏名"]) not in said
        assert str(one["メールアドレス"]) not in said
    situation = team.situation()
    assert situation.erasures.unfinished == ()
    assert len([one for one in situation.candidates if one.address.value.endswith("@erased.invalid")]) == 3
    assert team.analysis() == analysis


def test_an_erasure_in_a_file_that_dies_anywhere_is_finished_by_the_next_one(tmp_path):
    team = excel_team(tmp_path / "whole")
    analysis = team.analysis()
    with dying(EXCEL, 0, "") as had:
        finish(team)
    assert_erased(team, analysis)
    assert {"rewrite", "erase", "wipe", "swap", "append"} <= set(had)

    ends = {had.index(name) for name in had} | {len(had) - 1 - had[::-1].index(name) for name in had}
    for number, moment in [(1, "before"), *((place + 1, "after") for place in sorted(ends))]:
        folder = tmp_path / f"{number}{moment}"
        team = excel_team(folder)
        with dying(EXCEL, number, moment), pytest.raises(Died):
            finish(team)
        recruiter_sorts_the_sheet(team.store, TAB, column=1)

        finish(team)

        assert_erased(team, analysis)
        assert list((folder / "outbox" / "new").iterdir()) == []
        assert str(ROWS[0]["メールアドレス"]).encode() not in bytes_of(folder / ".relay"), (number, moment)


def test_an_erasure_in_a_spreadsheet_that_dies_after_any_write_is_finished_by_the_next_one(google):
    def team_of():
        team = Team(GoogleStore(google, {TAB: sheet(*ROWS, STAYS), LOG: log_tab(letters(ROWS))}))
        team.announce()
        return team.later(days=31)

    team = team_of()
    analysis = team.analysis()
    with dying(GOOGLE, 0, "") as had:
        finish(team)
    assert_erased(team, analysis)
    assert len(had) >= 4

    for number in range(1, min(len(had), 3) + 1):  # begun, rewritten, and what is only shown
        team = team_of()
        with dying(GOOGLE, number, "after"), pytest.raises(Died):
            finish(team)
        finish(team)
        assert_erased(team, analysis)


def test_rows_of_the_log_that_somebody_moves_in_that_very_moment_end_as_they_should(google):
    store = GoogleStore(google, {TAB: sheet(*ROWS, STAYS), LOG: log_tab(letters([*ROWS, STAYS]))})
    team = Team(store)
    analysis = team.analysis()
    real, moved = SheetsClient.write, []

    def write(client, requests, **options):
        if "消去 " in str(requests) and not moved:
            moved.append(True)
            store.edit("insert_row", sheet=LOG, row=2, cells=[])
        return real(client, requests, **options)

    SheetsClient.write = write
    try:
        team.erase("C-2")
    finally:
        SheetsClient.write = real

    assert moved
    assert "person2@" not in team.everything()
    assert len(team.situation().events) == 9
    assert team.analysis() == analysis


def test_letters_in_the_outbox_and_earlier_copies_go_and_one_copy_of_now_stays(tmp_path):
    team = excel_team(tmp_path / "all")
    backups = tmp_path / "all" / ".relay" / "backups"
    assert len(list(backups.iterdir())) >= 1

    certificate = team.erase_due(3).certificate

    assert certificate.counts["letters"] == 3
    assert list((tmp_path / "all" / "outbox" / "new").iterdir()) == []
    assert certificate.counts["backups"] >= 2
    assert 1 <= len(list(backups.iterdir())) <= 2  # of now, and of before the last fact
    assert str(ROWS[0]["メールアドレス"]).encode() not in bytes_of(tmp_path / "all")
