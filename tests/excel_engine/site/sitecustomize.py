"""Found by Python when it starts, where a test puts this folder first: the program then finds our Excel."""

import os
import sys

if "EXCEL_ENGINE_PORT" in os.environ:
    sys.path.insert(1, os.environ["EXCEL_ENGINE_ROOT"])
    from tests.excel_engine.plugged import plug
    from tests.excel_engine.server import calling

    plug(calling(int(os.environ["EXCEL_ENGINE_PORT"])))
    if caller := os.environ.get("EXCEL_ENGINE_CALLER"):
        import xlwings

        xlwings.apps.active.books[caller].set_mock_caller()
