// One person of the sheet in a list: name, row, and what there is to know or do.

import { button, make, typed, webAddress } from "./elements.js";
import { say } from "./words.js";
import { api } from "./api.js";
import { isSheetAtHand, known, takenOut, takeOut, wayTo } from "./state.js";
import { goToRow, sheet } from "./sheet.js";

const NOT_SELECTED = { hidden: "person.row_hidden", missing: "person.row_gone", unknown: "person.not_shown" };

/** Where somebody stands: a way to the row where the sheet is at hand or has an address, else the cell in words. */
export function whereabouts({ id, name, row, cell, link }) {
  const words = row ? say("person.row", { row: String(row) }) : String(cell ?? "");
  if (isSheetAtHand() && (cell || id)) return rowButton(words, cell ?? "", id ?? "", name ?? "");
  const address = webAddress(link);
  if (!address) return make("span", { class: "where dim", title: cell ?? false }, words);
  const label = `${words} ${say("person.opens_sheet")}`;
  return make("a", { class: "where", href: address, target: "_blank", rel: "noopener noreferrer", "aria-label": label }, words);
}

/** A button that selects a row of the sheet beside the page, or of the workbook that is open in Excel. */
export function rowButton(words, cell, id = "", name = "") {
  const go = button(words, async () => {
    const row = await selected(cell, id, name).catch(() => "unknown");
    go.textContent = row === "selected" ? words : say(NOT_SELECTED[row]);
    go.disabled = row === "missing";
  }, { class: "where", "aria-label": `${words} ${say("person.selects_row")}` });
  return go;
}

async function selected(cell, id, name) {
  if (!sheet) return (await api.selectRow({ cell, id, name })).row;
  return await goToRow(cell, id, name) ? "selected" : "missing";
}

/** Who did something, as one asks for them; the log also says from which page. */
export function nameOfActor(actor) {
  return actor.split(" (")[0];
}

/** The name of somebody in a list; among follow-ups it leads to all that went to them. */
export function nameOfPerson({ id, name }) {
  if (known.mailing === "results" || !id) return typed(name, { class: "name" });
  return make("a", { class: "name", href: wayTo(`history/${encodeURIComponent(id)}`) }, typed(name));
}

/** A letter of the plan as a row; with a button that takes it out. */
export function letterRow(letter, { withLooks }) {
  const isOut = takenOut.has(letter.id);
  return make("li", { class: isOut ? "row folds out" : "row folds", "data-id": letter.id },
    make("div", { class: "who" },
      make("p", { class: "first-line" },
        make("a", { class: "name", href: wayTo(`letters/${encodeURIComponent(letter.id)}`) }, typed(letter.name)),
        isOut && make("span", { class: "badge" }, say("person.is_out"))),
      make("p", { class: "dim line" }, typed(letter.opening), " ・ ", typed(letter.campaign || letter.template_title)),
      withLooks && lookList(letter)),
    whereabouts(letter),
    outButton(letter));
}

/** What somebody should look at before a letter goes. */
export function lookList({ looks }) {
  return looks.length ? make("ul", { class: "looks" }, looks.map((look) => make("li", {}, look.text))) : null;
}

/** The button that takes a letter out of the plan, or back in. */
export function outButton(letter) {
  const isOut = takenOut.has(letter.id);
  const act = say(isOut ? "person.put_back" : "person.take_out");
  return button(act, () => takeOut(letter.id, !takenOut.has(letter.id)), {
    class: "quiet", "aria-label": say(isOut ? "person.put_back_who" : "person.take_out_who", { name: letter.name }),
  });
}

/** What a search looks through, in one spelling. */
export function searchable(...texts) {
  return plainly(texts.join(" "));
}

/** The words of a search, each of which has to be found. */
export function searchWords(text) {
  return plainly(text).split(/\s+/).filter(Boolean);
}

function plainly(text) {
  return text.normalize("NFKC").toLowerCase();
}
