"""The public links: the keys that refusal codes are made with, and the addresses that letters carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sheets_automation.config import Config
from sheets_automation.config.sections import PartnerSection
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.letter_fields import nowhere
from sheets_automation.core.model import Candidate
from sheets_automation.core.referral_codes import referral_url
from sheets_automation.core.refusal_codes import SHORTEST_KEY, read_keys, refusal_code
from sheets_automation.core.rules import SendRules

if TYPE_CHECKING:
    from sheets_automation.jobs.survey import SurveyDesk

LINK_KEY: Final = "RELAY_LINK_KEY"
"""The keys of refusal links, the newest first. Never in a file that is mailed around."""


def link_keys(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that the environment gives, or none. Raises ConfigurationError for one that is too short."""
    try:
        return read_keys(environ.get(LINK_KEY, ""))
    except ValueError as error:
        raise ConfigurationError(
            f"環境変数 {LINK_KEY} の鍵が短すぎます。{SHORTEST_KEY} 文字以上の、推測できない文字にしてください。",
            f"A key in {LINK_KEY} is too short: it needs {SHORTEST_KEY} characters that nobody can guess.",
        ) from error


def refusal_key(config: Config, environ: Mapping[str, str]) -> str:
    """The key that new refusal links are made with; empty where letters carry none. ConfigurationError if it lacks."""
    if not config.links.refusal_url:
        return ""
    keys = link_keys(environ)
    if not keys:
        raise ConfigurationError(
            f"links.refusal_url があるのに、環境変数 {LINK_KEY} がありません。"
            "配信停止リンクの鍵を入れるか、links.refusal_url を空にしてください。",
            f"links.refusal_url is set, but {LINK_KEY} is not. Give the key of the links, or empty links.refusal_url.",
        )
    return keys[0]


def link_problems(config: Config, environ: Mapping[str, str]) -> Sequence[ConfigurationError]:
    """What would stop a sending for its links' sake."""
    try:
        refusal_key(config, environ)
    except ConfigurationError as error:
        return [error]
    return []


def records_lacking(config: Config, links: str) -> ConfigurationError | None:
    """What is wrong where letters carry links, and nobody has said where it is noted that people used them."""
    if links or not (config.links.refusal_url or config.links.survey_url):
        return None
    return ConfigurationError(
        "通知に配信停止などのリンクがあるのに、その記録の場所が名簿の links にないため、配信停止を取り込めません。"
        "links に書くか、別に relay collect で取り込んでいるなら jobs から collect を外してください。",
        "Letters carry links to refuse, but the roster does not say in links where their use is noted, so no refusal "
        "is taken in. Set links; if somebody runs `relay collect` instead, leave collect out of jobs.",
    )


def refusal_address(config: Config, environ: Mapping[str, str], address: str) -> str:
    """Where the holder of a mailbox can refuse further letters; empty where that is not set up."""
    key = refusal_key(config, environ)
    return referral_url(config.links.refusal_url, refusal_code(address, key)) if key else ""


def refusal_link(config: Config, environ: Mapping[str, str]) -> Callable[[Candidate], str]:
    """Where the reader of a letter refuses further ones, for letters that say so; empty until links are set up."""
    keys = link_keys(environ) if config.links.refusal_url else ()
    if not keys:
        return nowhere

    def link(candidate: Candidate) -> str:
        address = candidate.address.value
        return referral_url(config.links.refusal_url, refusal_code(address, keys[0])) if address else ""

    return link


def survey_link(config: Config, environ: Mapping[str, str]) -> Callable[[Candidate], str]:
    """Where the reader of a letter is asked one question; nowhere until that is set up.

    Raises ConfigurationError where the key of the links lacks.
    """
    if not config.links.survey_url:
        return nowhere
    keys = link_keys(environ)
    if not keys:
        raise ConfigurationError(
            f"links.survey_url があるのに、環境変数 {LINK_KEY} がありません。"
            "アンケートの鍵を入れるか、links.survey_url を空にしてください。",
            f"links.survey_url is set, but {LINK_KEY} is not. Give the key of the links, or empty links.survey_url.",
        )

    from sheets_automation.core.survey import survey_code

    def link(candidate: Candidate) -> str:
        address = candidate.address.value
        if not address:
            return ""
        return referral_url(config.links.survey_url, survey_code(candidate.id, address, keys[0]))

    return link


def with_survey_keys(rules: SendRules, config: Config, environ: Mapping[str, str]) -> SendRules:
    """The rules, by which the analysis opens the answers of the survey."""
    if not config.links.survey_url:
        return rules
    return replace(rules, analysis=replace(rules.analysis, survey_keys=link_keys(environ)))


def survey_desk(config: Config, environ: Mapping[str, str]) -> SurveyDesk | None:
    """How answers are taken in; None where nobody is asked, or the key lacks."""
    keys = link_keys(environ)
    if not config.links.survey_url or not keys:
        return None
    from sheets_automation.core.survey import survey_code
    from sheets_automation.jobs.survey import SurveyDesk  # the public app imports this module, and no job

    return SurveyDesk(
        codes_of=lambda candidate_id, address: [survey_code(candidate_id, address, key) for key in keys],
        key=keys[0],
    )


def linked_partner(config: Config) -> PartnerSection | None:
    """The partner to whom the public app leads people: the first that has an address."""
    return next((partner for partner in config.partners if partner.url), None)
