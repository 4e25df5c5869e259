// フォロー: news to people who agreed to it. Its plan, letters and sending are those of results, over another plan.

import { make } from "./elements.js";
import { count, say } from "./words.js";
import { known, listen, planFor, wayTo } from "./state.js";
import { planView } from "./plan.js";
import { lettersView } from "./letters.js";
import { sendView } from "./send.js";
import { resultView } from "./result.js";
import { settleView } from "./settle.js";
import { historyView } from "./history.js";
import { consentsView } from "./consents.js";

const PARTS = {
  plan: planView, letters: lettersView, send: sendView, result: resultView,
  settle: settleView, history: historyView, consents: consentsView,
};

/** Draw a part of follow-ups. `rest` names it, and what in it: "letters/C-001". */
export function followUpView(main, desk) {
  const [named, ...rest] = desk.rest.split("/");
  const part = Object.hasOwn(PARTS, named) ? named : "plan";
  main.classList.add("view-follow_up");  // by whichever way
  if (part === "letters") main.classList.add("view-letters");
  const places = make("nav", { class: "follow-up-parts", "aria-label": say("follow_up.place") });
  const fill = () => places.replaceChildren(...[known.session?.has_line_part && waysOfFollowUp(part), partsOfFollowUp(part)].filter(Boolean));
  listen("plan", fill, desk.signal);
  fill();
  main.append(places);
  PARTS[part](main, { ...desk, rest: rest.join("/") });
}

// One part of HR's campaigns goes by mail and the other by LINE: each has its plan, its number and its sending.
function waysOfFollowUp(part) {
  return make("ul", {}, ["follow_up", "follow_up_line"].map((mailing) => make("li", {},
    make("a", { href: `#${mailing}/${part}`, "aria-current": mailing === known.mailing ? "true" : false }, say(`${mailing}.way`),
      planFor(mailing) ? make("span", { class: "count" }, count(planFor(mailing).letters.length)) : null))));
}

function partsOfFollowUp(shown) {
  const uncertain = known.plan?.counts.uncertain ?? 0;
  return make("ul", {}, Object.keys(PARTS).map((part) => make("li", {},
    make("a", { href: wayTo(part), "aria-current": part === shown ? "page" : false }, wordOfPart(part),
      part === "settle" && uncertain ? make("span", { class: "mark" }, String(uncertain)) : null))));
}

function wordOfPart(part) {
  return say(part === "history" || part === "consents" ? `follow_up.${part}` : `${part}.place`);
}
