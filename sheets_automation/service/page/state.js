// What the page knows, and who is told when it changes.

import { api } from "./api.js";
import { keep, recall } from "./kept.js";
import { sheet } from "./sheet.js";

const desks = { results: freshDesk("results"), follow_up: freshDesk("follow_up"), follow_up_line: freshDesk("follow_up_line") };

/** What the page knows of the letters that it shows now: the answers of the service, and what a person has done with them. */
export let known = desks.results;

/** Ids of those whom the person has taken out. They stay out when they leave the plan and come back. */
export let takenOut = known.takenOut;

/** Ids of the letters that stood before the person's eyes, as long as the plan is the same. */
export let seen = known.seen;

const bell = new EventTarget();

function freshDesk(mailing) {
  const nothing = { session: null, plan: null, trouble: null, isLoading: false, isOld: false, changes: null };
  return { mailing, ...nothing, takenOut: new Set(), seen: new Set() };
}

/** Show letters of another kind from now on: "results", "follow_up" or "follow_up_line". Each kind has its own plan and its own choices. */
export function workOn(mailing) {
  if (known.mailing === mailing) return;
  known = desks[mailing];
  ({ takenOut, seen } = known);
  if (known.isOld) readQuietly();
  else if (!known.plan) readPlan();
}

/** The plan for letters of one kind, as far as it is known. */
export function planFor(mailing) {
  return desks[mailing].plan;
}

/** Where people start this page again: "terminal", "excel", or "cloud", where it always runs. */
export function startedFrom() {
  if (sheet) return "cloud";
  return Object.values(desks).find((desk) => desk.session)?.session.started_from ?? "terminal";
}

/** Whether rows can be selected from here: beside a spreadsheet, or in the workbook that is open in Excel. */
export function isSheetAtHand() {
  return Boolean(sheet) || Object.values(desks).some((desk) => desk.session?.selects_rows);
}

/** Where a view shows letters of the kind that is shown now: "#send", or "#follow_up/send". */
export function wayTo(view) {
  return `#${known.mailing === "results" ? "" : `${known.mailing}/`}${view}`;
}

/** What is known of letters of other kinds is old: it is read again when somebody goes there. */
export function ageOthers() {
  for (const desk of Object.values(desks)) desk.isOld = desk !== known && desk.plan !== null;
}

/** Be told of changes: "session" (once), "plan", "choices", "sending" or "language". */
export function listen(names, listener, signal) {
  for (const name of [names].flat()) bell.addEventListener(name, listener, { signal });
}

/** Tell everybody that something changed. */
export function ring(name) {
  bell.dispatchEvent(new Event(name));
}

/** Read the plan again because of what we did ourselves: that it is another one then is no news. */
export async function readOwnChanges() {
  ageOthers();
  await readQuietly();
}

async function readQuietly() {
  const desk = known;
  await readPlan();
  desk.changes = null;
  ring("plan");
}

/** Read the plan (and who we are) from the service; trouble is kept and told, not thrown. */
export async function readPlan() {
  const desk = known;
  if (desk.isLoading) return;
  desk.isLoading = true;
  ring("plan");
  try {
    const [session, plan] = await Promise.all([api.session(desk.mailing), api.plan(desk.mailing)]);
    takeOver(desk, await withTitle(session, desk), plan);
    desk.trouble = null;
  } catch (refusal) {
    desk.trouble = refusal;
  }
  desk.isLoading = false;
  ring("plan");
}

// A spreadsheet's title is known to the service once it has read the plan; the first answer may have come before.
async function withTitle(session, desk) {
  const { kind, title, address_shown: address } = session.workbook;
  return kind === "google" && title === address && !sheet ? api.session(desk.mailing) : session;
}

function takeOver(desk, session, plan) {
  const before = desk.plan;
  const isFirst = !Object.values(desks).some((one) => one.session);
  Object.assign(desk, { session, plan, isOld: false, changes: before && before.plan !== plan.plan ? difference(before, plan) : null });
  recallChoices(desk);
  keepChoices(desk);
  if (isFirst) ring("session");
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
  keepChoices(known);
  ring("choices");
}

/** Note that a letter was looked at. */
export function markSeen(id) {
  if (seen.has(id)) return;
  seen.add(id);
  keepChoices(known);
  ring("choices");
}

/** What the person has chosen, to be taken over by another page of the same spreadsheet. */
export function choicesAsText(desk = known) {
  const { mailing, session, plan } = desk;
  const about = { mailing, workbook: session.workbook.address_shown, plan: plan.plan };
  return JSON.stringify({ ...about, out: [...desk.takenOut], seen: [...desk.seen] });
}

// Ids alone are kept, and only as long as this tab is open: they tell nobody who it was.
function keepChoices(desk) {
  keep(`choices.${desk.mailing}`, desk.session.workbook.address_shown, choicesAsText(desk));
}

function recallChoices(desk) {
  try {
    const kept = handedChoices(desk) ?? JSON.parse(recall(`choices.${desk.mailing}`, desk.session.workbook.address_shown) || "{}");
    for (const id of kept.out ?? []) desk.takenOut.add(id);
    if (kept.plan === desk.plan.plan) for (const id of kept.seen ?? []) desk.seen.add(id);
    else desk.seen.clear();  // another plan may hold other letters for the same people
  } catch {
    desk.takenOut.clear();
  }
}

// Another page of the spreadsheet handed its choices over: once, since from then on this page has its own.
function handedChoices(desk) {
  if (!sheet?.choices) return null;
  const handed = JSON.parse(sheet.choices);
  if (handed.mailing !== desk.mailing || handed.workbook !== desk.session.workbook.address_shown) return null;
  sheet.choices = "";
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

/** Everybody of the sheet, whether a letter is due or not. */
export function everybody() {
  return known.plan ? [...known.plan.left_out.flatMap((group) => group.people), ...known.plan.letters] : [];
}
