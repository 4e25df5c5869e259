"""DuckDB, held to a budget: it reads and writes our own files and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.exporting.schema import ColumnType
from sheets_automation.installing import install_line

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SQL_TYPES: Final[Mapping[ColumnType, str]] = {
    ColumnType.TEXT: "VARCHAR",
    ColumnType.WHOLE: "BIGINT",
    ColumnType.NUMBER: "DOUBLE",
    ColumnType.TRUTH: "BOOLEAN",
    ColumnType.DAY: "DATE",
}


def open_database(scratch: Path, *, memory: str, threads: int) -> DuckDBPyConnection:
    """A database in memory; what does not fit goes into `scratch`. ConfigurationError where DuckDB is not installed."""
    try:
        import duckdb
    except ImportError as error:
        raise ConfigurationError(
            f"DuckDB がありません。{install_line('export')} で入れてください。",
            f"DuckDB is not installed. Run: {install_line('export')}",
        ) from error
    return duckdb.connect(
        config={
            "memory_limit": memory,
            "threads": threads,
            "temp_directory": str(scratch),
            # It would load more of itself from the internet.
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        }
    )


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
