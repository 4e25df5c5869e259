"""Which task looks after which workbook: everybody's share, and what moves when the number of tasks changes."""

from collections import Counter

import pytest

from sheets_automation.core.assignment import share_of, shuffled, task_of

BOOKS = [f"book-{number}" for number in range(2000)]


@pytest.mark.parametrize("count", [1, 2, 7, 64])
def test_each_workbook_belongs_to_exactly_one_task(count):
    some = BOOKS[:200]

    shares = [share_of(some, index, count) for index in range(count)]

    assert Counter(book for share in shares for book in share) == Counter(some)


def test_a_task_that_is_tried_again_has_the_same_share_in_the_same_order():
    assert share_of(BOOKS, 3, 7) == share_of(list(BOOKS), 3, 7)


def test_shares_are_even():
    sizes = [len(share_of(BOOKS, index, 8)) for index in range(8)]

    assert 200 <= min(sizes) <= max(sizes) <= 300


def test_one_task_more_moves_only_the_workbooks_that_it_takes():
    moved = [(task_of(book, 7), task_of(book, 8)) for book in BOOKS if task_of(book, 7) != task_of(book, 8)]

    assert {after for _, after in moved} == {7}
    assert len(moved) < len(BOOKS) / 5


def test_another_seed_is_another_order_of_the_same_workbooks():
    first, second = shuffled(BOOKS, "a/0"), shuffled(BOOKS, "a/1")

    assert first != second
    assert sorted(first) == sorted(second) == sorted(BOOKS)
    assert shuffled(reversed(BOOKS), "a/0") == first
