// What the page says of partners and credits, in English; the same keys as words_partners_ja.js.

/** Everything about partners, credits and the loop, in English. */
export const PARTNERS_EN = {
  "credits.missing_hired": { one: "{n} more hire, and one recruitment support is free", other: "{n} more hires, and one recruitment support is free" },
  "credits.forecasts": "When the next credit may come",
  "credits.untaken": { one: "Tab 紹介先報告 holds {n} report that nobody has taken in.", other: "Tab 紹介先報告 holds {n} reports that nobody has taken in." },
  "credits.take": "Take the reports in",
  "credits.taken": "The reports are taken in",
  "credits.number": "Number of the credit",
  "credits.recorded_by": "recorded by",
  "credits.opening": "For which opening",
  "credits.redeem_hint": "The use gets a number. Write it under クレジット番号 beside those who come by it.",
  "import.credit": "Found with the credit",
  "import.no_credit": "Not by a credit",
  "analysis.loop": "The whole loop, from rejected to hired",
  "loop.steps": "Steps from the rejected to new hires; between them the rate to the step above",
  "loop.scale": "Bars are as wide as their part of the rejected, and from the credits on of the largest number among these.",
  "loop.definitions": "Definitions, and what they are made of",
  "loop.step": "Step",
  "loop.rate": "Rate",
  "loop.made_of": "Made of",
  "loop.definition": "Definition and period",
};
