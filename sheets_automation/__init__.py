"""Rejection letters from a candidate workbook: the right person, once, and on the record."""

__version__ = "0.1.0"
