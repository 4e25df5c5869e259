// What the page says of the survey, in English; the same keys as words_survey_ja.js.

/** Everything about the one question after a letter, in English. */
export const SURVEY_EN = {
  "survey.title": "How content people were with our letters",
  "survey.mean": { one: "Average {mean} (1 to 5, {n} answer)", other: "Average {mean} (1 to 5, {n} answers)" },
  "survey.months": "Months",
  "survey.answers": "Answers",
  "survey.average": "Average",
  "survey.note": "No group of fewer than five is shown, and new answers count once five have come. Nobody can tell who answered what.",
  "survey.score_1": "1 very dissatisfied",
  "survey.score_2": "2 dissatisfied",
  "survey.score_3": "3 neither",
  "survey.score_4": "4 satisfied",
  "survey.score_5": "5 very satisfied",
};
