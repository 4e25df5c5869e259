"""A file that is not there yet: whole or not at all, and never over another one."""

import errno
import os
import stat

import pytest

from sheets_automation.core.errors import WorkbookNotSaved
from sheets_automation.xlsx.new_file import write_new_file


def wrong(_):
    raise ValueError("not as it should be")


def right(path):
    assert path.read_bytes() == b"new"


@pytest.fixture(params=["links", "no links"])
def path(request, tmp_path, monkeypatch):
    """A name in a folder, also on a file system that knows no links."""

    def refuse(*_):
        raise OSError(errno.EPERM, "not here")

    if request.param == "no links":
        monkeypatch.setattr(os, "link", refuse)
    return tmp_path / "book.xlsm"


def test_the_file_is_there_whole_and_alone(path):
    write_new_file(path, lambda out: out.write(b"new"), right)

    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_there_stays(path):
    path.write_bytes(b"old")

    with pytest.raises(WorkbookNotSaved, match="is there already"):
        write_new_file(path, lambda out: out.write(b"new"), right)

    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_may_go_is_replaced(path):
    path.write_bytes(b"old")

    write_new_file(path, lambda out: out.write(b"new"), right, replace=True)

    assert path.read_bytes() == b"new"


def test_where_the_result_is_not_right_nothing_is_left(path):
    with pytest.raises(ValueError, match="not as it should be"):
        write_new_file(path, lambda out: out.write(b"new"), wrong)

    assert list(path.parent.iterdir()) == []


def test_a_full_disk_is_said_plainly_and_nothing_is_left(path):
    def fill(_):
        raise OSError(errno.ENOSPC, "no space")

    with pytest.raises(WorkbookNotSaved, match="the disk is full"):
        write_new_file(path, fill, right)

    assert list(path.parent.iterdir()) == []


def test_it_is_open_to_the_people_of_another_file(path):
    like = path.with_name("like.xlsx")
    like.touch()
    like.chmod(0o600)

    write_new_file(path, lambda out: out.write(b"new"), right, like=like)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
