"""A disk that is really full: a few pages of memory as a file system, in a world of its own that ends with the process.

    unshare --mount python -m tests.ruined_files.small_disk FROM TO STEP

Leaves so many free pages and no more, for each number in the range, and prints what is to be said against the runs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ruined_files.books import innocent_cells, plain_book
from tests.ruined_files.nursery import ROOT, Nursery, nursery
from tests.ruined_files.trial import Trial

PAGE = 4096
_SIZE = 256 * PAGE


def objections_with_free_pages(first: int, last: int, step: int = 1) -> list[str]:
    """Start the process above, and give what it prints."""
    words = ["unshare", "--mount", sys.executable, "-m", "tests.ruined_files.small_disk", first, last, step]
    done = subprocess.run(
        list(map(str, words)), cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True
    )
    return json.loads(done.stdout)


def _objections(disk: Path, pages: int, nursery: Nursery) -> list[str]:
    trial = Trial(book=plain_book(), folder=disk, nursery=nursery)
    trial.drive.mkdir()
    trial.book.put_into(trial.drive)
    free = os.statvfs(disk).f_bavail * PAGE
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(free - pages * PAGE))
    trial.send()
    ballast.unlink()
    now = trial.path.read_bytes()
    trial.expect(innocent_cells(now) == innocent_cells(trial.book.content), "cells of HR changed")
    trial.send_at_last()
    for path in disk.iterdir():
        shutil.rmtree(path)
    return [f"with {pages} free pages: {one}" for one in trial.objections]


def main() -> None:
    """Mount, and try each number of free pages."""
    first, last, step = map(int, sys.argv[1:])
    with TemporaryDirectory() as folder, nursery() as warm:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", folder], check=True)
        found = [one for pages in range(first, last, step) for one in _objections(Path(folder), pages, warm)]
        subprocess.run(["umount", folder], check=True)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
