// Every letter as its candidate will see it, one after the other.

import { button, make, typed } from "./elements.js";
import { count, say } from "./words.js";
import { choicesAsText, known, listen, markSeen, readPlan, seen, takenOut, wayTo } from "./state.js";
import { WindowedList } from "./lists.js";
import { letterFrame, letterText } from "./frame.js";
import { letterAt } from "./shelf.js";
import { notePlace, placeNow } from "./place.js";
import { moveTo, sheet } from "./sheet.js";
import { isSending } from "./sending.js";
import { holdPart } from "./hold.js";
import { lookList, outButton, searchable, searchWords, whereabouts } from "./people.js";
import { troubleNotice } from "./trouble.js";

const NARROW = 760;
const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
const LIST_STEPS = { ArrowUp: -1, ArrowDown: 1 };
const FILTERS = {
  all: () => true,
  look: (letter) => letter.looks.length > 0,
  unseen: (letter) => !seen.has(letter.id),
  out: (letter) => takenOut.has(letter.id),
};
const LOOKS = ["html", "phone", "text"];

// What the reader has chosen outlives a visit to another view.
const chosen = { filter: "all", words: "", look: "html" };

/** Draw the letters; `rest` is the id of the one to begin with. */
export function lettersView(main, { rest, signal, again, announce }) {
  listen("plan", () => known.isLoading || again(), signal);
  main.append(make("h1", { class: "hidden" }, say("letters.title")));
  if (!known.plan) return;
  if (!known.plan.letters.length) {
    main.append(make("p", { class: "empty" }, say("letters.none")), make("a", { class: "button", href: wayTo("plan/left-out") }, say("letters.why")));
    return;
  }
  const desk = new ReadingDesk(main, signal, announce);
  desk.begin(rest);
}

/** The list of letters, and the one that is open. */
class ReadingDesk {
  constructor(main, signal, announce) {
    this.announce = announce;
    this.shown = [];
    this.current = null;
    this.found = make("output", { class: "dim" });
    this.position = make("output", { class: "position" });
    this.seenOf = make("p", { class: "dim seen-of" });
    this.steps = { back: stepButton("back", () => this.step(-1)), next: stepButton("next", () => this.step(1)) };
    this.paper = make("article", { class: "paper", "aria-label": say("letters.letter") });
    this.scroller = make("div", { class: "scroller" });
    this.list = new WindowedList((letter, index) => this.row(letter, index), {
      height: () => 60, scroller: this.scroller, signal, facts: { "aria-label": say("letters.title") },
    });
    this.scroller.append(this.list.element);
    main.append(make("div", { class: "desk" },
      make("div", { class: "side" }, this.filters(), this.scroller),
      make("div", { class: "reading" }, this.bar(), this.paper)));
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    listen("choices", () => this.tellChoices(), signal);
  }

  begin(id) {
    this.filter();
    const place = this.shown.findIndex((letter) => letter.id === id);
    this.open(Math.max(place, 0));
  }

  bar() {
    return make("div", { class: "bar" },
      make("div", { class: "leaf" }, this.steps.back, this.position, this.steps.next),
      this.lookSwitch(), sheet && widthSwitch(this.announce), this.seenOf);
  }

  lookSwitch() {
    const choices = LOOKS.map((look) => make("label", { class: `look-${look}` },
      make("input", { type: "radio", name: "look", value: look, checked: chosen.look === look, on: { change: () => this.look(look) } }),
      make("span", {}, say(`letters.look_${look}`))));
    return make("fieldset", { class: "switch" }, make("legend", { class: "hidden" }, say("letters.look")), choices);
  }

  look(look) {
    chosen.look = look;
    this.show();
  }

  filters() {
    const search = make("input", { type: "search", id: "letter-search", placeholder: say("letters.search"), autocomplete: "off", spellcheck: "false", on: { input: () => {
      chosen.words = search.value;
      this.refilter();
    } } });
    search.value = chosen.words;
    const select = make("select", { id: "letter-filter", on: { change: () => {
      chosen.filter = select.value;
      this.refilter();
    } } }, Object.keys(FILTERS).map((name) => make("option", { value: name, selected: chosen.filter === name }, say(`letters.filter_${name}`))));
    return make("div", { class: "filters", role: "search" },
      make("label", { for: "letter-search", class: "hidden" }, say("letters.search")), search,
      make("label", { for: "letter-filter", class: "hidden" }, say("letters.filter")), select, this.found);
  }

  filter() {
    const words = searchWords(chosen.words);
    this.shown = known.plan.letters.filter((letter) => FILTERS[chosen.filter](letter) && found(letter, words));
    this.found.textContent = say("letters.found", { n: this.shown.length });
    this.list.fill(this.shown);
  }

  refilter() {
    const id = this.current?.id;
    this.filter();
    this.open(Math.max(0, this.shown.findIndex((letter) => letter.id === id)));
  }

  get place() {
    return this.shown.indexOf(this.current);
  }

  row(letter, index) {
    const isOpen = letter === this.current;
    const facts = { type: "button", tabindex: isOpen ? "0" : "-1", "aria-current": isOpen ? "true" : false };
    return make("li", {}, make("button", { ...facts, on: { click: () => this.open(index) } },
      make("span", { class: takenOut.has(letter.id) ? "name out" : "name" }, typed(letter.name)),
      seen.has(letter.id) && make("span", { class: "tick", role: "img", "aria-label": say("letters.seen") }, "✓"),
      letter.looks.length ? make("span", { class: "badge" }, say("letters.look_here")) : null,
      make("span", { class: "dim line" }, typed(letter.opening), " ・ ", typed(letter.template_title))));
  }

  step(by) {
    const next = this.place + by;
    if (next >= 0 && next < this.shown.length) this.open(next);
  }

  open(place) {
    const before = this.place;
    this.current = this.shown[place] ?? null;
    this.list.refresh(before);
    this.list.reveal(place);
    this.list.refresh(place);
    this.tellPosition();
    if (this.current) notePlace(wayTo(`letters/${encodeURIComponent(this.current.id)}`).slice(1));
    return this.show();
  }

  tellPosition() {
    const { place } = this;
    this.position.textContent = `${count(place + 1)} / ${count(this.shown.length)}`;
    this.steps.back.disabled = place <= 0;
    this.steps.next.disabled = place === this.shown.length - 1;
    this.seenOf.textContent = say("letters.seen_of", { seen: seenLetters(), total: known.plan.letters.length });
  }

  tellChoices() {
    this.tellPosition();
    this.list.refresh(this.place);
    const out = this.paper.querySelector(".takes-out");
    const hadFocus = out?.contains(document.activeElement);
    if (this.current) out?.replaceChildren(...outPart(this.current));
    if (this.current) this.paper.querySelector(".holds")?.replaceChildren(...[holdPart(this.current, this.announce)].filter(Boolean));
    if (hadFocus) out.querySelector("button").focus();
  }

  async show() {
    const row = this.current;
    if (!row) {
      this.paper.replaceChildren(make("p", { class: "empty" }, say("plan.nothing_found")));
      return;
    }
    this.paper.setAttribute("aria-busy", "true");
    const content = await this.content(row);
    if (row !== this.current) return;  // the reader is already further on
    this.paper.removeAttribute("aria-busy");
    this.paper.replaceChildren(...content);
  }

  async content(row) {
    let letter;
    try {
      letter = await letterAt(this.shown.map((one) => one.id), this.place);
    } catch (refusal) {
      return [troubleNotice(refusal, refusal.name === "plan_changed" ? readPlan : () => this.show())];
    }
    if (!letter) return [troubleNotice({ text: say("letters.gone") }, readPlan)];
    markSeen(row.id);
    this.announce(`${row.name} ${letter.subject}`);
    return [envelope(row, letter, this.announce), stage(letter)];
  }

  onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    if (event.target.closest("input, select, pre, textarea, dialog")) return;
    const isInList = this.scroller.contains(event.target);
    const by = STEPS[event.key] ?? (isInList ? LIST_STEPS[event.key] : undefined);
    if (by === undefined) return;
    event.preventDefault();
    this.step(by);
    if (isInList) this.list.rows.get(this.place)?.querySelector("button").focus();
  }
}

// A mail is made for a wider eye than a sidebar. While letters leave, the page stays: it is what asks for the next ones.
function widthSwitch(announce) {
  const word = sheet.isWide ? "letters.narrow" : "letters.wide";
  const move = button(say(word), async () => {
    move.disabled = true;
    announce(say("shell.reading"));
    await moveTo(placeNow(), !sheet.isWide, choicesAsText()).catch(() => announce(say("trouble.ended_cloud")));
    move.disabled = false;
  }, { class: "quiet", disabled: isSending() });
  return move;
}

function stepButton(way, act) {
  const arrow = way === "back" ? "←" : "→";
  return button(arrow, act, { class: "step", "aria-label": say(`letters.${way}`), title: say(`letters.${way}`) });
}

const letterHaystacks = new WeakMap();

function found(letter, words) {
  if (!words.length) return true;
  if (!letterHaystacks.has(letter)) {
    letterHaystacks.set(letter, searchable(letter.name, letter.address, letter.id, letter.opening, letter.subject, letter.template_title));
  }
  return words.every((word) => letterHaystacks.get(letter).includes(word));
}

function seenLetters() {
  return known.plan.letters.filter((letter) => seen.has(letter.id)).length;
}

function envelope(row, letter, announce) {
  const who = [
    ["letters.to", [typed(letter.name), " ", typed(letter.address, { class: "address dim" })]],
    ["letters.row", [whereabouts(row)]],
    ["follow_up.why", row.campaign ? [typed(row.campaign), " ・ ", typed(row.why), " ・ ", historyLink(row)] : null],
  ].filter(([, value]) => value);
  const more = [
    ["letters.opening", [typed(row.opening)]],
    ["letters.from", [typed(letter.from, { class: "address" })]],
    ["letters.reply_to", letter.reply_to && letter.reply_to !== letter.from ? [typed(letter.reply_to, { class: "address" })] : null],
    ["letters.attachments", letter.attachments?.length ? [typed(letter.attachments.join("、"))] : null],
  ].filter(([, value]) => value);
  return make("header", { class: "envelope" },
    make("div", { class: "title" }, make("h2", {}, typed(letter.subject)), make("div", { class: "takes-out" }, outPart(row))),
    make("div", { class: "holds" }, holdPart(row, announce)),
    factList(who),
    make("details", { class: "more", open: innerWidth > NARROW }, make("summary", {}, say("letters.more")), factList(more)),
    lookList(letter.looks?.length ? letter : row));
}

function historyLink({ id }) {
  return make("a", { href: wayTo(`history/${encodeURIComponent(id)}`) }, say("follow_up.so_far"));
}

function factList(facts) {
  return make("dl", {}, facts.map(([key, value]) => make("div", {}, make("dt", {}, say(key)), make("dd", {}, value))));
}

function outPart(row) {
  return [takenOut.has(row.id) ? make("span", { class: "badge" }, say("person.is_out")) : null, outButton(row)].filter(Boolean);
}

function stage(letter) {
  const isText = chosen.look === "text";
  return make("div", { class: `stage ${chosen.look}` }, isText ? letterText(letter, letter.subject) : letterFrame(letter, letter.subject));
}
