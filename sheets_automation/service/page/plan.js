// The plan at a glance: who gets a letter, who does not and why.

import { button, make, typed } from "./elements.js";
import { count, say, when } from "./words.js";
import { chosenLetters, known, listen, readPlan, takenOut, wayTo } from "./state.js";
import { whereToLook } from "./check.js";
import { releaseButton } from "./hold.js";
import { growingList, WindowedList } from "./lists.js";
import { letterRow, nameOfPerson, searchable, searchWords, whereabouts } from "./people.js";
import { stops } from "./freeze.js";
import { campaignParts } from "./campaigns.js";

const SEVERITIES = ["act", "wait", "none"];
const SHOWN_OPEN = 20;
const SETTLED = new Set(["letter_uncertain", "too_many_failures", "address_bounced", "record_lost"]);  // by a person's word

let searched = "";
let filling = new AbortController();

/** Draw the plan. `rest` names the part to scroll to: "going", "left-out" or "act". */
export function planView(main, { rest, signal, again, announce }) {
  const { plan } = known;
  listen("plan", again, signal);
  if (!plan) {
    main.append(make("h1", {}, say("plan.place")), known.trouble ? "" : waitingPlan());
    return;
  }
  const lists = make("div", { class: "lists" });
  const campaigns = plan.campaigns ? campaignParts(plan.campaigns, announce) : [];
  if (plan.campaigns && !plan.campaigns.is_there) {
    main.append(...campaigns);
    return;
  }
  main.append(headOfPlan(plan, signal), ...firstSteps(plan), ...campaigns, searchBox(lists, plan, signal, announce), lists);
  fillLists(lists, plan, searchWords(searched), signal);
  if (rest) document.getElementById(rest)?.scrollIntoView();
}

function waitingPlan() {
  return make("p", { class: "dim waiting", "aria-busy": "true" }, say("plan.reading"));
}

function headOfPlan(plan, signal) {
  const heading = make("h1", {});
  const numbers = make("ul", { class: "numbers" });
  const steps = make("div", { class: "steps" });
  const fill = () => {
    const n = chosenLetters().length;
    heading.textContent = n ? say(canSend(plan) ? "plan.ready" : "plan.ready_later", { n }) : say("plan.none_ready");
    numbers.replaceChildren(
      number("going", n, "plan.going", "accent"),
      number("left-out", plan.counts.left_out, "plan.left_out", ""),
      number("act", peopleOf(plan, "act"), "plan.to_act", "act"));
    steps.replaceChildren(...(n ? nextSteps() : []));
  };
  fill();
  listen("choices", fill, signal);
  return make("section", { class: "head" }, heading, factsOfPlan(plan), numbers, steps);
}

function canSend(plan) {
  return !stops().length && plan.window.is_open && known.session.carrier.is_set && !plan.problems.some((problem) => problem.stops);
}

function number(part, n, key, kind) {
  return make("li", {}, make("a", { class: `number ${n ? kind : ""}`, href: wayTo(`plan/${part}`) },
    make("span", { class: "label" }, say(key)), make("strong", {}, count(n)), " ", say(`${key}_unit`, { n })));
}

function peopleOf(plan, severity) {
  return plan.left_out.filter((group) => group.severity === severity).reduce((sum, group) => sum + group.count, 0);
}

function nextSteps() {
  return [
    make("a", { class: "button primary", href: wayTo("letters") }, say("plan.read_letters")),
    make("a", { class: "button", href: wayTo("send") }, say("plan.go_send")),
  ];
}

function factsOfPlan(plan) {
  const { is_open, opens_at } = plan.window;
  const window = is_open ? say("plan.window_open") : opens_at ? say("plan.window_closed", { when: when(opens_at) }) : say("plan.window_shut");
  return make("p", { class: "facts dim" }, make("span", {}, window), " ", make("span", {}, say("plan.made_at", { when: when(plan.made_at) })), " ",
    button(say(known.isLoading ? "shell.reading" : "plan.read_again"), readPlan, { class: "quiet" }));
}

// What stands in the way of the first letter: something in the workbook or the settings, or no way to send.
function firstSteps(plan) {
  const steps = [];
  if (plan.problems.length) {
    const kind = plan.problems.some((problem) => problem.stops) ? "act" : "";
    steps.push(make("section", { class: `card ${kind}`, "aria-labelledby": "problems" },
      make("h2", { id: "problems" }, say("plan.problems")),
      make("ul", { class: "plainly" }, plan.problems.map((problem) => make("li", {}, problem.text, problem.cell && [" ", whereToLook(problem)]))),
      known.mailing === "results" && make("a", { href: "#check" }, say("plan.see_check"))));
  }
  if (known.session && !known.session.carrier.is_set) {
    steps.push(make("section", { class: "card", "aria-labelledby": "no-carrier" },
      make("h2", { id: "no-carrier" }, say("first.title")),
      make("p", {}, say(`first.carrier_${known.session.started_from}`)),
      known.session.started_from !== "cloud" && make("p", {}, make("code", {}, 'carrier = "smtp://saiyo@mail.example.co.jp:587"'))));
  }
  return steps;
}

function searchBox(lists, plan, signal, announce) {
  const input = make("input", { type: "search", id: "search", autocomplete: "off", spellcheck: "false" });
  input.value = searched;
  let timer = 0;
  input.addEventListener("input", () => {
    searched = input.value;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const found = fillLists(lists, plan, searchWords(input.value), signal);
      announce(say("plan.found", { n: found }));
    }, 80);
  });
  return make("div", { class: "search", role: "search" }, make("label", { for: "search" }, say("plan.search")), input);
}

function fillLists(lists, plan, words, viewSignal) {
  filling.abort();  // the lists of the last search listen no longer
  filling = new AbortController();
  const signal = AbortSignal.any([viewSignal, filling.signal]);
  const letters = plan.letters.filter((letter) => fits(letter, words));
  const groups = plan.left_out
    .map((group) => ({ ...group, people: group.people.filter((one) => fits(one, words, group)) }))
    .filter((group) => group.people.length);
  const people = groups.reduce((sum, group) => sum + group.people.length, 0);
  lists.replaceChildren(goingPart(letters, plan, words, signal), leftOutPart(groups, people, words));
  return letters.length + people;
}

const haystacks = new WeakMap();

function fits(one, words, group = null) {
  if (!words.length) return true;
  if (!haystacks.has(one)) {
    const about = [one.name, one.address, one.id, one.opening, one.subject, one.template_title, one.text, group?.text];
    haystacks.set(one, searchable(...about.map((text) => text ?? "")));
  }
  return words.every((word) => haystacks.get(one).includes(word));
}

function goingPart(letters, plan, words, signal) {
  const [worth, others] = [letters.filter((one) => one.looks.length), letters.filter((one) => !one.looks.length)];
  const part = make("section", { id: "going", class: "part", "aria-labelledby": "going-title" },
    make("h2", { id: "going-title" }, say("plan.going_title"), " ", badge(letters.length)));
  if (!letters.length) part.append(make("p", { class: "empty" }, say(emptyWords(plan, words))));
  if (worth.length) part.append(make("h3", {}, say("plan.worth_a_look"), " ", badge(worth.length)), worthList(worth, signal));
  if (others.length) part.append(...(worth.length ? [make("h3", {}, say("plan.others"), " ", badge(others.length))] : []), othersList(others, signal));
  return part;
}

function emptyWords(plan, words) {
  if (words.length) return "plan.nothing_found";
  if (plan.counts.rows === 0) return "plan.no_rows";
  return plan.counts.sent_before ? "plan.all_told" : "plan.nobody_due";
}

function worthList(letters, signal) {
  const list = growingList(letters, (letter) => letterRow(letter, { withLooks: true }));
  listen("choices", () => {
    for (const row of list.querySelectorAll("[data-id]")) redrawIfChanged(row, letters);
  }, signal);
  return list;
}

function redrawIfChanged(row, letters) {
  if (row.classList.contains("out") === takenOut.has(row.dataset.id)) return;
  const fresh = letterRow(letters.find((letter) => letter.id === row.dataset.id), { withLooks: true });
  const hadFocus = row.contains(document.activeElement);
  row.replaceWith(fresh);
  if (hadFocus) fresh.querySelector("button").focus();
}

function othersList(letters, signal) {
  const height = () => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row"));
  const list = new WindowedList((letter) => letterRow(letter, { withLooks: false }), { height, signal });
  queueMicrotask(() => list.fill(letters));  // once it stands on the page and knows its place
  listen("choices", () => {
    for (const [index, row] of list.rows) {
      if (row.classList.contains("out") !== takenOut.has(letters[index].id)) list.refresh(index);
    }
  }, signal);
  return list.element;
}

function leftOutPart(groups, people, words) {
  const part = make("section", { id: "left-out", class: "part", "aria-labelledby": "left-out-title" },
    make("h2", { id: "left-out-title" }, say("plan.left_out_title"), " ", badge(people)));
  for (const severity of SEVERITIES) {
    const members = groups.filter((group) => group.severity === severity);
    const total = members.reduce((sum, group) => sum + group.people.length, 0);
    part.append(make("section", { id: severity, class: severity },
      make("h3", {}, say(`plan.severity_${severity}`), " ", badge(total)),
      members.map((group) => groupDetails(group, words)),
      members.length ? null : make("p", { class: "dim" }, say("plan.nobody"))));
  }
  return part;
}

function groupDetails(group, words) {
  const isOpen = words.length > 0 || (group.severity === "act" && group.people.length <= SHOWN_OPEN);
  const details = make("details", { class: "card", open: isOpen },
    make("summary", {}, make("span", { class: "reason" }, group.text), " ", badge(group.people.length)));
  const fill = () => {
    if (!details.open || details.querySelector(".list")) return;
    if (group.advice) details.append(make("p", { class: "advice" }, group.advice));
    if (SETTLED.has(group.reason)) details.append(make("p", { class: "advice" }, make("a", { href: wayTo("settle") }, say("settle.to_settle"))));
    details.append(growingList(group.people, (one) => personRow(one, group)));
  };
  details.addEventListener("toggle", fill);
  fill();
  return details;
}

function personRow(one, group) {
  const own = one.text && one.text !== group.text ? make("p", { class: "why" }, one.text) : null;
  const name = one.name ? nameOfPerson(one) : make("span", { class: "name dim" }, say("person.no_name"));
  return make("li", { class: "row folds" },
    make("div", { class: "who" }, make("p", { class: "first-line" }, name),
      make("p", { class: "dim line" }, typed(one.opening)), own),
    whereabouts(one),
    group.reason === "held_by_person" ? releaseButton(one) : null);
}

function badge(n) {
  return make("span", { class: "count" }, count(n));
}
