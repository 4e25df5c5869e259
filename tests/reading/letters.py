"""Every letter that comes with the program, filled in as for a real person, and as the message that is sent."""

from functools import cache

from sheets_automation.core.letter_fields import FIELD_NAMES
from sheets_automation.core.letters import letter_from_file
from sheets_automation.core.message import Sender, compose_message
from sheets_automation.core.model import DeliveryKey, LetterKind, OutgoingLetter
from tests.core.builders import NOW
from tests.jobs.house import LETTERS

FILES = sorted(path.relative_to(LETTERS) for path in LETTERS.rglob("*.md"))
LINK = "https://links.minato-works.co.jp/r/K7QX9M2PA4TBK7QX9M2PA4TBK7QX9M2PA4TBK7QX9M2PA4TB"
VALUES = {
    "氏名": "山田 太郎",
    "会社名": "株式会社みなと製作所",
    "応募職種": "機械設計エンジニア(CAD/CAE、産業用ロボット)",
    "担当": "人事部 採用グループ",
    "連絡先": "saiyo@minato-works.co.jp",
    "署名": "株式会社みなと製作所\n人事部 採用グループ\n神奈川県みなと市汐見町1-2-3",
    "紹介先": "キャリアリレー",
    "許可番号": "13-ユ-123456",
    "送信日時": "2026/11/24 10:00",
    "元の件名": "選考結果のご連絡【株式会社みなと製作所】",
    "経緯": "表の並べ替えの誤りで、送り先を取り違えました。",
}
ENGLISH = {**FIELD_NAMES, "sent_at": "送信日時", "first_subject": "元の件名", "what_happened": "経緯"}


def value_of(variable):
    name = ENGLISH.get(variable, variable)
    return VALUES.get(name) or (LINK if "url" in variable.lower() else "みなと")


@cache
def letter(path):
    """The letter with everything that it can say."""
    form = letter_from_file(path.name, (LETTERS / path).read_text())
    return form.render({name: value_of(name) for name in form.variables})


def message(path):
    """The letter as it is sent, with a way to refuse."""
    outgoing = OutgoingLetter(
        key=DeliveryKey(candidate_id=f"C-{path.name}", kind=LetterKind.REJECTION),
        attempt=1,
        to_name="山田 太郎",
        to_address="taro@mail.example.jp",
        letter=letter(path),
    )
    sender = Sender(name="株式会社みなと製作所 採用担当", address="saiyo@minato-works.co.jp")
    return compose_message(outgoing, sender, date=NOW, refusal_url="https://links.minato-works.co.jp/u/23456789BCDFGHJ")
