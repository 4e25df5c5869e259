// Which follow-ups went to whom, when and why; of one person, or of everybody.

import { button, make, typed } from "./elements.js";
import { day, say, when } from "./words.js";
import { api } from "./api.js";
import { growingList } from "./lists.js";
import { nameOfPerson, whereabouts } from "./people.js";
import { known, listen, person, readOwnChanges } from "./state.js";
import { showWhenRead, troubleNotice } from "./trouble.js";

const ARRIVED = new Set(["sent"]);

/** Draw the history; `rest` is the id of a person, or empty for everybody. */
export function historyView(main, { rest, signal, announce }) {
  const place = make("div", { class: "spaced" });
  let answered = null;
  const heading = make("h1", {}, say("follow_up.history_title"));
  main.append(heading, place);
  const show = (answer) => {
    answered = answer;
    const name = answer.follow_ups[0]?.name || person(rest)?.name || rest;
    if (rest) heading.replaceChildren(say("follow_up.history_of", { name }));
    return historyParts(answer, rest, { read, announce });
  };
  const read = () => showWhenRead(place, () => api.followUps(rest), show, signal);
  // Whether somebody waits for a person's word, the plan alone knows: it may come later.
  listen("plan", () => known.isLoading || !answered || place.replaceChildren(...show(answered)), signal);
  read();
}

function historyParts({ total, follow_ups: lines }, whose, desk) {
  const lastOnes = lastAnswers(lines);
  return [
    whose ? make("p", {}, make("a", { href: "#follow_up/history" }, say("follow_up.of_everybody"))) : make("p", { class: "lead" }, say("follow_up.history_lead")),
    lines.length ? growingList(lines, (one) => historyRow(one, lastOnes.has(one), desk)) : make("p", { class: "empty" }, say("follow_up.history_none")),
    total > lines.length ? make("p", { class: "dim" }, say("follow_up.more", { n: total - lines.length })) : null,
  ].filter(Boolean);
}

// The last follow-up to each row, where it was answered: from there a person lets news go on. The newest stands first.
function lastAnswers(lines) {
  const last = new Map();
  for (const one of lines) if (!last.has(one.id)) last.set(one.id, one);
  return new Set([...last.values()].filter((one) => one.replied_at));
}

function historyRow(one, waits, desk) {
  const state = make("span", { class: ARRIVED.has(one.state) ? "badge good" : "badge" }, say(`follow_up.state_${stateOfFollowUp(one)}`));
  return make("li", { class: "row folds" },
    make("div", { class: "who" },
      make("p", { class: "first-line" }, one.name ? nameOfPerson(one) : typed(one.id, { class: "name" }), state),
      make("p", { class: "line" }, one.at ? day(one.at) : "–", " ・ ", typed(one.campaign || one.letter), one.subject && [" ・ ", typed(one.subject)]),
      make("p", { class: "dim line" }, say("follow_up.because"), " ", typed(one.why || "–")),
      one.replied_at && make("p", { class: "why" }, say("follow_up.replied", { when: when(one.replied_at) })),
      waits && isWaiting(one.id) ? goOnPart(one, desk) : null),
    whereabouts({ id: one.id, name: one.name, row: one.row, link: one.link }));
}

function stateOfFollowUp({ state }) {
  return ["sent", "bounced", "uncertain"].includes(state) ? state : "prepared";
}

// Whether news rests because of the answer: whoever let it go on already is left out for other reasons, or for none.
function isWaiting(id) {
  const group = known.plan?.left_out.find(({ reason }) => reason === "person_answered");
  return Boolean(group?.people.some((one) => one.id === id));
}

function goOnPart(one, { read, announce }) {
  const trouble = make("div", { role: "alert" });
  const go = button(say("follow_up.go_on"), async () => {
    go.disabled = true;
    try {
      const { not_settled: others } = await api.settle([one.id], "reopen", "", "follow_up");
      if (others.length) throw Object.assign(new Error(say("follow_up.not_gone_on")), { name: "conflict" });
      announce(say("follow_up.gone_on", { name: one.name }));
      await readOwnChanges();
      read();
    } catch (refusal) {
      trouble.replaceChildren(troubleNotice(refusal));
      go.disabled = false;
    }
  }, { class: "plain", "aria-label": say("follow_up.go_on_who", { name: one.name }) });
  return [make("p", { class: "dim line" }, say("follow_up.rests_by_answer")), go, trouble];
}
