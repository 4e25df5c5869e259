"""The referral partners of a configuration: what each agreed to, and where letters lead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from sheets_automation.config.problems import Problem
from sheets_automation.config.sections import Config, PartnerSection
from sheets_automation.core.cells import folded
from sheets_automation.core.credit_rules import Counting, CreditRules
from sheets_automation.core.letter_fields import LetterFacts
from sheets_automation.core.letter_partners import LetterPartner, facts_of, partner_url

_IN_ADDRESSES = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def credit_rules(config: Config) -> tuple[CreditRules, ...]:
    """What was agreed with each partner, in their order."""
    return tuple(map(_rules, config.partners))


def _rules(partner: PartnerSection) -> CreditRules:
    return CreditRules(
        id=partner.id,
        name=partner.name,
        licence=partner.licence,
        counts=Counting(partner.counts),
        per_credit=partner.per_credit,
        expires_months=partner.expires_months or None,
        max_per_year=partner.max_per_year or None,
        max_per_month=partner.max_per_month or None,
    )


def letter_partners(config: Config, facts: LetterFacts) -> tuple[LetterPartner, ...]:
    """The partners beside the first, for the letters of their openings."""
    return tuple(
        LetterPartner(
            openings=frozenset(map(folded, partner.openings)),
            facts=facts_of(facts, name=partner.name, licence=partner.licence),
            base_url=_base_url(config, partner),
        )
        for partner in config.partners[1:]
        if partner.openings
    )


def link_bases(config: Config) -> Sequence[str]:
    """Every address with which referral links in letters begin."""
    if not config.referral.base_url:
        return ()
    others = (_base_url(config, partner) for partner in config.partners[1:] if partner.openings)
    return tuple(dict.fromkeys((config.referral.base_url, *others)))


def _base_url(config: Config, partner: PartnerSection) -> str:
    return partner.link_url or partner_url(config.referral.base_url, partner.id)


def partner_problems(config: Config) -> Iterator[Problem]:
    """Find partners that contradict one another, or the rest of the configuration."""
    yield from _doubled_ids(config)
    yield from _addresses(config)
    yield from _openings(config)


def _doubled_ids(config: Config) -> Iterator[Problem]:
    for partner, count in Counter(partner.id for partner in config.partners).items():
        if count > 1:
            yield Problem(
                "partners",
                f'[[partners]] の id "{partner}" が {count} 回使われています。別々の id にしてください。',
                f'[[partners]] uses the id "{partner}" {count} times; give each partner its own.',
            )


def _addresses(config: Config) -> Iterator[Problem]:
    """The public app leads people only where a second setting agrees, and never back to itself."""
    allowed = [domain.lower() for domain in config.referral.allowed_domains]
    for number, partner in enumerate(config.partners, 1):
        host = urlsplit(partner.url).hostname or ""
        key = f"partners[{number}].url"
        if host and not any(host == domain or host.endswith(f".{domain}") for domain in allowed):
            yield Problem(
                key,
                f"{key} のドメイン「{host}」が referral.allowed_domains にありません。正しければ加えてください。",
                f'{key} leads to "{host}", which is not in referral.allowed_domains; add it there if it is right.',
            )
        elif host and host == urlsplit(config.referral.base_url).hostname:
            yield Problem(
                key,
                f"{key} と referral.base_url が同じ「{host}」です。{key} には紹介先のアドレスを書いてください。",
                f'{key} and referral.base_url both lead to "{host}"; {key} is the address of the partner.',
            )


def _openings(config: Config) -> Iterator[Problem]:
    """An opening leads to one partner, and its partner can stand in an address."""
    taken: dict[str, str] = {}
    for number, partner in enumerate(config.partners, 1):
        key = f"partners[{number}]"
        for opening in partner.openings:
            other = taken.setdefault(folded(opening), partner.id)
            if other != partner.id:
                yield Problem(
                    f"{key}.openings",
                    f"「{opening}」が紹介先 {other} と {partner.id} の両方の openings にあります。"
                    "片方を消してください。",
                    f'"{opening}" stands in openings of both {other} and {partner.id}; remove it from one of them.',
                )
        if number > 1 and partner.openings and not partner.link_url and not _IN_ADDRESSES.fullmatch(partner.id):
            yield Problem(
                f"{key}.id",
                f"{key}.id は紹介リンクのアドレスに入るので、英小文字・数字・- だけにするか、{key}.link_url を"
                "書いてください。",
                f"{key}.id becomes a part of the links: use small letters, digits and - alone, or set {key}.link_url.",
            )
        if (partner.openings or partner.link_url) and number == 1:
            yield Problem(
                f"{key}.openings",
                f"{key} は最初の紹介先で、ほかの紹介先の openings にない職種すべての行き先です。openings と link_url を"
                "消してください(リンクは referral.base_url です)。",
                f"{key} is the first partner and gets every opening that no other one names: "
                "remove its openings and link_url (its links are referral.base_url).",
            )
