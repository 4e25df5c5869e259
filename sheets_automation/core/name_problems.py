"""What keeps a name out of a letter: damage, a remark, a title, two people, or a word that is nobody's name."""

from __future__ import annotations

import codecs
import re
import unicodedata
from enum import Enum

from sheets_automation.core.cells import words
from sheets_automation.core.names import name_parts


class NameProblem(Enum):
    """What is wrong, in the words of people."""

    GARBLED = ("文字化けしているようです", "looks garbled")
    PLACEHOLDER = ("氏名ではない言葉です", "is no name but a placeholder")
    COMPANY = ("会社名が入っています", "holds a company's name")
    BRACKET = ("かっこ書きが入っています", "holds a note in brackets")
    SEVERAL = ("お二人分の名前のようです", "looks like two names")
    DIGIT = ("数字が入っています", "holds a digit")
    TITLE = ("肩書きが入っています", "holds a title")
    LINK = ("メールソフトがリンクにする文字が入っています", "holds what mail programs make a link of")
    SYMBOL = ("記号や絵文字が入っています", "holds a symbol or an emoji")

    def __init__(self, ja: str, en: str) -> None:
        self.ja, self.en = ja, en


_DAMAGE = re.compile(r"[?〓\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000f0000-\U0010ffff]|^・|・・|・$")
_NO_NAME = words(
    "不明 同上 匿名 匿名希望 非公開 未定 なし 無し 氏名 名前 お名前 氏名不明 名前不明 様 さま さん 殿 ー "
    "none null nan undefined unknown name true false anonymous"
)
# テスタ and Testoni are names; so are ダミアン and Sample.
_STAND_IN = re.compile(r"^(?:テスト|サンプル|ダミー)(?![ァ-ヺー])|未記入|未入力|匿名希望|名無し|^test\b")
_COMPANY = re.compile(r"[(\[][株有][)\]]|(?:株式|有限|合同|合資)会社")
# A former name or a reading would be printed as well, and 様 would stand behind the bracket.
_BRACKET = re.compile(r"[()\[\]〔〕【】《》〈〉「」『』]")
_SEVERAL = re.compile(r"[/、&;]")
_DIGIT = re.compile(r"\d")
# 博士 is a given name as well.
_TITLE = re.compile(r"(?:先生|教授|社長|部長|課長|係長|主任|店長|専務|常務)(?:様|さま|さん|殿)?$")
_SYMBOL = re.compile(r"[@#=<>{}|\\^_%$*+!\"※]")
_SYMBOLS = {"So", "Sm", "Sc"}
_RADICALS = range(0x2E80, 0x2F00)  # kanji to whoever reads them; PDFs are full of them
# Mail programs make a link of every domain, and this one would come from us: anybody can apply in a stranger's name.
_LINK = re.compile(r"[^\W\d_][.。](?=[a-z]{2})|www\.", re.IGNORECASE)
_LONGEST = 100
_MARKS_ON_ONE_LETTER = 5
# What is left when Japanese is read in another encoding. UTF-8 read as CP932 begins every kana with one of three rare
# kanji; CP932 or UTF-8 read as Western text is full of punctuation that no name holds, or has it after an accented
# letter. Čížek and O’Brien must pass.
_MOJIBAKE = re.compile(r"[縺繧繝\x80-\x9f¡-©«-¶¸¹»-¿×÷€‚ƒ„…†‡ˆ‰‹›•˜™“”]|[–—‘’][À-ÿ]|[Â-ô][–—‘’]|[A-Za-z][｡-ﾟ]")
_Utf8 = codecs.getincrementaldecoder("utf-8")
_JAPANESE = re.compile(r"[ぁ-ヿ一-鿿]")


def name_problem(name: str) -> NameProblem | None:
    """What is wrong with a name that a letter would be written to; None where nothing is."""
    folded = unicodedata.normalize("NFKC", name)
    if _is_damaged(name, folded):
        return NameProblem.GARBLED
    if folded.strip().casefold() in _NO_NAME or _STAND_IN.search(folded.casefold()) or not name_parts(name):
        return NameProblem.PLACEHOLDER
    looks = (
        (_COMPANY, NameProblem.COMPANY),
        (_BRACKET, NameProblem.BRACKET),
        (_LINK, NameProblem.LINK),
        (_SYMBOL, NameProblem.SYMBOL),
        (_SEVERAL, NameProblem.SEVERAL),
        (_DIGIT, NameProblem.DIGIT),
        (_TITLE, NameProblem.TITLE),
    )
    found = next((problem for pattern, problem in looks if pattern.search(folded)), None)
    return found or (NameProblem.SYMBOL if any(map(_is_symbol, folded)) else None)


def _is_damaged(name: str, folded: str) -> bool:
    return (
        _DAMAGE.search(name) is not None
        or _DAMAGE.search(folded) is not None
        or _MOJIBAKE.search(name) is not None
        or len(name) > _LONGEST
        or _is_flooded(name)
        or _is_utf8_read_as_cp932(name)
    )


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character) in _SYMBOLS and ord(character) not in _RADICALS


def _is_flooded(name: str) -> bool:
    """Tell whether marks are heaped on a letter until they cover the lines around it; no script needs so many."""
    heaped = 0
    for character in name:
        heaped = heaped + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if heaped > _MARKS_ON_ONE_LETTER:
            return True
    return False


def _is_utf8_read_as_cp932(name: str) -> bool:
    try:
        # Incremental, since the last character has often lost a byte on the way.
        return _JAPANESE.search(_Utf8().decode(name.encode("cp932"))) is not None
    except UnicodeError:
        return False
