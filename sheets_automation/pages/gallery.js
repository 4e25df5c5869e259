"use strict";

const letters = JSON.parse(document.getElementById("bodies").textContent);
const buttons = [...document.querySelectorAll("#list button")];
const byId = (id) => document.getElementById(id);
const KEYS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

let current = -1;

function shown() {
  return buttons.flatMap((button, index) => (button.parentElement.hidden ? [] : [index]));
}

function addressOf(letter) {
  return `#${encodeURIComponent(letter.candidate_id)}`;
}

function view() {
  return document.querySelector("input[name=view]:checked").value;
}

function bilingual(sentence, tag = "span") {
  return ["ja", "en"].map((language) => {
    const element = document.createElement(tag);
    element.className = "t";
    element.lang = language;
    element.textContent = sentence[language];
    return element;
  });
}

function textPart(letter) {
  const part = document.createElement("pre");
  part.textContent = letter.text;
  part.tabIndex = 0;
  return part;
}

// A click on a referral link here would count as the candidate's own. The sandbox stops a plain click only: a middle click
// or Ctrl opens a new tab all the same. So links keep their looks and lose their address, which the pointer still shows.
function withoutLinks(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const template of page.querySelectorAll("template")) template.remove();
  for (const element of page.querySelectorAll("*")) {
    if (element.matches("a[href]")) {
      element.title = element.getAttribute("href");
      element.setAttribute("style", `color: LinkText; text-decoration: underline; ${element.getAttribute("style") ?? ""}`);
    }
    for (const name of ["href", "xlink:href", "ping"]) element.removeAttribute(name);
  }
  return `<!doctype html>${page.documentElement.outerHTML}`;
}

function htmlPart(letter) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "");
  frame.title = letter.subject;
  frame.srcdoc = withoutLinks(letter.html);
  return frame;
}

function showLetter() {
  const letter = letters[current];
  const facts = {
    subject: letter.subject, name: letter.name, address: letter.address, for: letter.opening,
    candidate: letter.candidate_id, row: letter.row,
  };
  for (const [id, fact] of Object.entries(facts)) byId(id).textContent = fact;
  byId("by").replaceChildren(...bilingual(letter.template));
  byId("notes").hidden = letter.notes.length === 0;
  byId("notes").replaceChildren(...letter.notes.flatMap((note) => bilingual(note, "li")));
  byId("stage").className = `stage ${view()}`;
  byId("stage").replaceChildren(view() === "text" ? textPart(letter) : htmlPart(letter));
}

function showPosition() {
  const among = shown();
  const place = among.indexOf(current);
  byId("position").textContent = `${place + 1} / ${among.length}`;
  byId("previous").disabled = place <= 0;
  byId("next").disabled = place === among.length - 1;
}

function choose(index) {
  if (current >= 0) {
    buttons[current].removeAttribute("aria-current");
    buttons[current].tabIndex = -1;
  }
  current = index;
  buttons[current].setAttribute("aria-current", "true");
  buttons[current].tabIndex = 0;
  buttons[current].scrollIntoView({ block: "nearest" });
  history.replaceState(null, "", addressOf(letters[current]));
  showLetter();
  showPosition();
}

function step(by) {
  const among = shown();
  const next = among[among.indexOf(current) + by];
  if (next !== undefined) choose(next);
}

function matches(button, letter, words) {
  const wanted = { template: byId("template").value, opening: byId("opening").value };
  if (Object.entries(wanted).some(([field, value]) => value && button.dataset[field] !== value)) return false;
  const text = `${letter.name} ${letter.address} ${letter.candidate_id} ${letter.subject} ${letter.opening} ${letter.text}`;
  return words.every((word) => text.normalize("NFKC").toLowerCase().includes(word));
}

function filter() {
  const words = byId("search").value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  buttons.forEach((button, index) => {
    button.parentElement.hidden = !matches(button, letters[index], words);
  });
  const among = shown();
  byId("found").textContent = among.length;
  byId("paper").hidden = among.length === 0;
  byId("nothing").hidden = among.length > 0;
  if (among.length === 0) return;
  if (among.includes(current)) showPosition();
  else choose(among[0]);
}

function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const typing = event.target.closest("input, select, summary, pre");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    byId("search").focus();
  }
  if (event.key === "Escape" && event.target === byId("search")) buttons[current]?.focus();
  const vertical = event.key === "ArrowUp" || event.key === "ArrowDown";
  if (!(event.key in KEYS) || typing || (vertical && !event.target.closest("#list"))) return;
  event.preventDefault();
  step(KEYS[event.key]);
  if (event.target.closest("#list")) buttons[current]?.focus();
}

function layOutForPrint() {
  byId("print").replaceChildren(...shown().map((index) => {
    const letter = letters[index];
    const article = document.createElement("article");
    const heading = document.createElement("h2");
    heading.textContent = letter.subject;
    const to = document.createElement("p");
    to.textContent = `${letter.name} <${letter.address}> ・ ${letter.opening} ・ ${letter.template[language()]} ・ ${letter.candidate_id}`;
    article.append(heading, to, textPart(letter));
    return article;
  }));
  document.querySelectorAll(".left-out details").forEach((details) => { details.open = true; });
}

function language() {
  return document.documentElement.dataset.ui;
}

function switchLanguage() {
  const root = document.documentElement;
  root.dataset.ui = root.lang = language() === "ja" ? "en" : "ja";
  for (const option of document.querySelectorAll("option")) option.textContent = option.dataset[language()];
}

function start() {
  if (buttons.length === 0) return;
  choose(Math.max(0, letters.findIndex((letter) => addressOf(letter) === location.hash)));
}

byId("list").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) choose(buttons.indexOf(button));
});
byId("previous").addEventListener("click", () => step(-1));
byId("next").addEventListener("click", () => step(1));
byId("language").addEventListener("click", switchLanguage);
for (const id of ["search", "template", "opening"]) byId(id).addEventListener("input", filter);
for (const radio of document.querySelectorAll("input[name=view]")) radio.addEventListener("change", showLetter);
document.addEventListener("keydown", onKey);
addEventListener("beforeprint", layOutForPrint);
start();
