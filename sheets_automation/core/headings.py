"""The headings that people and recruiting systems give to the columns we read, and those of our own columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sheets_automation.core.cells import text
from sheets_automation.core.table import CellValue


class Field(StrEnum):
    """What a column of the candidates tab means to us. The names are those of [headings] in the configuration."""

    ID = "id"
    NAME = "name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    ADDRESS = "address"
    MORE_ADDRESSES = "more_addresses"
    PHONE = "phone"
    DECISION = "decision"
    DECIDED_AT = "decided_at"
    STAGE = "stage"
    APPLIED_AT = "applied_at"
    OPENING = "opening"
    MEDIUM = "medium"
    TAGS = "tags"
    OPT_OUT = "opt_out"
    CONSENT = "consent"
    NEWS = "news"
    CREDIT = "credit"
    APPROVAL = "approval"
    LANGUAGE = "language"
    # Ours, made by us at the right end.
    FINGERPRINT = "fingerprint"
    LETTER_STATUS = "letter_status"
    LETTER_AT = "letter_at"
    LETTER_NOTE = "letter_note"
    FIRST_SEEN = "first_seen"


# A number of the applicant (応募者ID, 応募者コード) is no candidate id: one applicant may have several rows.
# 同意 and "consent" alone are not listed for consent: most often they mean the privacy notice, not a referral.
# The first heading of a field is the one that we give to a column of our own.
_ALIASES: dict[Field, str] = {
    Field.ID: "候補者ID|candidate ID",
    Field.NAME: "氏名|応募者氏名|候補者氏名|姓名|お名前|名前|候補者名|応募者名|Full Name(氏名)|full name|"
    "candidate name|name|候補者|応募者|candidate",
    Field.FAMILY_NAME: "姓|名字|苗字|氏|family name|last name|surname",
    Field.GIVEN_NAME: "名|given name|first name",
    Field.ADDRESS: "メールアドレス|Email(メールアドレス)|Eメールアドレス|Eメール|電子メール|email address|email|"
    "e-mail|mail address|メール|mail|PCメールアドレス|メールアドレス(PC)|PCメール|PCアドレス|メールアドレス1",
    Field.MORE_ADDRESSES: "携帯メールアドレス|メールアドレス(携帯)|携帯メール|携帯アドレス|メールアドレス2|"
    "メールアドレス3|サブメールアドレス|予備メールアドレス|mobile email|email 2|other email",
    Field.PHONE: "電話番号|Phone Number(電話番号)|携帯電話番号|携帯電話|携帯番号|携帯|電話|TEL|連絡先|"
    "phone number|phone|mobile phone|mobile|telephone",
    Field.DECISION: "選考結果|選考終了理由|最終結果|合否結果|合否|採否|判定結果|判定|結果|選考状況ステータス|"
    "選考状況|対応状況|最終の選考ステータス|選考ステータス|ステータス|decision|selection result|"
    "result|outcome|status",
    Field.DECIDED_AT: "選考結果日|結果日|判定日|判定結果入力日|合否判定日|結果確定日|決定日|不採用日|不合格日|"
    "選考終了日|decision date|decided at|decided on|rejected at|rejection date",
    Field.STAGE: "選考段階|選考ステップ|選考フェーズ|段階|フェーズ|ステップ|最終の選考ステータス|選考ステータス|"
    "選考状況ステータス|選考状況|stage|step|phase",
    Field.APPLIED_AT: "応募日時|応募日|応募時刻|エントリー日時|エントリー日|応募受付日|applied at|applied on|"
    "application date",
    Field.OPENING: "応募職種|募集職種|求人名|応募求人|求人|応募ポジション|募集ポジション|ポジション|職種|"
    "店舗マスタ名|店舗名|opening|vacancy|position|role",
    Field.MEDIUM: "応募媒体|媒体名|媒体|応募経路|応募ルート|流入元|チャネル|求人媒体|経路|medium|source|channel",
    Field.TAGS: "タグ|応募ラベル|ラベル|tags|tag|labels|label|Talent Pools",
    Field.OPT_OUT: "連絡停止|配信停止|送信停止|メール配信停止|連絡不要|連絡拒否|オプトアウト|opt out|opt-out|"
    "opted out|unsubscribed|do not contact",
    Field.CONSENT: "紹介同意|紹介の同意|紹介への同意|リレー同意|キャリアリレー同意|referral consent|"
    "consent to referral",
    Field.CREDIT: "クレジット番号|credit number",
    Field.NEWS: "フォロー同意|フォローの同意|続報同意|今後の案内への同意|案内同意|メールマガジン同意|follow-up consent|"
    "news consent|consent to news",
    Field.APPROVAL: "送信承認|通知承認|承認|承認済み|承認済|送信可|approval|approved",
    Field.LANGUAGE: "言語|通知言語|希望言語|language|letter language",
    Field.FINGERPRINT: "照合|fingerprint",
    Field.LETTER_STATUS: "通知状況|letter status",
    Field.LETTER_AT: "通知日時|letter sent at",
    Field.LETTER_NOTE: "通知メモ|letter note",
    Field.FIRST_SEEN: "不採用確認日時|rejection first seen",
}
ALIASES: Mapping[Field, tuple[str, ...]] = MappingProxyType(
    {field: tuple(line.split("|")) for field, line in _ALIASES.items()}
)
"""By field, the headings that are known without configuration; of several in one sheet the earlier one wins."""

OWN_FIELDS = (Field.FINGERPRINT, Field.LETTER_STATUS, Field.LETTER_AT, Field.LETTER_NOTE, Field.FIRST_SEEN)
"""Our own columns beside the candidates, in the order in which we make them. The id column may be HR's."""

_BLANKS_AND_MARKS = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2060\u3164\ufeff*※★▼▲:'_]+|\((?:必須|任意|required)\)")


def heading_key(value: CellValue) -> str:
    """Return a heading for comparing: width, case, blanks, line breaks, ※ and (必須) do not matter."""
    return _BLANKS_AND_MARKS.sub("", unicodedata.normalize("NFKC", text(value)).casefold())
