"""A company whose people may link LINE: a workbook in memory, a LINE server, and the letters in templates/."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sheets_automation.carriers.line import LineCarrier
from sheets_automation.core.line_codes import line_code
from sheets_automation.core.line_links import fold_links, read_facts
from sheets_automation.core.line_records import LineRecord, LineSource, LineUse
from sheets_automation.jobs.line_again import written_again
from sheets_automation.jobs.line_links import take_in_line
from sheets_automation.jobs.situation import understand
from tests.core.builders import NOW
from tests.jobs.house import House, workbook_of
from tests.line.webhook_house import KEY
from tests.line_server.account import user
from tests.line_server.people import _numbers

TAB = "LINE連携記録"


def house_of(tmp_path, *rows, results=True):
    house = House(folder=tmp_path / "outbox", file=workbook_of(list(rows)))
    guards = replace(house.rules.guards, by_line=True, results_by_line=results)
    return replace(house, rules=replace(house.rules, guards=guards))


def by_mail(house):
    return replace(house, rules=replace(house.rules, guards=replace(house.rules.guards, by_line=False)))


def ids(house):
    """Ids of candidates by name; the first look gives them."""
    return {one.name: one.id for one in situation_of(house).candidates}


def situation_of(house):
    desk = house.desk()
    return understand(house.workbook().read(), desk.rules, desk.headings_used)


def candidate_of(house, name):
    [found] = [one for one in situation_of(house).candidates if one.name == name]
    return found


def code_for(house, name, links=None, key=KEY):
    one = candidate_of(house, name)
    return line_code(one.id, one.address.value, one.line_links if links is None else links, key)


def link(code, number=1, at=NOW, **fields):
    record = LineRecord(
        at=at,
        use=LineUse.LINK,
        source=LineSource.MESSAGE,
        event_id=f"01{next(_numbers):024d}",
        user_id=user(number),
        code=code,
    )
    return replace(record, **fields)


def unlink(number=1, at=NOW + timedelta(minutes=1), source=LineSource.UNFOLLOW, **fields):
    return link("", number, at, **{"use": LineUse.UNLINK, "source": source, **fields})


def take_in(house, *records, workbook=None, end=(), keys=(KEY,)):
    def codes_of(candidate_id, address, links):
        return [line_code(candidate_id, address, links, key) for key in keys]

    return take_in_line(workbook or house.workbook(), house.desk, house.run(), records, codes_of=codes_of, end=end)


def chats(house):
    """Which candidates are linked to which chat, by the facts."""
    facts = read_facts(house.workbook().read().tables.get(TAB))
    return {candidate_id: one.user_id for candidate_id, one in fold_links(facts).items() if one.user_id}


def line_carrier(house, post, **settings):
    """The carrier as a new process would have it: it writes letters again by what the workbook says."""

    def again(claim):
        return written_again(claim, situation_of(house), house.desk(), house.now)

    settings = {"written_again": again, "results": True} | settings
    return LineCarrier(post.channel(), lambda outgoing: outgoing.letter.text.encode(), **settings)


def friends(post, *numbers):
    post.account.friends |= {user(number) for number in numbers}
