"""The contract of ports.Workbook: subclass it and give a `make_store` fixture (see people.MakeStore)."""

from __future__ import annotations

from tests.workbooks.contract_adding import AddingPromises
from tests.workbooks.contract_facts import FactPromises
from tests.workbooks.contract_identities import IdentityPromises
from tests.workbooks.contract_reading import ReadingPromises
from tests.workbooks.contract_remaking import RemakingPromises
from tests.workbooks.contract_showing import ColumnPromises
from tests.workbooks.contract_tabs import TabPromises


class WorkbookContract(
    ReadingPromises,
    FactPromises,
    RemakingPromises,
    ColumnPromises,
    IdentityPromises,
    TabPromises,
    AddingPromises,
):
    """What every workbook backend must do."""
