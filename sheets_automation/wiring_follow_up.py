"""Follow-ups: an office that writes in their name, by HR's campaigns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sheets_automation.config import Config
from sheets_automation.core.campaigns_tab import read_campaigns
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.layout import locate_candidates
from sheets_automation.core.table import Snapshot
from sheets_automation.jobs.desk import Desk
from sheets_automation.jobs.follow_up import Campaigns, campaigns_in, follow_up_desk
from sheets_automation.wiring import Office
from sheets_automation.wiring_line import LINE, is_line


class FollowUpOffice(Office):
    """The same office, whose letters come from the address for news, to whoever a campaign of HR speaks to."""

    def __init__(self, office: Office) -> None:
        super().__init__(_for_news(office.config), office.environ, office.folder)
        self.tempo = office.tempo
        self.campaigns: Campaigns | None = None
        """What HR has planned; once a desk was made."""
        self._results_come_from = office.config.sender.address

    def look_at_desk(self, snapshot: Snapshot) -> Desk:
        """Make the desk for follow-ups. What the law asks for and is not set is among the problems in `reading`."""
        desk = super().look_at_desk(snapshot)
        self.reading.problems[:0] = self._lacking()
        layout = locate_candidates(snapshot, desk.rules.headings)
        self.campaigns = campaigns_in(snapshot, desk.rules, desk.letters, layout)
        desk = follow_up_desk(desk, self.campaigns, layout)
        if self.seen is not None:  # a push is repeated only if the same campaign would still have it go
            self.seen = (snapshot, desk)
        return desk

    def look_ahead(self, snapshot: Snapshot) -> Sequence[ConfigurationError]:
        """What the configuration lacks for what HR has planned; nothing where no campaign is in use."""
        plan = snapshot.tables.get(self.config.workbook.campaigns_tab)
        if not read_campaigns(plan, self.timezone).campaigns:
            return ()
        self.reading = self._with_settings(snapshot)
        return tuple(self._lacking())

    def _lacking(self) -> Iterator[ConfigurationError]:
        address = self.config.sender.address
        if address and address.casefold() == self._results_come_from.casefold():
            yield ConfigurationError(
                "[follow_up] address は、選考結果の差出人([sender] address)と別のアドレスにしてください。"
                "お知らせが迷惑メールとされても、選考結果が届くようにするためです。",
                "[follow_up] address has to differ from [sender] address: "
                "results must arrive even where news is taken for spam.",
            )
        if missing := [*self._missing_keys()]:
            yield ConfigurationError(
                f"フォローを送るには、設定ファイルに次の項目が必要です: {'、'.join(missing)}。",
                f"Follow-ups need these keys of the configuration: {', '.join(missing)}.",
            )

    def _missing_keys(self) -> Iterator[str]:
        """The keys that lack, by what the workbook's settings have made of them."""
        config = self.reading.config
        if not config.company.name:
            yield "company.name"
        if not config.follow_up.wording:  # the law asks for a proof of what was agreed to
            yield "follow_up.wording"
        if is_line(self.leaves_by):
            return
        mail = {
            "follow_up.address": config.sender.address,
            "company.postal_address": config.company.postal_address,
            "company.contact": config.company.contact,
            "links.refusal_url": config.links.refusal_url,
        }
        yield from (key for key, value in mail.items() if not value)


def ways_of_news(config: Config, carrier: str) -> tuple[str, ...]:
    """Every carrier by which news goes where nobody names one: this one, and LINE where campaigns may use it."""
    return (carrier, LINE) if config.follow_up.line and not is_line(carrier) else (carrier,)


def open_news(office: Office) -> Callable[[Snapshot], Iterator[Desk]]:
    """Makes the desks for news by mail and by LINE; none where what lacks would stop it."""

    def desks(snapshot: Snapshot) -> Iterator[Desk]:
        for carrier in ("", LINE):
            news = FollowUpOffice(office)
            news.leaves_by = carrier
            desk = news.look_at_desk(snapshot)
            if not news.reading.problems:
                yield desk

    return desks


def _for_news(config: Config) -> Config:
    """The configuration, whose sender is that of news."""
    mine = config.follow_up
    sender = replace(
        config.sender,
        name=mine.name or config.sender.name,
        address=mine.address,
        reply_to=mine.reply_to,
        carrier=mine.carrier or config.sender.carrier,
    )
    return replace(config, sender=sender)
