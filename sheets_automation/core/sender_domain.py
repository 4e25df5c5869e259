"""Whether receivers believe that letters are ours: SPF, DKIM and DMARC of the sender's domain, by its records.

Since February 2024 Gmail and Yahoo ask every sender for SPF or DKIM, and who sends 5,000 mails a day for both and for
DMARC (support.google.com/a/answer/81126, senders.yahooinc.com/best-practices). Without them a letter may end as junk.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sheets_automation.core.errors import ConfigurationError

USUAL_SELECTORS: Final = ("google", "default", "selector1", "selector2", "s1", "s2", "dkim", "mail", "k1")
"""Under which DKIM keys usually stand: nobody can ask a domain for all of its own."""
_RESERVED: Final = re.compile(
    r"(?:.*\.)?(?:example|invalid|test|localhost|local|(?:example\.(?:com|net|org|jp|(?:co|ne|or|ac|go)\.jp)))\.?",
    re.IGNORECASE,
)
_MOST_LOOKUPS: Final = 10  # RFC 7208 §4.6.4
_DEEPEST: Final = 12
_WEAKEST_KEY: Final = 140  # bytes; a key of 1,024 bits has 162 in its wrapping, and Gmail takes none below
_LOOKS_UP: Final = re.compile(
    r"[+?~-]?(?:include:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr(?:[:/]|$)|exists:)|redirect=", re.IGNORECASE
)
_GOOGLE: Final = "_spf.google.com"

Texts = Callable[[str], Sequence[str]]
"""The TXT records of a name; none where it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainRecords:
    """What stands in the DNS about a sender's domain."""

    domain: str
    texts: tuple[str, ...] = ()
    """TXT records of the domain itself."""
    dmarc: tuple[str, ...] = ()
    """TXT records of _dmarc, of the domain or of the one above it."""
    dkim: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """TXT records by selector, of those that were asked for."""
    takes_mail: bool = True
    """Whether mail to it arrives anywhere: answers and bounces do."""
    spf_lookups: int = 0
    by_gmail: bool = False
    """Whether the letters leave from a mailbox of Google's."""


def is_reserved(domain: str) -> bool:
    """Whether a domain belongs to nobody (RFC 2606, and those of JPRS for examples): there is nothing to ask."""
    return bool(_RESERVED.fullmatch(domain))


def count_lookups(domain: str, texts: Texts) -> int:
    """How many further questions the SPF record leads to, those of included records counted."""
    return _lookups(domain, texts, _DEEPEST)


def _lookups(domain: str, texts: Texts, depth: int) -> int:
    number = 0
    for record in _spf(texts(domain))[:1]:
        for term in record.split()[1:]:
            if _LOOKS_UP.match(term):
                number += 1
            following = re.fullmatch(r"[+?~-]?include:(\S+)|redirect=(\S+)", term, re.IGNORECASE)
            if following and depth and "%" not in term and number <= _MOST_LOOKUPS:
                number += _lookups(following[1] or following[2], texts, depth - 1)
    return number


def _spf(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if re.match(r"v=spf1(?:\s|$)", text, re.IGNORECASE)]


def check_spf(records: DomainRecords) -> None:
    """Exactly one record that says who may send, and closes the door behind them. Raises what to do."""
    found = _spf(records.texts)
    wanted = f"v=spf1 include:{_GOOGLE} ~all" if records.by_gmail else "v=spf1 mx include:… ~all"
    if not found:
        raise _problem(
            f"{records.domain} に SPF レコードがありません。次の TXT レコードを 1 つ加えてください: {wanted}"
            + ("" if records.by_gmail else "(… には、送信に使うメールサービスの値を入れます)"),
            f"{records.domain} has no SPF record. Add one TXT record: {wanted}"
            + ("" if records.by_gmail else " (instead of … what your mail service tells you)"),
        )
    if len(found) > 1:
        raise _problem(
            f"{records.domain} に SPF レコードが {len(found)} つあり、すべて無効になります。1 つにまとめてください。",
            f"{records.domain} has {len(found)} SPF records, which makes all of them void. Merge them into one.",
        )
    for ja, en in _faults_of_spf(found[0].lower(), records):
        raise _problem(ja, en)


def _faults_of_spf(record: str, records: DomainRecords) -> Iterator[tuple[str, str]]:
    terms = record.split()
    if {"+all", "all", "?all"} & set(terms):
        yield (
            "SPF レコードの終わりが、誰からの送信も許す形です。終わりを ~all か -all にしてください。",
            "The SPF record lets everybody send. Let it end in ~all or -all.",
        )
    elif not {"~all", "-all"} & set(terms) and "redirect=" not in record:
        yield (
            "SPF レコードに終わりの ~all がなく、ほかからの送信を区別できません。最後に ~all を加えてください。",
            "The SPF record has no end, so it keeps nobody out. Add ~all at its end.",
        )
    if records.by_gmail and _GOOGLE not in record and "redirect=" not in record and "include:" not in record:
        yield (
            f"SPF レコードに Gmail が入っていません。include:{_GOOGLE} を加えてください。",
            f"The SPF record does not know Gmail. Add include:{_GOOGLE} to it.",
        )
    if records.spf_lookups > _MOST_LOOKUPS:
        yield (
            (
                f"SPF レコードの参照が {records.spf_lookups} 回あり、上限の {_MOST_LOOKUPS} 回を超えて無効になります。"
                "使っていない include を除いてください。"
            ),
            (
                f"The SPF record leads to {records.spf_lookups} look-ups; above {_MOST_LOOKUPS} it is void. "
                "Remove includes that are not used."
            ),
        )


def check_dkim(records: DomainRecords) -> None:
    """A key that is not taken back and not weak. Raises what to do."""
    keys = {selector: text for selector, texts in records.dkim.items() for text in texts if _tag(text, "p") is not None}
    if not keys:
        tried = ", ".join(records.dkim)
        how_ja = (
            "Google 管理コンソールの「アプリ > Google Workspace > Gmail > メールの認証」で鍵を作り、"
            f"示された TXT レコードを google._domainkey.{records.domain} に加えて、認証を始めてください。"
            if records.by_gmail
            else "送信に使うメールサービスで DKIM を有効にし、示された TXT レコードを加えてください。"
        )
        how_en = (
            "Make a key in Google's admin console (Apps > Google Workspace > Gmail > Authenticate email), add the TXT "
            f"record that it shows at google._domainkey.{records.domain}, and start authentication."
            if records.by_gmail
            else "Turn DKIM on at your mail service, and add the TXT record that it shows."
        )
        raise _problem(
            f"{records.domain} の DKIM の鍵が見つかりません(調べたセレクター: {tried})。{how_ja}"
            "別のセレクターのときは、設定 [sender] dkim_selector に書いてください。",
            f"No DKIM key of {records.domain} was found (selectors tried: {tried}). {how_en} "
            "If it has another selector, name it in [sender] dkim_selector.",
        )
    faults = [fault for selector, text in keys.items() for fault in _faults_of_key(selector, text)]
    if len(faults) >= len(keys):  # one good key is enough: others are those of earlier years
        raise _problem(*faults[0])


def _faults_of_key(selector: str, text: str) -> Iterator[tuple[str, str]]:
    key = _tag(text, "p") or ""
    if not key:
        yield (
            f"DKIM の鍵 {selector} は取り消されています。新しい鍵を加えてください。",
            f"The DKIM key {selector} was taken back. Add a new one.",
        )
        return
    try:
        length = len(b64decode("".join(key.split()), validate=True))
    except (Error, ValueError):
        length = 0
    if (_tag(text, "k") or "rsa").lower() == "rsa" and length < _WEAKEST_KEY:
        yield (
            f"DKIM の鍵 {selector} が短すぎるか、途中で切れています。2,048 ビットの鍵に替えてください。",
            f"The DKIM key {selector} is too short, or was cut off. Replace it by one of 2,048 bits.",
        )
    elif "y" in (_tag(text, "t") or "").lower().split(":"):
        yield (
            f"DKIM の鍵 {selector} は試験中(t=y)の印が付いています。印を外してください。",
            f"The DKIM key {selector} is marked as a test (t=y). Remove the mark.",
        )


def check_dmarc(records: DomainRecords) -> None:
    """Exactly one policy, with a word that mail programs know. Raises what to do."""
    found = [text for text in records.dmarc if re.match(r"v=DMARC1\s*(?:;|$)", text, re.IGNORECASE)]
    wanted = f"v=DMARC1; p=none; rua=mailto:dmarc@{records.domain}"
    if not found:
        raise _problem(
            f"{records.domain} に DMARC レコードがありません。_dmarc.{records.domain} に TXT レコード "
            f"{wanted} を加えてください。様子を見てから p=quarantine に強めます。"
            "1 日 5,000 通以上を送る差出人には、Gmail と Yahoo! が必須としています。",
            f"{records.domain} has no DMARC record. Add a TXT record at _dmarc.{records.domain}: {wanted}. Make it "
            "p=quarantine when the reports look right. Gmail and Yahoo demand it of whoever sends 5,000 mails a day.",
        )
    if len(found) > 1:
        raise _problem(
            f"_dmarc.{records.domain} に DMARC レコードが {len(found)} つあり、無効になります。1 つにしてください。",
            f"_dmarc.{records.domain} has {len(found)} DMARC records, which makes them void. Keep one.",
        )
    if (_tag(found[0], "p") or "").lower() not in {"none", "quarantine", "reject"}:
        raise _problem(
            "DMARC レコードの p= が読み取れません。p=none、p=quarantine、p=reject のどれかにしてください。",
            "The DMARC record has no policy that is known. Let p= be none, quarantine or reject.",
        )


def check_takes_mail(records: DomainRecords) -> None:
    """Answers and bounces need somewhere to arrive. Raises what to do."""
    if not records.takes_mail:
        raise _problem(
            f"{records.domain} はメールを受け取れません(MX レコードがないか、受け取らない設定です)。"
            "返信と不達の知らせが届かず、受信側に拒まれることもあります。MX レコードを加えてください。",
            f"{records.domain} takes no mail (no MX record, or one that refuses all). Answers and bounces get "
            "lost, and some receivers refuse such senders. Add an MX record.",
        )


def _tag(record: str, name: str) -> str | None:
    """The value of a tag such as p= in a DKIM or DMARC record."""
    for part in record.split(";"):
        key, found, value = part.partition("=")
        if found and key.strip().lower() == name:
            return value.strip()
    return None


def _problem(ja: str, en: str) -> ConfigurationError:
    return ConfigurationError(ja, en)
