// What the page knows, and who is told when it changes.

import { api } from "./api.js";
import { sheet } from "./sheet.js";

/** What the page knows: the answers of the service, and what the person at the screen has done with them. */
export const known = { session: null, plan: null, trouble: null, isLoading: false, changes: null };

/** Ids of those whom the person has taken out. They stay out when they leave the plan and come back. */
export const takenOut = new Set();

/** Ids of the letters that stood before the person's eyes, as long as the plan is the same. */
export const seen = new Set();

const bell = new EventTarget();
const KEPT_CHOICES = "relay.choices";

/** Be told of changes: "plan", "choices", "sending" or "language". */
export function listen(names, listener, signal) {
  for (const name of [names].flat()) bell.addEventListener(name, listener, { signal });
}

/** Tell everybody that something changed. */
export function ring(name) {
  bell.dispatchEvent(new Event(name));
}

/** Read the plan again because of what we did ourselves: that it is another one then is no news. */
export async function readOwnChanges() {
  await readPlan();
  known.changes = null;
  ring("plan");
}

/** Read the plan (and who we are) from the service; trouble is kept and told, not thrown. */
export async function readPlan() {
  if (known.isLoading) return;
  known.isLoading = true;
  ring("plan");
  try {
    const [session, plan] = await Promise.all([api.session(), api.plan()]);
    takeOver(session, plan);
    known.trouble = null;
  } catch (refusal) {
    known.trouble = refusal;
  }
  known.isLoading = false;
  ring("plan");
}

function takeOver(session, plan) {
  const before = known.plan;
  known.session = session;
  known.plan = plan;
  known.changes = before && before.plan !== plan.plan ? difference(before, plan) : null;
  recallChoices();
  keepChoices();
}

function difference(before, after) {
  const [old, fresh] = [before, after].map((plan) => new Set(plan.letters.map((letter) => letter.id)));
  return { more: [...fresh].filter((id) => !old.has(id)).length, fewer: [...old].filter((id) => !fresh.has(id)).length };
}

/** The letters that would go now: all but those taken out, or exactly those that a first person has proposed. */
export function chosenLetters() {
  const { approval, letters } = known.plan;
  if (!known.session.needs_second_approval || (approval?.state ?? "none") === "none") {
    return letters.filter((letter) => !takenOut.has(letter.id));
  }
  const proposed = new Set(approval.ids);
  return letters.filter((letter) => proposed.has(letter.id));
}

/** The ids of this plan whose letters do not go. */
export function idsLeftBehind() {
  const going = new Set(chosenLetters().map((letter) => letter.id));
  return known.plan.letters.map((letter) => letter.id).filter((id) => !going.has(id));
}

/** Take somebody out, or back in. */
export function takeOut(id, isOut) {
  if (isOut) takenOut.add(id);
  else takenOut.delete(id);
  keepChoices();
  ring("choices");
}

/** Note that a letter was looked at. */
export function markSeen(id) {
  if (seen.has(id)) return;
  seen.add(id);
  keepChoices();
  ring("choices");
}

/** What the person has chosen, to be taken over by another page of the same spreadsheet. */
export function choicesAsText() {
  return JSON.stringify({ plan: known.plan.plan, out: [...takenOut], seen: [...seen] });
}

// Ids alone are kept, and only as long as this tab is open: they tell nobody who it was.
function keepChoices() {
  try {
    sessionStorage.setItem(KEPT_CHOICES, choicesAsText());
  } catch {
    // A browser that keeps nothing: a reload forgets what was taken out, and the number to send says so.
  }
}

function recallChoices() {
  try {
    const kept = JSON.parse(handedChoices() || (sessionStorage.getItem(KEPT_CHOICES) ?? "{}"));
    for (const id of kept.out ?? []) takenOut.add(id);
    if (kept.plan === known.plan.plan) for (const id of kept.seen ?? []) seen.add(id);
    else seen.clear();  // another plan may hold other letters for the same people
  } catch {
    takenOut.clear();
  }
}

// Another page of the spreadsheet handed its choices over: once, since from then on this page has its own.
function handedChoices() {
  const handed = sheet?.choices;
  if (sheet) sheet.choices = "";
  return handed;
}

/** Name and row of somebody in the plan, whether a letter is due or not. */
export function person(id) {
  known.people ??= new Map();
  if (known.peopleOf !== known.plan) {
    known.peopleOf = known.plan;
    known.people = new Map(everybody().map((one) => [one.id, one]));
  }
  return known.people.get(id) ?? null;
}

function everybody() {
  return known.plan ? [...known.plan.left_out.flatMap((group) => group.people), ...known.plan.letters] : [];
}
