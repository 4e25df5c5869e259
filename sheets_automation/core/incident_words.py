"""What the incident report says, in Japanese and English: pairs, Japanese first."""

from __future__ import annotations

from typing import Final

Words = tuple[str, str]

TITLE: Final = (
    "個人データの漏えい等に関する記録(誤送信)",
    "Record of a personal data incident (letters sent in error)",
)
DRAFT: Final = (
    "この文書は送信記録から作った下書きです。氏名・メールアドレスは含みません。□ と「(記入)」の所を埋めてください。",
    "A draft made from the delivery log. It holds no names and no addresses. Fill in every □ and “(to fill in)”.",
)
FILL: Final = ("(記入)", "(to fill in)")
ITEMS: Final[dict[str, Words]] = {
    "basics": ("基本", "Basics"),
    "workbook": ("対象のブック", "Workbook"),
    "made": ("作成", "Made"),
    "span": ("対象の期間", "Span"),
    "aware": ("発覚した日時", "When it became known"),
    "found_by": ("発覚のきっかけ", "How it became known"),
    "officer": ("報告の担当者", "Who reports"),
    "deadlines": ("報告の期限(目安)", "When to report (a guide)"),
    "preliminary": ("速報(知ってからおおむね 3〜5 日以内)", "Preliminary report (about 3 to 5 days)"),
    "final": ("確報(30 日以内)", "Final report (30 days)"),
    "final_wrongful": ("確報(不正の目的によるおそれがあるとき。60 日以内)", "Final report, wrongful purpose (60 days)"),
    "summary": ("1. 概要", "1. Summary"),
    "letters": ("送ったメール", "Letters that left"),
    "uncertain": ("うち、届いたか分からないもの", "of these, may or may not have left"),
    "bounced": ("うち、届かずに戻ったもの", "of these, came back undelivered"),
    "replied": ("うち、返信のあったもの", "of these, were answered"),
    "data": ("2. 個人データの項目", "2. Personal data concerned"),
    "persons": ("3. 本人の数", "3. Number of persons"),
    "addresses": ("メールアドレスの数(重複を除く)", "Different addresses"),
    "rows": ("候補者の数(候補者 ID)", "Candidates (by id)"),
    "changed": ("うち、いまの行のアドレスが送信時と違うもの", "of these, whose row has another address now"),
    "gone": ("うち、行がなくなっているもの", "of these, whose row is gone"),
    "cause": ("4. 原因", "4. Cause"),
    "damage": ("5. 二次被害又はそのおそれ", "5. Secondary damage, or the risk of it"),
    "measures": ("6. 本人への対応", "6. What was done for the persons"),
    "publication": ("7. 公表", "7. Publication"),
    "prevention": ("8. 再発防止のための措置", "8. Prevention"),
    "other": ("9. その他参考となる事項", "9. Anything else"),
    "timeline": ("時系列", "Timeline"),
    "templates": ("文面ごとの数", "By letter"),
    "law": ("報告の要否(参考)", "Whether a report is due (for reference)"),
}
DATA: Final[tuple[Words, ...]] = (
    ("□ 氏名(宛名)", "□ name (salutation)"),
    ("□ メールアドレス", "□ mail address"),
    ("□ 応募した事実・応募職種", "□ that they applied, and for what"),
    ("□ 選考の結果", "□ the result of the selection"),
    ("□ 紹介の個別リンク(紹介コード)", "□ a personal referral link (code)"),
    ("□ その他(文面に差し込んだ列):(記入)", "□ other columns used in the letter: (to fill in)"),
    ("□ 要配慮個人情報(病歴・信条など)が含まれていたか:(記入)", "□ sensitive data (health, creed …): (to fill in)"),
)
CAUSES: Final[tuple[Words, ...]] = (
    ("□ 表の一部の列だけを並べ替えた", "□ one column of the sheet was sorted alone"),
    ("□ 選考結果の入力の誤り", "□ a wrong decision was entered"),
    ("□ メールアドレスの入力・取り込みの誤り", "□ a wrong address was entered or imported"),
    ("□ 文面の誤り", "□ a mistake in the letter"),
    ("□ 手順の逸脱(確認・承認の省略)", "□ a step was left out (check, approval)"),
    ("□ プログラムの不具合", "□ a defect of the program"),
    ("□ 不正の目的による行為のおそれ", "□ somebody may have acted with a wrongful purpose"),
    ("経緯:(記入)", "What happened: (to fill in)"),
)
DAMAGE: Final[tuple[Words, ...]] = (
    ("□ なし", "□ none"),
    ("□ あり・おそれあり:(記入)", "□ there is, or may be: (to fill in)"),
)
MEASURES: Final[tuple[Words, ...]] = (
    ("□ 送信の停止", "□ sending was stopped"),
    ("□ 本人への通知(お詫びのメール)", "□ the persons were told (letter of apology)"),
    ("□ メールで伝えられない方への連絡(電話・書面):(記入)", "□ those who cannot be told by mail: (to fill in)"),
    ("□ 問い合わせ窓口:(記入)", "□ where they can ask: (to fill in)"),
    ("□ 誤った受信者への削除の依頼", "□ wrong recipients were asked to delete the letter"),
)
PUBLICATION: Final[tuple[Words, ...]] = (
    ("□ 公表する(日付・方法:(記入))", "□ will be published (when and how: (to fill in))"),
    ("□ 公表しない(理由:(記入))", "□ will not be published (why: (to fill in))"),
)
PREVENTION: Final[tuple[Words, ...]] = (
    ("□ 実施済み:(記入)", "□ done: (to fill in)"),
    ("□ 実施予定(完了時期):(記入)", "□ planned (by when): (to fill in)"),
)
LAW: Final[tuple[Words, ...]] = (
    (
        (
            "個人情報保護法 26 条・同施行規則 7 条により報告が義務となるのは、要配慮個人情報を含むもの、"
            "財産的被害のおそれがあるもの、不正の目的によるおそれがあるもの、本人が 1,000 人を超えるもの、"
            "の 4 類型とされています。"
        ),
        (
            "Under the APPI, article 26, and its enforcement rules, article 7, a report is said to be due in four "
            "cases: sensitive data; a risk of financial damage; a possible wrongful purpose; more than 1,000 persons."
        ),
    ),
    (
        (
            "該当するときは、本人への通知も必要とされています(26 条 2 項)。該当しないときも、任意の報告はできます。"
            "社内の規程と、個人データの委託元への報告義務も確かめてください。"
        ),
        (
            "In these cases the persons have to be told too (26 (2)). In others a report may be made all the same. "
            "Look also at your own rules, and at your duty to whoever you process data for."
        ),
    ),
    (
        (
            "期限の日付は、知った日を 1 日目とし、土日・祝日を含めて数えたものです。"
            "法令そのものではなく二次的な説明にもとづきます。報告の要否と期限は、"
            "必ず弁護士などの専門家と、個人情報保護委員会の最新の案内で確かめてください。"
        ),
        (
            "The dates count the day of becoming aware as day 1, holidays included. All this is secondary "
            "information, not the law itself: counsel and the current guidance of the Personal Information "
            "Protection Commission must confirm it."
        ),
    ),
)
HAPPENED: Final[dict[str, Words]] = {
    "last_letter": ("最後のメールが出た", "The last of these letters left"),
    "run": ("送信 {n} 通(実行 {run}、{actor})", "{n} letters left (run {run}, {actor})"),
    "frozen": ("すべての送信を止めた({actor})", "All sending was stopped ({actor})"),
    "thawed": ("送信を再開した({actor})", "Sending was allowed again ({actor})"),
    "apology": ("お詫び {n} 通を送った(実行 {run}、{actor})", "{n} apologies left (run {run}, {actor})"),
}
