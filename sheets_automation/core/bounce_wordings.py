"""How servers say why a letter came back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sheets_automation.core.bounce_causes import Cause

# The first that fits decides, so what is said in many words stands before what is said in one. Each wording was seen in
# bounces of Gmail, Exchange, Postfix, sendmail, qmail, Exim, docomo, au, SoftBank, Yahoo! JAPAN, Notes or m-FILTER.
_WORDINGS: Final[Mapping[Cause, tuple[str, ...]]] = {
    Cause.UNKNOWN_DOMAIN: (
        r"host (?:or domain name )?(?:unknown|not found)",
        r"unknown (?:host|domain)",
        r"domain (?:name )?not found",
        r"nonexistentdomain",
        r"null ?mx",
        r"domain does ?n[o']?t exist",
        r"(?:ホスト|ドメイン)[^。]{0,20}(?:見つか|存在し|不明)",
    ),
    Cause.MAILBOX_FULL: (
        r"(?:mail ?box|maildir|inbox)[^.]{0,60}(?:full|exceed)",
        r"quota",
        r"too much mail",
        r"out of storage",
        r"(?:メールボックス|受信箱|受信トレイ|容量|保存領域)[^。]{0,20}(?:いっぱい|一杯|満杯|超え|超過|オーバー|不足)",
    ),
    Cause.MAILBOX_CLOSED: (
        r"(?:account|user|mailbox|address)[^.]{0,40}(?:disabled|inactive|not active|suspended|closed)",
        r"account is temporarily limited",
        r"(?:アカウント|アドレス|メールボックス|ユーザー?)[^。]{0,20}(?:無効|停止|解約|凍結)",
    ),
    Cause.UNKNOWN_ADDRESS: (
        r"user(?:name)? unknown",
        r"unknown user",
        r"unknown to address",
        r"no such (?:user|mailbox|recipient|address)",
        r"invalid recipient",
        r"(?:user|mailbox|address|recipient|account)[^.]{0,60}(?:n[o']t found|n[o']t exist|unknown)",
        r"recip(?:ient)?notfound|nosuchuser",
        r"not listed in|no mailbox here|n[o']t have an? [^ ]{0,60} ?account",
        r"宛先不明|アドレス不明|リストにありません",
        r"(?:ユーザー?|アドレス|宛先|あて先|受信者|送信先|メールボックス|アカウント)[^。]{0,30}(?:見つか|存在し|不明|誤り|間違|登録されて)",
    ),
    Cause.TOO_LARGE: (
        r"too (?:large|big)",
        r"message size|size (?:exceed|limit)",
        r"(?:サイズ|大きさ)[^。]{0,20}(?:超え|超過|制限|すぎ)",
    ),
    Cause.EXPIRED: (
        r"expired|timed? ?out|not responding|no route to host|connection refused",
        r"delivered (?:for|within)|retry time|requests? to connect|accept a connection",
        r"期限|タイムアウト|応答が?(?:あり|し)ません|応答なし|接続できません",
    ),
    Cause.REFUSED: (
        r"spam|block|black ?list|denied|policy|refused|reputation|reject|not accept|prohibit|dmarc|authenticat|junk",
        r"拒否|迷惑メール|ブロック|受け付けません",
    ),
}
_PATTERNS: Final = tuple((cause, re.compile("|".join(wordings))) for cause, wordings in _WORDINGS.items())

# RFC 3463, without its class: the same subject and detail is said of passing troubles.
_CODES: Final[Mapping[str, Cause]] = {
    "1.0": Cause.UNKNOWN_ADDRESS,
    "1.1": Cause.UNKNOWN_ADDRESS,
    "1.2": Cause.UNKNOWN_DOMAIN,
    "1.3": Cause.UNKNOWN_ADDRESS,
    "1.6": Cause.UNKNOWN_ADDRESS,
    "1.10": Cause.UNKNOWN_DOMAIN,
    "2.1": Cause.MAILBOX_CLOSED,
    "2.2": Cause.MAILBOX_FULL,
    "2.3": Cause.TOO_LARGE,
    "3.4": Cause.TOO_LARGE,
    "4.1": Cause.EXPIRED,
    "4.4": Cause.UNKNOWN_DOMAIN,
    "4.7": Cause.EXPIRED,
}
_POLICY: Final = "7."
_MOST_TO_READ: Final = 20_000


def cause_of(status: str, said: str) -> Cause:
    """The cause, by what is said, since codes are often wrong: docomo says 5.2.0 of a user that it does not know."""
    text = said[:_MOST_TO_READ].casefold()
    for cause, pattern in _PATTERNS:
        if pattern.search(text):
            return cause
    code = status.partition(".")[2]
    return _CODES.get(code, Cause.REFUSED if code.startswith(_POLICY) else Cause.OTHER)
