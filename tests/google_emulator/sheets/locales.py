"""What a spreadsheet's locale decides: separators, the currency, and how dates are written and read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """The habits of one locale."""

    decimal: str = "."
    group: str = ","
    currency: str = "$"
    currency_pattern: str = '"$"#,##0.00'
    order: str = "MDY"
    """In which a date with slashes is read."""
    date: str = "m/d/yyyy"
    time: str = "h:mm:ss am/pm"
    moment: str = "m/d/yyyy h:mm:ss"
    weekdays: str = ""
    """One letter each, where days and months have Japanese names."""


_US = Locale()
_COMMA = Locale(
    decimal=",",
    group=".",
    currency="€",
    currency_pattern='#,##0.00 "€"',
    order="DMY",
    date="dd/mm/yyyy",
    time="hh:mm:ss",
    moment="dd/mm/yyyy hh:mm:ss",
)
_LOCALES = {
    "ja": Locale(
        currency="¥",
        currency_pattern='"¥"#,##0',
        order="YMD",
        date="yyyy/mm/dd",
        time="h:mm:ss",
        moment="yyyy/mm/dd h:mm:ss",
        weekdays="月火水木金土日",
    ),
    "en_US": _US,
    "en_GB": Locale(
        currency="£",
        currency_pattern='"£"#,##0.00',
        order="DMY",
        date="dd/mm/yyyy",
        time="hh:mm:ss",
        moment="dd/mm/yyyy hh:mm:ss",
    ),
    "zh": Locale(
        currency="¥",
        currency_pattern='"¥"#,##0.00',
        order="YMD",
        date="yyyy/m/d",
        time="h:mm:ss",
        moment="yyyy/m/d h:mm:ss",
    ),
    "ko": Locale(
        currency="₩",
        currency_pattern='"₩"#,##0',
        order="YMD",
        date="yyyy. m. d",
        time="am/pm h:mm:ss",
        moment="yyyy. m. d am/pm h:mm:ss",
    ),
    "de": Locale(
        decimal=",",
        group=".",
        currency="€",
        currency_pattern='#,##0.00 "€"',
        order="DMY",
        date="dd.mm.yyyy",
        time="hh:mm:ss",
        moment="dd.mm.yyyy hh:mm:ss",
    ),
}
_COMMA_LANGUAGES = {"fr", "es", "it", "pt", "nl", "pl", "ru", "tr", "sv", "da", "nb", "fi", "cs"}


def locale_of(name: str) -> Locale:
    """The habits that go by this name; what is not known goes like the United States."""
    language = name.partition("_")[0]
    if language in _COMMA_LANGUAGES:
        return _COMMA
    return _LOCALES.get(name) or _LOCALES.get(language) or _US
