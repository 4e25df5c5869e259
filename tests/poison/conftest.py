"""What fails in a module of this folder tells the values, as it does in a test."""

import pytest

pytest.register_assert_rewrite("tests.poison.ledger", "tests.poison.outcomes", "tests.poison.said")
