// What the page says of stopping all sending, in Japanese; the same keys as words_freeze_en.js.

/** Everything about stopping and going on, in Japanese. */
export const FREEZE_JA = {
  "freeze.place": "すべての送信を止める",
  "freeze.title": "このブックからの送信を、すべて止めます",
  "freeze.fact_all": "ほかの方の画面、コマンド、夜間の自動送信、LINE、フォローも止まります。",
  "freeze.fact_batch": "送信中のものは、いまのひとまとまりを終えて止まります。",
  "freeze.fact_record": "どなたが、いつ、なぜ止めたかが記録に残ります。計画と点検は見られます。",
  "freeze.because": "止める理由",
  "freeze.do": "すべて止める",
  "freeze.done": "すべての送信を止めました。",
  "freeze.flagged": "すべての送信を止めました。ブックが使われているので、記録は次の実行のときに残します。",
  "freeze.is_frozen": "送信を止めています",
  "freeze.to_thaw": "送信を再開…",
  "freeze.thaw_title": "送信を再開する",
  "freeze.thaw_hint": "再開すると、通知とフォローを合わせて {n} 通が送れる状態になります。ここで再開しても、まだ何も送られません。",
  "freeze.expect": "待っている通知とフォローの数",
  "freeze.or_because": "または、再開してよい理由",
  "freeze.thaw": "送信を再開",
  "freeze.thawed": "送信を再開できます。まだ何も送っていません。",
  "freeze.still": "まだ止まっています。",
};
