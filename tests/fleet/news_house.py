"""A company that writes news to people who agreed to it, from a mailbox of its own, night after night."""

from __future__ import annotations

from tests.fleet.fleet_house import CONFIG, FleetHouse
from tests.follow_up.house import campaign, plan_sheet
from tests.workbooks.google_people import GoogleStore

KEY = "k" * 40
NEWS = """
[follow_up]
wording = "2026-04"
address = "news@minato.example"
carrier = "gmail:news@minato.example"
[links]
refusal_url = "https://links.minato.example/u"
"""
JOBS = 'jobs = ["sync", "follow-up"]'


def configuration(more):
    """That of a company, with all that the law asks of news."""
    contact = 'contact = "saiyo@minato.example"\npostal_address = "神奈川県みなと市汐見町1-2-3"\n[sender]'
    return CONFIG.replace("[sender]", contact) + more


def news_house(google, folder, rows, *campaigns):
    """Its house and its spreadsheet."""
    house = FleetHouse(folder)
    house.environment |= {"RELAY_GOOGLE_EMULATOR_HOST": google.address, "RELAY_LINK_KEY": KEY}
    (folder / "relay.toml").write_text(configuration(NEWS), encoding="utf-8")
    people = [list(rows[0]), *(list(row.values()) for row in rows)]
    store = GoogleStore(google, {"候補者": people, "フォロー計画": plan_sheet([*campaigns] or [campaign()]).grid()})
    house.clients.append(("minato", store.id))
    house.write_roster(carrier="gmail:saiyo@minato.example", more=JOBS)
    return house, store
