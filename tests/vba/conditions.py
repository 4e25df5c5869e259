"""VBA's conditional compilation, which LibreOffice does not know: what one system sees of a source."""

import re

_WINDOWS = {"Mac": False, 'App = "Microsoft Excel"': True}
_MAC = {**_WINDOWS, "Mac": True, "MAC_OFFICE_VERSION >= 15": True}
SYSTEMS = {"windows": {**_WINDOWS, "MAC_OFFICE_VERSION >= 15": False}, "mac": _MAC}


def as_seen_on(system, source):
    """The source with only those branches that this system compiles."""
    known, open_branches, seen = SYSTEMS[system], [], []
    for line in source.splitlines():
        word = line.strip()
        if found := re.fullmatch(r"#(Else)?If (.*?) Then(?: *'.*)?", word):
            if found[1]:
                open_branches[-1] = _next(open_branches[-1], holds=_value(known, found[2]))
            else:
                open_branches.append("now" if _value(known, found[2]) else "later")
        elif word == "#Else":
            open_branches[-1] = _next(open_branches[-1], holds=True)
        elif word == "#End If":
            open_branches.pop()
        elif not word.startswith("#Const") and all(branch == "now" for branch in open_branches):
            seen.append(line)
    assert not open_branches
    return "\r\n".join(seen) + "\r\n"


def _value(known, condition):
    negated = condition.startswith("Not ")
    return known.get(condition.removeprefix("Not ").partition("'")[0].strip(), False) != negated


def _next(branch, *, holds):
    """A branch after another: taken if none was before, and its own condition holds."""
    if branch == "later":
        return "now" if holds else "later"
    return "done"
