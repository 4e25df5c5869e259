"""A person who looks at a plan, agrees to it, and sends what was agreed."""

from sheets_automation.core.log_rows import read_events
from sheets_automation.jobs.approve import Wish, approve
from sheets_automation.jobs.marking import mark_plan
from sheets_automation.jobs.send import Order, send_letters
from sheets_automation.jobs.situation import understand

PEOPLE = 6


def seen(house):
    """The plan that a person looks at."""
    return mark_plan(understand(house.workbook().read(), house.rules), house.desk(), lambda: house.now)


def agree(house, actor="hanako", **more):
    wish = Wish(**{"plan": seen(house).mark, **more})
    return approve(house.workbook(), house.desk, house.run(actor=actor), wish)


def send(house, approval, **run):
    order = Order(approval=approval)
    return send_letters(house.workbook(), house.outbox(), house.desk, house.run(**run), order)


def facts(house):
    tabs = house.workbook().read().tables
    return read_events(tabs.get("送信記録"))
