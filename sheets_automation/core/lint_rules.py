"""What a company allows in its letters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LintRules:
    """What a letter of this company may hold."""

    company_names: tuple[str, ...]
    """Ours, the partners' and any other that may stand in a letter, as they are written there."""
    link_domains: tuple[str, ...] = ()
    """Links may lead to these domains and to the ones below them, by https only."""
    own_addresses: tuple[str, ...] = ()
    """Mail addresses that may stand in a letter; "@example.co.jp" allows a whole domain."""
