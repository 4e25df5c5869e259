"""`python -m tests.overheard FOLDER`: ends with 1 if a log of the tests said who somebody is, or nobody listened."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.overheard.leaks import verdict

if __name__ == "__main__":
    said, is_well = verdict(Path(sys.argv[1]))
    sys.stdout.write(f"{said}\n")
    sys.exit(not is_well)
