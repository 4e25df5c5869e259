"""The grammar of mail: header fields (RFC 5322, 2047, 2231) and bodies (RFC 2045, 2046), written by us.

The standard library's EmailMessage spends two thirds of its time on folding headers, and makes encoded words of 76
characters where RFC 2047 allows 75. Everything here is cut to size in the first place, so nothing is ever folded.
No header can hold a line break: text that is not plain printable ASCII leaves as base64.
"""

from __future__ import annotations

import re
from binascii import b2a_base64, b2a_qp
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

_LINE: Final = 76  # RFC 2047 for lines with encoded words, RFC 2045 for bodies; RFC 5322 would allow 78
_EMPTY_WORD: Final = len("=?utf-8?b??=")

_PLAIN: Final = re.compile(r"(?:[!-~]+(?: [!-~]+)*)?")  # printable ASCII, single blanks inside
_PHRASE: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_INVISIBLE: Final = re.compile("[\x00-\x20\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_SEVEN_BIT: Final = re.compile(r"[\t -~]*(?:\r\n[\t -~]*)*")
_LONG_OR_TRAILING: Final = re.compile(rb"[^\r\n]{77}|[\t ]\r\n|^From |\r\nFrom |^\.|\r\n\.|=_|[\t ]$")


def one_line(text: str) -> str:
    """Text for a header: every run of blanks, line breaks, control and direction characters becomes one blank."""
    return _INVISIBLE.sub(" ", text).strip()


def text_field(name: str, text: str) -> str:
    """An unstructured header field such as Subject, ready to send."""
    text = one_line(text)
    if len(name) + 2 + len(text) <= _LINE and "=?" not in text and _PLAIN.fullmatch(text):
        return f"{name}: {text}\r\n"
    return f"{name}: " + "\r\n ".join(_encoded_words(text, used=len(name) + 2)) + "\r\n"


def address_field(name: str, display_name: str, address: str) -> str:
    """An address header field; `address` must have been checked before."""
    display_name = one_line(display_name)
    if not display_name:
        return f"{name}: {address}\r\n"
    field = f"{name}: {_phrase(display_name, used=len(name) + 2)}"
    last_line = field.rpartition("\r\n")[2]
    gap = " " if len(last_line) + len(address) + 3 <= _LINE else "\r\n "
    return f"{field}{gap}<{address}>\r\n"


def _phrase(text: str, used: int) -> str:
    if used + len(text) + 2 <= _LINE and "=?" not in text and _PLAIN.fullmatch(text):
        if _PHRASE.fullmatch(text):
            return text
        quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if used + len(quoted) <= _LINE:
            return quoted
    return "\r\n ".join(_encoded_words(text, used))


def _encoded_words(text: str, used: int) -> Iterator[str]:
    """Encoded words of at most 75 characters that fill lines of at most 76, never cutting a character in two."""
    room = _bytes_in(_LINE - used)
    word: list[bytes] = []
    for character in text:
        encoded = character.encode("utf-8", "replace")  # a lone surrogate becomes a question mark
        if len(encoded) > room:
            yield _encoded_word(word)
            word, room = [], _bytes_in(_LINE - 1)
        word.append(encoded)
        room -= len(encoded)
    yield _encoded_word(word)


def _bytes_in(characters: int) -> int:
    return (characters - _EMPTY_WORD) // 4 * 3


def _encoded_word(pieces: Sequence[bytes]) -> str:
    return f"=?utf-8?b?{b2a_base64(b''.join(pieces), newline=False).decode()}?="


def parameter(name: str, value: str) -> str:
    """A parameter of a header field on lines of its own, in the form of RFC 2231 where it needs one."""
    value = one_line(value)
    if re.fullmatch(r"[\w. -]{1,50}", value, re.ASCII):
        return f';\r\n {name}="{value}"'
    lines = list(_percent_pieces(value, room=50))
    if len(lines) == 1:
        return f";\r\n {name}*=utf-8''{lines[0]}"
    first = f";\r\n {name}*0*=utf-8''{lines[0]}"
    return first + "".join(f";\r\n {name}*{number}*={line}" for number, line in enumerate(lines[1:], 1))


def _percent_pieces(value: str, room: int) -> Iterator[str]:
    piece = ""
    for character in value:
        encoded = quote(character, safe="", errors="replace")
        if len(piece) + len(encoded) > room:
            yield piece
            piece = ""
        piece += encoded
    yield piece


def text_part(subtype: str, text: str) -> bytes:
    """A text part with its header: 7bit where it is safe, quoted-printable for mostly ASCII, base64 otherwise."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    data = text.encode("utf-8", "replace")
    if len(data) == len(text) and _SEVEN_BIT.fullmatch(text) and not _LONG_OR_TRAILING.search(data):
        encoding, body = b"7bit", data
    elif (len(data) - len(text)) * 8 <= len(text) and "\0" not in text:
        encoding, body = b"quoted-printable", _quoted_printable(data)
    else:
        encoding, body = b"base64", base64_lines(data)
    head = b"Content-Type: text/%b; charset=utf-8\r\nContent-Transfer-Encoding: %b\r\n\r\n"
    return head % (subtype.encode(), encoding) + body


def _quoted_printable(data: bytes) -> bytes:
    lines = [b2a_qp(line, istext=False).replace(b"=\n", b"=\r\n") for line in data.split(b"\r\n")]
    # A mailbox file marks its messages with "From ", so a server may alter a line that begins so.
    return b"\r\n".join([b"=46" + line[1:] if line.startswith(b"From ") else line for line in lines])


def base64_lines(data: bytes) -> bytes:
    """Base64 in lines of 76 characters."""
    encoded = b2a_base64(data, newline=False)
    return b"\r\n".join([encoded[start : start + _LINE] for start in range(0, len(encoded), _LINE)])


def multipart(subtype: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    """A multipart with its header.

    `boundary` must begin with "=_": that cannot stand in base64 or quoted-printable, and `text_part` never leaves it
    in a 7bit body. So a boundary cannot occur inside a part, whatever the letter says.
    """
    line = f"--{boundary}".encode()
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'.encode()
    return head + b"".join(b"%b\r\n%b\r\n" % (line, part) for part in parts) + line + b"--\r\n"
