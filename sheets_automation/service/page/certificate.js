// 消去証明: what was erased, what was kept and why, and what is left for a person to do.

import { button, make, typed } from "./elements.js";
import { count, say } from "./words.js";

/** The certificate of an erasure; `read` leads back to where the page stood. */
export function certificateParts(one, read) {
  const list = (key, lines) => lines.length ? make("section", { class: "part" }, make("h2", {}, say(key)), make("ul", {}, lines.map((text) => make("li", {}, text)))) : null;
  return [
    make("p", { class: one.left.length || one.cells_kept || one.waiting ? "headline" : "headline good" }, say("retention.done", { n: one.people })),
    make("p", { class: "dim" }, say("retention.certificate"), " ・ ", say("retention.erasure"), " ", typed(one.erasure), " ・ ", typed(one.workbook)),
    list("retention.erased_title", one.erased.map((line) => `${line.text}: ${count(line.count)}`)),
    list("retention.left_title", [...one.left.map((line) => say("retention.left", { tab: line.tab, n: line.cells })), one.cells_kept, one.waiting].filter(Boolean)),
    list("retention.kept_why", one.kept.map((line) => line.text)),
    list("retention.beyond_title", one.beyond.map((line) => line.text)),
    make("div", { class: "steps" }, button(say("retention.print"), () => print(), { class: "plain" }), button(say("retention.again"), read, { class: "plain" })),
  ].filter(Boolean);
}
