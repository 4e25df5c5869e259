// The loop: from the rejected to those who were found with a credit, one step below the other, with a rate between each pair.

import { draw, make } from "./elements.js";
import { count, say } from "./words.js";

const LOOP_WIDE = 100;
const LOOP_TALL = 24;
const THINNEST_FLOW = 0.8;
const OF_PEOPLE = new Set(["rejected", "told", "linked", "clicked", "registered"]);

/** Draw the steps, and tell in a table what each is made of. */
export function loopParts(steps) {
  const most = (side) => Math.max(1, ...steps.filter(({ id }) => OF_PEOPLE.has(id) === side).map((step) => step.count));
  const [people, credits] = [most(true), most(false)];
  const width = ({ id, count: number }) => (number ? Math.max(THINNEST_FLOW, (number / (OF_PEOPLE.has(id) ? people : credits)) * LOOP_WIDE) : 0);
  return make("div", { class: "loop" },
    make("ol", { class: "loop-steps", "aria-label": say("loop.steps") },
      steps.map((step, nth) => stepPart(step, width(step), nth ? width(steps[nth - 1]) : null))),
    make("p", { class: "dim" }, say("loop.scale")),
    make("details", {}, make("summary", {}, say("loop.definitions")), definitionTable(steps)));
}

function stepPart(step, width, before) {
  const kind = OF_PEOPLE.has(step.id) ? "first" : "second";
  return make("li", { class: "loop-step" },
    before === null ? null : flow(step, before, width, kind),
    make("div", { class: "loop-head" }, make("span", {}, step.name), make("strong", {}, count(step.count))),
    draw("svg", { class: "loop-bar", "aria-hidden": "true", preserveAspectRatio: "none", viewBox: `0 0 ${LOOP_WIDE} 10` },
      draw("rect", { class: "track", width: LOOP_WIDE, height: 10 }), draw("rect", { class: kind, width, height: 10 })));
}

// What goes on narrows from the width above to the width below; where credits take over from people it only points on.
function flow(step, before, width, kind) {
  const [from, to] = step.id === "earned" ? [THINNEST_FLOW, THINNEST_FLOW] : [before, width];
  const path = `M0 0 H${from} C${from} ${LOOP_TALL / 2} ${to} ${LOOP_TALL / 2} ${to} ${LOOP_TALL} H0 Z`;
  return make("div", { class: "loop-flow" },
    draw("svg", { "aria-hidden": "true", preserveAspectRatio: "none", viewBox: `0 0 ${LOOP_WIDE} ${LOOP_TALL}` }, draw("path", { class: kind, d: path })),
    make("span", { class: "loop-rate" }, `↓ ${step.shown}${step.small ? " ※" : ""}`));
}

function definitionTable(steps) {
  const heads = ["loop.step", "loop.rate", "loop.made_of", "loop.definition"];
  return make("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": say("loop.definitions") }, make("table", {},
    make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, say(head))))),
    make("tbody", {}, steps.map((step) => make("tr", {},
      make("th", { scope: "row" }, step.name),
      make("td", { class: "n" }, step.shown),
      make("td", { class: "n" }, step.denominator === null ? count(step.count) : `${count(step.numerator)} ÷ ${count(step.denominator)}`),
      make("td", { class: "told" }, step.definition, " · ", step.period_by))))));
}
