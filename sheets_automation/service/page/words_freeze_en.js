// What the page says of stopping all sending, in English; the same keys as words_freeze_ja.js.

/** Everything about stopping and going on, in English. */
export const FREEZE_EN = {
  "freeze.place": "Stop all sending",
  "freeze.title": "Stop all sending from this workbook",
  "freeze.fact_all": "This also stops other people's pages, commands, nightly runs, LINE and follow-ups.",
  "freeze.fact_batch": "What is being sent now ends with the few letters that it is at.",
  "freeze.fact_record": "Who stopped it, when and why is recorded. The plan and the check can still be seen.",
  "freeze.because": "Why",
  "freeze.do": "Stop everything",
  "freeze.done": "All sending is stopped.",
  "freeze.flagged": "All sending is stopped. The workbook is in use, so the next run records it.",
  "freeze.is_frozen": "Sending is stopped",
  "freeze.to_thaw": "Let it go on…",
  "freeze.thaw_title": "Let sending go on",
  "freeze.thaw_hint": { one: "{n} letter would be free to go, follow-ups included. This alone sends nothing.", other: "{n} letters would be free to go, follow-ups included. This alone sends nothing." },
  "freeze.expect": "Number of letters that wait, follow-ups included",
  "freeze.or_because": "Or why they may go again",
  "freeze.thaw": "Let sending go on",
  "freeze.thawed": "Letters may go again. Nothing was sent yet.",
  "freeze.still": "It is still stopped.",
};
