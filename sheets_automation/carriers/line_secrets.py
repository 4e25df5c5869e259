"""What opens our LINE channel: from the environment, a secret store's file, or the keyring; never our own files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sheets_automation.core.errors import CarrierAccess

VARIABLE: Final = "RELAY_LINE_TOKEN"
FILE_VARIABLE: Final = "RELAY_LINE_TOKEN_FILE"
SERVICE: Final = "relay line"
"""Under what name the keyring holds the token; the user is `USER`."""
USER: Final = "channel-access-token"


def line_token(environ: Mapping[str, str]) -> str:
    """Find the channel access token; CarrierAccess says how to store one."""
    token = (environ.get(VARIABLE) or _from_file(environ.get(FILE_VARIABLE, "")) or _from_keyring()).strip()
    if not token:
        raise _missing()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise CarrierAccess(
            "LINE のチャネルアクセストークンに使えない文字があります。コピーし直してください。",
            "The LINE channel access token holds characters that none can have. Copy it again.",
        )
    return token


def _from_file(path: str) -> str:
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CarrierAccess(
            f"{FILE_VARIABLE} のファイルを読めません。場所と読み取り権限を確かめてください。",
            f"The file that {FILE_VARIABLE} names cannot be read. Check where it is and who may read it.",
        ) from error


def _from_keyring() -> str:
    try:
        import keyring
    except ImportError:
        return ""
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, USER) or ""
    except KeyringError:
        return ""


def _missing() -> CarrierAccess:
    command = f'keyring set "{SERVICE}" {USER}'
    return CarrierAccess(
        f"LINE のチャネルアクセストークンがありません。環境変数 {VARIABLE} に入れるか、"
        f"{FILE_VARIABLE} でファイルを示すか、{command} で OS のキーチェーンに保存してください。",
        f"There is no LINE channel access token. Put it into {VARIABLE}, name a file of it in {FILE_VARIABLE}, "
        f"or store it in the OS keyring with: {command}",
    )
