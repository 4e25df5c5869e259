"""The part of the composition root that LINE adds: its carrier, the codes in letters, and what the webhook needs."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sheets_automation.config.samples import refuse_samples
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.core.letter_fields import NO_INVITATION, LineInvitation
from sheets_automation.core.line_codes import chat_url, line_code
from sheets_automation.core.model import Candidate, Claim, OutgoingLetter
from sheets_automation.core.rules import SendRules
from sheets_automation.installing import install_line
from sheets_automation.wiring_links import LINK_KEY, link_keys

if TYPE_CHECKING:
    from sheets_automation.config import Config
    from sheets_automation.ports import Carrier
    from sheets_automation.wiring import Office

LINE: Final = "line:"
"""The carrier's address. Which account it is, its token says."""
SECRET: Final = "RELAY_LINE_SECRET"  # noqa: S105 - where it is found, not what it is
"""The channel secret, which signs webhooks."""
SECRET_FILE: Final = "RELAY_LINE_SECRET_FILE"  # noqa: S105 - likewise
API_HOST: Final = "RELAY_LINE_API_HOST"
"""Another server in LINE's place, for tests; on this machine only."""


def is_line(carrier: str) -> bool:
    """Whether a carrier address, as people type it, leads to LINE."""
    return carrier.strip().lower().startswith(LINE)


def with_line_rules(rules: SendRules, config: Config, carrier: str) -> SendRules:
    """The rules as they are where letters leave by this carrier."""
    guards = replace(rules.guards, by_line=is_line(carrier), results_by_line=config.line.results)
    return replace(rules, guards=guards)


def line_invitations(config: Config, environ: Mapping[str, str]) -> Callable[[Candidate], LineInvitation]:
    """How letters invite their readers to LINE; those who are linked already are not asked again.

    Raises ConfigurationError where the key of the codes lacks.
    """
    if not config.line.account:
        return lambda _candidate: NO_INVITATION
    keys = link_keys(environ)
    if not keys:
        raise ConfigurationError(
            f"line.account があるのに、環境変数 {LINK_KEY} がありません。"
            "連携コードの鍵を入れるか、line.account を空にしてください。",
            f"line.account is set, but {LINK_KEY} is not. Give the key of the codes, or empty line.account.",
        )

    def invite(candidate: Candidate) -> LineInvitation:
        address = candidate.address.value
        if candidate.line_user or not address:
            return NO_INVITATION
        code = line_code(candidate.id, address, candidate.line_links, keys[0])
        return LineInvitation(code=code, url=chat_url(config.line.account, code))

    return invite


def chats_lacking(config: Config) -> ConfigurationError | None:
    """What is wrong where letters invite to LINE, and nobody has said where it is noted what people do there."""
    if not config.line.account:
        return None
    return ConfigurationError(
        "通知で LINE に招いているのに、その記録の場所が名簿の line_records にないため、連携も解除も取り込めません。"
        "line_records に書くか、別に relay collect-line で取り込んでいるなら jobs から collect-line を外してください。",
        "Letters invite to LINE, but the roster does not say in line_records where what people do there is noted, so "
        "neither links nor their ends are taken in. Set line_records; if somebody runs `relay collect-line` instead, "
        "leave collect-line out of jobs.",
    )


def open_line(office: Office) -> Carrier:
    """The carrier, for letters as the office writes them."""
    if importlib.util.find_spec("linebot") is None or importlib.util.find_spec("tenacity") is None:
        raise ConfigurationError(
            f"LINE で送るには {install_line('line')} を実行してください。",
            f"To send by LINE, run: {install_line('line')}",
        )
    from sheets_automation.carriers.line import LineCarrier
    from sheets_automation.carriers.line_api import HOST, LineApi
    from sheets_automation.carriers.line_secrets import line_token

    token, host = line_token(office.environ), _host(office.environ)
    if host == HOST:
        refuse_samples(office.config)
    api = LineApi(token, host=host, sleep=office.tempo.sleep)
    return LineCarrier(
        api,
        line_text,
        written_again=_LettersAgain(office),
        reserve=office.config.line.monthly_reserve,
        results=office.config.line.results,
    )


def line_text(outgoing: OutgoingLetter) -> bytes:
    """What a letter says in a chat: its text part alone."""
    return outgoing.letter.text.encode()


def line_secret(environ: Mapping[str, str]) -> str:
    """The channel secret. Raises ConfigurationError that says where to put it."""
    secret, path = environ.get(SECRET, "").strip(), environ.get(SECRET_FILE, "")
    if not secret and path:
        try:
            secret = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(
                f"{SECRET_FILE} のファイルを読めません。場所と読み取り権限を確かめてください。",
                f"The file that {SECRET_FILE} names cannot be read. Check where it is and who may read it.",
            ) from error
    if not secret:
        raise ConfigurationError(
            f"LINE のチャネルシークレットがありません。環境変数 {SECRET} に入れるか、"
            f"{SECRET_FILE} でファイルを示してください。",
            f"There is no LINE channel secret. Put it into {SECRET}, or name a file of it in {SECRET_FILE}.",
        )
    return secret


def line_keys(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of linking codes. Raises ConfigurationError where there is none."""
    keys = link_keys(environ)
    if not keys:
        raise ConfigurationError(
            f"環境変数 {LINK_KEY} がないので、連携コードを確かめられません。通知を送るときと同じ鍵を入れてください。",
            f"{LINK_KEY} is not set, so linking codes cannot be told apart. Give the key that letters are sent with.",
        )
    return keys


class _LettersAgain:
    """Writes the letters of dead runs again, by the workbook as this run has read it."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def __call__(self, claim: Claim) -> OutgoingLetter | None:
        from sheets_automation.jobs.line_again import written_again
        from sheets_automation.jobs.situation import understand

        seen = self._office.seen
        if seen is None:
            return None
        snapshot, desk = seen
        situation = understand(snapshot, desk.rules, desk.headings_used)
        return written_again(claim, situation, desk, self._office.clock())


def _host(environ: Mapping[str, str]) -> str:
    from sheets_automation.carriers.addresses import is_loopback
    from sheets_automation.carriers.line_api import HOST

    place = environ.get(API_HOST, "")
    if not place:
        return HOST
    if not is_loopback(place.rpartition(":")[0]):
        raise ConfigurationError(
            f"{API_HOST} に使えるのは、このコンピューターのアドレスだけです。",
            f"{API_HOST} may only name an address of this computer.",
        )
    return f"http://{place}"
