"""What stands behind `.api` on macOS: properties are asked for with `get`, and errors bear a number of AppleScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tests.excel_engine.excel import BEING_EDITED, CALL_REJECTED
from tests.excel_engine.grid import Refused

MISSING = object()
"""k.missing_value: what AppleScript hands over where there is nothing to tell."""
_NO_SUCH_OBJECT, _TIMED_OUT, _FAILED = -1728, -1712, -10000
_DISCONNECTED = -2147417848


class CommandError(Exception):
    """As appscript raises it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.errornumber = number


def calling_as_a_mac(do: Callable[..., object]) -> Callable[..., object]:
    """The same Excel, whose refusals are those of AppleScript."""

    def done(verb: str, *args: object) -> object:
        try:
            return do(verb, *args)
        except Refused as refused:
            if refused.hresult == CALL_REJECTED or refused.excepinfo[5] == BEING_EDITED:
                raise CommandError(_TIMED_OUT) from refused
            is_gone = refused.hresult == _DISCONNECTED or verb == "get_name"
            raise CommandError(_NO_SUCH_OBJECT if is_gone else _FAILED) from refused

    return done


def as_apple_hands_over(values: object) -> object:
    """Cells as AppleScript hands them over: lists, "" for nothing, nothing for an error, dates without a zone."""
    if isinstance(values, list | tuple):
        return [as_apple_hands_over(one) for one in values]
    if values is None:
        return ""
    if isinstance(values, int) and not isinstance(values, bool):
        return MISSING
    return values.replace(tzinfo=None) if isinstance(values, datetime) else values


class Property:
    def __init__(self, get, put=None) -> None:
        self._get = get
        self._put = put

    def get(self):
        found = self._get()
        return MISSING if found is None else found

    def set(self, value):
        self._put(value)


class AppleBook:
    def __init__(self, book) -> None:
        self.read_only = Property(lambda: book.do("get_flag", "is_read_only"))
        self.multi_user_editing = Property(lambda: book.do("get_flag", "is_shared"))


class AppleSheet:
    def __init__(self, sheet) -> None:
        self._sheet = sheet
        self.protect_contents = Property(lambda: sheet.do("is_protected"))
        self.filter_mode = Property(lambda: sheet.do("is_filtered"))
        self.autofilter_mode = Property(
            lambda: sheet.do("get_filter") is not None, lambda value: value or sheet.do("put_filter", None)
        )

    def unprotect(self, *, password):
        self._sheet.do("unprotect", password)

    def protect_worksheet(self, *, allow_formatting_columns, allow_formatting_rows):
        assert allow_formatting_columns
        assert allow_formatting_rows
        self._sheet.do("protect")


class AppleRange:
    def __init__(self, cells) -> None:
        self.locked = Property(lambda: cells.do("get_look", "locked"))
        self.merge_cells = Property(lambda: cells.do("has_merged"))
        self.string_value = Property(lambda: _shown(cells.do("get_values")))


class AppleName:
    def __init__(self, name) -> None:
        self.visible = Property(lambda: True, lambda _value: name.book.do("hide_name", name.name))


def _shown(values: object) -> object:
    if isinstance(values, list | tuple):
        return [_shown(one) for one in values]
    if isinstance(values, int) and not isinstance(values, bool):
        return "#N/A"
    return str(values or "")
