// One person who asks: found by name or address, shown all that is held about them, and erased at their word.

import { button, make, typed } from "./elements.js";
import { language, say } from "./words.js";
import { api } from "./api.js";
import { certificateParts } from "./certificate.js";
import { whereabouts } from "./people.js";
import { readOwnChanges } from "./state.js";
import { showWhenRead, troubleNotice } from "./trouble.js";

const REASONS = ["request", "withdrawn", "mistake"];

/** The form that finds a person; whoever is chosen takes the place of the list. */
export function personSearch(desk) {
  const found = make("div", { role: "status" });
  const submit = async (event) => {
    event.preventDefault();
    const words = new FormData(event.target).get("words").trim();
    if (!words) return;
    try {
      found.replaceChildren(...foundPeople(await api.findPerson(words), desk));
    } catch (refusal) {
      found.replaceChildren(troubleNotice(refusal));
    }
  };
  return make("section", { class: "card", "aria-labelledby": "person-title" },
    make("h2", { id: "person-title" }, say("retention.person_title")), make("p", { class: "dim" }, say("retention.person_lead")),
    make("form", { on: { submit } },
      make("div", { class: "field stacked" }, make("label", { for: "person-words" }, say("retention.person_words")),
        make("input", { id: "person-words", name: "words", type: "search", required: true, autocomplete: "off", maxlength: "200" })),
      make("div", { class: "steps" }, make("button", { type: "submit", class: "plain" }, say("retention.person_find")))),
    found);
}

function foundPeople({ people, more }, desk) {
  if (!people.length) return [make("p", { class: "empty" }, say("retention.person_nobody"))];
  return [
    make("ul", { class: "list" }, people.map((one) => foundPerson(one, desk))),
    more ? make("p", { class: "dim" }, say("retention.person_more", { n: more })) : null,
  ].filter(Boolean);
}

function foundPerson(one, desk) {
  const show = button(say("retention.person_show"), () => showPerson(one, desk), {
    class: "quiet", "aria-label": say("retention.person_show_who", { name: one.name || one.ids[0] }),
  });
  return make("li", { class: "row" },
    make("div", { class: "who" }, typed(one.name || one.ids[0], { class: "name" }),
      make("p", { class: "dim line" }, typed(one.address, { class: "address" }), one.ids.length > 1 && [" ・ ", say("retention.applications", { n: one.ids.length })])),
    whereabouts({ id: one.ids[0], name: one.name, row: one.row, link: one.link }), show);
}

function showPerson(one, desk) {
  showWhenRead(desk.place, () => api.person(one.ids[0]), (held) => heldParts(one, held, desk), desk.signal);
}

function heldParts(one, held, desk) {
  const letters = held.letters.map((letter) => make("details", {}, make("summary", {}, typed(letter.subject || letter.name)), make("p", { class: "dim" }, letter.date), make("pre", {}, typed(letter.text))));
  const records = held.records.map(({ tab, rows }) => make("details", {}, make("summary", {}, typed(tab), " ", say("retention.person_records", { n: rows.length })), rows.map(heldFacts)));
  return [
    make("h2", {}, typed(one.name || one.ids[0])), make("p", { class: "lead" }, held.retention),
    make("div", { class: "steps" }, button(say("retention.person_save"), () => savePage(one, held.page), { class: "primary" }),
      button(say("retention.again"), desk.read, { class: "plain" })),
    make("p", { class: "dim" }, say("retention.person_noted")),
    ...held.rows.map((row) => make("section", { class: "part" }, make("h3", {}, say("person.row", { row: String(row.row) })), heldFacts(row.cells))),
    letters.length ? make("section", { class: "part" }, make("h3", {}, say("retention.person_letters")), letters) : null,
    records.length ? make("section", { class: "part" }, make("h3", {}, say("retention.person_tabs")), records) : null,
    held.elsewhere.length ? make("section", { class: "notice act" }, make("p", {}, say("retention.person_elsewhere")), make("p", {}, typed(held.elsewhere.join("、")))) : null,
    one.obstacle ? make("section", { class: "notice act" }, make("p", {}, say("retention.person_stays"), " ", one.obstacle)) : personErasure(one, held, desk),
  ].filter(Boolean);
}

function heldFacts(cells) {
  return make("dl", { class: "held" }, Object.entries(cells).map(([heading, value]) => make("div", {}, make("dt", {}, typed(heading)), make("dd", {}, typed(value)))));
}

function savePage(one, page) {
  const address = URL.createObjectURL(new Blob([page], { type: "text/html" }));
  const link = make("a", { href: address, download: `person-${one.ids[0]}.${language()}.html` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);  // a browser that asks where to put it still reads it
}

// The name is typed anew: whoever erases has to know whom. The service compares it, and the rows that were shown.
function personErasure(one, held, desk) {
  const trouble = make("div", { role: "alert" });
  const submit = async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const go = event.target.querySelector("[type=submit]");
    go.disabled = true;
    try {
      const certificate = await api.erasePerson({ ids: held.candidate_ids, typed: form.get("typed"), reason: form.get("reason") });
      desk.announce(say("retention.done", { n: certificate.people }));
      desk.place.replaceChildren(...certificateParts(certificate, desk.read));
      readOwnChanges();
    } catch (refusal) {
      trouble.replaceChildren(troubleNotice(refusal));
      go.disabled = false;
    }
  };
  const reasons = REASONS.map((reason) => make("label", { class: "choice" }, make("input", { type: "radio", name: "reason", value: reason, required: true }),
    make("span", {}, say(`retention.reason_${reason}`))));
  const words = say(one.name ? "retention.type_name" : "retention.type_id", { id: one.ids[0] });
  return make("details", { class: "card act" }, make("summary", {}, say("retention.person_erase")),
    make("form", { on: { submit } },
      make("p", {}, say("retention.goes")), make("p", {}, say("retention.stays")), make("p", {}, say("retention.confirm_hint")),
      make("fieldset", { class: "choices" }, make("legend", {}, say("retention.reason")), reasons),
      make("div", { class: "field stacked" }, make("label", { for: "person-typed" }, words),
        make("input", { id: "person-typed", name: "typed", required: true, autocomplete: "off", maxlength: "200" })),
      trouble,
      make("div", { class: "steps" }, make("button", { type: "submit", class: "primary danger" }, say("retention.person_erase_do")))));
}
