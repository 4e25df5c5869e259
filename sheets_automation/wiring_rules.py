"""What decides about letters, put together: the configuration, the carrier, and the keys of the environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sheets_automation.config.rules import send_rules
from sheets_automation.wiring_line import with_line_rules
from sheets_automation.wiring_links import with_survey_keys
from sheets_automation.wiring_retention import with_erasures

if TYPE_CHECKING:
    from sheets_automation.config import Config
    from sheets_automation.core.rules import SendRules


def rules_of(config: Config, environ: Mapping[str, str], leaves_by: str) -> SendRules:
    """The rules for letters that leave by this carrier."""
    from jpholiday import is_holiday

    rules = with_line_rules(send_rules(config, is_holiday), config, leaves_by)
    return with_survey_keys(with_erasures(rules, environ), config, environ)
