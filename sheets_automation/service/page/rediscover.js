// Past candidates for an opening: who may fit, what speaks for and against it, and a ready letter. Nothing is sent here.

import { make, typed } from "./elements.js";
import { day, say } from "./words.js";
import { api } from "./api.js";
import { growingList } from "./lists.js";
import { showWhenRead } from "./trouble.js";

const LONGEST_OPENING = "2000";

/** Draw the search, and what it finds. */
export function rediscoverView(main, { signal, announce }) {
  const place = make("div", {});
  const search = (event) => {
    event.preventDefault();
    const opening = String(new FormData(event.target).get("opening")).trim();
    if (!opening) return;
    showWhenRead(place, () => api.match(opening), (answer) => {
      announce(foundLine(answer));
      return matchParts(answer);
    }, signal);
  };
  main.append(make("h1", {}, say("rediscover.title")), make("p", { class: "dim" }, say("rediscover.what")),
    make("form", { class: "card", on: { submit: search } },
      make("div", { class: "field stacked" }, make("label", { for: "opening" }, say("rediscover.opening")),
        make("textarea", { id: "opening", name: "opening", rows: "3", maxlength: LONGEST_OPENING, required: true })),
      make("div", { class: "steps" }, make("button", { type: "submit", class: "primary" }, say("rediscover.search")))), place);
}

function foundLine({ found, pool }) {
  return found ? say("rediscover.found", { n: found, pool }) : say("rediscover.none");
}

function matchParts(answer) {
  const { matches, left_out: leftOut, reads_profiles: readsProfiles } = answer;
  return [
    make("p", { class: "headline" }, foundLine(answer)),
    readsProfiles ? null : make("p", { class: "notice" }, say("rediscover.no_profiles")),
    matches.length ? growingList(matches, matchRow) : null,
    leftOut.length ? make("details", { class: "card" }, make("summary", {}, say("rediscover.left_out")),
      make("ul", {}, leftOut.map(({ text, people }) => make("li", {}, typed(text), " ", say("rediscover.people", { n: people }))))) : null,
  ].filter(Boolean);
}

function matchRow(one) {
  return make("li", { class: "row" },
    make("div", { class: "who" }, typed(one.name, { class: "name" }), " ", make("span", { class: "dim" }, one.candidate_id),
      make("ul", { class: "ticks" }, one.reasons.map((text) => make("li", {}, typed(text)))),
      one.against.length ? make("p", { class: "dim" }, say("rediscover.against")) : null,
      one.against.length ? make("ul", {}, one.against.map((text) => make("li", {}, typed(text)))) : null,
      one.last_contact && make("p", { class: "dim" }, say("rediscover.contact"), " ", day(one.last_contact)),
      invitation(one)));
}

function invitation({ letter: ready, letter_problem: problem }) {
  if (problem) return make("p", { class: "dim" }, say("rediscover.no_letter", { detail: problem }));
  if (!ready) return null;
  return make("details", {}, make("summary", {}, say("rediscover.letter")),
    make("p", {}, typed(ready.subject)), ready.text.split("\n\n").map(invitationParagraph));
}

function invitationParagraph(text) {
  return make("p", {}, text.split("\n").map((line, number) => [number ? make("br") : null, typed(line)]));
}
