"""Names that no letter may be written to, and what is wrong with each; real names pass."""

import unicodedata

import pytest

from sheets_automation.core.name_problems import NameProblem, name_problem
from sheets_automation.core.names import display_name

REAL_NAMES = [
    "山田 太郎",
    "髙橋 健一",
    "山﨑　花子",
    "渡邉 さくら",
    "齋藤 𠮷郎",
    "ﾔﾏﾀﾞ ﾀﾛｳ",
    "ﾃﾂ ﾃｱ",
    "ヤマダ・タロウ",
    "佐々木 ゆい",
    "小林ﾏﾘ",
    "鈴村 雅",
    "纐纈 麗",
    "山田 太郎 様",
    "ジョン・スミス",
    "Jean-Paul Dupré",
    "O’Brien, Seán",
    "Renée Čížek",
    "Jürgen Müller-Lüdenscheidt",
    "Zoë Peña Núñez",
    "Nguyễn Văn An",
    unicodedata.normalize("NFD", "Nguyễn Văn An"),
    "J. R. R. Tolkien",
    "Sammy Davis Jr.",
    "Mary St. John",
    "김민수",
    "王 小明",
    "Ян Новак",
    "ヘボン",
    "李 小龍",
    "O'Brien",
    "Anne-Marie",
    "Vincent van der Berg",
    "ヨハン・ゼバスティアン・バッハ",
    "Maria del Carmen Fernández de la Vega y Ortiz de Zárate",
    "山田 博士",
    "ダミアン・テスタ",
    "テストーニ マリア",
    "Paolo Testa",
    "\u2fbc\u6a4b \u2f00\u90ce",
    "\u2ed1\u8c37\u5ddd \u7d50",
]

WRONG = {
    NameProblem.GARBLED: [
        "山田\ufffd郎",
        "\ue000橋 健一",
        "〓橋 健一",
        "?橋 健一",
        "山田??",
        "山・・太郎",
        "・橋健一",
        "・",
        "山" * 101,
        "山" + "\u0335\u0321" * 3,
        "山田\uffff",
    ],
    NameProblem.PLACEHOLDER: [
        "不明",
        "同上",
        "非公開",
        "匿名希望",
        "氏名未記入",
        "テスト太郎",
        "test user",
        "様",
        "ー",
        "-",
        "- (Suzuki)",
        "TRUE",
        "None",
        "nan",
        "☆様",
        "☆々",
    ],
    NameProblem.COMPANY: ["㈱ABC 山田", "株式会社ABC 山田"],
    NameProblem.BRACKET: [
        "山田 太郎（再応募）",
        "山田 太郎(再応募)",
        "山田 太郎（要注意",
        "佐藤 花子（サトウ ハナコ）",
        "佐藤 花子(旧姓:鈴木)",
        "【至急】山田 太郎",
    ],
    NameProblem.LINK: [
        "www.example.jp",
        "ログイン evil.com",
        "Evil.Com",
        "evil．com",
        "evil。com",
        "x.co",
        "taro@example.jp",
    ],
    NameProblem.SYMBOL: [
        "#N/A",
        "#REF!",
        "=1+1",
        "{{氏名}}",
        "山田 太郎★",
        "🙂 太郎",
        "※山田 太郎",
        "山田 太郎♪",
        "山田→太郎",
    ],
    NameProblem.SEVERAL: ["山田太郎/山田花子", "山田太郎、山田花子", "山田太郎＆花子"],
    NameProblem.DIGIT: ["山田太郎2", "山田太郎２", "090-1234-5678"],
    NameProblem.TITLE: ["高橋 先生", "高橋 先生様", "鈴木部長"],
}


@pytest.mark.parametrize("name", REAL_NAMES)
def test_nothing_is_wrong_with_a_real_name(name):
    assert name_problem(display_name(name)) is None


@pytest.mark.parametrize(("name", "problem"), [(name, problem) for problem, names in WRONG.items() for name in names])
def test_what_a_letter_cannot_be_written_to_is_told_apart(name, problem):
    assert name_problem(name) is problem


@pytest.mark.parametrize("name", ["https://example.jp", '=HYPERLINK("https://example.jp")'])
def test_no_name_leads_anywhere(name):
    assert name_problem(name) is not None


@pytest.mark.parametrize(
    "name", ["山田 太郎", "髙橋 健一", "佐藤 さくら", "ヤマダ タロウ", "鈴木 一", "José Núñez", "김민수"]
)
@pytest.mark.parametrize(
    ("written", "read"), [("utf-8", "cp1252"), ("utf-8", "latin-1"), ("cp932", "cp1252"), ("utf-8", "cp932")]
)
def test_a_name_read_in_the_wrong_encoding_is_garbled(name, written, read):
    broken = name.encode(written, "replace").decode(read, "replace")

    assert broken == name or name_problem(display_name(broken)) is NameProblem.GARBLED
