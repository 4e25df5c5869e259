"""The sample mails in tests/core/mails: written for these tests, after what real systems write.

They lie there as UTF-8 so that people can read them; a first line such as "# iso-2022-jp" says what they arrive in.
"""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "mails"
WORD = "00112233445566aa"
"""The letter's word in the header of our letters that the samples return."""


def mail(name: str) -> bytes:
    """A sample as it arrives."""
    text = (FOLDER / f"{name}.eml").read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    charset, body = (first.removeprefix("# "), rest) if first.startswith("# ") else ("utf-8", text)
    return body.replace("\n", "\r\n").encode(charset)


def names() -> list[str]:
    """Every sample."""
    return sorted(path.stem for path in FOLDER.glob("*.eml"))
