"""What HR can write between the braces of a letter: our words, in two languages, and every heading of the sheet."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from sheets_automation.core.model import Candidate

MAX_LETTER_CHARACTERS: Final = 10_000
"""Of the plain text. A longer value is cut to just above it: rendering stays cheap, and the lint stops that letter."""


@lru_cache(maxsize=4096)  # the words of the rules and of the sheet, asked for again with every letter
def folded(name: str) -> str:
    """A heading or a template's word in the form in which we compare it: width, case and outer blanks do not count."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What letters say that is not in the candidate's row: about the company, and about its referral partner."""

    company: str
    contact_person: str = ""
    contact: str = ""
    postal_address: str = ""
    signature: str = ""
    partner: str = ""
    partner_licence: str = ""


class LineInvitation(NamedTuple):
    """What a letter shows to a reader who may link their LINE chat; empty for everybody else."""

    code: str = ""
    url: str = ""


NO_INVITATION: Final = LineInvitation()


def uninvited(_candidate: Candidate) -> LineInvitation:
    """No letter speaks of LINE."""
    return NO_INVITATION


FIELD_NAMES: Final = {
    "name": "氏名",
    "opening": "応募職種",
    "medium": "応募媒体",
    "stage": "選考段階",
    "company": "会社名",
    "contact_person": "担当",
    "contact": "連絡先",
    "postal_address": "会社住所",
    "refusal_url": "配信停止URL",
    "signature": "署名",
    "referral_url": "紹介URL",
    "survey_url": "アンケートURL",
    "line_url": "LINE連携URL",
    "line_code": "LINE連携コード",
    "partner": "紹介先",
    "partner_licence": "許可番号",
}
"""Our words, English to Japanese; each letter may use either."""

OWN_FIELDS: Final = frozenset((*FIELD_NAMES, *FIELD_NAMES.values()))


def nowhere(_candidate: Candidate) -> str:
    """Letters hold no such link."""
    return ""


def letter_fields(
    candidate: Candidate,
    facts: LetterFacts,
    referral_url: str = "",
    line: LineInvitation = NO_INVITATION,
    refusal_url: str = "",
    survey_url: str = "",
) -> dict[str, str]:
    """All fields of one letter. Without `referral_url` the letter leaves out its referral paragraph.

    Our words win over headings of the same name: 連絡先 in a letter is the company's, never a candidate's phone number.
    """
    own = {
        "name": candidate.name,
        "opening": candidate.opening,
        "medium": candidate.medium,
        "stage": candidate.stage,
        "company": facts.company,
        "contact_person": facts.contact_person,
        "contact": facts.contact,
        "postal_address": facts.postal_address,
        "refusal_url": refusal_url,
        "signature": facts.signature,
        "referral_url": referral_url,
        "survey_url": survey_url,
        "line_url": line.url,
        "line_code": line.code,
        "partner": facts.partner,
        "partner_licence": facts.partner_licence,
    }
    return {**candidate.fields, **own, **{FIELD_NAMES[name]: value for name, value in own.items()}}
