// What the page says of letters that wait for a person's word, in English; the same keys as words_settle_ja.js.

/** Everything about letters in doubt, and those that stopped for good, in English. */
export const SETTLE_EN = {
  "settle.place": "In doubt",
  "settle.title": "Letters in doubt",
  "settle.lead": "The answer was lost while these were sent, so nobody knows whether they left. They are never sent again by themselves. Look at the mailbox's sent mail, then say what is true.",
  "settle.none": "No letter is in doubt.",
  "settle.all": "All {n}",
  "settle.what": "What is true?",
  "settle.sent": "It was sent",
  "settle.sent_hint": "Recorded as sent; nothing goes again.",
  "settle.again": "Send again",
  "settle.again_hint": "It did not leave; the next sending takes it.",
  "settle.note": "Note (kept in the log)",
  "settle.do": "Record",
  "settle.choose": "Choose the letters, and what is true of them.",
  "settle.settled": { one: "{n} letter recorded", other: "{n} letters recorded" },
  "settle.not_settled": "Could not be recorded: {ids}",
  "settle.reopen": "A new decision for somebody who was told before",
  "settle.reopen_hint": "Only when a new selection on the same row has ended. The next sending tells them again.",
  "settle.id": "Candidate id",
  "settle.reopen_do": "Record a new decision",
  "settle.reopened": "The new decision is on record.",
  "settle.stopped_title": "Letters that go no more by themselves",
  "settle.stopped_lead": "These failed several times, or came back. Put the cause right, then say that they go again. Where the address is corrected, the next sending takes it anyway.",
  "settle.to_settle": "Decide under “In doubt”",
};
