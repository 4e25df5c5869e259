// What an import would do, before it does anything: how the file was understood, who is added, what changes, what is asked.

import { make, typed } from "./elements.js";
import { count, say } from "./words.js";
import { growingList } from "./lists.js";

const OUTCOMES = ["added", "changed", "proposed", "refused", "unchanged"];
const TO_LOOK_AT = new Set(["proposed", "unused", "forbidden"]);

/** The parts of a preview. `act` is told what a person says of the encoding and of columns. */
export function importPreview(found, act) {
  return [
    make("section", { class: "head", "aria-labelledby": "import-shown" },
      make("h2", { id: "import-shown", class: "headline" }, say(found.number ? "import.shown" : "import.shown_none", { n: found.number })),
      make("p", { class: "dim" }, say("import.not_yet")),
      make("ul", { class: "numbers" }, OUTCOMES.map((kind) => numberOf(kind, found[kind])))),
    found.file && fileCard(found.file, act),
    ...lists(found),
  ].filter(Boolean);
}

function numberOf(kind, n) {
  const look = n && (kind === "proposed" || kind === "refused") ? "act" : n && kind !== "unchanged" ? "accent" : "";
  return make("li", {}, make("div", { class: `number ${look}` },
    make("span", { class: "label" }, say(`import.${kind}`)), make("strong", {}, count(n))));
}

function fileCard(file, act) {
  return make("section", { class: "card", "aria-labelledby": "import-how" },
    make("h2", { id: "import-how" }, typed(file.name)),
    make("dl", { class: "understood" },
      understood("import.system", file.knows_system ? typed(file.system) : say("import.no_system")),
      file.encoding ? understood("import.encoding", encodingChoice(file, act)) : understood("import.sheet", typed(file.sheet)),
      file.delimiter && understood("import.delimiter", say(`import.delimiter_${nameOf(file.delimiter)}`)),
      understood("import.lines", say("import.lines_from", { n: file.lines, row: file.heading_row }))),
    columnsPart(file, act));
}

function nameOf(delimiter) {
  return { ",": "comma", "\t": "tab", ";": "semicolon", "|": "bar" }[delimiter] ?? "comma";
}

function understood(key, ...content) {
  return make("div", {}, make("dt", {}, say(key)), make("dd", {}, content));
}

function encodingChoice(file, act) {
  const known = file.encodings.includes(file.encoding) ? file.encodings : [file.encoding, ...file.encodings];
  return make("select", { id: "import-encoding", "aria-label": say("import.encoding"), on: { change: (event) => act.say_encoding(event.target.value) } },
    known.map((one) => make("option", { value: one, selected: one === file.encoding }, one)));
}

function columnsPart(file, act) {
  const open = file.columns.some((one) => one.certainty === "proposed");
  return make("details", { class: "columns", open },
    make("summary", {}, make("span", { class: "reason" }, say("import.columns")), make("span", { class: "count" }, count(file.columns.length))),
    make("p", { class: "advice" }, say("import.columns_hint")),
    make("ul", {}, file.columns.map((one, index) => columnRow(one, index, file.targets, act))));
}

function columnRow(one, index, targets, act) {
  const id = `import-column-${index}`;
  return make("li", { class: "column" },
    make("div", { class: "who" }, make("label", { for: id, class: "name" }, typed(one.heading)),
      make("span", { class: TO_LOOK_AT.has(one.certainty) ? "badge" : "badge good" }, say(`import.certainty_${one.certainty}`)),
      make("p", { class: "dim line" }, one.sample ? typed(one.sample) : "–", one.date_style && [" ・ ", say(`import.date_${one.date_style}`)])),
    targetChoice(one, id, targets, act));
}

// A proposal counts only when somebody chooses it; so it stands in the list as what it is: a proposal.
function targetChoice(one, id, targets, act) {
  if (one.certainty === "forbidden") return make("span", { class: "dim line", id }, "–");
  const own = one.certainty === "proposed" ? say("import.proposal", { target: one.target || "–" })
    : one.use === "names" || one.use === "matching" ? say(`import.use_${one.use}`) : null;
  const now = own === null ? one.target : null;
  return make("select", { id, on: { change: (event) => act.say_column(one.heading, event.target.value, id) } },
    own !== null && make("option", { selected: true, disabled: true }, own),
    make("option", { value: "", selected: now === "" }, say("import.left_out")),
    targets.map((target) => make("option", { value: target, selected: now === target }, target)));
}

function lists(found) {
  return [
    part("proposed", found.proposed, found.proposals, proposalRow, true),
    part("refused", found.refused, found.refusals, refusalRow, true),
    part("added", found.added, found.additions, additionRow, false),
    part("changed", found.changed, found.changes, changeRow, false),
  ].filter(Boolean);
}

function part(kind, total, lines, row, open) {
  if (!total) return null;
  return make("details", { class: open ? "card act" : "card", open },
    make("summary", {}, make("span", { class: "reason" }, say(`import.${kind}_title`)), make("span", { class: "count" }, count(total))),
    kind === "proposed" && make("p", { class: "advice" }, say("import.proposed_hint")),
    growingList(lines, row),
    total > lines.length && make("p", { class: "advice" }, say("import.more", { n: total - lines.length })));
}

function additionRow(one) {
  return make("li", { class: "row" }, make("div", { class: "who" },
    make("p", { class: "first-line" }, typed(one.name, { class: "name" }), one.past.length > 0 && make("span", { class: "badge good" }, say("import.came_back"))),
    make("p", { class: "dim line" }, typed(one.opening)),
    one.past.map((text) => make("p", { class: "dim line" }, say("import.before"), " ", typed(text)))),
  lineOf(one.line));
}

function changeRow(one) {
  return make("li", { class: "row" }, make("div", { class: "who" },
    typed(one.name, { class: "name" }),
    make("ul", {}, one.cells.map((cell) => make("li", { class: "line" }, typed(cell.heading, { class: "dim" }), " ",
      cell.before && [make("del", {}, typed(cell.before)), " → "], make("b", {}, typed(cell.after)))))),
  make("span", { class: "where dim" }, say("person.row", { row: String(one.row) })));
}

function proposalRow(one) {
  return make("li", { class: "row" }, make("div", { class: "who" },
    make("p", { class: "name" }, say(`import.ask_${one.kind}`)),
    make("p", { class: "why" }, say("import.evidence"), " ", one.evidence),
    make("p", { class: "line" }, make("span", { class: "dim" }, say("import.file_says")), " ", typed(one.file_says)),
    one.workbook_says.map((text) => make("p", { class: "line" }, make("span", { class: "dim" }, say("import.workbook_says")), " ", typed(text)))),
  lineOf(one.line));
}

function refusalRow(one) {
  return make("li", { class: "row" }, make("div", { class: "who" },
    one.heading && typed(one.heading, { class: "name" }), make("p", { class: "why" }, one.text)), one.line > 0 ? lineOf(one.line) : null);
}

function lineOf(line) {
  return make("span", { class: "where dim" }, say("import.line", { line: String(line) }));
}
