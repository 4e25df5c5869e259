// What the page says of tags, in Japanese; the same keys as words_tags_en.js.

/** Everything about tags, in Japanese. */
export const TAGS_JA = {
  "tags.place": "タグ",
  "tags.title": "タグの提案",
  "tags.lead": "「タグ規則」タブの規則に当てはまる方です。付けると「タグ」の列に書き足します。すでに書かれたタグは、消しも書き換えもしません。",
  "tags.proposed": "{people} 名に {n} 件の提案があります",
  "tags.none": "新しく提案するタグはありません",
  "tags.people": "{n} 名",
  "tags.all": "{n} 名すべてを選ぶ",
  "tags.more": "ほか {n} 名。答えると、続きが出ます。",
  "tags.why": "なぜこのタグ:",
  "tags.choose": "先に、答える方を選んでください。",
  "tags.accept": "選んだ方に付ける",
  "tags.refuse": "見送る",
  "tags.done": "{added} 件を「タグ」の列に書き足し、{refused} 件を見送りました",
  "tags.tidy": "書き方をそろえるご提案",
  "tags.tidy_lead": "ここでは書き換えません。シートの「タグ」の列で直してください。",
  "tags.rules": "使っていない規則",
};
