"""How we notice that somebody saved a workbook, even within the same size and the same moment."""

import os
import zipfile

import pytest

from sheets_automation.xlsx.archive import fingerprint_of

LARGE = b"x" * 300_000


def saved(path, content, comment=b"", others=0):
    """Write a package in place, so that only its content tells it from the one that was there."""
    with path.open("r+b" if path.exists() else "wb") as handle, zipfile.ZipFile(handle, "w") as archive:
        archive.writestr(zipfile.ZipInfo("xl/worksheets/sheet1.xml"), content)
        archive.writestr(zipfile.ZipInfo("xl/media/image1.png"), LARGE)
        for number in range(others):
            archive.writestr(zipfile.ZipInfo(f"xl/media/other{number}.png"), b"")
        archive.comment = comment
    os.utime(path, (1_700_000_000, 1_700_000_000))
    with path.open("rb") as handle:
        return fingerprint_of(handle)


@pytest.mark.parametrize("comment", [b"", b"who made it"], ids=["plain", "with a comment"])
@pytest.mark.parametrize("others", [0, 1_000], ids=["few parts", "many parts"])
def test_another_cell_is_another_fingerprint_though_size_and_time_are_the_same(tmp_path, comment, others):
    path = tmp_path / "candidates.xlsx"

    first = saved(path, b"<c>1</c>", comment, others)
    second = saved(path, b"<c>2</c>", comment, others)

    assert first != second


def test_the_same_file_has_the_same_fingerprint(tmp_path):
    path = tmp_path / "candidates.xlsx"

    assert saved(path, b"<c>1</c>") == saved(path, b"<c>1</c>")


def test_what_is_no_package_has_one_too(tmp_path):
    path = tmp_path / "short.xlsx"
    path.write_bytes(b"PK")

    with path.open("rb") as handle:
        assert fingerprint_of(handle)
