"""Running one target in the process of its engine, and reading what that says."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz import samples

ENGINE = "atheris"
MOST_MEGABYTES = 1_500
"""Of memory, with the instrumentation and the corpus."""
MOST_SECONDS = 30
"""For one input. The engine's own check is finer, but needs the input to end."""
_CRASH = re.compile(r"Test unit written to (\S+)")
_STATUS = re.compile(r"#\d+\s+\w+ +cov: (\d+) ft: \d+ corp: (\d+)")
_EXECUTIONS = re.compile(r"stat::number_of_executed_units:\s+(\d+)|Done (\d+) runs|#(\d+)\s+\w+ +cov:")
_LONGEST = {"cell": 512, "heading": 2_048, "template": 4_096, "bounce": 8_192}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of one run."""

    target: str
    engine: str
    executions: int
    seconds: int
    edges: int
    corpus: int
    """Inputs that each reach something that no smaller one does."""
    crash: Path | None
    """The input that found a fault."""

    @property
    def told(self) -> str:
        """The run in a line."""
        line = f"{self.executions:,} inputs in {self.seconds} s, {self.edges:,} edges, {self.corpus:,} inputs kept"
        return f"{line}; FAULT, found by {self.crash}" if self.crash else line


def fuzz(target: str, seconds: int, *, python: Path, corpus: Path) -> Run:
    """Fuzz a target until the time is up or a fault is found. What was reached before is where it begins."""
    folder, crashes = corpus / target, corpus / "found"
    folder.mkdir(parents=True, exist_ok=True)
    crashes.mkdir(exist_ok=True)
    for seed in samples.seeds(target):
        (folder / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)
    dictionary = corpus / f"{target}.dict"
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in samples.words(target)))
    options = {
        "max_total_time": seconds,
        "max_len": _LONGEST[target],
        "timeout": MOST_SECONDS,
        "rss_limit_mb": MOST_MEGABYTES,
        "dict": dictionary,
        "artifact_prefix": f"{crashes}/{target}-",
        "print_final_stats": 1,
    }
    command = [
        python,
        "-m",
        "tests.fuzz.engine",
        target,
        *(f"-{key}={value}" for key, value in options.items()),
        folder,
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as child:
        return _read(target, child)


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


def _read(target: str, child: subprocess.Popen[str]) -> Run:
    executions = edges = corpus = 0
    crash = None
    started = time.monotonic()
    for line in child.stdout or ():
        if status := _STATUS.match(line):
            edges, corpus = int(status[1]), int(status[2])
        elif not line.startswith("INFO: Instr"):
            sys.stderr.write(line)
        if counted := _EXECUTIONS.match(line):
            executions = max(executions, *(int(number) for number in counted.groups() if number))
        if found := _CRASH.search(line):
            crash = Path(found[1])
    return Run(
        target=target,
        engine=ENGINE,
        executions=executions,
        seconds=round(time.monotonic() - started),
        edges=edges,
        corpus=corpus,
        crash=crash,
    )
