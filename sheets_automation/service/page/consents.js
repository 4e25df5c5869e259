// Who agrees to follow-ups, what proves it, and the form that puts a person's word on record.

import { make, typed } from "./elements.js";
import { day, say } from "./words.js";
import { api } from "./api.js";
import { growingList } from "./lists.js";
import { nameOfActor, nameOfPerson, searchable, searchWords, whereabouts } from "./people.js";
import { everybody, listen, readOwnChanges } from "./state.js";
import { showWhenRead, troubleNotice } from "./trouble.js";

const MOST_FOUND = 8;

/** Draw the consents. */
export function consentsView(main, { signal, announce }) {
  const place = make("div", { class: "spaced" });
  main.append(make("h1", {}, say("follow_up.consents_title")), make("p", { class: "lead" }, say("follow_up.consents_lead")), place);
  const show = (answer) => consentParts(answer, { announce, signal, showAnew: (next) => place.replaceChildren(...show(next)) });
  showWhenRead(place, api.consents, show, signal);
}

function consentParts(answer, desk) {
  return [
    make("p", { class: "headline" }, say("follow_up.agreed", { n: answer.agreed })),
    consentForm(answer, desk),
    answer.people.length ? growingList(answer.people, consentRow) : make("p", { class: "empty" }, say("follow_up.consents_none")),
  ];
}

function consentRow(one) {
  const word = one.refused ? "refuses" : one.agrees ? "agrees" : "agrees_not";
  const proof = one.at
    ? [day(one.at), writtenDown(one), one.wording && say("follow_up.wording_of", { wording: one.wording }), one.source, nameOfActor(one.actor)]
    : [say(one.agrees ? "follow_up.only_in_sheet" : "follow_up.by_sheet")];
  return make("li", { class: "row folds" },
    make("div", { class: "who" },
      make("p", { class: "first-line" }, nameOfPerson({ ...one, name: one.name || one.id }), make("span", { class: word === "agrees" ? "badge good" : "badge" }, say(`follow_up.${word}`))),
      make("p", { class: "dim line" }, proof.filter(Boolean).flatMap((fact, index) => (index ? [" ・ ", typed(fact)] : [typed(fact)])))),
    whereabouts({ id: one.id, name: one.name, row: one.row, link: one.link }));
}

function writtenDown(one) {
  const on = one.recorded_at && day(one.recorded_at);
  return on && on !== day(one.at) && say("follow_up.written_down", { day: on });
}

function consentForm(answer, desk) {
  const trouble = make("div", { role: "alert" });
  const chosen = new Map();
  const submit = async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const agrees = form.get("agrees");
    if (!chosen.size || !agrees) {
      trouble.replaceChildren(troubleNotice({ text: say("follow_up.choose") }));
      return;
    }
    const said = { ids: [...chosen.keys()], agrees: agrees === "yes", source: form.get("source"), wording: form.get("wording"), on: form.get("on") };
    try {
      const next = await api.recordConsent(said);
      desk.announce(say("follow_up.recorded", { n: next.recorded }));
      desk.showAnew(next);
      readOwnChanges();
    } catch (refusal) {
      trouble.replaceChildren(troubleNotice(refusal));
    }
  };
  return make("details", { class: "card" }, make("summary", {}, make("span", { class: "reason" }, say("follow_up.record"))),
    make("form", { on: { submit } },
      peopleChoice(chosen, desk.signal),
      make("fieldset", { class: "choices" }, make("legend", {}, say("follow_up.what_said")), ["yes", "no"].map(consentChoice)),
      fieldOf("source", { required: true, maxlength: "200", placeholder: say("follow_up.source_like") }),
      fieldOf("on", { type: "date", min: "2000-01-01" }),
      fieldOf("wording", { maxlength: "200", placeholder: answer.wording }),
      trouble,
      make("div", { class: "steps" }, make("button", { type: "submit", class: "primary" }, say("follow_up.record_do")))));
}

function consentChoice(word) {
  return make("label", { class: "choice" }, make("input", { type: "radio", name: "agrees", value: word }), make("span", {}, say(`follow_up.says_${word}`)));
}

function fieldOf(name, facts) {
  const id = `consent-${name}`;
  return make("div", { class: "field stacked" }, make("label", { for: id }, say(`follow_up.${name}`)), make("input", { id, name, autocomplete: "off", ...facts }));
}

// Whoever is chosen stays in the list while somebody else is looked for.
function peopleChoice(chosen, signal) {
  const input = make("input", { type: "search", id: "consent-who", autocomplete: "off", spellcheck: "false" });
  const list = make("ul", { class: "found" });
  const fill = () => {
    const words = searchWords(input.value);
    const found = words.length ? everybody().filter((one) => !chosen.has(one.id) && fitsWords(one, words)) : [];
    const more = found.length > MOST_FOUND ? make("li", { class: "dim" }, say("follow_up.more", { n: found.length - MOST_FOUND })) : "";
    list.replaceChildren(...[...chosen.values(), ...found.slice(0, MOST_FOUND)].map((one) => personChoice(one, chosen, fill)), more);
  };
  input.addEventListener("input", fill);
  listen("plan", fill, signal);
  return make("div", {}, make("div", { class: "field stacked" }, make("label", { for: "consent-who" }, say("follow_up.who")), input), list);
}

function personChoice(one, chosen, fill) {
  const box = make("input", { type: "checkbox", id: `consent-${one.id}`, checked: chosen.has(one.id) });
  box.addEventListener("change", () => {
    if (box.checked) chosen.set(one.id, one);
    else chosen.delete(one.id);
    fill();
    document.getElementById(box.id)?.focus();
  });
  return make("li", {}, make("label", { class: "choice" }, box,
    make("span", {}, typed(one.name || one.id), " ", make("small", { class: "dim" }, typed(one.opening), " ・ ", say("person.row", { row: String(one.row) })))));
}

function fitsWords(one, words) {
  const about = searchable(one.name ?? "", one.id, one.address ?? "", one.opening ?? "");
  return words.every((word) => about.includes(word));
}
