"""Run the emulator as a process of its own: `python -m tests.google_emulator --port 0`.

It prints one line of JSON with its addresses as soon as it can be reached, and ends at SIGTERM or SIGINT.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from threading import Thread
from types import FrameType

from tests.google_emulator.server import Server


def main() -> None:
    """Serve until told to end."""
    parser = argparse.ArgumentParser(prog="python -m tests.google_emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    server = Server(parser.parse_args().port)

    def end(_: int, __: FrameType | None) -> None:
        # shutdown() waits for serve_forever, which is interrupted right here: another thread has to call it.
        Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    root = f"http://{server.address}"
    sys.stdout.write(json.dumps({"address": server.address, "root": root, "control": f"{root}/emulator"}) + "\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.05)
    server.server_close()


if __name__ == "__main__":
    main()
