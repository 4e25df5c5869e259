"""The part of the composition root that the service on Cloud Run adds: whose tokens count, and who may edit what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_automation.config.consistency import missing_for_service
from sheets_automation.config.problems import ConfigurationWrong
from sheets_automation.config.roster import Client
from sheets_automation.core.errors import ConfigurationError
from sheets_automation.google.emulator import emulator_host
from sheets_automation.wiring_google import google_account, require_google

if TYPE_CHECKING:
    from sheets_automation.config import Config
    from sheets_automation.google.identity import Signer
    from sheets_automation.google.sharing import Sharing

SIGNING_KEY = "RELAY_SIGNING_KEY"
"""The keys that sign approvals, the newest first; all instances of a service have the same."""
SIGNING_KEY_FILE = "RELAY_SIGNING_KEY_FILE"
ON_CLOUD_RUN = "K_SERVICE"
"""Cloud Run sets it, and nobody else: https://cloud.google.com/run/docs/container-contract."""
SHORTEST_KEY = 32


def check_service(config: Config) -> None:
    """Refuse to serve where it is not said who may come in. Raises ConfigurationWrong, which names all that lacks."""
    if missing := [*missing_for_service(config)]:
        raise ConfigurationWrong("[service]", missing)


def token_signer(config: Config, environ: Mapping[str, str]) -> Signer | None:
    """Google's sign-in, for calls with an identity token; None where no audience is configured."""
    require_google()
    from sheets_automation.google.identity import google_signer
    from sheets_automation.google.public_keys import GOOGLE_KEYS, PublicKeys

    audiences = config.service.audiences
    return google_signer(PublicKeys(GOOGLE_KEYS, emulator_host(environ)), audiences) if audiences else None


def browser_signer(config: Config, environ: Mapping[str, str]) -> Signer | None:
    """Identity-Aware Proxy, for people with a browser; None where there is none in front of us."""
    require_google()
    from sheets_automation.google.identity import proxy_signer
    from sheets_automation.google.public_keys import PROXY_KEYS, PublicKeys

    audience = config.service.iap_audience
    return proxy_signer(PublicKeys(PROXY_KEYS, emulator_host(environ)), audience) if audience else None


def sharing(config: Config, environ: Mapping[str, str]) -> Sharing:
    """Who may edit a spreadsheet, as Drive tells the account that we run as."""
    account = google_account(config, environ)
    from sheets_automation.google.sharing import Sharing

    credentials = account.for_sharing()
    return Sharing(lambda: credentials, account.emulator)


def listed_spreadsheets(path: str) -> Mapping[str, Client]:
    """The spreadsheets of a roster, by id; its files are for scheduled jobs alone. Raises ConfigurationError."""
    from sheets_automation.wiring_fleet import open_roster
    from sheets_automation.workbooks.addresses import spreadsheet_id

    _, clients = open_roster(Path(path))
    return {found: client for client in clients if (found := spreadsheet_id(client.address))}


def see_sharing(config: Config, environ: Mapping[str, str]) -> None:
    """See of each spreadsheet who may edit it, as every request has to. Raises WorkbookAccess where we may not."""
    drive = sharing(config, environ)
    for spreadsheet_id in config.service.workbooks:
        drive.look(spreadsheet_id)


def signing_keys(environ: Mapping[str, str]) -> tuple[bytes, ...]:
    """The keys that sign approvals, from the environment or from a mounted secret; none where none is given.

    Raises ConfigurationError for keys that are too short or too many, and on Cloud Run where there is none: each
    instance would refuse what another one has signed.
    """
    text = environ.get(SIGNING_KEY, "") or _mounted(environ.get(SIGNING_KEY_FILE, ""))
    keys = text.split()
    if any(len(key) < SHORTEST_KEY for key in keys) or len(keys) > 2:  # noqa: PLR2004 - a new one and an old one
        raise ConfigurationError(
            f"{SIGNING_KEY} には、{SHORTEST_KEY} 文字以上の推測できない鍵を、新しい順に 1 つか 2 つ入れてください。",
            f"{SIGNING_KEY} must hold one or two keys of {SHORTEST_KEY} characters or more, the newer one first.",
        )
    if not keys and environ.get(ON_CLOUD_RUN):
        raise ConfigurationError(
            f"承認に署名する鍵がありません。シークレットを環境変数 {SIGNING_KEY} か、"
            f"{SIGNING_KEY_FILE} が指すファイルに入れてください。",
            f"There is no key to sign approvals with. Give a secret as {SIGNING_KEY}, "
            f"or as a file that {SIGNING_KEY_FILE} names.",
        )
    return tuple(key.encode() for key in keys)


def _mounted(path: str) -> str:
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"{SIGNING_KEY_FILE} が指すファイルを読めません。場所と権限を確かめてください。",
            f"The file that {SIGNING_KEY_FILE} names cannot be read. Check where it is and who may read it.",
        ) from error
