// What stands around every view: title, places to go, notices, and what a screen reader is told.

import { button, make, typed } from "./elements.js";
import { language, say, speak } from "./words.js";
import { ageOthers, known, listen, planFor, readPlan, ring, workOn } from "./state.js";
import { isSending, placeOfSending, sending } from "./sending.js";
import { progressBar } from "./progress.js";
import { onMove, placeNow } from "./place.js";
import { sheet } from "./sheet.js";
import { troubleNotice } from "./trouble.js";
import { planView } from "./plan.js";
import { lettersView } from "./letters.js";
import { sendView } from "./send.js";
import { resultView } from "./result.js";
import { settleView } from "./settle.js";
import { creditsView } from "./credits.js";
import { analysisView } from "./analysis.js";
import { checkView } from "./check.js";
import { rediscoverView } from "./rediscover.js";
import { tagsView } from "./tags.js";
import { importView } from "./import.js";
import { freezeView, frozenNotice } from "./freeze.js";
import { retentionView } from "./retention.js";
import { followUpView } from "./follow_up.js";

const VIEWS = {
  plan: planView, letters: lettersView, send: sendView, result: resultView,
  settle: settleView, follow_up: followUpView, follow_up_line: followUpView, credits: creditsView, analysis: analysisView, rediscover: rediscoverView, tags: tagsView, import: importView, check: checkView,
  freeze: freezeView, retention: retentionView,
};
const NEWS = new Set(["follow_up", "follow_up_line"]);
const ASIDE = new Set(["freeze", "retention", "follow_up_line"]);  // reached from a notice or another view, and no tab of its own

const page = { header: null, places: null, notices: null, main: null, spoken: null, leave: null, place: null };

/** Build the page around the views, and show the view of the address. */
export function buildShell() {
  page.header = make("header", { class: "top" });
  page.places = make("nav", { class: "places" });
  page.notices = make("div", { class: "notices" });
  page.main = make("main", { id: "main", tabindex: "-1" });
  page.spoken = make("div", { class: "hidden", role: "status" });
  const skip = make("a", { class: "skip", href: "#main", on: { click: skipToMain } });
  document.body.replaceChildren(skip, page.header, page.places, page.notices, page.main, page.spoken);
  drawFrame();
  listen(["plan", "sending"], () => {
    drawPlaces();
    drawNotices();
  });
  listen("plan", drawHeader);
  listen("language", drawEverything);
  onMove(() => showPlace({ isNew: true }));
  showPlace({ isNew: false });
}

/** Tell a person who hears the page what has just changed on it. */
export function announce(text) {
  page.spoken.textContent = text;
}

/** Draw the view of the address again, e.g. because the plan is another one. */
export function drawView() {
  const stops = () => [...page.main.querySelectorAll("a, button, input, select, summary")];
  const place = stops().indexOf(document.activeElement);
  showPlace({ isNew: false });
  if (place !== -1) stops()[place]?.focus({ preventScroll: true });  // whoever goes by keyboard stays where they were
}

function skipToMain(event) {
  event.preventDefault();  // an address of its own would lead to another view
  page.main.focus();
}

function drawEverything() {
  drawFrame();
  drawView();
}

function drawFrame() {
  document.querySelector(".skip").textContent = say("shell.skip");
  drawHeader();
  drawPlaces();
  drawNotices();
}

function drawHeader() {
  const { session } = known;
  const title = sheet?.title || session?.workbook.title;
  const other = language() === "ja" ? "en" : "ja";
  page.header.replaceChildren(
    make("div", { class: "about" },
      make("p", { class: "workbook" }, typed(title || say("shell.name"))),
      session && make("p", { class: "dim" }, say("shell.actor"), " ", typed(session.actor))),
    button(say("shell.other_language"), () => switchTo(other), { class: "quiet", lang: other }),
  );
  document.title = title ? `${say("shell.name")} – ${title}` : say("shell.name");
}

function switchTo(wanted) {
  speak(wanted);
  ring("language");
  document.querySelector(".top button").focus();
  ageOthers();
  readPlan();
}

function drawPlaces() {
  page.places.setAttribute("aria-label", say("shell.places"));
  const [results, followUps] = [false, true].map((isNews) => (isSending() && NEWS.has(sending.mailing) === isNews ? "•" : 0));
  const shown = NEWS.has(page.place?.view) ? "follow_up" : page.place?.view;
  const marks = {
    settle: planFor("results")?.counts.uncertain ?? 0, send: results, follow_up: followUps || (planFor("follow_up")?.counts.uncertain ?? 0),
  };
  page.places.replaceChildren(make("ul", {}, Object.keys(VIEWS).filter((name) => !ASIDE.has(name)).map((name) => make("li", {},
    make("a", { href: `#${name}`, "aria-current": name === shown ? "page" : false },
      say(`${name}.place`), marks[name] ? make("span", { class: "mark" }, String(marks[name])) : null)))));
}

function drawNotices() {
  const notices = [];
  if (known.trouble) notices.push(troubleNotice(known.trouble, readPlan));
  if (page.place?.view !== "freeze") notices.push(...[frozenNotice(true)].filter(Boolean));
  if (known.changes) notices.push(changesNotice());
  const elsewhere = page.place?.name !== placeOfSending();
  if (isSending() && elsewhere) notices.push(make("section", { class: "notice", "aria-label": say("send.progress") }, progressBar()));
  if (sending.phase === "stopped" && elsewhere) notices.push(stoppedNotice());
  page.notices.replaceChildren(...notices);
}

function changesNotice() {
  const { more, fewer } = known.changes;
  const words = more || fewer ? say("plan.changed", { more, fewer }) : say("plan.changed_texts");
  return make("section", { class: "notice", role: "status" }, make("p", {}, words),
    button(say("shell.close"), () => {
      known.changes = null;
      drawNotices();
    }, { class: "quiet" }));
}

function stoppedNotice() {
  return make("section", { class: "notice", role: "status" },
    make("p", {}, say("send.stopped_short", { n: sending.left })),
    make("a", { class: "button", href: `#${placeOfSending()}` }, say("send.look")));
}

function placeOfAddress() {
  const [view, ...rest] = placeNow().split("/");
  if (!Object.hasOwn(VIEWS, view)) return { view: "plan", name: "plan", rest: "" };
  const name = NEWS.has(view) ? `${view}/${rest[0] || "plan"}` : view;
  try {
    return { view, name, rest: decodeURIComponent(rest.join("/")) };
  } catch {
    return { view, name, rest: "" };
  }
}

function showPlace({ isNew }) {
  const before = page.place;
  page.place = placeOfAddress();
  const isOther = before?.name !== page.place.name;
  page.leave?.abort();
  page.leave = new AbortController();
  workOn(NEWS.has(page.place.view) ? page.place.view : "results");
  drawPlaces();
  drawNotices();
  page.main.className = `view-${page.place.view}`;
  page.main.replaceChildren();
  VIEWS[page.place.view](page.main, { rest: page.place.rest, signal: page.leave.signal, announce, again: drawView });
  if (!isNew || !isOther) return;
  scrollTo(0, 0);
  page.main.focus({ preventScroll: true });
  announce(say(`${page.place.view}.place`));
}
