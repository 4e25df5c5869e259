"""Workbook adapters: each translates one vendor's values and errors, and decides nothing."""
