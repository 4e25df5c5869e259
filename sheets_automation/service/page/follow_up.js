// フォロー: news to people who agreed to it. Its plan, letters and sending are those of results, over another plan.

import { make } from "./elements.js";
import { say } from "./words.js";
import { listen, planFor } from "./state.js";
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
  if (part === "letters") main.classList.add("view-letters");
  const places = make("nav", { class: "follow-up-parts", "aria-label": say("follow_up.place") });
  const fill = () => places.replaceChildren(partsOfFollowUp(part));
  listen("plan", fill, desk.signal);
  fill();
  main.append(places);
  PARTS[part](main, { ...desk, rest: rest.join("/") });
}

function partsOfFollowUp(shown) {
  const uncertain = planFor("follow_up")?.counts.uncertain ?? 0;
  return make("ul", {}, Object.keys(PARTS).map((part) => make("li", {},
    make("a", { href: `#follow_up/${part}`, "aria-current": part === shown ? "page" : false }, wordOfPart(part),
      part === "settle" && uncertain ? make("span", { class: "mark" }, String(uncertain)) : null))));
}

function wordOfPart(part) {
  return say(part === "history" || part === "consents" ? `follow_up.${part}` : `${part}.place`);
}
