"""The kinds of values that a configuration can hold: what each must be, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Final
from zoneinfo import ZoneInfo

from sheets_automation.core.addresses import read_address
from sheets_automation.core.analysis_period import read_period

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = rf"(?i:(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})+)"
_HTTPS = r"(?i:https://[a-z0-9.-]+(?::\d+)?(?:/[^\s#]*)?)"
_SPREADSHEET_ID = r"([A-Za-z0-9_-]{25,100})"
_SPREADSHEET = rf"https://docs\.google\.com/spreadsheets/(?:u/\d+/)?d/{_SPREADSHEET_ID}(?:[/?#]\S*)?|{_SPREADSHEET_ID}"
_CLIENT = r"[0-9a-zA-Z.-]{1,200}\.apps\.googleusercontent\.com"
_SERVICE = r"https://[a-z0-9.-]+(?::\d+)?"  # as Google writes it into a token: lower case, without a path
_PROXIED = r"/projects/\d+/(?:global/backendServices/\d+|locations/[a-z0-9-]+/services/[a-z0-9-]+)"
_TAB = r"(?!')[^\[\]:*?/\\]{1,31}(?<!')"  # what Excel allows
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a value must be, as the end of "must be …", and a reader that raises ValueError when it is not."""

    ja: str
    en: str
    read: Callable[[object], object]


def whole(low: int, high: int) -> Kind:
    """A whole number between two others, both included."""

    def read(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        raise ValueError

    return Kind(ja=f"{low} から {high} までの整数", en=f"a whole number from {low} to {high}", read=read)


def number(low: float, high: float) -> Kind:
    """A number between two others, both included."""

    def read(value: object) -> float:
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return float(value)
        raise ValueError

    return Kind(ja=f"{low:g} から {high:g} までの数", en=f"a number from {low:g} to {high:g}", read=read)


def one_of(*choices: str) -> Kind:
    """One of a few words."""

    def read(value: object) -> str:
        if value in choices:
            return str(value)
        raise ValueError

    listed = ", ".join(f'"{choice}"' for choice in choices)
    return Kind(ja=f"次のどれか: {listed}", en=f"one of {listed}", read=read)


def list_of(kind: Kind, *, ja: str, en: str) -> Kind:
    """A list, each of whose values is of one kind."""

    def read(value: object) -> tuple[object, ...]:
        if isinstance(value, list):
            return tuple(kind.read(item) for item in value)
        raise ValueError

    return Kind(ja=ja, en=en, read=read)


def _switch(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError


def _text(value: object) -> str:
    if isinstance(value, str) and not _CONTROL.search(value):
        return value.strip()
    raise ValueError


def _word(value: object) -> str:
    if word := _text(value):
        return word
    raise ValueError


def _matching(pattern: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if re.fullmatch(pattern, text := _text(value)):
            return text
        raise ValueError

    return read


def _period(value: object) -> str:
    text = _text(value)
    read_period(text)
    return text


def _spreadsheet(value: object) -> str:
    """The id alone, however it was written."""
    if found := re.fullmatch(_SPREADSHEET, _text(value)):
        return found[1] or found[2]
    raise ValueError


def _address(value: object) -> str:
    text = _text(value)
    if not text or (address := read_address(text).value) is None:
        return _matching("")(text)
    return address


def _clock(value: object) -> time:
    if isinstance(value, time):
        return value
    hour, minute = _matching(r"\d{1,2}:\d\d")(value).split(":")
    return time(int(hour), int(minute))


def _day(value: object) -> date:
    return value if type(value) is date else date.fromisoformat(_text(value))


def _weekday(value: object) -> int:
    return _WEEKDAYS.index(_text(value).lower()[:3])


def _zone(value: object) -> str:
    try:
        return ZoneInfo(_word(value)).key
    except (OSError, KeyError) as error:
        raise ValueError from error


SWITCH: Final = Kind(ja="true か false", en="true or false", read=_switch)
TEXT: Final = Kind(ja='文字（"" で囲む）', en="text in quotes", read=_text)
NAME: Final = Kind(ja='空でない文字（"" で囲む）', en="text in quotes, not empty", read=_word)
ADDRESS: Final = Kind(
    ja='メールアドレス 1 つ（例: "saiyo@example.co.jp"）', en='one mail address, e.g. "jobs@example.com"', read=_address
)
TAB: Final = Kind(
    ja="シート名（31 文字まで、[ ] : * ? / \\ は使えません）",
    en="a tab name: up to 31 characters, none of [ ] : * ? / \\",
    read=_matching(_TAB),
)
BASE_URL: Final = Kind(
    ja='https:// で始まるアドレス（例: "https://relay.example.com/r"）',
    en='an address that begins with https://, e.g. "https://relay.example.com/r"',
    read=_matching(f"(?:{_HTTPS})?"),
)
CARRIER: Final = Kind(
    ja='送信手段（例: "outbox:outbox"、"smtp://saiyo@mail.example.co.jp:587"、"gmail:saiyo@example.co.jp"）',
    en='a carrier, e.g. "outbox:outbox", "smtp://jobs@mail.example.com:587" or "gmail:jobs@example.com"',
    read=_matching(r"(?:(?:outbox|smtps?|gmail):.+|line:)?"),
)
PERIOD: Final = Kind(
    ja='月の範囲（例: "2026-04..2026-09"、"FY2026"）',
    en='months, e.g. "2026-04..2026-09" or "FY2026"',
    read=_period,
)
LINE_ACCOUNT: Final = Kind(
    ja='LINE 公式アカウントの ID（例: "@minato"）',
    en='the id of a LINE account, e.g. "@minato"',
    read=_matching(r"(?:@[a-z0-9._-]{1,30})?"),
)
CLOCK: Final = Kind(ja='時刻（例: "09:00"）', en='a time of day, e.g. "09:00"', read=_clock)
ZONE: Final = Kind(ja='タイムゾーン名（例: "Asia/Tokyo"）', en='the name of a time zone, e.g. "Asia/Tokyo"', read=_zone)
WORDS: Final = list_of(
    NAME, ja='文字のリスト（例: ["不採用", "お見送り"]）', en='a list of texts, e.g. ["不採用", "お見送り"]'
)
FILES: Final = list_of(
    NAME, ja='ファイル名のリスト（例: ["個人情報の取扱い.pdf"]）', en='a list of file names, e.g. ["privacy.pdf"]'
)
SPREADSHEET: Final = Kind(
    ja='スプレッドシートのアドレスか ID（例: "https://docs.google.com/spreadsheets/d/…"）',
    en='the address or id of a spreadsheet, e.g. "https://docs.google.com/spreadsheets/d/…"',
    read=_spreadsheet,
)
SPREADSHEETS: Final = list_of(
    SPREADSHEET,
    ja='スプレッドシートのアドレスか ID のリスト（例: ["https://docs.google.com/spreadsheets/d/…"]）',
    en='a list of addresses or ids of spreadsheets, e.g. ["https://docs.google.com/spreadsheets/d/…"]',
)
AUDIENCES: Final = list_of(
    Kind(ja="", en="", read=_matching(f"{_CLIENT}|{_SERVICE}")),
    ja='OAuth クライアント ID かサービスのアドレスのリスト（例: ["1234-abc.apps.googleusercontent.com"]）',
    en='a list of OAuth client ids or addresses of the service, e.g. ["1234-abc.apps.googleusercontent.com"]',
)
PROXIED: Final = Kind(
    ja='IAP の対象者（例: "/projects/1234/locations/asia-northeast1/services/relay"）',
    en='an audience of IAP, e.g. "/projects/1234/locations/asia-northeast1/services/relay"',
    read=_matching(f"(?:{_PROXIED})?"),
)
ADDRESSES: Final = list_of(
    ADDRESS,
    ja='メールアドレスのリスト（例: ["hanako@example.co.jp"]）',
    en='a list of mail addresses, e.g. ["hanako@example.com"]',
)
DOMAINS: Final = list_of(
    Kind(ja="", en="", read=_matching(_DOMAIN)),
    ja='ドメイン名のリスト（例: ["relay.example.com"]）',
    en='a list of domain names, e.g. ["relay.example.com"]',
)
DAYS: Final = list_of(
    Kind(ja="", en="", read=_day),
    ja='日付のリスト（例: ["2026-12-29", "2026-12-30"]）',
    en='a list of dates, e.g. ["2026-12-29", "2026-12-30"]',
)
WEEKDAYS: Final = list_of(
    Kind(ja="", en="", read=_weekday),
    ja='曜日のリスト（例: ["mon", "tue", "wed", "thu", "fri"]）',
    en='a list of weekdays, e.g. ["mon", "tue", "wed", "thu", "fri"]',
)
