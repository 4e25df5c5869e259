// Letters of which nobody knows whether they left, and those that go no more by themselves: a person looks, and says so here.

import { make, typed } from "./elements.js";
import { say, when } from "./words.js";
import { api } from "./api.js";
import { known, readOwnChanges } from "./state.js";
import { whereabouts } from "./people.js";
import { showWhenRead, troubleNotice } from "./trouble.js";

/** Draw the letters that wait for a person's word. */
export function settleView(main, { signal, announce }) {
  const doubts = make("div", {});
  main.append(make("h1", {}, say("settle.title")), make("p", { class: "lead" }, say("settle.lead")), doubts);
  if (known.mailing === "results") main.append(reopenCard(announce));
  const read = () => showWhenRead(doubts, () => api.uncertain(known.mailing), ({ letters }) => waitingParts(letters, read, announce), signal);
  read();
}

function waitingParts(letters, read, announce) {
  const doubtful = letters.filter((letter) => letter.words.includes("sent"));
  const [inDoubt, apologies] = [doubtful.filter((letter) => letter.kind !== "apology"), doubtful.filter((letter) => letter.kind === "apology")];
  const stopped = letters.filter((letter) => !letter.words.includes("sent"));
  return [
    inDoubt.length ? wordForm("doubt", inDoubt, read, announce) : make("p", { class: "empty good" }, say("settle.none")),
    ...(apologies.length ? [wordForm("apology", apologies, read, announce)] : []),
    ...(stopped.length ? [stoppedPart(stopped, read, announce)] : []),
  ];
}

function stoppedPart(letters, read, announce) {
  return make("section", { class: "part", "aria-labelledby": "stopped-title" },
    make("h2", { id: "stopped-title" }, say("settle.stopped_title")), make("p", { class: "lead" }, say("settle.stopped_lead")),
    wordForm("stopped", letters, read, announce));
}

// The letters of one form are of one kind and have the same words; where there is one alone, it is chosen.
function wordForm(part, letters, read, announce) {
  const { words, kind } = letters[0];
  const boxes = letters.map((letter) => make("input", { type: "checkbox", name: "id", value: letter.id, id: `${part}-${letter.id}` }));
  const all = make("input", { type: "checkbox", id: `${part}-all`, on: { change: () => {
    for (const box of boxes) box.checked = all.checked;
  } } });
  const trouble = make("div", { role: "alert" });
  const submit = async (event) => {
    event.preventDefault();
    const ids = boxes.filter((box) => box.checked).map((box) => box.value);
    const form = new FormData(event.target);
    if (!ids.length || !form.get("word")) {
      trouble.replaceChildren(troubleNotice({ text: say("settle.choose") }));
      return;
    }
    if (await settle(ids, form.get("word"), form.get("note"), trouble, announce, kind)) read();
  };
  return make("form", { class: "doubts", on: { submit } },
    letters.length > 1 && make("label", { class: "choice all" }, all, make("span", {}, say("settle.all", { n: letters.length }))),
    make("ul", { class: "list" }, letters.map((letter, index) => doubtRow(letter, boxes[index]))),
    make("fieldset", { class: "choices" }, make("legend", {}, say("settle.what")), words.map((word) => wordChoice(word, words.length === 1))),
    noteField(`${part}-note`), trouble,
    make("div", { class: "steps" }, make("button", { type: "submit", class: "primary" }, say("settle.do"))));
}

function doubtRow(letter, box) {
  return make("li", { class: "row" }, box,
    make("div", { class: "who" }, make("label", { for: box.id, class: "name" }, typed(letter.name)),
      make("p", { class: "dim line" }, typed(letter.address, { class: "address" }), letter.at && [" ・ ", when(letter.at)]),
      letter.text && make("p", { class: "why" }, letter.text)),
    whereabouts(letter));
}

function wordChoice(word, isOnly) {
  return make("label", { class: "choice" }, make("input", { type: "radio", name: "word", value: word, checked: isOnly }),
    make("span", {}, make("b", {}, say(`settle.${word}`)), make("small", { class: "dim" }, say(`settle.${word}_hint`))));
}

function noteField(id) {
  return make("div", { class: "field stacked" }, make("label", { for: id }, say("settle.note")),
    make("input", { id, name: "note", autocomplete: "off", maxlength: "200" }));
}

async function settle(ids, word, note, trouble, announce, kind = "") {
  try {
    const { settled, not_settled: others = [] } = await api.settle(ids, word, note ?? "", known.mailing, kind);
    trouble.replaceChildren();
    announce(say("settle.settled", { n: settled }));
    readOwnChanges();
    if (others.length) trouble.replaceChildren(troubleNotice({ text: say("settle.not_settled", { ids: others.map((one) => one.id).join("、") }) }));
    return others.length === 0;
  } catch (refusal) {
    trouble.replaceChildren(troubleNotice(refusal));
    return false;
  }
}

// A new decision on a row that was told before: rare, so it stays folded.
function reopenCard(announce) {
  const trouble = make("div", { role: "status" });
  const submit = async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const id = form.get("id").trim();
    if (await settle([id], "reopen", form.get("note"), trouble, announce)) {
      event.target.reset();
      trouble.replaceChildren(make("p", {}, say("settle.reopened")));
    }
  };
  return make("details", { class: "card" }, make("summary", {}, say("settle.reopen")),
    make("p", { class: "advice" }, say("settle.reopen_hint")),
    make("form", { on: { submit } },
      make("div", { class: "field stacked" }, make("label", { for: "reopen-id" }, say("settle.id")),
        make("input", { id: "reopen-id", name: "id", required: true, autocomplete: "off" })),
      noteField("reopen-note"), trouble,
      make("div", { class: "steps" }, make("button", { type: "submit", class: "plain" }, say("settle.reopen_do")))));
}
