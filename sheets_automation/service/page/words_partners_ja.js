// What the page says of partners and credits, in Japanese; the same keys as words_partners_en.js.

/** Everything about partners, credits and the loop, in Japanese. */
export const PARTNERS_JA = {
  "credits.missing_hired": "あと {n} 名の採用決定で、採用支援が一回無料になります",
  "credits.forecasts": "次のクレジットの見込み",
  "credits.untaken": "タブ「紹介先報告」に、まだ取り込んでいない報告が {n} 行あります。",
  "credits.take": "報告を取り込む",
  "credits.taken": "報告を取り込みました",
  "credits.number": "クレジット番号",
  "credits.recorded_by": "記録",
  "credits.opening": "どの求人のために",
  "credits.redeem_hint": "記録すると、クレジット番号が付きます。このクレジットで来た方の「クレジット番号」の列に入れてください。",
  "import.credit": "この応募者を見つけたクレジット",
  "import.no_credit": "クレジットではない",
  "analysis.loop": "紹介の循環（不採用から採用まで）",
  "loop.steps": "不採用から新しい採用までの段階。間の数字は、すぐ上の段階に対する率です",
  "loop.scale": "帯の幅は、登録までは不採用の数に、クレジットから下はその中で最も大きい数に対するものです。",
  "loop.definitions": "定義と内訳",
  "loop.step": "段階",
  "loop.rate": "前からの率",
  "loop.made_of": "分子 ÷ 分母",
  "loop.definition": "定義と期間",
};
