"""SpamAssassin, with its own rules and without the network, finds no fault in the build of any letter."""

import os
import re
import shutil
import subprocess

import pytest

from tests.reading.letters import FILES, message

# "pts rule name description": see `spamassassin --test-mode`.
_HIT = re.compile(r"^\s*(-?\d+\.\d+)\s+([A-Z][A-Z0-9_]+)\s", re.MULTILINE)
_ENVELOPE = re.compile(r"^From letter-(\d+)@localhost ", re.MULTILINE)
"""The line before each message of a mailbox. SpamAssassin answers in an order of its own, and keeps this line."""

_ABOUT_THE_WAY = {"NO_RECEIVED", "NO_RELAYS", "HTML_MESSAGE"}
"""What only says that no server has carried the letter yet, and that it has a page: all of them weigh nothing."""


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """The rules that hit, with their points, for each of some messages; one process looks at all of them."""
    folder = tmp_path_factory.mktemp("spam")
    program = shutil.which("spamassassin")
    assert program, "tests/install-tools.sh installs SpamAssassin (Debian: spamassassin)"
    preferences = folder / "user_prefs"
    preferences.write_text("use_bayes 0\nuse_auto_whitelist 0\n")

    def judge(messages):
        mailbox = folder / "letters.mbox"
        mailbox.write_bytes(
            b"".join(
                b"From letter-%d@localhost Tue Nov 24 10:00:00 2026\n%s\n" % (number, one.replace(b"\r\n", b"\n"))
                for number, one in enumerate(messages)
            )
        )
        done = subprocess.run(
            [program, "--local", "--test-mode", "--mbox", f"--prefspath={preferences}", str(mailbox)],
            capture_output=True,
            check=False,
            env={**os.environ, "HOME": str(folder), "LC_ALL": "C"},
            timeout=240,
        )
        _, *pieces = _ENVELOPE.split(done.stdout.decode("utf-8", "replace"))
        reports = dict(zip(map(int, pieces[::2]), pieces[1::2], strict=True))
        assert set(reports) == set(range(len(messages))), done.stderr.decode("utf-8", "replace")[-2000:]
        return [{rule: float(points) for points, rule in _HIT.findall(reports[number])} for number in sorted(reports)]

    return judge


def test_no_rule_that_weighs_anything_hits_any_letter(judged):
    found = dict(zip(map(str, FILES), judged([message(path) for path in FILES]), strict=True))

    assert {name: hits for name, hits in found.items() if set(hits) - _ABOUT_THE_WAY or max(hits.values()) > 0} == {}


def test_a_letter_that_is_built_badly_is_found_out(judged):
    letter = message(FILES[0])
    no_date = re.sub(rb"\r\nDate: [^\r]*", b"", letter)
    only_a_page = (
        b"From: a@b.example\nTo: c@d.example\nSubject: !!! FREE $$$ !!!\nContent-Type: text/html\n\n<p>x</p>\n"
    )

    first, second = judged([no_date, only_a_page])

    assert "MISSING_DATE" in first
    assert "MIME_HTML_ONLY" in second
