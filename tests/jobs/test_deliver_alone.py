"""What happens in mid-run to a workbook that one run holds alone, as it holds a file."""

from __future__ import annotations

import pytest

from sheets_automation.core.reasons import Reason
from sheets_automation.workbooks.memory import MemoryWorkbook
from tests.jobs.house import House, people, workbook_of
from tests.jobs.interruptions import Interrupted, reasons, set_cell


@pytest.fixture
def house(tmp_path):
    return House(folder=tmp_path / "outbox", file=workbook_of(people(3)))


class Alone(MemoryWorkbook):
    """A workbook that one run holds alone, as it holds a file."""

    single_run = True


@pytest.mark.parametrize("row", [5, 6])
def test_a_decision_that_changes_before_the_first_of_many_batches_counts_for_all_of_them(house, row):
    def hr_changes_their_mind():
        set_cell(house, row, "選考結果", "内定")

    outbox = Interrupted.of(house, after_prepare=hr_changes_their_mind)
    outbox.batch_size = 1

    report = house.send(carrier=outbox, workbook=Alone(house.file))

    assert len(house.delivered()) == 2
    assert reasons(report) == [Reason.OFFERED]
