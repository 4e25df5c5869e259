"""The Sheets v4 service of the Google emulator."""

from tests.google_emulator.sheets.service import make_service

__all__ = ["make_service"]
