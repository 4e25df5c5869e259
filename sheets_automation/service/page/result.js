// What became of the letters of this sending, and of the sendings before.

import { make, typed } from "./elements.js";
import { count, say, when } from "./words.js";
import { api } from "./api.js";
import { known, listen, person, wayTo } from "./state.js";
import { countOf, isSendingOthers, sending } from "./sending.js";
import { growingList } from "./lists.js";
import { nameOfActor, whereabouts } from "./people.js";
import { showWhenRead } from "./trouble.js";

// What a person has to look at comes first.
const ORDER = ["uncertain", "refused", "failed", "withdrawn", "left_out", "sent"];
const GOOD = new Set(["sent"]);

/** Draw the result. */
export function resultView(main, { signal }) {
  const now = make("section", {});
  const before = make("section", { class: "part", "aria-labelledby": "runs-title" });
  const fill = () => now.replaceChildren(...resultOfSending());
  listen(["sending", "plan"], fill, signal);
  fill();
  const runs = make("div", {});
  before.append(make("h2", { id: "runs-title" }, say("result.runs")), runs);
  main.append(make("h1", {}, say("result.title")), now, before);
  showWhenRead(runs, () => api.runs(known.mailing), runTable, signal);
}

function resultOfSending() {
  if (sending.phase === "idle" || isSendingOthers()) return [make("p", { class: "empty" }, say("result.none"))];
  const inDoubt = countOf("uncertain");
  const outcomes = [...sending.outcomes].sort((a, b) => rank(a) - rank(b));
  const states = ORDER.filter((state) => state === "sent" || outcomes.some((one) => stateOf(one) === state)).reverse();
  return [
    make("ul", { class: "numbers" }, states.map((state) => stateNumber(state, outcomes))),
    inDoubt ? make("p", { class: "hurdle" }, make("a", { href: wayTo("settle") }, say("send.uncertain", { n: inDoubt }))) : null,
    growingList(outcomes, outcomeRow),
  ].filter(Boolean);
}

function stateOf({ state }) {
  return ORDER.includes(state) ? state : "left_out";
}

function rank(outcome) {
  return ORDER.indexOf(stateOf(outcome));
}

function stateNumber(state, outcomes) {
  const n = outcomes.filter((one) => stateOf(one) === state).length;
  return make("li", {}, make("div", { class: `number ${n && !GOOD.has(state) ? "act" : "accent"}` },
    make("span", { class: "label" }, say(`result.${state}`)), make("strong", {}, count(n)), " ", say("result.unit", { n })));
}

function outcomeRow(outcome) {
  const one = person(outcome.id);
  const state = stateOf(outcome);
  return make("li", { class: "row folds" },
    make("div", { class: "who" },
      make("p", { class: "first-line" }, typed(outcome.name || one?.name || outcome.id, { class: "name" }),
        make("span", { class: `badge ${GOOD.has(state) ? "good" : ""}` }, say(`result.${state}`))),
      outcome.text && !GOOD.has(state) && make("p", { class: "why" }, outcome.text)),
    whereabouts({ id: outcome.id, name: one?.name, row: one?.row ?? outcome.row, cell: one?.cell, link: outcome.link ?? one?.link }));
}

function runTable(runs) {
  if (!runs.length) return make("p", { class: "dim" }, say("result.no_runs"));
  return make("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": say("result.runs") }, make("table", {},
    make("thead", {}, make("tr", {}, ["at", "actor", "sent", "failed", "uncertain"].map((key) => make("th", { scope: "col" }, say(`result.head_${key}`))))),
    make("tbody", {}, runs.map((run) => make("tr", {},
      make("td", {}, when(run.at)), make("td", {}, typed(nameOfActor(run.actor))),
      [run.sent, run.failed, run.uncertain].map((n) => make("td", { class: n ? "n" : "n dim" }, count(n))))))));
}
