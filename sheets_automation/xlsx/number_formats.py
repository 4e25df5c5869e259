"""Which cell styles show a number as a date: a date in a workbook is a number that only looks like one."""

from __future__ import annotations

import re

from sheets_automation.xlsx.limits import Limits
from sheets_automation.xlsx.markup import Attributes, Markup
from sheets_automation.xlsx.package import Package

# Without a code of their own in the file. 27-36 and 50-58 are dates and times in East Asian Excel (ECMA-376 18.8.30).
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})

# What is not a date letter: quoted and escaped text, colours and locales (but not elapsed time such as [h]),
# exponents, and the name of the general format, also as Japanese Excel writes it.
_NO_DATE_LETTERS = re.compile(
    r'"[^"]*"?|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]?|E[+-]|General|G/標準', re.IGNORECASE | re.DOTALL
)
_DATE_LETTER = re.compile(r"[ymdhsegabr]", re.IGNORECASE)
_LONGEST_CODE = 1_000

_PLACES = {
    "styleSheet": ("",),
    "numFmts": ("styleSheet",),
    "numFmt": ("numFmts",),
    "cellXfs": ("styleSheet",),
    "xf": ("cellXfs",),
}


def is_date_format(code: str) -> bool:
    """Whether a number format shows a date or a time: `yyyy/m/d;@` and `[$-411]ggge"年"` do, `[Red]0"days"` doesn't."""
    return _DATE_LETTER.search(_NO_DATE_LETTERS.sub("", code[:_LONGEST_CODE])) is not None


def date_styles(package: Package) -> frozenset[str]:
    """The style numbers, as cells spell them, that show a number as a date."""
    if package.styles_part is None:
        return frozenset()
    reader = _StyleReader(package.limits)
    for chunk in package.stream(package.styles_part):
        reader.markup.feed(chunk)
    reader.markup.feed(b"", last=True)
    return reader.date_styles()


class _StyleReader:
    def __init__(self, limits: Limits) -> None:
        self.markup = Markup(limits, self._start, places=_PLACES)
        self._is_date: dict[str, bool] = {str(number): True for number in _BUILT_IN_DATES}
        self._formats: list[str] = []

    def date_styles(self) -> frozenset[str]:
        return frozenset(str(style) for style, number in enumerate(self._formats) if self._is_date.get(number))

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self._is_date[attributes.get("numFmtId", "")] = is_date_format(attributes.get("formatCode", ""))
        elif name == "xf":
            self._formats.append(attributes.get("numFmtId", "0"))
