// Stopping all sending, whoever started it, and letting it go on.

import { button, make } from "./elements.js";
import { say, typedNumber } from "./words.js";
import { api } from "./api.js";
import { known, listen, readOwnChanges } from "./state.js";
import { troubleNotice } from "./trouble.js";

/** What stops everything now. */
export function stops() {
  return known.plan?.stops ?? [];
}

/** The banner that every view shows while sending is stopped; null while it is not. */
export function frozenNotice(withLink) {
  if (!stops().length) return null;
  return make("section", { class: "notice act frozen", role: "status", "aria-labelledby": "frozen-title" },
    make("div", {}, make("p", { id: "frozen-title" }, make("strong", {}, say("freeze.is_frozen"))),
      stops().map((stop) => make("p", { class: "dim" }, stop.text))),
    withLink && make("a", { class: "button plain", href: "#freeze" }, say("freeze.to_thaw")));
}

/** Draw the place to stop everything, or to let it go on. */
export function freezeView(main, { signal, announce }) {
  const place = make("div", { class: "freezing" });
  const heading = make("h1", {});
  const fill = () => {
    heading.textContent = say(stops().length ? "freeze.is_frozen" : "freeze.place");
    place.replaceChildren(...(stops().length ? [stopsCard(), thawCard(announce)] : [freezeCard(announce)]));
  };
  listen("plan", () => known.isLoading || fill(), signal);
  main.append(heading, place);
  fill();
}

function freezeCard(announce) {
  const trouble = make("div", { role: "alert" });
  const input = make("input", { id: "freeze-because", autocomplete: "off", maxlength: "500", required: true });
  const go = make("button", { type: "submit", class: "primary danger" }, say("freeze.do"));
  const submit = (event) => {
    event.preventDefault();
    act(go, trouble, async () => {
      const answer = await api.freeze(input.value);
      announce(say(answer.recorded ? "freeze.done" : "freeze.flagged"));
    });
  };
  return make("section", { class: "card final", "aria-labelledby": "freeze-title" },
    make("h2", { id: "freeze-title" }, say("freeze.title")),
    make("ul", { class: "facts-list" }, ["freeze.fact_all", "freeze.fact_batch", "freeze.fact_record"].map((key) => make("li", {}, say(key)))),
    make("form", { on: { submit } },
      make("div", { class: "field stacked" }, make("label", { for: "freeze-because" }, say("freeze.because")), input),
      trouble, make("div", { class: "steps" }, go)));
}

function stopsCard() {
  return make("section", { class: "card act" },
    stops().map((stop) => [make("p", {}, stop.text), stop.source === "setting" && make("p", { class: "advice" }, stop.advice)]));
}

function thawCard(announce) {
  if (stops().every((stop) => stop.source === "setting")) {
    return make("p", {}, button(say("plan.read_again"), readOwnChanges, { class: "plain" }));
  }
  const trouble = make("div", { role: "alert" });
  const number = make("input", { id: "thaw-expect", inputmode: "numeric", autocomplete: "off", size: "6" });
  const because = make("input", { id: "thaw-because", autocomplete: "off", maxlength: "500" });
  const go = make("button", { type: "submit", class: "primary", disabled: true }, say("freeze.thaw"));
  const check = () => { go.disabled = typedNumber(number.value) === null && !because.value.trim(); };
  for (const input of [number, because]) input.addEventListener("input", check);
  const submit = (event) => {
    event.preventDefault();
    act(go, trouble, async () => {
      const answer = await api.thaw(typedNumber(number.value), because.value);
      announce(say(answer.stops.length ? "freeze.still" : "freeze.thawed"));
    });
  };
  return make("section", { class: "card final", "aria-labelledby": "thaw-title" },
    make("h2", { id: "thaw-title" }, say("freeze.thaw_title")),
    make("p", {}, say("freeze.thaw_hint", { n: known.plan.held_up })),
    make("form", { on: { submit } },
      make("div", { class: "field" }, make("label", { for: "thaw-expect" }, say("freeze.expect")), number),
      make("div", { class: "field stacked" }, make("label", { for: "thaw-because" }, say("freeze.or_because")), because),
      trouble, make("div", { class: "steps" }, go)));
}

// The plan is read again whatever happened: whether letters may go is known from it alone.
async function act(go, trouble, call) {
  go.disabled = true;
  trouble.replaceChildren();
  try {
    await call();
    await readOwnChanges();
  } catch (refusal) {
    trouble.replaceChildren(troubleNotice(refusal));
    go.disabled = false;
  }
}
