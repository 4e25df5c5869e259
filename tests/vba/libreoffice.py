"""LibreOffice reads and runs macro workbooks: a profile of its own, and a Basic macro that tells what it sees.

Nothing beside LibreOffice Calc is needed for that: the macro is part of the profile, and answers into a file.
"""

import os
import shutil
import signal
import subprocess
from html import escape
from pathlib import Path

SECONDS = 120
HERE = Path(__file__).parent
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false">
 <library:element library:name="Probe"/>
</library:library>
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Probe" script:language="StarBasic">{}
</script:module>
"""


def soffice():
    """The program; a test that needs it fails where it is missing, and says what to do."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    assert found, "LibreOffice Calc is missing: run tests/install-tools.sh (Debian: apt-get install libreoffice-calc)"
    return found


def probe(book, folder, function="", argument=""):
    """What the macro of tests/vba/probe.bas says of a workbook: lines of words. It may call a function of the book."""
    answer = folder / "answer.txt"
    answer.unlink(missing_ok=True)
    call = {"RELAY_FUNCTION": function, "RELAY_ARGUMENT": argument}
    _run(folder, "macro:///Standard.Probe.Main", RELAY_BOOK=book.as_uri(), RELAY_ANSWER=str(answer), **call)
    return [line.split("\t") for line in answer.read_text(encoding="utf-8").splitlines()]


def to_pdf(book, folder):
    """The workbook as it would be printed."""
    _run(folder, "--convert-to", "pdf", "--outdir", str(folder), str(book))
    return folder / f"{book.stem}.pdf"


def _run(folder, *words, **environment):
    profile = folder / "profile"
    if not profile.exists():
        _soffice(folder, "--terminate_after_init")  # makes the profile, with an empty library of macros
        library = profile / "user" / "basic" / "Standard"
        (library / "script.xlb").write_text(_LIBRARY)
        (library / "Probe.xba").write_text(_MODULE.format(escape((HERE / "probe.bas").read_text(encoding="ascii"))))
    _soffice(folder, *words, **environment)


def _soffice(folder, *words, **environment):
    """Run it with a profile of its own; a macro that goes wrong opens a dialog that nobody sees, so it may hang."""
    words = [soffice(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", *words]
    environment = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp", **environment}
    with subprocess.Popen(words, env=environment, start_new_session=True) as process:
        try:
            assert process.wait(timeout=SECONDS) == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
