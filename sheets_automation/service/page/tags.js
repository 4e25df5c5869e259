// Tags that HR's rules propose, with the reason for each: a person adds them to the sheet or refuses them here.

import { make, typed } from "./elements.js";
import { say } from "./words.js";
import { api } from "./api.js";
import { readOwnChanges } from "./state.js";
import { whereabouts } from "./people.js";
import { showWhenRead, troubleNotice } from "./trouble.js";

const MOST_IN_A_LIST = 200;

/** Draw what is proposed, and what could be written alike. */
export function tagsView(main, { signal, announce }) {
  const place = make("div", {});
  main.append(make("h1", {}, say("tags.title")), make("p", { class: "lead" }, say("tags.lead")), place);
  showWhenRead(place, api.tags, (answer) => tagParts(answer, { place, announce }), signal);
}

function tagParts({ people, proposals, tidy, problems, resting }, desk) {
  const tags = [...new Set(proposals.map(({ tag }) => tag))];
  return [
    proposals.length ? make("p", { class: "headline" }, say("tags.proposed", { n: proposals.length, people })) : make("p", { class: "empty good" }, say("tags.none")),
    ...tags.map((tag, index) => tagForm(`tag-${index}`, tag, proposals.filter((one) => one.tag === tag), desk)),
    tidyPart(tidy),
    troublePart([...problems, ...resting]),
  ].filter(Boolean);
}

function tagForm(id, tag, lines, desk) {
  const shown = lines.slice(0, MOST_IN_A_LIST);
  const boxes = shown.map((one, index) => make("input", { type: "checkbox", id: `${id}-${index}` }));
  const all = make("input", { type: "checkbox", on: { change: () => {
    for (const box of boxes) box.checked = all.checked;
  } } });
  const trouble = make("div", { role: "alert" });
  const submit = (event) => {
    event.preventDefault();
    const chosen = shown.filter((_, index) => boxes[index].checked).map((one) => ({ candidate_id: one.candidate_id, tag }));
    if (chosen.length) answerWith(event.submitter.value, chosen, trouble, desk);
    else trouble.replaceChildren(troubleNotice({ text: say("tags.choose") }));
  };
  return make("section", { class: "part", "aria-labelledby": id },
    make("h2", { id }, typed(tag), " ", say("tags.people", { n: lines.length })),
    make("form", { class: "doubts", on: { submit } },
      shown.length > 1 && make("label", { class: "choice all" }, all, make("span", {}, say("tags.all", { n: shown.length }))),
      make("ul", { class: "list" }, shown.map((one, index) => tagRow(one, boxes[index]))),
      lines.length > shown.length && make("p", { class: "dim" }, say("tags.more", { n: lines.length - shown.length })), trouble,
      make("div", { class: "steps" },
        make("button", { type: "submit", value: "accept", class: "primary" }, say("tags.accept")),
        make("button", { type: "submit", value: "refuse", class: "plain" }, say("tags.refuse")))));
}

function tagRow(one, box) {
  return make("li", { class: "row" }, box,
    make("div", { class: "who" }, make("label", { for: box.id, class: "name" }, typed(one.name || one.candidate_id)),
      make("p", { class: "dim line" }, typed(one.opening)),
      make("p", { class: "why" }, say("tags.why"), " ", typed(one.why))),
    whereabouts({ id: one.candidate_id, name: one.name, row: one.row, link: one.link }));
}

async function answerWith(word, chosen, trouble, desk) {
  try {
    const written = await api.answerTags({ accept: [], refuse: [], [word]: chosen });
    desk.announce(say("tags.done", { added: written.accepted, refused: written.refused }));
    desk.place.replaceChildren(...tagParts(written.tags, desk));
    if (written.kept) desk.place.prepend(troubleNotice({ text: written.kept }));
    readOwnChanges();
  } catch (refusal) {
    trouble.replaceChildren(troubleNotice(refusal));
  }
}

function tidyPart(lines) {
  if (!lines.length) return null;
  return make("section", { class: "part", "aria-labelledby": "tags-tidy" },
    make("h2", { id: "tags-tidy" }, say("tags.tidy")), make("p", { class: "lead" }, say("tags.tidy_lead")),
    make("ul", { class: "list" }, lines.map((one) => make("li", { class: "row" }, make("div", { class: "who" },
      make("p", {}, typed(one.label), " → ", typed(one.instead), " ", make("span", { class: "dim" }, say("tags.people", { n: one.people }))),
      make("p", { class: "why" }, one.why))))));
}

function troublePart(lines) {
  if (!lines.length) return null;
  return make("section", { class: "part", "aria-labelledby": "tags-rules" }, make("h2", { id: "tags-rules" }, say("tags.rules")),
    make("ul", { class: "looks" }, lines.map(({ where, text }) => make("li", {}, where && [typed(where), ": "], text))));
}
