"""The errors of the Sheets API, in Google's words as they were recorded or reported.

A sentence that nobody reported is marked "unverified" where it is raised.
"""

from __future__ import annotations

from tests.google_emulator.wire import ApiError

MAX_CELL = 50_000
MAX_CELLS = 10_000_000
MAX_COLUMNS = 18_278


class Refused(Exception):
    """One part of a call is not valid; the caller says which part it is and makes an ApiError of it."""


def invalid(message: str, place: str = "") -> ApiError:
    """400, naming the place in the request where it names one."""
    return ApiError(400, "INVALID_ARGUMENT", f"Invalid {place}: {message}" if place else message)


def not_found() -> ApiError:
    """What an unknown spreadsheet, sheet of copyTo or metadata id answers."""
    return ApiError(404, "NOT_FOUND", "Requested entity was not found.")


def forbidden() -> ApiError:
    """What a document answers to whoever it is not shared with, and a write by a reader."""
    return ApiError(403, "PERMISSION_DENIED", "The caller does not have permission")


def unsupported(what: str) -> ApiError:
    """What the emulator does not do is never left out silently."""
    return ApiError(501, "UNIMPLEMENTED", f"The Google emulator does not implement {what}.")


def unparsable(text: str) -> Refused:
    """No sheet, no named range and no range has this name."""
    return Refused(f"Unable to parse range: {text}")


def beyond_grid(a1: str, rows: int, columns: int) -> Refused:
    """The range begins, or a write ends, outside the grid."""
    return Refused(f"Range ({a1}) exceeds grid limits. Max rows: {rows}, max columns: {columns}")


def no_grid(sheet_id: int) -> Refused:
    """A range lies on a sheet that does not exist."""
    return Refused(f"No grid with id: {sheet_id}")


def no_sheet(sheet_id: int) -> Refused:
    """A request is about a sheet that does not exist."""
    return Refused(f"No sheet with id: {sheet_id}")


def title_taken(title: str) -> Refused:
    """Titles are unique, whatever their case."""
    return Refused(f'A sheet with the name "{title}" already exists. Please enter another name.')


def protected() -> Refused:
    """The caller is none of the editors of a protected range."""
    return Refused(
        "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection "
        "if you need to edit."
    )


def too_long() -> Refused:
    """More than a cell takes."""
    return Refused(f"Your input contains more than the maximum of {MAX_CELL} characters in a single cell.")


def no_fields() -> Refused:
    """An update without a field mask."""
    return Refused("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")


def too_many_cells() -> Refused:
    """More cells than a workbook takes."""
    return Refused(
        f"This action would increase the number of cells in the workbook above the limit of {MAX_CELLS} cells."
    )


def too_many_columns() -> Refused:
    """More columns than a sheet takes."""
    return Refused(
        f"This action would increase the number of columns in the sheet above the limit of {MAX_COLUMNS} columns."
    )
