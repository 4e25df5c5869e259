"""Follow-ups: an office that writes in their name, and a desk that knows HR's campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sheets_automation.config import Config
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.layout import locate_candidates
from sheets_automation.core.table import Snapshot
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.follow_up import Campaigns, campaigns_in, follow_up_desk
from sheets_automation.wiring import Office
from sheets_automation.wiring_line import is_line


@dataclass(slots=True)
class FollowUpDesk:
    """Opens desks for follow-ups, and remembers what HR has planned."""

    office: Office
    campaigns: Campaigns | None = None
    """Once a desk was opened."""

    def open(self, snapshot: Snapshot) -> Desk:
        """Make the desk. ConfigurationError where the law asks for something that is not set."""
        desk = self.look(snapshot)
        if missing := list(_missing(self.office)):
            raise ConfigurationError(
                f"フォローを送るには、設定ファイルに次の項目が必要です: {'、'.join(missing)}。",
                f"Follow-ups need these keys of the configuration: {', '.join(missing)}.",
            )
        return desk

    def look(self, snapshot: Snapshot) -> Desk:
        """Make the desk, whatever is missing for sending."""
        desk = self.office.open_desk(snapshot)
        layout = locate_candidates(snapshot, desk.rules.headings)
        self.campaigns = campaigns_in(snapshot, desk.rules, desk.letters, layout)
        return follow_up_desk(desk, self.campaigns, layout)


def follow_up_office(office: Office) -> Office:
    """The same office, whose letters come from the address for news. ConfigurationError where that is no other one."""
    mine = office.config.follow_up
    if mine.address and mine.address.casefold() == office.config.sender.address.casefold():
        raise ConfigurationError(
            "[follow_up] address は、選考結果の差出人([sender] address)と別のアドレスにしてください。"
            "お知らせが迷惑メールとされても、選考結果が届くようにするためです。",
            "[follow_up] address has to differ from [sender] address: "
            "results must arrive even where news is taken for spam.",
        )
    config = office.config
    sender = replace(
        config.sender,
        name=mine.name or config.sender.name,
        address=mine.address,
        reply_to=mine.reply_to,
        carrier=mine.carrier or config.sender.carrier,
    )
    found = office.with_config(replace(config, sender=sender))
    found.leaves_by = sender.carrier
    return found


def _missing(office: Office) -> Iterator[str]:
    """The keys that lack, by what the workbook's settings have made of them."""
    config: Config = office.reading.config
    if not config.company.name:
        yield "company.name"
    if is_line(office.leaves_by):
        return
    mail = {
        "follow_up.address": config.sender.address,
        "company.postal_address": config.company.postal_address,
        "company.contact": config.company.contact,
        "links.refusal_url": config.links.refusal_url,
    }
    yield from (key for key, value in mail.items() if not value)
