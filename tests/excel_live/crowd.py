"""Two hundred candidates in an open workbook, and what is said of some of them."""

from contextlib import closing

from sheets_automation.core.status_view import _WORDS
from sheets_automation.core.views import OwnColumn, ViewCell, Views
from tests.workbooks.contract_showing import PLACE

MANY = 200
STATUS = OwnColumn(heading="通知状況", width=14, words=_WORDS)
NOTE = OwnColumn(heading="通知メモ", width=30)


def crowd(count=MANY):
    return [
        ["候補者ID", "氏名", "メール", "備考"],
        *[[f"C-{n}", f"候補者{n}", f"c{n}@example.com", None] for n in range(1, count + 1)],
    ]


def said_of(numbers, text="送信済み"):
    cells = {f"C-{n}": {"通知状況": ViewCell(value=f"{text}{n}"), "通知メモ": ViewCell(value="x")} for n in numbers}
    return Views(place=PLACE, columns=(STATUS, NOTE), cells=cells)


def expected(numbers, text="送信済み"):
    return {"候補者ID": "通知状況", **{f"C-{n}": f"{text}{n}" for n in numbers}}


def show(store, views):
    with closing(store.open()) as workbook:
        workbook.read()
        workbook.show(views)
