// What the page says of letters that wait for a person's word, in Japanese; the same keys as words_settle_en.js.

/** Everything about letters in doubt, and those that stopped for good, in Japanese. */
export const SETTLE_JA = {
  "settle.place": "未確定",
  "settle.title": "届いたか分からない通知",
  "settle.lead": "送信の途中で返事が途絶え、届いたかどうか分からない通知です。勝手に送り直すことはありません。送信元の「送信済み」を確かめてから選んでください。",
  "settle.none": "届いたか分からない通知はありません。",
  "settle.all": "{n} 通すべて",
  "settle.what": "どうしますか",
  "settle.sent": "届いていた",
  "settle.sent_hint": "送信済みとして記録します。もう送りません。",
  "settle.again": "もう一度送る",
  "settle.again_hint": "届いていなかったものとして、次の送信で送ります。",
  "settle.note": "メモ（記録に残ります）",
  "settle.do": "記録する",
  "settle.choose": "通知と、どうするかを選んでください。",
  "settle.settled": "{n} 通を記録しました",
  "settle.not_settled": "記録できなかった候補者: {ids}",
  "settle.reopen": "通知済みの方を、新しい選考としてやり直す",
  "settle.reopen_hint": "同じ行で新しい選考が終わったときだけ使います。次の送信で、もう一度お知らせします。",
  "settle.id": "候補者ID",
  "settle.reopen_do": "やり直しを記録する",
  "settle.reopened": "やり直しを記録しました。",
  "settle.stopped_title": "送り直すまで送らない通知",
  "settle.stopped_lead": "何度も失敗したか、届かずに戻ってきた通知です。原因を直してから、もう一度送ると決めてください。アドレスを直した方には、決めなくても次の送信で送ります。",
  "settle.to_settle": "「未確定」で決める",
};
