"""What rediscovery reads of a candidate and of an opening: words about work, and nothing by which nobody is judged."""

from __future__ import annotations

import re
from functools import lru_cache

from sheets_automation.core.analysis_forbidden import is_forbidden_heading
from sheets_automation.core.cells import words
from sheets_automation.core.headings import heading_key
from sheets_automation.core.tagging_words import folded_text

PROFILE_WORDS = (
    "スキル", "技術", "経験", "職務", "経歴", "職歴", "社歴", "資格", "免許", "語学", "希望職種", "自己pr", "備考",
    "メモ", "評価", "コメント", "得意", "業務内容", "所見", "skill", "experience", "resume", "language", "summary",
    "note", "qualification",
)  # fmt: skip
"""Parts of headings over what says how somebody works. A list of what is read: what is not in it is not looked at."""
_NOT_OF_WORK = ("学歴", "letter", "通知")
_CLAUSE = re.compile(r"[\n\r、。,;/|・\[\]【】「」『』]+")
_COLON = re.compile(r"\s*:\s*")
_PIECE = re.compile(r"[\s()]+")
# 職業安定法 5条の5, 均等法, 労働施策総合推進法 9条. What stands between two blanks or signs and says any of this is
# left out whole, so that what is left is the same whatever it said. All folded: hiragana stands here as katakana.
# No list of these is complete, and none has to be: a word that the opening does not say changes no score. This one is
# for openings that say such a word, or one with a part of it, as 障害対応 has of 発達障害.
_FORBIDDEN = re.compile(
    r"[\d一二三四五六七八九十] ?(?:歳|才)|年齢|年令|年代|(?:[2-9]0|二十|三十|四十|五十|六十) ?代|"
    r"アラ(?:サー|フォー|フィフ)|若手|若年|若イ|中高年|高齢|定年|生年|誕生|生マレ|\d[年日]?生|"
    r"還暦|古希|シニア(?:世代|層|人材|雇用)|"
    r"男|女|性別|性的指向|性自認|トランスジェンダー|lgbt|同性愛|レズビアン|バイセクシュアル|(?<![ァ-ヺー])ゲイ(?![ァ-ヺー])|"
    r"主婦|主夫|ママ(?:サン)?$|パパ$|"
    r"既婚|未婚|独身|結婚|婚約|離婚|婚姻|配偶|(?<!工)夫|妻|(?<!転)嫁|婿|姑|家族|扶養|子供|子ドモ|オ子(?:サン|様)|"
    r"子(?:ガ|ハ)? ?[\d一二三四五六]人|娘|息子|孫(?!請)|子育テ|育児|育休|産休|妊娠|妊婦|出産|"
    r"シングル(?:マザー|ファー?ザー)|介護(?:中|休|離職|ノタメ)|看護休|父|(?<![酵分])母(?!集団|艦|体|国語)|"
    r"兄|弟|姉|妹|両親|親族|"
    r"(?<![書在移転学])籍|外国人|在日|日系(?:人|[二三四\d] ?世)|帰化|移民|難民|"
    r"(?:日本|韓国|朝鮮|中国|台湾|ベトナム|ネパール|フィリピン|ブラジル)人|"
    r"人種|民族|アイヌ|部落|同和|出身|出生|"
    r"宗教|信仰|信条|信徒|信者|仏教|神道|創価|天理教|統一教会|エホバ|キリスト|クリスチャン|カトリック|プロテスタント|モルモン|"
    r"ユダヤ|イスラム|ムスリム|ヒンドゥ|ヒンズー|思想|政党|支持スル党|党員|共産党|組合|"
    r"デモ参加|愛読書|尊敬スル|(?:発達|知的|学習|視覚|聴覚|言語|身体|肢体|内部|精神|適応|睡眠|摂食|気分|パニック)障害|"
    r"障害(?:者|ガアリ|アリ|有|手帳|等級|ナシ|無)|障ガイ|手帳|病歴|持病|既往|通院|病気|難病|鬱|ウツ病|テンカン|癲癇|自閉症|"
    r"アスペルガー|統合失調|難聴|弱視|人工透析|車(?:椅子|イス)|(?<![a-z])(?:adhd|hiv)(?![a-z])|"
    r"健康状態|血液型|容姿|身長|体重|外見|資産|借金|住宅状況|持チ家|生活環境|"
    r"(?<![a-z])(?:age|aged|years? old|male|female|m[ae]n|wom[ae]n|gay|lesbian|bisexual|transgender|married|single|"
    r"divorced|widow\w*|husband|wife|mother|father|parents?|sons?|daughters?|kids?|child(?:ren)?|pregnan\w*|nationality|"
    r"citizen\w*|immigrant|refugee|religio\w*|christian|catholic|protestant|jewish|hindu|muslim|buddhist|atheist|"
    r"disab\w*|epilep\w*|autis\w*|deaf|wheelchair|race|ethnic\w*|sex|gender|born|birth\w*)(?![a-z])"
)
_ASKS = re.compile(
    r"(?:国籍|本籍地?|出身地?|出生地?|宗教|信仰|信条|思想|政党|性別|年齢|家族(?:構成)?|配偶者?|病歴|持病|既往歴?|血液型|健康状態|"
    r"身長|体重|生年月日|誕生日|人種|民族|組合|手帳|nationality|citizenship|religion|race|ethnicity|age|sex|gender|born)"
    r"[ハ:]?"
)
"""A word that what stands behind the next blank answers."""
_LATIN = re.compile(r"[a-z][a-z0-9+#.]*[a-z0-9+#]|[a-z]")
_LITTLE = words("a an and are as at be by for from has have in is of on one or our the three to two was with you")
_KANJI = re.compile(r"[一-鿿々]{2,}")
_KANA = re.compile(r"[ァ-ヺー]{4,}")
_WORD = re.compile(r"[一-鿿々]{2,}|[ァ-ヺー]{3,}|[a-z][a-z0-9+#.]*[a-z0-9+#]")


def is_profile_heading(heading: str) -> bool:
    """Whether cells under this heading are read for what somebody can do."""
    key = heading_key(heading)
    if is_forbidden_heading(heading) or any(heading_key(word) in key for word in _NOT_OF_WORK):
        return False
    return any(heading_key(word) in key for word in PROFILE_WORDS)


@lru_cache(maxsize=16384)
def about_work(text: str) -> str:
    """Return the text, folded, without what it says of age, sex, origin, creed, family, health and the like."""
    return "、".join(said for clause in _CLAUSE.split(folded_text(text)) if (said := _of_work(clause)))


def _of_work(clause: str) -> str:
    kept: list[str] = []
    is_answer = False  # to a word such as 国籍, with a blank in between
    for piece in _PIECE.split(_COLON.sub(":", clause)):
        is_forbidden = _FORBIDDEN.search(piece) is not None
        if not (is_forbidden or is_answer) and any(map(str.isalpha, piece)):  # a bare number may be an age
            kept.append(piece)
        is_answer = is_forbidden and _ASKS.fullmatch(piece) is not None
    return " ".join(kept)


def tokens(text: str) -> list[str]:
    """The text, already about work alone, as it is compared: Latin words whole, kanji in pairs and kana in fours, once.

    Japanese has no blanks, and pairs need no dictionary: 債権管理 and 債権の管理 share 債権 and 管理. Fewer kana
    say nothing: ック is in クリック and カトリック.
    """
    found = [word for word in _LATIN.findall(text) if word not in _LITTLE]
    for runs, length in ((_KANJI, 2), (_KANA, 4)):
        for run in runs.findall(text):
            found += [run[at : at + length] for at in range(len(run) - length + 1)]
    return list(dict.fromkeys(found))


_EVERYWHERE = words("経験 業務 担当 管理 運用 構築 企画 対応 開発 作成 実務 以上 必要 知識 方法 補助 スタッフ")
"""What stands in every other line of an advertisement and say nothing of the work."""


def telling(text: str) -> frozenset[str]:
    """Return the tokens of a text that tell it from others."""
    return frozenset(tokens(text)) - _EVERYWHERE


def words_in(text: str) -> list[str]:
    """The longer words of a text, each once, in order: to show what two texts have in common."""
    return list(dict.fromkeys(_WORD.findall(text)))
