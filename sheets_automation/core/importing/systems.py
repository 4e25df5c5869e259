"""The systems whose exports are known: by which headings one is recognised, and what a heading means in it alone.

What stands in `core.headings` for everybody is not repeated here. Where a vendor lets people choose the columns of an
export, as the American systems do, the headings are the names that its screens and public documents give to the fields;
a heading that an export calls otherwise is proposed by likeness, or mapped by HR in the tab 取込設定.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sheets_automation.core.headings import Field, heading_key


class Role(StrEnum):
    """What a column of a file may mean to us beside the fields of the candidates tab."""

    APPLICATION = "application"  # the system's number of one application
    APPLICANT = "applicant"  # the system's number of a person, who may have several rows
    KANA = "kana"
    NOTE = "note"


_ROLE_HEADINGS: Mapping[Role, str] = {
    Role.APPLICATION: "応募ID|応募番号|応募No|エントリーID|エントリー番号|選考ID|application id|opportunity id",
    Role.APPLICANT: "応募者ID|応募者コード|応募者番号|候補者番号|候補者コード|candidate id|applicant id|person id",
    Role.KANA: "フリガナ|ふりがな|カナ|氏名カナ|氏名(カナ)|氏名フリガナ|よみがな|kana",
    Role.NOTE: "備考|メモ|note|notes|comment",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One system."""

    name: str
    signs: frozenset[str]
    """Headings that hardly any other file has together, as `heading_key` folds them."""
    meanings: Mapping[str, Field | Role]
    """Headings that mean something else here than in other files, or are known nowhere else."""


# HERP to エントリーポケット: from their import sheets and exports, as told in the design's facts about recruiting.
_SIGNS: Mapping[str, str] = {
    "HERP": "応募時刻|選考ステップ|選考終了理由|応募経路|募集職種",
    "HRMOS採用": "最終の選考ステータス|判定結果入力日|応募ラベル|学歴・社歴|電話番号・住所",
    "HRMOS新卒": "総合評価|総合評価コメント|選考評価者",
    "Talentio": "チャネル|職種|候補者ステータス|選考ステータス",
    "Wantedly Hire": "選考ステップ名|応募媒体名|募集タイトル|候補者名",
    "jobsuite": "応募ルート|姓|名|選考ステップ",
    "talentsforce": "Full Name(氏名)|Email(メールアドレス)|Phone Number(電話番号)|Talent Pools|Skills",
    "エントリーポケット": "応募者コード|選考状況ステータスコード|選考状況ステータス|店舗マスタ名|媒体名|重複フラグ",
    # Greenhouse: the fields of its candidate reports (support.greenhouse.io, Essential candidate report) and of the
    # Harvest API; unverified against a live export.
    "Greenhouse": "Application ID|Job Name|Current Stage|Application Date|Rejection Reason|Applied On|Rejected On",
    # Lever: the fields of an opportunity (hire.lever.co/developer/documentation), as its export calls them.
    "Lever": "Opportunity ID|Posting Title|Archive Reason|Archived At|Origin|Posting Owner",
    # Ashby: the fields of its application (developers.ashbyhq.com) and of its report builder.
    "Ashby": "Current Interview Stage|Application Status|Archive Reason|Credited To|Candidate Email|Job Title",
    # Workable: the columns of its candidate list and import template (help.workable.com).
    "Workable": "Disqualified|Disqualification reason|Headline|Job|Stage|Disqualified at",
    # Teamtailor: the attributes of candidates and job applications (docs.teamtailor.com).
    "Teamtailor": "First name|Last name|Job|Stage|Rejected at|Reject reason|Pitch",
}
_WESTERN: Mapping[str, Field | Role] = {
    "job": Field.OPENING,
    "job name": Field.OPENING,
    "job title": Field.OPENING,
    "posting title": Field.OPENING,
    "current stage": Field.STAGE,
    "current interview stage": Field.STAGE,
    "application status": Field.DECISION,
    "candidate email": Field.ADDRESS,
    "primary email": Field.ADDRESS,
    "primary email address": Field.ADDRESS,
    "candidate phone": Field.PHONE,
    "primary phone": Field.PHONE,
    "phone numbers": Field.PHONE,
    "rejected on": Field.DECIDED_AT,
    "rejected date": Field.DECIDED_AT,
    "archived at": Field.DECIDED_AT,
    "disqualified at": Field.DECIDED_AT,
    "created at": Field.APPLIED_AT,
    "applied date": Field.APPLIED_AT,
    "application created at": Field.APPLIED_AT,
    "origin": Field.MEDIUM,
    "source name": Field.MEDIUM,
}
_OWN: Mapping[str, Mapping[str, Field | Role]] = {
    "HRMOS新卒": {"候補者ID": Role.APPLICANT},
    "Wantedly Hire": {
        "選考ステップ名": Field.STAGE,
        "応募媒体名": Field.MEDIUM,
        "募集タイトル": Field.OPENING,
    },
    "Talentio": {"候補者ステータス": Field.DECISION},
    **dict.fromkeys(("Greenhouse", "Lever", "Ashby", "Workable", "Teamtailor"), _WESTERN),
}
_FEWEST_SIGNS = 2


@cache
def role_headings() -> Mapping[str, Role]:
    """Headings that mean the same in every file, as `heading_key` folds them."""
    return {heading_key(one): role for role, line in _ROLE_HEADINGS.items() for one in line.split("|")}


@cache
def systems() -> tuple[System, ...]:
    """Every known system."""
    return tuple(
        System(
            name=name,
            signs=frozenset(map(heading_key, line.split("|"))),
            meanings={heading_key(one): meaning for one, meaning in _OWN.get(name, {}).items()},
        )
        for name, line in _SIGNS.items()
    )


def recognise_system(keys: Collection[str]) -> System | None:
    """Return the system whose signs are among these headings (folded); None where none, or two alike, has most."""
    counted = sorted(((len(one.signs & set(keys)), one) for one in systems()), key=lambda pair: -pair[0])
    (most, first), (next_most, _) = counted[0], counted[1]
    return first if most >= _FEWEST_SIGNS and most > next_most else None
