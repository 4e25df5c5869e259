"""A new Gmail for each test."""

from __future__ import annotations

import pytest

from tests.google_emulator_tests.gmail.post import Post


@pytest.fixture
def post() -> Post:
    return Post()
