"""A strict checker of Internet messages, written from RFC 5322, 2045, 2046, 2047 and 2231 and not from our composer."""

import binascii
import re
from base64 import b64decode

ENCODED_WORD = re.compile(r"=\?([A-Za-z0-9-]+)\?([BbQq])\?([!->@-~]*)\?=")
FIELD_NAME = re.compile(r"[!-9;-~]+")
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
DOT_ATOM = rf"{ATOM}(?:\.{ATOM})*"
QUOTED = r'"(?:[ !#-\[\]-~]|\\[ -~])*"'
ADDRESS = re.compile(rf"(?:{DOT_ATOM}|{QUOTED})@{DOT_ATOM}")
MAILBOX = re.compile(rf"(?:(?:{ATOM}|{QUOTED})(?: (?:{ATOM}|{QUOTED}))* <({ADDRESS.pattern})>|({ADDRESS.pattern}))")
DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
    r" \d{2}:\d{2}:\d{2} [+-]\d{4}"
)
ONCE = {"from", "to", "subject", "date", "message-id", "mime-version", "content-type"}
TOKEN = r"[!#$%&'*+.^_`{|}~0-9A-Za-z-]+"
PARAMETERS = re.compile(
    rf"(?:; {TOKEN}(?:=(?:{TOKEN}|{QUOTED})|\*=(?:utf-8\'\')?(?:[A-Za-z0-9_.~-]|%[0-9A-F]{{2}})+))*"
)


def check_message(data):
    """Fail unless `data` keeps every rule for what a server may carry over a 7-bit line."""
    assert data.isascii()
    assert b"\0" not in data
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data), "a bare CR or LF"
    fields, body = check_header(data)
    names = [name.lower() for name, _ in fields]
    assert all(names.count(name) == 1 for name in ONCE)
    assert len(set(names)) == len(names)
    values = {name.lower(): value for name, value in fields}
    for name in {"from", "to", "reply-to"} & set(names):
        assert MAILBOX.fullmatch(values[name]), values[name]
    assert DATE.fullmatch(values["date"])
    assert re.fullmatch(rf"<{DOT_ATOM}@{DOT_ATOM}>", values["message-id"])
    assert values["mime-version"] == "1.0"
    check_body(values, body)


def check_header(data):
    """The fields of a header and the body below it, each line and each encoded word checked."""
    head, _, body = data.decode().partition("\r\n\r\n")
    fields = []
    for line in head.split("\r\n"):
        assert line.strip(), "a line of blanks would end the header for some readers"
        assert len(line) <= (76 if "=?" in line else 78), line
        assert line == line.rstrip() or line.endswith(": ")
        assert line.isprintable()
        if line[0] == " ":
            fields[-1] = (fields[-1][0], fields[-1][1] + line)
        else:
            name, colon, value = line.partition(": ")
            assert colon
            assert FIELD_NAME.fullmatch(name)
            fields.append((name, value))
    for name, value in fields:
        check_encoded_words(value, structured=name.lower() != "subject")
    return fields, body


def check_encoded_words(value, *, structured):
    for part in value.split(" "):
        if "=?" not in part:
            continue
        match = ENCODED_WORD.fullmatch(part)
        assert match, f"{part!r} begins like an encoded word"
        assert len(part) <= 75
        assert match[2] in "Bb"
        assert match[3], "an empty encoded word"
        decoded = b64decode(match[3], validate=True)
        assert binascii.b2a_base64(decoded, newline=False).decode() == match[3]
        decoded.decode(match[1])  # a character that is cut in two fails here
        assert not structured or re.fullmatch(r"[A-Za-z0-9!*+/=_-]*", match[3])


def check_body(values, body):
    kind, _, rest = values["content-type"].partition(";")
    parameters = f";{rest}" if rest else ""
    assert re.fullmatch(rf"{TOKEN}/{TOKEN}", kind)
    assert PARAMETERS.fullmatch(parameters), parameters
    if kind.startswith("multipart/"):
        boundary = re.search(r'boundary="([^"]+)"', parameters)[1]
        check_multipart(boundary, body)
    else:
        check_leaf(kind, values["content-transfer-encoding"], body)


def check_multipart(boundary, body):
    assert re.fullmatch(r"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]", boundary)
    lines = body.split("\r\n")
    marks = [line for line in lines if line.startswith(f"--{boundary}")]
    assert len(marks) >= 2
    assert marks == [f"--{boundary}"] * (len(marks) - 1) + [f"--{boundary}--"]
    assert lines[0] == marks[0]
    assert [line for line in lines[lines.index(marks[-1]) + 1 :] if line] == []
    parts = body.split(f"--{boundary}")[1:-1]
    for part in parts:
        fields, inner = check_header(part.removeprefix("\r\n").removesuffix("\r\n").encode())
        check_body({name.lower(): value for name, value in fields}, inner)


def check_leaf(kind, encoding, body):
    lines = body.split("\r\n")
    assert all(len(line) <= 78 for line in lines)
    if encoding == "base64":
        assert all(len(line) <= 76 for line in lines)
        content = b64decode("".join(lines), validate=True)
    elif encoding == "quoted-printable":
        assert all(len(line) <= 76 for line in lines)
        assert all(re.fullmatch(r"(?:[\t !-<>-~]|=[0-9A-F]{2})*=?", line) for line in lines)
        assert not any(re.search(r"[\t ]$|^From ", line) for line in lines)
        content = binascii.a2b_qp(body)
    else:
        assert encoding == "7bit"
        assert all(re.fullmatch(r"[\t -~]*", line) for line in lines)
        assert not any(re.search(r"[\t ]$|^\.|^From ", line) for line in lines)
        content = body.encode()
    if kind.startswith("text/"):
        text = content.decode("utf-8")
        assert "\n" not in text.replace("\r\n", "") or encoding != "7bit"
