"""LINE連携コード: the one-time code in a letter that its reader sends to our LINE account.

It proves that whoever chats has the letter that went to this candidate's mailbox. It is sealed as the codes of refusal
links are, so that the webhook tells genuine ones without any list of people. A code holds how often the candidate was
linked before: once it was used, letters carry another one, and the old one opens nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from sheets_automation.core.addresses import match_key
from sheets_automation.core.referral_codes import ALPHABET
from sheets_automation.core.sealed_codes import CODE_LENGTH, is_sealed, sealed_code

_PURPOSE: Final = "line"
_LONGEST_MESSAGE: Final = 500
"""Of a message that only hands over a code; longer ones are chat, and none of our business."""
_CODES: Final = re.compile(rf"(?<![0-9A-Z])[{ALPHABET}]{{{CODE_LENGTH}}}(?![0-9A-Z])")
_CHAT: Final = "https://line.me/R/oaMessage/"


def line_code(candidate_id: str, address: str, links: int, key: str) -> str:
    """The code for a candidate at an address who was linked so often before."""
    message = "\0".join((candidate_id, match_key(address), str(links))).encode("utf-8", "surrogatepass")
    while "XXX" in (code := sealed_code(_PURPOSE, message, key)):  # the lint takes it for a forgotten placeholder
        message += b"\0"
    return code


def is_line_code(code: str, keys: Iterable[str]) -> bool:
    """Whether we made this code, with one of these keys."""
    return is_sealed(_PURPOSE, code, keys)


def code_in_message(text: str, keys: Iterable[str]) -> str:
    """The first genuine code in a chat message, however it was typed; empty where there is none."""
    if len(text) > _LONGEST_MESSAGE:
        return ""
    known = tuple(keys)
    plain = unicodedata.normalize("NFKC", text).upper()
    return next((code for code in _CODES.findall(plain) if is_line_code(code, known)), "")


def chat_url(account: str, code: str) -> str:
    """The link that opens a chat with our account and the code already typed.

    https://developers.line.biz/en/docs/messaging-api/using-line-url-scheme/ wants both parts percent-encoded.
    """
    return f"{_CHAT}{quote(account, safe='')}/?{quote(code, safe='')}"
