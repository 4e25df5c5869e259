// What is wrong with the workbook, the letters and the settings, and what was looked at and is right.

import { button, make, webAddress } from "./elements.js";
import { say } from "./words.js";
import { api } from "./api.js";
import { growingList } from "./lists.js";
import { rowButton } from "./people.js";
import { isSheetAtHand } from "./state.js";
import { showWhenRead } from "./trouble.js";

/** Draw the check. */
export function checkView(main, { signal, announce }) {
  const place = make("div", {});
  main.append(make("h1", {}, say("check.title")), place);
  const read = () => showWhenRead(place, api.check, (answer) => {
    announce(headline(answer.problems.length));
    return checkParts(answer, read);
  }, signal);
  read();
}

function headline(n) {
  return n ? say("check.wrong", { n }) : say("check.right");
}

function checkParts({ problems, fine }, read) {
  return [
    make("p", { class: problems.length ? "headline" : "headline good" }, headline(problems.length)),
    problems.length ? growingList(problems, problemRow) : null,
    fine.length ? make("section", { class: "part", "aria-labelledby": "fine-title" },
      make("h2", { id: "fine-title" }, say("check.fine")),
      make("ul", { class: "ticks" }, fine.map((text) => make("li", {}, text)))) : null,
    make("div", { class: "steps" }, button(say("check.again"), read, { class: "plain" }),
      make("a", { class: "button plain", href: "#retention" }, say("retention.title"))),
  ].filter(Boolean);
}

function problemRow(problem) {
  return make("li", { class: "row" },
    make("div", { class: "who" }, make("p", { class: "why" }, problem.text)), whereToLook(problem));
}

/** The cell that is to blame: a way there where the sheet is at hand or has an address. */
export function whereToLook({ cell, where, link }) {
  const place = cell ?? where ?? "";
  if (isSheetAtHand() && cell?.includes("!")) return rowButton(place, cell);
  const address = webAddress(link);
  if (!address) return make("span", { class: "where dim" }, place);
  const label = `${place} ${say("person.opens_sheet")}`;
  return make("a", { class: "where", href: address, target: "_blank", rel: "noopener noreferrer", "aria-label": label }, place);
}
