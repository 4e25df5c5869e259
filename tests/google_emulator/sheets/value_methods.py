"""The methods of `spreadsheets.values`, from a call to its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.google_emulator.sheets import values
from tests.google_emulator.sheets.documents import Documents
from tests.google_emulator.sheets.metadata import ranges_of
from tests.google_emulator.sheets.model import Json
from tests.google_emulator.sheets.places import clipped
from tests.google_emulator.sheets.refusals import Refused, invalid
from tests.google_emulator.sheets.rendering import Options
from tests.google_emulator.sheets.turns import Turn
from tests.google_emulator.wire import Call

Method = Callable[[Documents, Call], Json]


def value_methods() -> dict[str, Method]:
    """The methods by the end of their names."""
    return {
        "get": _get,
        "batchGet": _batch_get,
        "batchGetByDataFilter": _batch_get_by_data_filter,
        "update": _update,
        "append": _append,
        "clear": _clear,
        "batchUpdate": _batch_update,
        "batchUpdateByDataFilter": _batch_update_by_data_filter,
        "batchClear": _batch_clear,
        "batchClearByDataFilter": _batch_clear_by_data_filter,
    }


@contextmanager
def _refusing(place: str = "") -> Iterator[None]:
    """Make the 400 of a refused part, naming the place."""
    try:
        yield
    except Refused as refused:
        raise invalid(str(refused), place) from refused


def _options(call: Call) -> Options:
    return Options(
        render=call.one("valueRenderOption") or "FORMATTED_VALUE",
        moments=call.one("dateTimeRenderOption") or "SERIAL_NUMBER",
        dimension=_dimension(call.one("majorDimension")),
    )


def _dimension(name: str | None) -> str:
    return "COLUMNS" if name == "COLUMNS" else "ROWS"


def _body_options(body: Json) -> Options:
    return Options(
        render=body.get("valueRenderOption", "FORMATTED_VALUE"),
        moments=body.get("dateTimeRenderOption", "SERIAL_NUMBER"),
        dimension=_dimension(body.get("majorDimension")),
    )


def _get(documents: Documents, call: Call) -> Json:
    with _refusing():
        return values.read_range(documents.reading(call), call.path["range"], _options(call))


def _batch_get(documents: Documents, call: Call) -> Json:
    turn = documents.reading(call)
    with _refusing():
        found = [values.read_range(turn, text, _options(call)) for text in call.query.get("ranges", [])]
    answer: Json = {"spreadsheetId": turn.document.spreadsheet_id}
    return {**answer, "valueRanges": found} if found else answer


def _batch_get_by_data_filter(documents: Documents, call: Call) -> Json:
    turn, options = documents.reading(call), _body_options(call.body)
    found = []
    with _refusing():
        for filter_ in call.body.get("dataFilters") or []:
            for sheet, area in ranges_of(turn.document, filter_):
                range_ = values.read(turn, sheet, clipped(sheet, area), options)
                found.append({"valueRange": range_, "dataFilters": [filter_]})
    answer: Json = {"spreadsheetId": turn.document.spreadsheet_id}
    return {**answer, "valueRanges": found} if found else answer


def _writing(option: str, include: bool, render: str, moments: str, dimension: str) -> values.Writing:
    if option not in {"RAW", "USER_ENTERED"}:
        raise invalid("'valueInputOption' is required but not specified")
    answer = Options(render=render or "FORMATTED_VALUE", moments=moments or "SERIAL_NUMBER", dimension=dimension)
    return values.Writing(typed=option == "USER_ENTERED", include=include, answer=answer)


def _asked(call: Call) -> values.Writing:
    return _writing(
        call.one("valueInputOption"),
        call.flag("includeValuesInResponse"),
        call.one("responseValueRenderOption"),
        call.one("responseDateTimeRenderOption"),
        _dimension(call.body.get("majorDimension")),
    )


def _asked_in_body(body: Json, dimension: str) -> values.Writing:
    return _writing(
        body.get("valueInputOption", ""),
        bool(body.get("includeValuesInResponse")),
        body.get("responseValueRenderOption", ""),
        body.get("responseDateTimeRenderOption", ""),
        dimension,
    )


def _same_range(call: Call) -> None:
    asked, given = call.path["range"], call.body.get("range")
    if given and given != asked:
        raise invalid(f"Request range[{asked}] does not match value's range[{given}]")


def _update(documents: Documents, call: Call) -> Json:
    writing = _asked(call)
    _same_range(call)

    def work(turn: Turn) -> Json:
        with _refusing():
            return values.update(turn, call.path["range"], call.body, writing).answer

    return documents.changing(call, work)


def _append(documents: Documents, call: Call) -> Json:
    writing = _asked(call)
    _same_range(call)
    insert = call.one("insertDataOption") == "INSERT_ROWS"

    def work(turn: Turn) -> Json:
        with _refusing():
            return values.append(turn, call.path["range"], call.body, writing, insert=insert)

    return documents.changing(call, work)


def _clear(documents: Documents, call: Call) -> Json:
    def work(turn: Turn) -> Json:
        with _refusing():
            return {
                "spreadsheetId": turn.document.spreadsheet_id,
                "clearedRange": values.clear_range(turn, call.path["range"]),
            }

    return documents.changing(call, work)


def _batch_update(documents: Documents, call: Call) -> Json:
    def work(turn: Turn) -> Json:
        updates = []
        for number, data in enumerate(call.body.get("data") or []):
            writing = _asked_in_body(call.body, _dimension(data.get("majorDimension")))
            with _refusing(f"data[{number}]"):
                updates.append(values.update(turn, data.get("range", ""), data, writing))
        return _summed(turn, updates, [one.answer for one in updates])

    _asked_in_body(call.body, "ROWS")
    return documents.changing(call, work)


def _summed(turn: Turn, updates: list[values.Update], responses: list[Json]) -> Json:
    answer = {"spreadsheetId": turn.document.spreadsheet_id, **values.totals(updates)}
    return {**answer, "responses": responses} if responses else answer


def _batch_update_by_data_filter(documents: Documents, call: Call) -> Json:
    def work(turn: Turn) -> Json:
        updates, responses = [], []
        for number, data in enumerate(call.body.get("data") or []):
            writing = _asked_in_body(call.body, _dimension(data.get("majorDimension")))
            filter_ = data.get("dataFilter", {})
            with _refusing(f"data[{number}]"):
                for sheet, area in ranges_of(turn.document, filter_):
                    updates.append(values.update_area(turn, sheet, area, sheet.title, data, writing))
                    answer = {key: value for key, value in updates[-1].answer.items() if key != "spreadsheetId"}
                    responses.append({**answer, "dataFilter": filter_})
        return _summed(turn, updates, responses)

    _asked_in_body(call.body, "ROWS")
    return documents.changing(call, work)


def _batch_clear(documents: Documents, call: Call) -> Json:
    def work(turn: Turn) -> Json:
        cleared = []
        for number, text in enumerate(call.body.get("ranges") or []):
            with _refusing(f"range[{number}]"):
                cleared.append(values.clear_range(turn, text))
        return _cleared(turn, cleared)

    return documents.changing(call, work)


def _cleared(turn: Turn, cleared: list[str]) -> Json:
    answer: Json = {"spreadsheetId": turn.document.spreadsheet_id}
    return {**answer, "clearedRanges": cleared} if cleared else answer


def _batch_clear_by_data_filter(documents: Documents, call: Call) -> Json:
    def work(turn: Turn) -> Json:
        with _refusing():
            found = [
                place for filter_ in call.body.get("dataFilters") or [] for place in ranges_of(turn.document, filter_)
            ]
            return _cleared(turn, [values.clear(turn, sheet, area) for sheet, area in found])

    return documents.changing(call, work)
