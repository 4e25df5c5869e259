"""The sentence for each reason, in Japanese and English: what is the matter, and what to do.

Longer than a module should be because it is one table; every line of it is text for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sheets_automation.core.model import Candidate
from sheets_automation.core.reasons import Reason, Severity
from sheets_automation.core.wording import quoted


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a reason says to people. `{facts}` are filled in by whoever found the reason."""

    severity: Severity
    ja: str
    en: str


_ACT, _WAIT, _NONE = Severity.ACT, Severity.WAIT, Severity.NONE

SENTENCES: Mapping[Reason, Sentence] = MappingProxyType(
    {
        Reason.IN_SELECTION: Sentence(_NONE, "選考中です。", "Still in selection."),
        Reason.OFFERED: Sentence(_NONE, "内定が出ています。", "Has an offer."),
        Reason.HIRED: Sentence(_NONE, "採用済みです。", "Was hired."),
        Reason.WITHDRAWN: Sentence(_NONE, "ご本人が辞退されています。", "Withdrew the application."),
        Reason.NOT_CONSIDERED: Sentence(_NONE, "選考の対象外です。", "Was not considered for selection."),
        Reason.DECISION_UNKNOWN: Sentence(
            _ACT,
            "選考結果「{value}」は登録されていない言葉です。"
            "表の言葉を直すか、設定ファイルの [decisions] に加えてください。",
            "The decision “{value}” is not a known word. Correct it, or add it to [decisions] in the configuration.",
        ),
        Reason.DECISION_NOT_CALCULATED: Sentence(
            _ACT,
            "選考結果の数式に、計算した値がありません。ブックを Excel で開いて保存し直してください。",
            "The formula of the decision has no result. Open the workbook in Excel and save it.",
        ),
        Reason.DECISION_FAILED: Sentence(
            _ACT,
            "選考結果の数式がエラー「{value}」です。数式か、数式が見ているセルを直してください。",
            "The formula of the decision fails with {value}. Correct it, or the cells that it looks at.",
        ),
        Reason.DECISION_CONTRADICTED: Sentence(
            _ACT,
            "「{heading}」は「{value}」、「{other_heading}」は「{other}」で、食い違っています。正しいほうにそろえてください。",
            "“{heading}” says “{value}”, but “{other_heading}” says “{other}”. Make both say what is right.",
        ),
        Reason.ALREADY_SENT: Sentence(_NONE, "{when} に通知済みです。", "The letter was sent on {when}."),
        Reason.LETTER_UNCERTAIN: Sentence(
            _ACT,
            "{when} の通知が届いたかどうか分かりません。"
            "送信元の記録を確かめ、"
            "画面の「未確定」か relay settle で「届いていた」か「もう一度送る」を選んでください。",
            "The letter of {when} may or may not have left. Look at the mailbox, then settle it under “In doubt” "
            "in the page or with `relay settle`.",
        ),
        Reason.LETTER_UNFINISHED: Sentence(
            _WAIT,
            "ほかの実行が送っている途中か、途中で止まっています。次の送信のときに確かめます。",
            "Another run is sending this letter, or stopped while it did. The next run finds out.",
        ),
        Reason.ADDRESS_REFUSED: Sentence(
            _ACT,
            "相手のメールサーバーがこの宛先を拒否しました({detail})。メールアドレスを確かめて直すと、次回送ります。",
            "The mail server refused this address ({detail}). Correct the address; the next run sends.",
        ),
        Reason.ADDRESS_BOUNCED: Sentence(
            _ACT,
            "このアドレスへの通知は届かずに戻ってきました({when}、{detail})。"
            "アドレスを直すと次回送ります。"
            "正しいときは、画面の「未確定」か relay settle で「もう一度送る」を選んでください。",
            "A letter to this address came back on {when} ({detail}). Correct the address and the next run sends; "
            "if it is right, choose “send again” under “In doubt” in the page or with `relay settle`.",
        ),
        Reason.RECORD_LOST: Sentence(
            _ACT,
            "送信記録が失われ、{when} に作り直しました。この方に通知したという記録は見つかっていません。"
            "送信元の記録を確かめ、"
            "画面の「未確定」か relay settle で「届いていた」か「もう一度送る」を選んでください。",
            "The log was lost and rebuilt on {when}, and no letter to this candidate was found. Look at the mailbox, "
            "then say that it was sent, or to send it, under “In doubt” in the page or with `relay settle`.",
        ),
        Reason.TOO_MANY_FAILURES: Sentence(
            _ACT,
            "{count} 回続けて送信に失敗しました。"
            "送信設定を確かめ、画面の「未確定」か relay settle で「もう一度送る」を選んでください。",
            "Sending failed {count} times in a row. Check the carrier, then choose “send again” under “In doubt” "
            "in the page or with `relay settle`.",
        ),
        Reason.SENDING_FAILED: Sentence(
            _WAIT,
            "送信に失敗しました({detail})。次回もう一度送ります。",
            "Sending failed ({detail}). The next run tries again.",
        ),
        Reason.ID_DOUBLED: Sentence(
            _ACT,
            "同じ候補者IDの行がほかにもあります。行を複製したときは、新しい行の候補者IDを空にしてください。",
            "Another row has the same candidate id. If the row was copied, clear the id of the new row.",
        ),
        Reason.IDENTITY_BROKEN: Sentence(
            _ACT,
            "候補者IDと氏名・メールアドレスの組み合わせが前回と違います。一部の列だけを並べ替えていないか確かめてください。"
            "正しければ「照合」の値を消すと、次回から送ります。",
            "Id, name and address no longer belong together. Was a single column sorted? "
            "If the row is right, clear its 照合 cell; the next run accepts it.",
        ),
        Reason.NAME_MISSING: Sentence(_ACT, "氏名が空です。氏名を入れてください。", "The name is empty. Fill it in."),
        Reason.NAME_GARBLED: Sentence(
            _ACT,
            "氏名をそのまま文面に差し込めません({detail})。お名前だけに直してください。",
            "The name cannot stand in a letter as it is: it {detail}. Leave the name alone in the cell.",
        ),
        Reason.ADDRESS_MISSING: Sentence(
            _ACT,
            "メールアドレスが空です。メールアドレスを入れるか、タグに「送信しない」を付けてください。",
            "The address is empty. Fill it in, or tag the row 送信しない.",
        ),
        Reason.ADDRESS_INVALID: Sentence(
            _ACT,
            "メールアドレスの形が正しくありません。正しいアドレスに直してください。",
            "The address is not a valid one. Correct it.",
        ),
        Reason.ADDRESS_SEVERAL: Sentence(
            _ACT,
            "一つのセルにメールアドレスがいくつもあります。送り先を一つだけ残してください。",
            "The cell holds several addresses. Leave the one to write to.",
        ),
        Reason.ADDRESS_SHARED: Sentence(
            _ACT,
            "名前の違う候補者が同じメールアドレスを使っています(行 {rows})。"
            "どちらかのアドレスが誤りでないか確かめてください。",
            "Candidates with different names share this address (rows {rows}). Check which one is right.",
        ),
        Reason.ERASED: Sentence(_NONE, "個人情報を消去しました。", "Was erased; only what is counted is left."),
        Reason.OPTED_OUT: Sentence(_NONE, "連絡を希望されていません。", "Asked not to be contacted."),
        Reason.RESULT_NOT_BY_LINE: Sentence(
            _ACT,
            "選考結果は LINE では送りません。メールの送信手段で送ってください。"
            "LINE で送ってよいときだけ、設定の [line] results を true にします。",
            "Results of a selection do not go by LINE. Send them by mail; "
            "only where they may go by LINE, set results = true in [line] of the configuration.",
        ),
        Reason.LINE_NOT_LINKED: Sentence(
            _NONE,
            "LINE で連携していません。通知にある連携コードが届くと送れるようになります。",
            "Not linked by LINE. Once the code from a letter has come in, messages can go.",
        ),
        Reason.ON_HOLD: Sentence(
            _NONE, "タグ「{tag}」が付いているので送りません。", "Tagged {tag}, so nothing is sent."
        ),
        Reason.HELD_BY_PERSON: Sentence(
            _NONE,
            "{when} に {who} さんが保留にしました{note}。"
            "送るときは、画面か relay settle --release で保留を解いてください。",
            "Held by {who} on {when}{note}. To send it, release it in the page or with `relay settle --release`.",
        ),
        Reason.FROM_AGENCY: Sentence(
            _NONE,
            "紹介会社経由の候補者です。ご本人ではなく紹介会社に連絡してください。",
            "Came through an agency. Tell the agency, not the candidate.",
        ),
        Reason.NOT_REACHED_BY_MAIL: Sentence(
            _ACT,
            "この方へはメールでお送りしていません({detail})。別の方法でお詫びしてください。",
            "The letter did not go by mail ({detail}). Apologise in another way.",
        ),
        Reason.PERSON_IN_SELECTION: Sentence(
            _WAIT,
            "同じ方の別の応募(行 {rows})が「{value}」です。そちらの結果が出るまで送りません。",
            "The same person's other application (row {rows}) is “{value}”; nothing is sent until that is decided.",
        ),
        Reason.PERSON_ALREADY_TOLD: Sentence(
            _NONE,
            "同じ方に {when} に通知済みです(候補者ID {other})。",
            "The same person was sent a letter on {when} (candidate {other}).",
        ),
        Reason.PERSON_TOLD_BY_OTHER_ROW: Sentence(
            _NONE,
            "同じ方の別の応募(行 {rows})でお知らせします。お一人に一通です。",
            "The same person is told through another row (row {rows}): one letter per person.",
        ),
        Reason.NOT_APPROVED: Sentence(
            _ACT,
            "承認されていません。「承認」の列に記入してください。",
            "Not approved yet. Fill in the approval column.",
        ),
        Reason.CHANGED_SINCE_APPROVAL: Sentence(
            _ACT,
            "承認のあとで氏名かメールアドレスが変わりました。"
            "確かめて、よければ「照合」の値を消してください。承認し直したことになります。",
            "Name or address changed after the approval. Check them, then clear the 照合 cell to approve again.",
        ),
        Reason.SECOND_PERSON_MISSING: Sentence(
            _ACT,
            "別の方の承認がまだありません。画面で、提案した方とは別の方が承認すると送ります。",
            "Nobody else has agreed yet. The letter goes once a second person approves it in the page.",
        ),
        Reason.DECISION_DATE_UNREADABLE: Sentence(
            _ACT,
            "選考結果の日付が読めません。2026/11/24 のように入れ直してください。",
            "The date of the decision cannot be read. Write it like 2026/11/24.",
        ),
        Reason.DECISION_DATE_IN_FUTURE: Sentence(
            _ACT,
            "選考結果の日付が先の日になっています。日付を確かめてください。",
            "The decision is dated in the future. Check the date.",
        ),
        Reason.DECISION_TOO_RECENT: Sentence(
            _WAIT,
            "結果が出て間もないため、{when} 以降に送ります。",
            "The decision is too fresh; the letter goes after {when}.",
        ),
        Reason.DECISION_TOO_OLD: Sentence(
            _ACT,
            "{days} 日より前の結果です。過去の選考とみなして送りません。"
            "送るときは設定の max_age_days を見直してください。",
            "Decided more than {days} days ago, so it is taken for an old case. To send, review max_age_days.",
        ),
        Reason.WINDOW_CLOSED: Sentence(
            _WAIT, "送信できる時間帯ではありません。{when} から送ります。", "Outside the send window; goes from {when}."
        ),
        Reason.NO_CAMPAIGN: Sentence(
            _NONE, "いまお送りするキャンペーンはありません。", "No campaign speaks to this person now."
        ),
        Reason.FOLLOW_UP_HAD: Sentence(
            _NONE,
            "「{campaign}」の文面は {when} にお送りしています。",
            "Got the letter of {campaign} on {when}.",
        ),
        Reason.GOES_ANOTHER_WAY: Sentence(
            _WAIT,
            "「{campaign}」は、この方には{way}でお送りします。{way}の送信手段で実行してください。",
            "{campaign} goes to this person by {way}; run it with that carrier.",
        ),
        Reason.NEWS_NOT_AGREED: Sentence(
            _NONE,
            "フォローへの同意がありません。同意をいただいたら「フォロー同意」の列に「はい」と書いてください。",
            "Has not agreed to follow-ups. Once they do, write yes in the column for consent to news.",
        ),
        Reason.RESULT_NOT_TOLD: Sentence(
            _WAIT,
            "選考結果をまだお伝えしていません。先に選考結果をお送りします。",
            "Has not been told the result yet; that comes first.",
        ),
        Reason.RESULT_TOO_RECENT: Sentence(
            _WAIT,
            "選考が終わって間もないため、{when} 以降にお送りします。",
            "The result is too recent for news; goes after {when}.",
        ),
        Reason.PERSON_ANSWERED: Sentence(
            _ACT,
            "{when} にご返信がありました。お返事をしてください。"
            "フォローを続けてよいときは、画面の「履歴」か relay settle --follow-up でそう記録してください。",
            "Answered on {when}. Write back; where news may go on, say so in the history in the page "
            "or with `relay settle --follow-up`.",
        ),
        Reason.FOLLOW_UP_TOO_SOON: Sentence(
            _WAIT,
            "前回のフォローから間がないため、{when} 以降にお送りします。",
            "The last follow-up is too recent; goes after {when}.",
        ),
        Reason.FOLLOW_UP_TOO_OFTEN: Sentence(
            _WAIT,
            "この 1 年に {count} 通お送りしているため、{when} 以降にお送りします。",
            "Got {count} follow-ups within a year; goes after {when}.",
        ),
        Reason.NOT_CHOSEN: Sentence(_WAIT, "今回は選ばれていません(--only)。", "Not chosen this time (--only)."),
        Reason.OVER_LIMIT: Sentence(
            _WAIT,
            "今回の上限({limit} 通)を超えるので、次回送ります。",
            "Over this run's limit of {limit}; goes next time.",
        ),
        Reason.BUDGET_SPENT: Sentence(
            _WAIT,
            "24 時間の送信上限({limit} 通)に達するので、次回送ります。",
            "The mailbox's limit of {limit} letters in 24 hours is reached; goes next time.",
        ),
        Reason.CHANGED_DURING_RUN: Sentence(
            _WAIT,
            "送信中に表の内容が変わったので、この方には送りませんでした。次回、新しい内容で判断します。",
            "The row changed while the run was going, so nothing was sent; the next run looks again.",
        ),
        Reason.CLAIMED_ELSEWHERE: Sentence(
            _WAIT,
            "同じ時に別の実行がこの方の通知を受け持ちました。",
            "Another run took this letter at the same moment.",
        ),
        Reason.RUN_STOPPED: Sentence(
            _WAIT,
            "途中で止まったため、まだ送っていません。次回送ります。",
            "The run stopped before this letter; goes next time.",
        ),
        Reason.NO_LETTER: Sentence(
            _ACT,
            "この方に使う文面({detail})がありません。文面タブか templates フォルダに用意してください。",
            "There is no letter for this candidate ({detail}). Add one to the 文面 tab or to templates/.",
        ),
        Reason.LETTER_BROKEN: Sentence(
            _ACT, "文面に誤りがあります: {detail}", "The letter template is broken: {detail}"
        ),
        Reason.BLANK_FIELD: Sentence(
            _ACT,
            "文面に差し込む「{detail}」が空です。表に記入するか、文面を直してください。",
            "The letter needs “{detail}”, which is empty. Fill it in, or change the letter.",
        ),
        Reason.UNRESOLVED_PLACEHOLDER: Sentence(
            _ACT,
            "文面に差し込み忘れの箇所({detail})が残っています。文面を直してください。",
            "A placeholder ({detail}) is left in the letter. Correct the template.",
        ),
        Reason.MISSING_HONORIFIC: Sentence(
            _ACT,
            "文面の宛名に「様」がありません。文面を直してください。",
            "The letter lacks 様 (or the name) in its salutation. Correct the template.",
        ),
        Reason.DOUBLED_HONORIFIC: Sentence(
            _ACT,
            "宛名の敬称が重なっています。氏名の列から「様」「さん」を除いてください。",
            "The honorific is doubled. Remove 様 or さん from the name column.",
        ),
        Reason.FOREIGN_COMPANY: Sentence(
            _ACT,
            "文面にほかの会社名({detail})があります。文面か表を直すか、設定の allowed_company_names に加えてください。",
            "The letter names another company ({detail}). Correct it, or add it to allowed_company_names.",
        ),
        Reason.LINK_NOT_ALLOWED: Sentence(
            _ACT,
            "文面に許可されていないリンク({detail})があります。設定の allowed_domains を確かめてください。",
            "The letter holds a link that is not allowed ({detail}). See allowed_domains in the configuration.",
        ),
        Reason.FOREIGN_ADDRESS: Sentence(
            _ACT,
            "文面に見慣れないメールアドレスがあります。文面か表を直してください。",
            "The letter holds an address that is neither ours nor the candidate's. Correct it.",
        ),
        Reason.SUBJECT_PROBLEM: Sentence(
            _ACT,
            "件名に問題があります({detail})。文面の件名を直してください。",
            "There is a problem with the subject ({detail}). Correct the letter.",
        ),
        Reason.CONTROL_CHARACTERS: Sentence(
            _ACT,
            "差し込む値に見えない制御文字があります({detail})。表の値を入れ直してください。",
            "A value holds invisible control characters ({detail}). Type it again.",
        ),
        Reason.LETTER_TOO_LONG: Sentence(
            _ACT,
            "文面が長すぎます({detail} 文字)。短くしてください。",
            "The letter is too long ({detail} characters). Shorten it.",
        ),
        Reason.FOOTER_MISSING: Sentence(
            _ACT,
            "フォローの文面に、特定電子メール法で必要な表示({detail})がありません。文面に加えると送ります。",
            "The law on commercial mail asks a follow-up to show {detail}. Add it to the letter.",
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A candidate who is not sent a letter now, and why."""

    candidate: Candidate
    reason: Reason
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """Whether somebody has to act on it."""
        return SENTENCES[self.reason].severity

    def text(self, language: str) -> str:
        """The sentence in `language` ("ja" or "en"), facts filled in; a fact `x_en` is the English of `x`."""
        sentence = SENTENCES[self.reason]
        if language == "ja":
            return sentence.ja.format_map(_Facts(self.facts))
        english = {key.removesuffix("_en"): value for key, value in self.facts.items() if key.endswith("_en")}
        return sentence.en.format_map(_Facts({**self.facts, **english}))


class _Facts(dict[str, str]):
    """Facts for a sentence; one that is missing shows as … rather than breaking a report."""

    def __getitem__(self, key: str) -> str:
        return quoted(super().__getitem__(key))

    def __missing__(self, key: str) -> str:
        return "…"
