// Sending: one approval, then one request after the other until nothing is left. The service keeps the facts; whatever
// happens to this page, asking again with the same approval goes on where it stopped, and sends nothing twice.

import { api } from "./api.js";
import { dropKept, keep, recall } from "./kept.js";
import { idsLeftBehind, known, readOwnChanges, ring } from "./state.js";

const FIRST_SECONDS = 3;
// Short enough that a stop is soon heard, long enough that reading and saving a large workbook between is not most of it.
const SECONDS = 6;
const WAITS = [1000, 3000, 6000];
const PASSING = new Set(["workbook_busy", "too_many_requests", "workbook_unreachable", "workbook_changed"]);
const MOST_EMPTY_ANSWERS = 3;

const IDLE = {
  phase: "idle", mailing: "results", workbook: "", approval: null, total: 0, left: 0, outcomes: [], error: null, pace: null, note: null,
};

/** Where the sending stands. phase: idle, running, stopping, stopped or done. */
export const sending = { ...IDLE };

/** Freeze what was chosen, and send it. `expect` is the number that a person typed, or null. */
export async function approveAndSend(expect) {
  const { mailing, session } = known;
  const answer = await api.approve({ plan: known.plan.plan, without: idsLeftBehind(), expect }, mailing);
  if (!answer.approval) return answer;  // a proposal: somebody else has to approve it
  const about = { mailing, workbook: session.workbook.address_shown, approval: answer.approval };
  Object.assign(sending, IDLE, { ...about, total: answer.letters, left: answer.letters, outcomes: [] });
  goOn();
  return answer;
}

/** Send what is left of the approval. */
export async function goOn() {
  Object.assign(sending, { phase: "running", error: null, pace: null });
  tell();
  let empty = 0;
  let seconds = FIRST_SECONDS;
  while (sending.phase === "running") {
    const answer = await sendOnce(seconds);
    if (answer === null) break;
    empty = answer.sent.some(hasMoved) ? 0 : empty + 1;
    if (answer.done) sending.phase = "done";
    else if (answer.error) halt(answer.error);
    else if (empty === MOST_EMPTY_ANSWERS) halt({ name: "no_progress", text: "" });
    seconds = SECONDS;
    tell();
  }
  if (sending.phase === "stopping") sending.phase = "stopped";
  tell();
  readOwnChanges();
}

async function sendOnce(seconds) {
  for (const wait of [...WAITS, null]) {
    const begun = performance.now();
    try {
      const answer = await api.send(sending.approval, seconds, sending.mailing);
      take(answer, (performance.now() - begun) / 1000);
      return answer;
    } catch (refusal) {
      if (wait === null || !PASSING.has(refusal.name) || sending.phase !== "running") {
        halt({ name: refusal.name, text: refusal.message });
        return null;
      }
      await new Promise((done) => setTimeout(done, wait));
    }
  }
  return null;
}

function take(answer, seconds) {
  // Whoever is left out is named by every answer; the last word about somebody holds.
  const outcomes = new Map([...sending.outcomes, ...answer.sent].map((outcome) => [outcome.id, outcome]));
  sending.outcomes = [...outcomes.values()];
  sending.left = answer.left;
  // The total may shrink: who is no longer due drops out, and nobody is ever added.
  sending.total = sending.outcomes.length + answer.left;
  const moved = answer.sent.filter(hasMoved).length;
  const pace = moved / Math.max(seconds, 0.001);
  if (moved) sending.pace = sending.pace === null ? pace : (sending.pace + pace) / 2;
}

function hasMoved({ state }) {
  return state !== "left_out";
}

function halt(error) {
  Object.assign(sending, { phase: "stopped", error });
}

/** Stop after the request that is on its way. */
export function stopSending() {
  if (sending.phase === "running") sending.phase = "stopping";
  tell();
}

/** Take back what was approved and has not left. */
export async function takeBack() {
  const answer = await api.undo(sending.approval, sending.mailing);
  Object.assign(sending, { phase: "done", left: 0, approval: null, error: null, note: answer.text });
  tell();
  readOwnChanges();
  return answer;
}

/** Show what went wrong beside where the sending stands. */
export function tellTrouble(refusal) {
  sending.error = { name: refusal.name, text: refusal.message };
  tell();
}

/** Put the result of the last sending away. */
export function putAway() {
  dropKept("sending", sending.workbook);
  Object.assign(sending, IDLE, { outcomes: [] });
  tell();
}

/** How many letters have come to this so far. Counted over all stretches: an answer speaks of its own alone. */
export function countOf(state) {
  return sending.outcomes.filter((outcome) => outcome.state === state).length;
}

/** Whether letters of another kind than those shown here are on their way, or stopped on it. */
export function isSendingOthers() {
  return sending.phase !== "idle" && sending.mailing !== known.mailing;
}

/** Where what is being sent can be watched. */
export function placeOfSending() {
  return sending.mailing === "results" ? "send" : `${sending.mailing}/send`;
}

/** Whether letters are on their way at this moment. */
export function isSending() {
  return sending.phase === "running" || sending.phase === "stopping";
}

/** Seconds that the rest will take at the pace so far, or null before there is any. */
export function secondsLeft() {
  return sending.pace ? sending.left / sending.pace : null;
}

function tell() {
  keepSending();
  ring("sending");
}

// Of people only ids and rows are kept: after a reload the plan knows who they are.
function keepSending() {
  if (sending.phase === "idle") return;
  const outcomes = sending.outcomes.map(({ id, row, state, reason, link }) => ({ id, row, state, reason, link }));
  keep("sending", sending.workbook, JSON.stringify({ ...sending, error: null, outcomes }));
}

/** Remember a sending of this workbook that a reload interrupted. It stands still until a person lets it go on. */
export function recallSending() {
  try {
    const kept = JSON.parse(recall("sending", known.session.workbook.address_shown) || "null");
    if (!kept) return;
    Object.assign(sending, IDLE, kept);
    if (isSending()) sending.phase = "stopped";
    tell();
  } catch {
    putAway();
  }
}

addEventListener("beforeunload", (event) => {
  if (isSending()) event.preventDefault();
});
