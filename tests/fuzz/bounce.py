"""Mail of any bytes: understood or not, never a bounce of a letter to an address that the mail does not name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.parser import BytesParser
from email.policy import compat32
from html import unescape

import idna

from sheets_automation.core.addresses import match_key, read_address
from sheets_automation.core.bounce_causes import Cause, in_words
from sheets_automation.core.bounces import MailKind, Understood, may_be_a_bounce, understand, understand_headers
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.mail_report import decoded, read_report
from sheets_automation.core.model import DeliveryKey, LetterKind
from sheets_automation.core.returns import Judged, Post, ReturnedMail, SentLetter, judge
from tests.core.mail_samples import WORD
from tests.fuzz import tape

LONGEST = 24_000
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OURS = "saiyo@example.co.jp"
DETAIL = re.compile(rf"(?:{'|'.join(Cause)})(?: (?:[45]\.[0-9]{{1,3}}\.[0-9]{{1,3}}|[45][0-5][0-9]))?")
CHARSETS = ("utf-8", "iso2022_jp_ext", "cp932", "euc_jp", "cp1252", "latin-1")


def letter(number: int, address: str) -> SentLetter:
    key = DeliveryKey(candidate_id=f"C-{number}", kind=LetterKind.REJECTION)
    return SentLetter(
        claim_id=f"R1-{number}",
        key=key,
        attempt=1,
        carrier="gmail",
        to_address=address,
        left_at=NOON - timedelta(hours=2),
    )


LETTERS = tuple(
    letter(number, address)
    for number, address in enumerate(("yamada@example.com", "sato@example.net", "yamada@docomo.ne.jp", "a@b.jp"))
)
WORDS = {WORD: LETTERS[0].claim_id, "ffeeddccbbaa9988": LETTERS[1].claim_id}


def check(data: bytes) -> None:
    """Understand a mail, and say which letter it is about."""
    raw = tape.pumped(data, LONGEST)
    said = understand(raw)
    check_said(said)
    check_ways_of_reading(raw, said)
    check_named(raw, said)
    check_judged(raw, said)


def check_said(said: Understood) -> None:
    assert DETAIL.fullmatch(said.detail)
    assert said.letter is None or re.fullmatch(r"[0-9a-f]{0,64}", said.letter)
    assert len(said.recipients) <= 20
    assert len(said.mentioned) <= 20
    for address in (*said.recipients, *said.mentioned, *filter(None, [said.sender])):
        assert read_address(address).value == address
    assert in_words(said.detail, "ja") != said.detail
    if said.kind in {MailKind.PERSON, MailKind.AUTOMATIC} and not said.cause:
        assert said.recipients == ()


def check_ways_of_reading(raw: bytes, said: Understood) -> None:
    """Headers alone say the same of a mail that need not be opened; line ends and what lies far behind say nothing."""
    headers = read_report(raw).headers
    if headers and not may_be_a_bounce(headers):
        assert understand_headers(headers) == said
    if not headers:
        assert said.kind is MailKind.AUTOMATIC
    if len(raw) < 4_000 and b"\r" not in raw.replace(b"\r\n", b""):
        assert understand(raw.replace(b"\r\n", b"\n")) == said


def check_named(raw: bytes, said: Understood) -> None:
    """Whoever is said not to have got a letter stands somewhere in the mail, in one of the ways to write it."""
    missing = {*said.recipients, *said.mentioned, *filter(None, [said.sender])}
    for text in all_that_is_written(raw) if missing else ():
        missing = {address for address in missing if not any(way in text for way in spellings(address))}
        if not missing:
            return
    assert not missing


def spellings(address: str) -> set[str]:
    local, _, domain = address.casefold().rpartition("@")
    return {f"{local}@{domain}", f"{local}@{idna.decode(domain) if 'xn--' in domain else domain}"}


def all_that_is_written(raw: bytes) -> Iterator[str]:
    """The mail and all its parts in every charset, whatever any of it claims to be; what is likely comes first."""
    yield raw.decode("latin-1").casefold()
    message = BytesParser(policy=compat32).parsebytes(raw)
    values = [str(value) for part in message.walk() for value in part.values()]
    yield "\n".join(map(decoded, values)).casefold()
    contents = [raw, *(part.get_payload(decode=True) for part in message.walk())]
    for content in contents:
        for charset in CHARSETS if isinstance(content, bytes) else ():
            text = content.decode(charset, "replace")
            for way in (text, unescape(text), unescape(re.sub(r"<[^<>]*>", " ", text))):
                yield way.casefold()
                yield unicodedata.normalize("NFKC", way).replace("。", ".").casefold()
    yield unicodedata.normalize("NFKC", "\n".join(map(decoded, values))).replace("。", ".").casefold()


def check_judged(raw: bytes, said: Understood) -> None:
    """A letter counts as returned only by its word, or by its address where no word says otherwise."""
    mail = ReturnedMail(reference="m1", at=NOON, understood=said)
    alone = judged(mail)
    named = {match_key(address) for address in (*said.recipients, *said.mentioned)}
    for found in alone.returns:
        assert said.kind is MailKind.BOUNCE
        assert found.kind is EventKind.BOUNCED
        by_word = WORDS.get(said.letter or "") == found.letter.claim_id
        assert by_word or match_key(found.letter.to_address) in named
        assert DETAIL.fullmatch(found.detail)
    check_in_conversation(said, named)
    assert len(alone.returns) + alone.unrelated + alone.delayed + alone.automatic == 1


def check_in_conversation(said: Understood, named: set[str]) -> None:
    for one in LETTERS:
        mail = ReturnedMail(reference="m1", at=NOON, understood=said, conversation_of=one.claim_id)
        for found in judged(mail).returns:
            assert said.kind in {MailKind.BOUNCE, MailKind.PERSON}
            by_word = WORDS.get(said.letter or "") == found.letter.claim_id
            if said.kind is MailKind.BOUNCE and said.recipients and not by_word:
                assert match_key(found.letter.to_address) in named
            if said.kind is MailKind.PERSON:
                assert found.letter == one
                assert not said.sender.endswith("@example.co.jp")
    assert judged(replace_kind(said)).returns == ()


def replace_kind(said: Understood) -> ReturnedMail:
    """The same, if it were only a warning."""
    return ReturnedMail(reference="m1", at=NOON, understood=replace(said, kind=MailKind.DELAY))


def judged(mail: ReturnedMail) -> Judged:
    return judge(Post(mails=(mail,), words=WORDS), LETTERS, (), [OURS], NOON)
