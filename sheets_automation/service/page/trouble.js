// What went wrong, and what a person can do about it.

import { button, make } from "./elements.js";
import { say } from "./words.js";
import { startedFrom } from "./state.js";

const ENDED = new Set(["unreachable"]);
const SIGNED_OUT = new Set(["not_signed_in"]);

/** The words of a refusal: the service's own, or ours where it could not speak. */
export function troubleText({ name, text, message }) {
  if (ENDED.has(name)) return say(`trouble.ended_${startedFrom()}`);
  if (SIGNED_OUT.has(name)) return text || message || say("trouble.signed_out");
  if (name === "no_progress") return say("trouble.no_progress");
  return text || message || say("trouble.unknown");
}

/** A notice of trouble, with a button that tries again. */
export function troubleNotice(refusal, again) {
  return make("section", { class: "notice act", role: "alert" },
    make("p", {}, troubleText(refusal)),
    again && button(say("trouble.again"), again, { class: "plain" }));
}

/** Show in `place` what `read` answers, drawn by `build`; say so while it takes time, and when it fails. */
export async function showWhenRead(place, read, build, signal) {
  place.setAttribute("aria-busy", "true");
  place.replaceChildren(make("p", { class: "dim waiting" }, say("shell.reading")));
  let content;
  try {
    content = build(await read());
  } catch (refusal) {
    if (refusal.status === undefined) throw refusal;  // a mistake of ours, not of the service
    content = troubleNotice(refusal, () => showWhenRead(place, read, build, signal));
  }
  if (signal.aborted) return;
  place.removeAttribute("aria-busy");
  place.replaceChildren(...[content].flat());
}
