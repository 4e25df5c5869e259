"""The words by which mailers say that a letter came back, or is late, and machines that they answer for somebody.

Each was seen in mail of Gmail, Exchange, Postfix, sendmail, qmail, Exim, docomo, au, SoftBank, Yahoo! JAPAN, Notes,
m-FILTER or a provider in Japan. Quantifiers are bounded: whoever writes to us chooses the text.
"""

from __future__ import annotations

import re
from typing import Final


def _any_of(*wordings: str, start: str = "") -> re.Pattern[str]:
    return re.compile(f"{start}(?:{'|'.join(wordings)})", re.IGNORECASE)


FAILED_SUBJECT: Final = _any_of(
    r"undeliver",
    r"returned (?:mail|message)|return(?:ed)? to sender",
    r"failure notice|\(failure\)",
    r"mail system error",
    r"deliver(?:y|ed|ing)? (?:has )?fail|fail(?:ed|ure)? (?:to )?deliver",
    r"(?:could|was) ?n[o']t (?:be )?delivered|not delivered|n't be delivered|non-?delivery",
    r"delivery (?:status )?notification|delivery report",
    r"(?:配信|配送|送信|送達)(?:が|を)?(?:不能|でき|され|に失敗|エラー)",
    r"不達|未達|宛先不明|エラーメール|届けできま|届きません|返送",
)
"""In the subject of a mail that no person wrote."""

FAILED: Final = _any_of(
    r"permanent(?:ly)? (?:fatal )?(?:error|fail)|fatal error|given up",
    r"(?:could|was|were|has|have) ?(?:not|n't) (?:be |been )?delivered|not delivered|undeliver|delivery problems",
    r"deliver[a-z]{0,5} (?:to [^.]{0,80}|has )?fail|fail(?:ed|ure)? to deliver|able to deliver|failure reasons",
    r"(?:user|host|address|mailbox|account)[^.]{0,60}(?:unknown|not found|n[o']t exist|full|disabled|limited|quota)",
    r"unknown (?:user|host)|no such user|mailbox full|rejected",
    r"\b55\d[ -]|\b5\.\d\.\d{1,3}\b",
    r"(?:配信|配送|送信|送達|お?届け)(?:が|は|を|に|する(?:こと)?が)?(?:でき(?:ま|な)|されま|不能|失敗|エラー)|届きません",
    r"宛先不明|アドレス不明|見つかりません|見つからな|存在しません|リストにありません|受信を?拒否|いっぱい|一杯|満杯",
)
"""In the text of a mailer's mail."""

DELAYED_SUBJECT: Final = _any_of(
    r"\(delay(?:ed)?\)|delayed|delivery delay|warning: ",
    r"遅延|遅れて|遅れが",
)

DELAYED: Final = _any_of(
    r"warning message only|do not need to resend",
    r"will (?:be retried|keep trying|retry|continue to (?:try|be attempted))|delivery attempts will",
    r"delivery incomplete|still (?:undelivered|trying|being attempted)|not yet been delivered",
    r"(?:配信|配送|送信)が(?:遅れ|遅延)",
    r"再送(?:信)?(?:する|の)?必要はありません",
    r"(?:配信|配送|送信)を(?:再)?試み(?:ます|続け)|再試行(?:します|を続け|中)",
    r"まだ(?:配信|配送|送信)(?:され|でき)て",
)

ANSWERED_BY_MACHINE: Final = _any_of(
    r"automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|vacation",
    r"自動(?:返信|応答|回答|送信)",
    r"不在(?:通知|応答|返信|連絡|のお知らせ|のため)|休暇",
    start=r"(?:(?:re|fw|fwd)[:：]\s{0,3}){0,5}[\[【(（]?\s{0,3}",
)
"""At the beginning of a subject."""

_BROKEN_LINE: Final = re.compile(r"(?<=[^\x00-\x7f])[ \t]*\r?\n[ \t]*(?=[^\x00-\x7f])")


def flowing(text: str) -> str:
    """The text without the line breaks that a mailer put into its sentences; Japanese is broken within words."""
    return " ".join(_BROKEN_LINE.sub("", text.replace("\u2019", "'")).split())
