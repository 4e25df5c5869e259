"""A letter of ours as it lies among sent mail: what it tells of the delivery that it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import unquote
from typing import Final, NamedTuple

from sheets_automation.core.mail_report import read_report
from sheets_automation.core.model import LetterKind
from sheets_automation.core.referral_codes import read_code

SAMPLE_MARKS: Final = {"ja": "【テスト】", "en": "[TEST] "}
"""How the subject of a sample begins, which went to a colleague and is nobody's letter."""


_DELIVERY: Final = re.compile(rf"({'|'.join(LetterKind)}) ([1-9][0-9]{{0,5}}) (.*)")


class DeliveryTold(NamedTuple):
    """What a letter says of the delivery that it was; letters of earlier versions say nothing."""

    kind: LetterKind | None = None
    cycle: int = 0
    template: str = ""


NOTHING_TOLD: Final = DeliveryTold()


def read_delivery(field: str) -> DeliveryTold:
    """What stands in its header, see `message.DELIVERY_HEADER`."""
    found = _DELIVERY.fullmatch(field.strip())
    if found is None:
        return NOTHING_TOLD
    return DeliveryTold(LetterKind(found[1]), int(found[2]), "" if found[3] == "-" else found[3])


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLetter:
    """A letter that a carrier has delivered and still keeps."""

    carrier: str
    reference: str
    """As the log has it of a letter that left."""
    claim_reference: str
    """As the log has it of its claim, as far as the letter tells."""
    claim_mark: str
    """The part of a claim's reference that names this letter and no other."""
    letter_key: str
    """What its header says, see `message.letter_key`."""
    to_address: str
    subject: str
    at: datetime
    attempt: int = 0
    """0 where the letter does not tell."""
    told: DeliveryTold = NOTHING_TOLD
    referral_code: str = ""
    is_of_workbook: bool = False
    """Whether it says itself to which workbook it belongs, and it is this one."""

    @property
    def is_sample(self) -> bool:
        """Whether it calls itself a sample."""
        return self.subject.startswith(tuple(SAMPLE_MARKS.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """What a look at sent mail found."""

    letters: tuple[FoundLetter, ...] = ()
    looked_at: int = 0
    foreign: int = 0
    """Letters of ours for other workbooks."""
    is_whole: bool = True
    """False when there was more than one look takes in; the oldest was left."""


def parts_of(reference: str) -> list[str]:
    """What a reference in the log is put together from."""
    return re.split(r"[/~]", reference)


def bare_address(field: str) -> str:
    """The address of a To field, as the log has it: without a name, and without quotes around stray dots.

    The name may have been decoded already, and hold anything: what stands in the last angle brackets counts.
    """
    in_brackets = re.search(r"<([^<>]*)>\s*$", field)
    local, at, domain = (in_brackets[1] if in_brackets else field).strip().rpartition("@")
    return f"{unquote(local)}{at}{domain.lower()}"


def referral_code_in(raw: bytes, *base_urls: str) -> str:
    """The code of the referral link in a letter, whichever address it begins with; empty for none, or several."""
    begins = "|".join(re.escape(base.partition("{code}")[0].rstrip("/")) for base in base_urls if base)
    if not begins:
        return ""
    link = rf"""(?:{begins})[^\s<>"')\]]+"""
    codes = {read_code(found).code for found in re.findall(link, read_report(raw).said)} - {""}
    return codes.pop() if len(codes) == 1 else ""
