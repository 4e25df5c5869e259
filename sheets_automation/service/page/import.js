// Taking in a file: it is looked at first, then what was shown is done by its number, and it can be taken back as a whole.

import { button, make, typed } from "./elements.js";
import { language, say, typedNumber, when } from "./words.js";
import { api } from "./api.js";
import { readOwnChanges } from "./state.js";
import { importPreview } from "./preview.js";
import { showWhenRead, troubleNotice } from "./trouble.js";

const LARGEST = 10 * 1024 * 1024;

// The file that is being looked at, with what the person has said of it. It leaves the page's memory with the page.
const desk = { file: null, encoding: null, said: new Map(), system: "", credit: "", uses: [] };

/** Draw the import: choose a file, look at what it would do, and do it. */
export function importView(main, { signal, announce }) {
  const place = make("div", { class: "importing" });
  const past = make("div", {});
  const screen = { place, signal, announce };
  const read = () => showWhenRead(past, api.imports, (imports) => pastImports(imports, screen), signal);
  screen.readAgain = () => {
    read();
    readOwnChanges();
  };
  main.append(make("h1", {}, say("import.title")), make("p", { class: "lead" }, say("import.lead")),
    dropCard((file) => fileChosen(file, screen)), place, past);
  read();
}

function dropCard(take) {
  const input = make("input", { type: "file", id: "import-file", class: "hidden", accept: ".csv,.tsv,.txt,.xlsx,.xlsm", on: { change: () => {
    if (input.files[0]) take(input.files[0]);
    input.value = "";  // the same file may be chosen again, after somebody has corrected it
  } } });
  const over = (is) => (event) => {
    event.preventDefault();
    card.classList.toggle("over", is);
  };
  const drop = (event) => {
    over(false)(event);
    if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
  };
  const card = make("section", { class: "card drop", on: { dragover: over(true), dragleave: over(false), drop } },
    make("p", { class: "big" }, say("import.drop")), input,
    make("label", { for: "import-file", class: "button primary" }, say("import.choose")),
    make("p", { class: "dim" }, say("import.kinds")));
  return card;
}

async function fileChosen(file, screen) {
  if (file.size > LARGEST) {
    screen.place.replaceChildren(troubleNotice({ text: say("import.too_large") }));
    return;
  }
  const { ledger } = await api.credits().catch(() => ({ ledger: [] }));  // no credit is no reason not to import
  Object.assign(desk, { credit: "", uses: ledger.filter(({ number }) => number), file: { name: file.name.slice(-80), content: await inBase64(file) }, encoding: null, said: new Map(), system: "" });
  look(screen);
}

function inBase64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}

// What the service is asked with: without a file, it is what people have answered in the workbook.
function asked() {
  if (!desk.file) return { file: null };
  const columns = [...desk.said].map(([heading, target]) => ({ system: desk.system, heading, target }));
  return { file: { ...desk.file, encoding: desk.encoding, columns, credit: desk.credit } };
}

function look(screen, focused = "") {
  showWhenRead(screen.place, () => api.previewImport(asked()), (found) => {
    desk.system = found.file?.system ?? "";
    screen.announce(say("import.shown", { n: found.number }));
    if (focused) queueMicrotask(() => document.getElementById(focused)?.focus({ preventScroll: true }));
    return importPreview(found, {
      say_encoding: (encoding) => {
        desk.encoding = encoding;
        look(screen, "import-encoding");
      },
      say_column: (heading, target, id) => {
        desk.said.set(heading, target);
        look(screen, id);
      },
    }).concat(creditChoice(screen) ?? [], applyForm(found, screen));
  }, screen.signal);
}

// By which credit these people were found, where any was ever used.
function creditChoice(screen) {
  if (!desk.file || !desk.uses.length) return null;
  const choose = ({ target }) => {
    desk.credit = target.value;
    look(screen, "import-credit");
  };
  const option = ({ number, opening }) => make("option", { value: number, selected: number === desk.credit }, [number, opening].filter(Boolean).join(" · "));
  return make("section", { class: "card" }, make("div", { class: "field" }, make("label", { for: "import-credit" }, say("import.credit")),
    make("select", { id: "import-credit", on: { change: choose } }, make("option", { value: "" }, say("import.no_credit")), desk.uses.map(option))));
}

function applyForm(found, screen) {
  if (!found.number && !found.proposed) return make("p", { class: "empty good" }, say(desk.file ? "import.nothing" : "import.no_answers"));
  const trouble = make("div", { role: "alert" });
  const number = make("input", { id: "import-number", inputmode: "numeric", autocomplete: "off", required: true });
  const go = make("button", { type: "submit", class: "primary" }, say("import.do", { n: found.number }));
  const submit = (event) => {
    event.preventDefault();
    const named = found.number ? typedNumber(number.value) : 0;
    if (named === found.number) apply(found, screen, go, trouble);
    else trouble.replaceChildren(troubleNotice({ text: say("import.other_number", { n: found.number }) }));
  };
  return make("form", { class: "card apply", on: { submit } },
    make("h2", {}, say(found.number ? "import.apply" : "import.apply_questions")),
    found.number > 0 && make("div", { class: "field" }, make("label", { for: "import-number" }, say("import.number", { n: found.number })), number),
    trouble, make("div", { class: "steps" }, go));
}

async function apply(found, screen, go, trouble) {
  go.disabled = true;
  go.textContent = say("import.doing");
  try {
    const done = await api.takeIn({ ...asked(), mark: found.mark, number: found.number });
    desk.file = null;
    screen.place.replaceChildren(doneCard(done, screen));
    screen.announce(say("import.done", done));
    screen.readAgain();
  } catch (refusal) {
    trouble.replaceChildren(troubleNotice(refusal, () => look(screen)));
    go.textContent = say("import.do", { n: found.number });
    go.disabled = false;
  }
}

function doneCard(done, screen) {
  return make("section", { class: "card final", "aria-labelledby": "import-done" },
    make("h2", { id: "import-done", class: "headline good" }, say("import.done", done)),
    done.waiting > 0 && make("p", {}, say("import.waiting", { n: done.waiting })),
    done.kept && make("p", { class: "notice act" }, done.kept.text));
}

function pastImports(imports, screen) {
  if (!imports.length) return [];
  return make("section", { class: "part", "aria-labelledby": "past-imports" },
    make("h2", { id: "past-imports" }, say("import.past")),
    make("ul", { class: "list" }, imports.map((one) => pastRow(one, screen))),
    make("div", { class: "steps" }, button(say("import.resolve"), () => {
      desk.file = null;
      look(screen);
    }, { class: "plain" })));
}

function pastRow(one, screen) {
  const trouble = make("div", { role: "alert" });
  return make("li", { class: "row folds" },
    make("div", { class: "who" }, make("p", { class: "first-line" }, typed(one.files || one.import_id, { class: "name" }),
      one.state !== "done" && make("span", { class: "badge" }, say(`import.state_${one.state}`))),
      make("p", { class: "dim line" }, when(one.at), " ・ ", typed(one.actor)),
      make("p", { class: "dim line" }, say("import.wrote", one)), trouble),
    one.can_be_undone && button(say("import.undo"), () => confirmUndo(one, () => undo(one, trouble, screen)), { class: "quiet" }));
}

function confirmUndo(one, act) {
  const dialog = make("dialog", { "aria-labelledby": "undo-title" },
    make("h2", { id: "undo-title" }, say("import.undo_title", { file: one.files || one.import_id })),
    make("p", {}, say("import.undo_hint", one)),
    make("div", { class: "steps" },
      button(say("send.confirm_no"), () => dialog.close(), { class: "plain" }),
      button(say("import.undo_do"), () => {
        dialog.close();
        act();
      }, { class: "primary" })));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

async function undo(one, trouble, { place, announce, readAgain }) {
  trouble.replaceChildren(make("p", { class: "dim" }, say("shell.reading")));
  try {
    const undone = await api.undoImport(one.import_id);
    announce(say("import.undone", { removed: undone.removed, restored: undone.restored }));
    if (undone.kept.length) {
      const separator = language() === "ja" ? "、" : ", ";
      trouble.replaceChildren(troubleNotice({ text: say("import.undo_kept", { n: undone.kept.length, ids: undone.kept.join(separator) }) }, readAgain));
    } else {
      place.replaceChildren();  // what stood there is no longer so
      readAgain();
    }
  } catch (refusal) {
    trouble.replaceChildren(troubleNotice(refusal));
  }
}
