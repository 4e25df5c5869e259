// Letters at hand: fetched in batches, ahead of the reader who leafs through them.

import { api } from "./api.js";
import { known } from "./state.js";

const BATCH = 50;
const AHEAD = 20;
const MOST_KEPT = 600;

const shelf = new Map();
let shelfPlan = null;

/** The letter at this place among the ids; the following ones are fetched before anybody asks for them. */
export function letterAt(ids, place) {
  forgetOtherPlans();
  if (!shelf.has(ids[place])) fetchFrom(ids, place);
  const ahead = ids.findIndex((id, index) => index > place && index <= place + AHEAD && !shelf.has(id));
  if (ahead !== -1) fetchFrom(ids, ahead);
  return shelf.get(ids[place]);
}

function forgetOtherPlans() {
  if (shelfPlan === known.plan?.plan) return;
  shelf.clear();
  shelfPlan = known.plan.plan;
}

function fetchFrom(ids, place) {
  const wanted = ids.slice(place, place + BATCH).filter((id) => !shelf.has(id));
  const answer = api.letters(wanted, shelfPlan, known.mailing).then(({ letters }) => new Map(letters.map((one) => [one.id, one])));
  for (const id of wanted) {
    const letter = answer.then((letters) => letters.get(id) ?? null);
    letter.catch(() => shelf.delete(id));  // a failure is told to whoever waits, and tried again next time
    shelf.set(id, letter);
  }
  for (const id of [...shelf.keys()].slice(0, Math.max(0, shelf.size - MOST_KEPT))) shelf.delete(id);
}
