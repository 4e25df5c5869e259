"""What commands say to people, in Japanese and English."""

from __future__ import annotations

from datetime import datetime

from sheets_automation.cli_texts import Texts, pick
from sheets_automation.commands.analysis_texts import ANALYSIS
from sheets_automation.commands.follow_up_texts import FOLLOW_UP
from sheets_automation.commands.import_texts import IMPORT
from sheets_automation.commands.incident_texts import INCIDENT
from sheets_automation.commands.init_texts import INIT
from sheets_automation.commands.line_texts import LINE
from sheets_automation.commands.links_texts import LINKS
from sheets_automation.commands.partners_texts import PARTNERS
from sheets_automation.commands.rebuild_log_texts import REBUILD_LOG
from sheets_automation.commands.service_texts import SERVICE
from sheets_automation.commands.settle_texts import SETTLE

_TEXTS: Texts = {
    **FOLLOW_UP,
    **IMPORT,
    **INCIDENT,
    **INIT,
    **LINE,
    **LINKS,
    **PARTNERS,
    **ANALYSIS,
    **SERVICE,
    **REBUILD_LOG,
    **SETTLE,
    # relay send
    "planned": ("送る予定 {n} 通", "{n} letter{s} to send"),
    "sent": ("{n} 通送りました", "{n} letter{s} sent"),
    "left_out": ("送らない方 {n} 名", "{n} {people} without a letter"),
    "act": ("対応が必要 {n} 名", "{n} need{v} you"),
    "wait": ("待機中 {n} 名", "{n} wait{v}"),
    "none": ("対応不要 {n} 名", "{n} need{v} nothing"),
    "letters": ("{letter} {n} 通 {state}「{subject}」", "{letter}: {n} {state} “{subject}”"),
    "state_planned": ("送る予定", "to send"),
    "state_sent": ("送信済み", "sent"),
    "state_failed": ("送信失敗", "failed"),
    "state_refused": ("宛先が拒否", "refused"),
    "state_withdrawn": ("取りやめ", "not sent after all"),
    "state_uncertain": ("届いたか不明", "uncertain"),
    "state_prepared": ("送信の途中", "under way"),
    "state_bounced": ("不達", "bounced"),
    "state_replied": ("返信", "answered"),
    "state_open": ("まだ送っていません", "not sent yet"),
    "row_number": ("行 {n}", "row {n}"),
    "why": ("理由と対応", "why, and what to do"),
    "rows": ("(行 {rows})", "(row{s} {rows})"),
    "more": (
        "  ほか {n} 通。全部は relay preview か --json で見られます。",
        "  {n} more; see all with `relay preview` or --json.",
    ),
    "waiting": (
        "お待たせ中: {n} 名が {days} 日以上、結果の連絡を待っています(行 {rows})。",
        "Waiting too long: {n} {people}, over {days} days without an answer (row{s} {rows}).",
    ),
    "credits": ("クレジット: 残り {left}、次まで {progress}", "Credits: {left} left, {progress} towards the next"),
    "attached": ("添付ファイル: {names}", "Attached to each letter: {names}"),
    "resolved": (
        "前回途中で止まった {n} 通の結果を確かめました。",
        "Found out what became of {n} letter{s} of a run that had stopped.",
    ),
    "not_shown": (
        "送信の記録は残っていますが、ブックの表示は更新できませんでした。",
        "Everything is recorded, but the workbook's columns could not be updated.",
    ),
    "failed": (
        "{n} 通は送れませんでした。要確認タブに理由と対応があります。",
        "{n} letter{s} could not be sent; the tab 要確認 says why and what to do.",
    ),
    "uncertain": (
        "{n} 通は届いたか分かりません。送信元の記録を確かめて、relay settle で決めてください。",
        "{n} letter{s} may or may not have left. Look at the mailbox, then decide with `relay settle`.",
    ),
    "dry": (
        "まだ何も送っていません。送るには、同じコマンドに --send を付けてください。",
        "Nothing was sent. To send, repeat the command with --send.",
    ),
    "dry_expect": (
        "まだ何も送っていません。ふだんより多いので、送るには --send --expect {n} を付けてください。",
        "Nothing was sent. This is more than usual: to send, repeat the command with --send --expect {n}.",
    ),
    "next_sent": (
        "結果はブックの「通知状況」の列と「要確認」タブにあります。",
        "See the column 通知状況 and the tab 要確認 of the workbook.",
    ),
    "next_window": (
        "いま送る通知はありません。{when} 以降に、もう一度実行してください。",
        "No letter may leave now. Run this again after {when}.",
    ),
    "next_act": (
        "いま送る通知はありません。「対応が必要」の方のセルは relay check で分かります。",
        "No letter is due now. See the cells to put right with `relay check`.",
    ),
    "next_nothing": ("いま送る通知はありません。することはありません。", "No letter is due now; nothing to do."),
    "no_sender": (
        "差出人のアドレスが設定にないので、送信箱の手紙は {address} の名で書きます。",
        "No sender's address is set, so letters in the outbox are signed {address}.",
    ),
    "stopping": (
        "止めています。送信中の一通を終えてから止まります。",
        "Stopping, as soon as the letter in flight has left.",
    ),
    "sample_planned": ("{address} への試し送り: {n} 通", "{n} sample letter{s} for {address}"),
    "sample_sent": ("試し送り {n} 通を {address} に送りました。", "{n} sample letter{s} for {address} went out."),
    "sample_dry": (
        "まだ何も送っていません。試し送りするには --send を付けてください。",
        "Nothing was sent. To send the samples, repeat the command with --send.",
    ),
    "sample_next": (
        "届いた文面を確かめてから、--test-to を外して実行してください。候補者にはまだ何も送っていません。",
        "Look at them, then run without --test-to. No candidate was written to.",
    ),
    # relay check, doctor
    "problems": ("直すところ {n} か所", "{n} to put right"),
    "no_problems": ("直すところはありません。", "Nothing to put right."),
    "where": ("場所", "where"),
    "next_check": (
        "直したら、もう一度 relay check を実行してください。",
        "Put these right, then run `relay check` again.",
    ),
    "next_plan": (
        "次は relay send {workbook} で、誰に何を送るかを見てください。",
        "Next: `relay send {workbook}` shows who would get what.",
    ),
    "ok": ("よし", "ok"),
    "missing": ("不足", "missing"),
    "not_so": ("違う", "no"),
    "live_letter": (
        "確認のメール「relay doctor --live」が 1 通、このメールボックスに残っています。消してかまいません。",
        "One letter, “relay doctor --live”, is left in this mailbox. You may delete it.",
    ),
    "next_doctor": (
        "「不足」を直して、もう一度 {command} を実行してください。",
        "Put these right, then run `{command}` again.",
    ),
    "all_well": ("準備ができています。", "Everything is ready."),
    # relay login
    "invitation": (
        "ブラウザでこのアドレスを開いて、許可してください(5 分以内):\n{url}\n",
        "Open this address in a browser and allow it, within 5 minutes:\n{url}\n",
    ),
    "kept_in_keyring": (
        "{mailbox} として Google にサインインし、このコンピューターのキーチェーンに保存しました。次からは尋ねません。",
        "Signed in to Google as {mailbox}. It is kept in the keyring of this computer, and not asked for again.",
    ),
    "choose_oauth": (
        '使うには、設定ファイルの [google] に sign_in = "oauth" と書き、sign_in_file は空にしてください。',
        'To use it, write sign_in = "oauth" under [google] in the configuration, and leave sign_in_file empty.',
    ),
    "next_login": (
        "次は relay doctor スプレッドシート --carrier gmail:{mailbox} で、足りないものを確かめてください。",
        "Next: `relay doctor SPREADSHEET --carrier gmail:{mailbox}` says what is still missing.",
    ),
    "kept_in_file": (
        "{mailbox} のサインインを {path} に保存しました。これだけでメールを送れるので、人に渡さないでください。",
        "The sign-in of {mailbox} is in {path}. Whoever has this file can send mail: give it to nobody.",
    ),
    "next_file": (
        (
            "Secret Manager などに入れたら、このファイルは消してください。"
            '使うときは、設定ファイルの [google] に sign_in = "oauth" と sign_in_file = "置いた場所" を書きます。'
        ),
        (
            "Put it into a secret manager and delete the file. "
            'To use it, write sign_in = "oauth" and sign_in_file = "PATH" under [google] in the configuration.'
        ),
    ),
    "forgotten": (
        "{mailbox} のサインインを、このコンピューターのキーチェーンから消しました。",
        "Removed the sign-in of {mailbox} from the keyring of this computer.",
    ),
    "revoke": (
        "Google の側の許可も取り消すには、そのアカウントで https://myaccount.google.com/connections を開いてください。",
        "To revoke it at Google as well, open https://myaccount.google.com/connections with that account.",
    ),
    "nothing_forgotten": (
        "キーチェーンに保存されたサインインはありません。",
        "No sign-in is kept in the keyring.",
    ),
    # relay init, preview
    "made": ("{path} を作りました。", "Made {path}."),
    "made_config": (
        "{path} も作りました。メモ帳などで開き、会社名、差出人、送信手段を書いてください。",
        "Made {path}, too: write the company, the sender and the carrier into it.",
    ),
    "next_init": (
        "Excel で開いて候補者を入れ、relay check {workbook} で確かめてください。",
        "Open it and fill in candidates, then run `relay check {workbook}`.",
    ),
    "page": (
        "{n} 通の文面と、送らない {left_out} 名の理由を {path} に書き出しました。",
        "Wrote {n} letter{s}, and why {left_out} others get none, to {path}.",
    ),
    "next_page": (
        "ブラウザで開いて確かめてください。個人情報なので、見終わったら消してください。",
        "Open it in a browser. It holds personal data: delete it when you are done.",
    ),
    # relay sync
    "looked_at": ("{since} 以降に届いたメール {n} 通を見ました。", "Looked at {n} mail{s} since {since}."),
    "bounced_mails": ("届かずに戻ってきた通知 {n} 通", "{n} letter{s} came back"),
    "replied_mails": ("返信 {n} 通", "{n} answered"),
    "delayed_mails": ("配送が遅れている通知 {n} 通", "{n} delayed"),
    "automatic_mails": ("自動返信など {n} 通", "{n} automatic"),
    "list_comma": ("、", ", "),
    "nothing_back": ("戻ってきた通知も返信も、新しいものはありません。", "Nothing new came back."),
    "not_whole": (
        "メールが多いため、古いほうは見きれませんでした。relay sync --days 7 のように期間を短くしてください。",
        "There was too much mail to see all of it; the oldest was left. Look back less far: `relay sync --days 7`.",
    ),
    "next_bounced": (
        (
            "アドレスを直すと次回送ります(relay check {workbook} でセルが分かります)。"
            "アドレスが正しいときは relay settle {workbook} 候補者ID --again で送り直せます。"
        ),
        (
            "Correct the address and the next run sends (`relay check {workbook}` names the cell). "
            "If the address is right, `relay settle {workbook} ID --again` lets it go there once more."
        ),
    ),
    # relay register, credits
    "added": ("{n} 件を記録しました。", "{n} recorded."),
    "redeemed": ("クレジット {n} 件の利用を記録しました。", "Recorded the use of {n} credit{s}."),
    "partner": ("紹介先", "partner"),
    "earned": ("獲得", "earned"),
    "redeemed_column": ("利用", "redeemed"),
    "expired": ("失効", "expired"),
    "left": ("残り", "left"),
    "progress": ("次まで", "next"),
    "no_partners": (
        "紹介先がありません。設定ファイルの [[partners]] に書くと、クレジットを数えます。",
        "No partner is set. Write one into [[partners]] of the configuration to count credits.",
    ),
    "next_credits": (
        "内訳と根拠はブックの「{tab}」タブにあります。",
        "See the tab {tab} of the workbook for each with its evidence.",
    ),
    # relay status
    "workbook": ("ブック", "workbook"),
    "candidates": ("候補者", "candidates"),
    "due": ("いま送る通知", "letters due now"),
    "sent_total": ("送信済み", "letters sent"),
    "bounced_total": ("届かずに戻った通知", "letters that came back"),
    "uncertain_total": ("届いたか不明", "uncertain"),
    "act_total": ("対応が必要な方", "people who need you"),
    "waiting_total": ("お待たせ中の方", "people waiting too long"),
    "budget": ("24 時間の残り枠", "letters left for 24 hours"),
    "window": ("送信時間帯", "send window"),
    "window_open": ("開いています", "open"),
    "window_until": ("{when} から", "opens {when}"),
    "credits_total": ("クレジット", "credits"),
    "credits_value": ("残り {left}、次まで {progress}", "{left} left, {progress} towards the next"),
    "next_uncertain": (
        "次は relay settle {workbook} で、届いたか分からない通知を確かめてください。",
        "Next: `relay settle {workbook}` lists the letters in doubt.",
    ),
    "next_cells": (
        "次は relay check {workbook} で、直すセルを見てください。",
        "Next: `relay check {workbook}` lists the cells to put right.",
    ),
    "nothing_to_do": ("いまはすることがありません。", "Nothing to do now."),
}


def say(key: str, language: str, **facts: object) -> str:
    """A sentence in `language`, facts filled in; with a fact `n`, English agrees with the number."""
    one = facts.get("n") == 1
    number = {"s": "" if one else "s", "v": "s" if one else "", "people": "person" if one else "people"}
    return pick(_TEXTS[key], language).format(**number, **facts)


def moment(at: datetime) -> str:
    """A point in time as people write it, e.g. 2026/11/25 9:00."""
    return f"{at:%Y/%m/%d} {at.hour}:{at:%M}"
