"""`relay` in a process whose clock runs faster: `python -m tests.scale.hurried SPEED run send …`.

A quota is refilled each minute, so at the speed of life a thousand workbooks take a night. Here the emulator's minute
and that of whoever waits for it are shorter by the same factor; what is computed takes as long as it takes.
"""

from __future__ import annotations

import sys
import time


def hurry(speed: float) -> None:
    """Let this process' seconds pass faster, for who measures them and who sleeps."""
    began, monotonic, sleep = time.monotonic(), time.monotonic, time.sleep
    time.monotonic = lambda: began + (monotonic() - began) * speed
    time.sleep = lambda seconds: sleep(seconds / speed)


if __name__ == "__main__":
    hurry(float(sys.argv[1]))

    from sheets_automation.cli import main

    sys.exit(main(sys.argv[2:]))
