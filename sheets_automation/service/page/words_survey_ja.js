// What the page says of the survey, in Japanese; the same keys as words_survey_en.js.

/** Everything about the one question after a letter, in Japanese. */
export const SURVEY_JA = {
  "survey.title": "ご連絡への満足度",
  "survey.mean": "平均 {mean}（1〜5、{n} 件の答え）",
  "survey.months": "期間",
  "survey.answers": "答え",
  "survey.average": "平均",
  "survey.note": "5 件に満たないまとまりは示しません。新しい答えは、5 件そろってから数えます。どなたの答えかは分かりません。",
  "survey.score_1": "1 とても不満",
  "survey.score_2": "2 不満",
  "survey.score_3": "3 どちらともいえない",
  "survey.score_4": "4 満足",
  "survey.score_5": "5 とても満足",
};
