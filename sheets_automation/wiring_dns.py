"""Asking the DNS about the sender's domain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sheets_automation.core.errors import ConfigurationError, SheetsAutomationError
from sheets_automation.core.sender_domain import USUAL_SELECTORS, DomainRecords, count_lookups, is_reserved
from sheets_automation.installing import install_line

if TYPE_CHECKING:
    from dns.resolver import Resolver

    from sheets_automation.config import Config

DNS_SERVER: Final = "RELAY_DNS"
"""HOST:PORT of the server to ask; without it those of the system."""
_SECONDS: Final = 8.0
"""For one question, all servers and tries together."""
_SELECTOR: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,100}[A-Za-z0-9])?")


class DnsUnreachable(SheetsAutomationError):
    """No name server answers, so nothing can be said about the sender's domain."""

    name = "dns_unreachable"
    exit_code = 6


def sender_domains(config: Config, carrier: str) -> Mapping[str, str]:
    """The domains from which mail leaves by this carrier, as far as there is anything to ask about.

    By what the names of their checks begin with: nothing for results, "news_" for follow-ups from another domain.
    """
    scheme, _, rest = carrier.partition(":")
    if scheme not in {"gmail", "smtp", "smtps"}:
        return {}
    results = _domain_of(config.sender.address or (rest if scheme == "gmail" else ""))
    news = _domain_of(config.follow_up.address)
    found = {"": results, "news_": "" if news == results else news}
    return {prefix: domain for prefix, domain in found.items() if domain}


def _domain_of(address: str) -> str:
    domain = address.rpartition("@")[2].lower()
    return "" if not domain or is_reserved(domain) or domain in {"gmail.com", "googlemail.com"} else domain


def records_of(domain: str, config: Config, carrier: str, environ: Mapping[str, str]) -> DomainRecords:
    """What the DNS says. Raises ConfigurationError where dnspython is missing, DnsUnreachable where nobody answers."""
    look = _Look(_resolver(environ))
    own = config.sender.dkim_selector
    if own and not _SELECTOR.fullmatch(own):
        raise ConfigurationError(
            f"[sender] dkim_selector の「{own}」はセレクターの形ではありません。google のような 1 語で書いてください。",
            f"[sender] dkim_selector: {own} is no selector; write one word such as google.",
        )
    selectors = (own,) if own else USUAL_SELECTORS
    return DomainRecords(
        domain=domain,
        texts=tuple(look.texts(domain)),
        dmarc=tuple(look.texts(f"_dmarc.{domain}") or look.texts(f"_dmarc.{_above(domain)}")),
        dkim={one: tuple(look.texts(f"{one}._domainkey.{domain}")) for one in selectors},
        takes_mail=look.takes_mail(domain),
        spf_lookups=count_lookups(domain, look.texts),
        by_gmail=carrier.startswith("gmail:"),
    )


def _above(domain: str) -> str:
    """The domain of the organisation, as far as it can be told without the list of public suffixes."""
    labels = domain.split(".")
    ours = 3 if len(labels[-1]) == 2 and len(labels) > 2 and len(labels[-2]) <= 3 else 2  # noqa: PLR2004 - co.jp, ne.jp
    return ".".join(labels[-ours:])


def _resolver(environ: Mapping[str, str]) -> Resolver:
    try:
        from dns.resolver import Resolver
    except ImportError as error:
        raise ConfigurationError(
            f"差出人ドメインを調べる部品がありません。{install_line('dns')} を実行してください。",
            f"The part that asks the DNS is missing: {install_line('dns')}.",
        ) from error
    server = environ.get(DNS_SERVER, "")
    resolver = Resolver(configure=not server)
    if server:
        host, _, port = server.rpartition(":")
        resolver.nameservers, resolver.port = [host], int(port)
    resolver.lifetime = _SECONDS
    return resolver


class _Look:
    """Asks each question once."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self.texts = lru_cache(maxsize=200)(self._texts)

    def _texts(self, name: str) -> Sequence[str]:
        """The TXT records of a name, the pieces of each put together."""
        records = self._answers(name, "TXT")
        return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in records)  # type: ignore[attr-defined]

    def takes_mail(self, domain: str) -> bool:
        """Whether mail to it has somewhere to go; a single dot as the server means that it has not (RFC 7505)."""
        servers = [str(record.exchange) for record in self._answers(domain, "MX")]  # type: ignore[attr-defined]
        if servers:
            return servers != ["."]
        return bool(self._answers(domain, "A") or self._answers(domain, "AAAA"))

    def _answers(self, name: str, kind: str) -> Sequence[object]:
        from dns.exception import DNSException
        from dns.resolver import NXDOMAIN, YXDOMAIN, NoAnswer

        try:
            return list(self._resolver.resolve(name, kind, search=False))
        except (NXDOMAIN, NoAnswer, YXDOMAIN):
            return []
        except DNSException as error:
            raise DnsUnreachable(
                "DNS サーバーが答えないので、差出人ドメインを調べられません。"
                "ネットワークを確かめて、もう一度実行してください。",
                "No name server answers, so the sender's domain cannot be looked at. Check the network, and run again.",
            ) from error
