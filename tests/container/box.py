"""The image without a container: our wheel and its locked parts alone, and nothing to write to but /tmp.

Whose rights it has, the image says (USER); nobody else could reach the interpreter of this machine.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-run" / "bin" / "python"
# Runs before anything else in the process: whoever writes elsewhere gets what a read-only disk answers.
READ_ONLY = """
import errno, os, sys
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MAKING = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}
def _refuse(event, args):
    if event == "open":
        path, _, flags = args
        writes = bool(flags & _WRITING)
    elif event == "sqlite3.connect" or event in _MAKING:
        path, writes = args[0], True
    else:
        return
    if writes and isinstance(path, (str, bytes, os.PathLike)):
        place = os.path.abspath(os.fsdecode(path))
        if not place.startswith(("/tmp/", "/dev/")) and place != "/tmp":
            raise OSError(errno.EROFS, "read-only", place)
sys.addaudithook(_refuse)
"""


def install_wheel() -> None:
    """Build our wheel and put it into the environment of the image."""
    if not PYTHON.exists():
        raise RuntimeError("run `make .venv-run/.installed` first; `make test` does")
    with tempfile.TemporaryDirectory() as folder:
        _quietly(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
        [wheel] = Path(folder).glob("*.whl")
        _quietly(PYTHON, "-m", "pip", "install", "--no-index", "--no-deps", "--force-reinstall", wheel)


def _quietly(*words: object) -> None:
    subprocess.run(list(map(str, words)), cwd=ROOT, check=True, capture_output=True)


class Box:
    """One container."""

    def __init__(self, folder: Path) -> None:
        self.etc = folder
        hook = folder / "hook"
        hook.mkdir()
        (hook / "sitecustomize.py").write_text(READ_ONLY)
        self.environment = {
            "PATH": f"{PYTHON.parent}:/usr/bin:/bin",
            "PYTHONPATH": str(hook),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUNBUFFERED": "1",
            "HOME": "/tmp",
            "LANG": "C.UTF-8",
        }

    def start(self, *words, **environment):
        """`relay …` as the image's entry point runs it."""
        return subprocess.Popen(
            [PYTHON.parent / "relay", *words],
            cwd="/tmp",
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words, code=0, **environment):
        """What it says on standard output."""
        process = self.start(*words, **environment)
        out, err = process.communicate(timeout=120)
        assert process.returncode == code, (process.returncode, out, err)
        return out
