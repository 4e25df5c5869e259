// Sending: try it on oneself, check the number, send, watch, stop, go on.

import { button, make, typed } from "./elements.js";
import { say, typedNumber, when } from "./words.js";
import { api } from "./api.js";
import { keep, recall } from "./kept.js";
import { chosenLetters, known, listen, readPlan, seen, wayTo } from "./state.js";
import {
  approveAndSend, countOf, goOn, isSending, isSendingOthers, placeOfSending, putAway, sending, stopSending, takeBack, tellTrouble,
} from "./sending.js";
import { progressBar } from "./progress.js";
import { nameOfActor } from "./people.js";
import { troubleNotice, troubleText } from "./trouble.js";
import { stops } from "./freeze.js";

const CARRIERS = ["gmail", "smtp", "smtps", "line", "outbox"];
const TESTS_AT_ONCE = 5;  // more the service does not take in one call

/** Draw the place to send from. */
export function sendView(main, { signal, announce }) {
  let shown = sending.phase;
  const place = make("div", { class: "sending" });
  // Once letters leave, nothing here depends on the plan: drawn anew, a button would slip away under the finger.
  listen("plan", () => known.isLoading || (sending.phase !== "idle" && !isSendingOthers()) || fillSending(place), signal);
  listen("sending", () => {
    fillSending(place);
    if (shown !== sending.phase && !isSendingOthers()) announce(phaseWords());
    shown = sending.phase;
  }, signal);
  main.append(make("h1", {}, say(known.mailing === "results" ? "send.title" : "follow_up.send_title")), place);
  fillSending(place);
}

function phaseWords() {
  if (sending.phase === "done") return say("send.done", { n: countOf("sent") });
  return sending.phase === "idle" ? "" : say(`send.phase_${sending.phase}`);
}

function fillSending(place) {
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(...(isSendingOthers() ? [othersFirst()] : sending.phase === "idle" ? beforeSending() : [afterStart()]), wayToFreeze());
  if (hadFocus && sending.phase !== "idle") place.querySelector("button, a")?.focus();
}

function beforeSending() {
  if (!known.plan) return [];
  const letters = chosenLetters();
  if (!letters.length) return nothingToSend();
  const isByLine = known.session.carrier.name === "line";  // a sample goes to an address
  return [isByLine ? "" : testCard(letters), finalCard(letters)];
}

// One sending at a time in a workbook: what was begun is brought to its end, or taken back, first.
function othersFirst() {
  return make("section", { class: "card" }, make("p", {}, say("send.others_first")),
    make("div", { class: "steps" }, make("a", { class: "button", href: `#${placeOfSending()}` }, say("send.look"))));
}

// At hand on the view from which letters leave, also while they do.
function wayToFreeze() {
  return stops().length ? "" : make("p", { class: "aside" }, make("a", { href: "#freeze" }, say("freeze.place")));
}

function nothingToSend() {
  return [
    make("p", { class: "empty" }, say(known.plan.letters.length ? "send.all_out" : "letters.none")),
    make("a", { class: "button", href: wayTo("plan") }, say("send.to_plan")),
  ];
}

function testCard(letters) {
  const { actor, mode, workbook } = known.session;
  const isKnown = mode === "cloud";  // by the address that Google has signed: to no other a test letter goes
  const input = make("input", { type: "email", id: "test-to", autocomplete: "email", required: true, readonly: isKnown, placeholder: "you@example.co.jp" });
  input.value = isKnown ? actor : recall("test_to", workbook.address_shown) || (actor.includes("@") ? actor : "");
  const answer = make("p", { role: "status" });
  const go = make("button", { type: "submit", class: "plain", disabled: !known.session.carrier.is_set }, say("send.test"));
  const form = make("form", { class: "inline", on: { submit: (event) => tryOut(event, letters, input.value, answer, go) } },
    make("label", { for: "test-to" }, say("send.test_to")), make("div", { class: "field" }, input, go));
  return make("section", { class: "card", "aria-labelledby": "test-title" },
    make("h2", { id: "test-title" }, say("send.test_title")), make("p", { class: "dim" }, say("send.test_hint")), form, answer);
}

async function tryOut(event, letters, to, answer, go) {
  event.preventDefault();
  go.disabled = true;
  answer.textContent = say("send.test_going");
  try {
    answer.textContent = await sendTests(oneOfEach(letters), to);
    keep("test_to", known.session.workbook.address_shown, to);
  } catch (refusal) {
    answer.textContent = troubleText(refusal);
  }
  go.disabled = false;
}

// One letter of each kind, so that the person reads every text once.
function oneOfEach(letters) {
  const first = new Map();
  for (const letter of letters) if (!first.has(letter.template)) first.set(letter.template, letter.id);
  return [...first.values()];
}

// In as many calls as it takes; of several, only the number that left is told, unless something did not leave.
async function sendTests(ids, to) {
  const answers = [];
  for (let at = 0; at < ids.length; at += TESTS_AT_ONCE) answers.push(await api.test(ids.slice(at, at + TESTS_AT_ONCE), to, known.mailing));
  const sent = answers.reduce((sum, answer) => sum + answer.sent, 0);
  return answers.length > 1 ? say("send.tested", { n: sent, all: ids.length }) : answers[0].text;
}

function finalCard(letters) {
  const hurdles = hurdlesBefore();
  return make("section", { class: "card final", "aria-labelledby": "final-title" },
    make("h2", { id: "final-title" }, say("send.final", { n: letters.length })),
    make("ul", { class: "facts-list" }, factsOf(letters).map((fact) => make("li", {}, fact))),
    hurdles.length ? hurdles : orderForm(letters));
}

function factsOf(letters) {
  const { carrier } = known.session;
  const unseen = letters.filter((letter) => !seen.has(letter.id)).length;
  const out = known.plan.letters.length - letters.length;
  return [
    carrier.is_set ? [say("send.carrier"), " ", CARRIERS.includes(carrier.name) && [say(`send.by_${carrier.name}`), " "], typed(carrier.address, { class: "address dim" })] : null,
    out ? [say("send.out", { n: out })] : null,
    unseen ? [make("a", { href: wayTo("letters") }, say("send.unseen", { n: unseen }))] : [say("send.all_seen")],
  ].filter(Boolean);
}

// What has to be otherwise before anything can leave, each with what to do.
function hurdlesBefore() {
  const { session, plan } = known;
  const hurdles = stops().map((stop) => [stop.text, " ", make("a", { href: "#freeze" }, say("freeze.to_thaw"))]);
  if (!session.carrier.is_set) hurdles.push([say(`first.carrier_${session.started_from}`)]);
  if (plan.problems.some((problem) => problem.stops)) hurdles.push([say("send.has_problems"), " ", wayToProblems()]);
  if (!plan.window.is_open) hurdles.push([plan.window.opens_at ? say("plan.window_closed", { when: when(plan.window.opens_at) }) : say("plan.window_shut")]);
  return hurdles.map((hurdle) => make("p", { class: "hurdle" }, hurdle));
}

// The check looks at results; what news lacks stands on the plan of news.
function wayToProblems() {
  if (known.mailing === "results") return make("a", { href: "#check" }, say("plan.see_check"));
  return make("a", { href: wayTo("plan") }, say("send.to_plan"));
}

function orderForm(letters) {
  const needsNumber = known.plan.guard?.expect !== null && known.plan.guard?.expect !== undefined;
  const input = make("input", { id: "expect", inputmode: "numeric", autocomplete: "off", size: "6", "aria-describedby": "expect-why" });
  const trouble = make("div", { role: "alert" });
  const go = make("button", { type: "submit", class: "primary", disabled: needsNumber }, say(`send.${orderWord()}`, { n: letters.length }));
  const differs = make("p", { role: "status", class: "why" });
  input.addEventListener("input", () => {
    go.disabled = typedNumber(input.value) !== letters.length;
    differs.textContent = go.disabled && input.value.trim() ? say("send.number_differs", { typed: input.value.trim(), n: letters.length }) : "";
  });
  const { mailing, plan: { plan } } = known;
  const submit = (event) => {
    event.preventDefault();
    confirmOrder(letters.length, async () => {
      if (known.mailing !== mailing || known.plan.plan !== plan) return;  // what the question was about is no longer shown
      go.disabled = true;
      await order(needsNumber ? typedNumber(input.value) : null, trouble);
      go.disabled = false;
    });
  };
  const number = [
    make("p", { id: "expect-why", class: "guard" }, known.plan.guard?.text, " ", say("send.guard", { n: letters.length })),
    make("div", { class: "field" }, make("label", { for: "expect" }, say("send.type_number")), input), differs,
  ];
  return make("form", { on: { submit } }, approvalWords(), needsNumber ? number : null, trouble, make("div", { class: "steps" }, go));
}

function orderWord() {
  if (!known.session.needs_second_approval) return "send_n";
  return (known.plan.approval?.state ?? "none") === "none" ? "propose_n" : "approve_n";
}

function approvalWords() {
  const { approval } = known.plan;
  if (!known.session.needs_second_approval) return null;
  const state = approval?.state ?? "none";
  const facts = { who: nameOfActor(approval?.by ?? ""), when: approval?.at ? when(approval.at) : "" };
  return make("p", { class: "hurdle calm" }, say(`send.second_${state}`, facts));
}

async function order(expect, trouble) {
  try {
    const answer = await approveAndSend(expect);
    if (!answer.approval) await readPlan();
  } catch (refusal) {
    if (refusal.name === "plan_changed") {
      await readPlan();
      return;
    }
    trouble.replaceChildren(troubleNotice(refusal));
  }
}

// A letter cannot be called back: the last question before it names the number once more.
function confirmOrder(n, act) {
  const dialog = make("dialog", { "aria-labelledby": "confirm-title" },
    make("h2", { id: "confirm-title" }, say(`send.confirm_${orderWord()}`, { n })),
    make("p", {}, say("send.confirm_hint")),
    make("div", { class: "steps" },
      button(say("send.confirm_no"), () => dialog.close(), { class: "plain" }),
      button(say(`send.${orderWord()}`, { n }), () => {
        dialog.close();
        act();
      }, { class: "primary" })));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function afterStart() {
  const { phase } = sending;
  return make("section", { class: "card final", "aria-labelledby": "phase-title" },
    make("h2", { id: "phase-title" }, phaseWords()),
    phase === "done" ? null : progressBar(),
    isSending() ? null : endFacts(phase),
    sending.error && make("div", { class: "notice act", role: "alert" }, make("p", {}, troubleText(sending.error))),
    sending.note && make("p", {}, sending.note),
    make("div", { class: "steps" }, stepsOf(phase)),
    isSending() && make("p", { class: "dim" }, say("send.safe_to_close")));
}

function endFacts(phase) {
  const inDoubt = countOf("uncertain");
  const others = sending.outcomes.length - countOf("sent") - inDoubt;
  return make("ul", { class: "facts-list" },
    phase === "done" && others > 0 && make("li", {}, say("send.others", { n: others })),
    inDoubt > 0 && make("li", {}, make("a", { href: wayTo("settle") }, say("send.uncertain", { n: inDoubt }))));
}

function stepsOf(phase) {
  if (phase === "running") return [button(say("send.stop"), stopSending, { class: "plain" })];
  if (phase === "stopping") return [button(say("send.stop"), stopSending, { class: "plain", disabled: true })];
  if (phase === "stopped") {
    return [
      button(say("send.go_on", { n: sending.left }), () => goOn(), { class: "primary" }),
      button(say("send.take_back", { n: sending.left }), takeBackOrTell, { class: "plain" }),
    ];
  }
  return [
    make("a", { class: "button primary", href: wayTo("result") }, say("send.to_result")),
    button(say("send.again"), () => {
      putAway();
      readPlan();
    }, { class: "plain" }),
  ];
}

async function takeBackOrTell() {
  try {
    await takeBack();
  } catch (refusal) {
    tellTrouble(refusal);
  }
}
