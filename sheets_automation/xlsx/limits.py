"""How large a workbook may be before we call it hostile."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Caps that an honest workbook of 1,000,000 rows by 25 columns stays under, and a bomb does not."""

    max_file_bytes: int = 512 * MIB
    max_members: int = 10_000
    max_member_bytes: int = 2048 * MIB
    """Of a worksheet or the shared strings, inflated; these are streamed."""
    max_part_bytes: int = 64 * MIB
    """Of any part that is read in one piece, inflated."""
    max_small_part_bytes: int = 16 * MIB
    """Of a part that is held as tags: workbook, relationships, content types."""
    max_small_part_tags: int = 200_000
    max_ratio: int = 300
    """Inflated to compressed size; deflate itself ends at about 1,030. Members under `max_part_bytes` are exempt."""
    max_rows: int = 1_048_576
    max_columns: int = 16_384
    max_cells: int = 25 * 1_048_576
    """Of one worksheet."""
    max_row_bytes: int = 16 * MIB
    max_text_bytes: int = 16 * MIB
    """Markup of one shared string: 32,767 characters, each in a run with a font of its own, come to about 10 MB."""
    max_texts: int = 32_000_000
    max_texts_bytes: int = 256 * MIB
    """Of the shared strings that are needed at once."""
    whole_texts_bytes: int = 64 * MIB
    """Shared strings up to this size are all kept; of larger ones, only those that the wanted columns need."""
    max_token_bytes: int = MIB
    """One tag, comment or processing instruction."""
    max_depth: int = 256
    max_elements: int = 10_000_000
    """Where markup has to go through the XML parser, which takes about a microsecond for each element."""
    max_names: int = 20_000
    """Distinct element and attribute names; the parser keeps each of them for good."""


DEFAULT_LIMITS = Limits()
