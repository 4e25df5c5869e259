// Whose retention period is over: a list, the announcement, and the erasure of exactly those whom a person has looked at.

import { button, make, typed } from "./elements.js";
import { count, day, say, typedNumber } from "./words.js";
import { api } from "./api.js";
import { certificateParts } from "./certificate.js";
import { growingList } from "./lists.js";
import { personSearch } from "./person.js";
import { whereabouts } from "./people.js";
import { readOwnChanges } from "./state.js";
import { showWhenRead, troubleNotice } from "./trouble.js";

const CLOCK_PARTS = ["due", "reached", "announced", "kept"];

/** Draw where the clocks stand. */
export function retentionView(main, { signal, announce }) {
  const place = make("div", {});
  main.append(make("h1", {}, say("retention.title")), place);
  const read = () => showWhenRead(place, api.retention, (answer) => retentionParts(answer, { read, announce, place, signal }), signal);
  read();
}

function retentionParts(answer, desk) {
  const parts = CLOCK_PARTS.map((standing) => [standing, answer.people.filter((one) => one.standing === standing)]).filter(([, people]) => people.length);
  return [
    make("p", { class: "lead" }, say("retention.lead", { months: answer.months, days: answer.notice_days })),
    make("dl", { class: "figures" }, ["due", "announced", "reached", "kept", "running"].map((key) => make("div", {},
      make("dt", {}, say(`retention.${key}`)), make("dd", {}, count(answer[key]))))),
    answer.unfinished ? unfinishedErasure(answer, desk) : null,
    parts.length ? null : make("p", { class: "empty good" }, say("retention.none")),
    ...parts.map(([standing, people]) => clockPart(standing, people, answer, desk)),
    personSearch(desk),
  ].filter(Boolean);
}

function unfinishedErasure(answer, desk) {
  const trouble = make("div", { role: "alert" });
  const finish = button(say("retention.finish"), () => eraseNow(answer, 0, trouble, desk), { class: "plain" });
  return make("section", { class: "notice act" }, make("p", {}, say("retention.unfinished")), answer.due ? null : finish, trouble);
}

function clockPart(standing, people, answer, desk) {
  const id = `retention-${standing}`;
  return make("section", { class: "part", "aria-labelledby": id },
    make("h2", { id }, say(`retention.${standing}_title`, { n: answer[standing] })),
    growingList(people, clockRow),
    standing === "announced" ? make("p", { class: "aside dim" }, say("retention.keep_hint")) : null,
    standing === "reached" ? announcementForm(answer, desk) : null,
    standing === "due" ? erasureForm(answer, desk) : null);
}

function clockRow(one) {
  const facts = [
    one.since ? say("retention.since", { day: day(one.since) }) : say("retention.no_date"),
    one.due ? say("retention.from", { day: day(one.due) }) : "",
    one.rows > 1 ? say("retention.applications", { n: one.rows }) : "",
  ].filter(Boolean);
  return make("li", { class: "row" },
    make("div", { class: "who" }, typed(one.name || one.ids[0], { class: "name" }),
      make("p", { class: "dim line" }, facts.join(" ・ ")),
      one.untold && make("p", { class: "why" }, say("retention.untold")),
      one.text && make("p", { class: "why" }, one.text)),
    whereabouts({ id: one.ids[0], name: one.name, row: one.row, link: one.link }));
}

function announcementForm(answer, { place, announce, read }) {
  const trouble = make("div", { role: "alert" });
  const go = button(say("retention.announce", { n: answer.reached }), async () => {
    go.disabled = true;
    try {
      await api.announceRetention();
      announce(say("retention.announced_now"));
      read();
      readOwnChanges();
    } catch (refusal) {
      trouble.replaceChildren(troubleNotice(refusal));
      go.disabled = false;
    }
  }, { class: "primary" });
  return make("div", {}, make("p", { class: "aside dim" }, say("retention.announce_hint"), " ", say("retention.keep_hint")), trouble,
    make("div", { class: "steps" }, go));
}

function erasureForm(answer, desk) {
  const n = answer.due;
  const trouble = make("div", { role: "alert" });
  const input = make("input", { id: "people", name: "people", inputmode: "numeric", autocomplete: "off", required: true, size: "6" });
  const submit = (event) => {
    event.preventDefault();
    if (typedNumber(input.value) !== n) {
      trouble.replaceChildren(troubleNotice({ text: say("retention.wrong_number") }));
      return;
    }
    confirmErasure(n, () => eraseNow(answer, n, trouble, desk));
  };
  return make("div", { class: "aside" }, make("form", { class: "card act", on: { submit } },
    make("p", {}, say("retention.goes")), make("p", {}, say("retention.stays")),
    make("div", { class: "field" }, make("label", { for: "people" }, say("retention.type_number")), input), trouble,
    make("div", { class: "steps" }, make("button", { type: "submit", class: "primary danger" }, say("retention.erase", { n })))));
}

async function eraseNow(answer, expect, trouble, { place, announce, read }) {
  try {
    const certificate = await api.erase({ mark: answer.mark, expect });
    announce(say("retention.done", { n: certificate.people }));
    place.replaceChildren(...certificateParts(certificate, read));
    readOwnChanges();
  } catch (refusal) {
    trouble.replaceChildren(troubleNotice(refusal));
  }
}

// Nobody who was erased comes back: the last question before it names the number once more.
function confirmErasure(n, act) {
  const dialog = make("dialog", { "aria-labelledby": "erase-title" },
    make("h2", { id: "erase-title" }, say("retention.confirm_title", { n })),
    make("p", {}, say("retention.confirm_hint")),
    make("div", { class: "steps" },
      button(say("retention.confirm_no"), () => dialog.close(), { class: "plain" }),
      button(say("retention.erase", { n }), () => {
        dialog.close();
        act();
      }, { class: "primary danger" })));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
