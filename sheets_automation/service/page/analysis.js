// The workbook at a glance: where people stand, where they came from, and how long they waited.

import { make, typed } from "./elements.js";
import { count, percent, say } from "./words.js";
import { api } from "./api.js";
import { monthBars, namedBars } from "./charts.js";
import { showWhenRead } from "./trouble.js";

const SHOWN = 12;

/** Draw the analysis. */
export function analysisView(main, { signal }) {
  const place = make("div", { class: "analysis" });
  main.append(make("h1", {}, say("analysis.title")), place);
  showWhenRead(place, api.analysis, analysisParts, signal);
}

function analysisParts({ stages, openings, media, months, wait_days: wait, follow_up_rate: rate }) {
  if (!stages.length && !months.length) return make("p", { class: "empty" }, say("analysis.none"));
  return [
    make("ul", { class: "numbers" },
      fact("follow_up", rate === null ? "–" : percent(rate), ""),
      fact("median", wait.median === null ? "–" : count(wait.median), wait.median === null ? "" : say("analysis.days")),
      fact("longest", wait.longest === null ? "–" : count(wait.longest), wait.longest === null ? "" : say("analysis.days"))),
    chartCard("months", months.length && monthBars(months, [
      { key: "applied", kind: "third", label: say("analysis.applied") },
      { key: "rejected", kind: "second", label: say("analysis.rejected") },
      { key: "sent", kind: "first", label: say("analysis.sent") },
    ], say("analysis.months"))),
    chartCard("stages", stages.length && namedBars(stages.map(({ name, count: number }) => ({ name, number })), say("analysis.stages"))),
    chartCard("openings", openings.length && groupTable(openings, say("analysis.openings"))),
    chartCard("media", media.length && groupTable(media, say("analysis.media"))),
  ].filter(Boolean);
}

function fact(key, figure, unit) {
  return make("li", {}, make("div", { class: "number" }, make("span", { class: "label" }, say(`analysis.${key}`)), make("strong", {}, figure), " ", unit));
}

function chartCard(key, content) {
  if (!content) return null;
  return make("section", { class: "card", "aria-labelledby": `${key}-title` }, make("h2", { id: `${key}-title` }, say(`analysis.${key}`)), content);
}

function groupTable(groups, label) {
  const sorted = [...groups].sort((a, b) => b.rows - a.rows);
  const keys = ["rows", "rejected", "sent"];
  const rowOf = (group) => make("tr", {}, make("th", { scope: "row" }, typed(group.name || "–")), keys.map((key) => make("td", { class: "n" }, count(group[key]))));
  const head = make("thead", {}, make("tr", {}, make("th", { scope: "col" }, say("analysis.name")), keys.map((key) => make("th", { scope: "col" }, say(`analysis.${key}`)))));
  const table = (rows) => make("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": label }, make("table", {}, head.cloneNode(true), make("tbody", {}, rows.map(rowOf))));
  const rest = sorted.slice(SHOWN);
  return rest.length
    ? make("div", {}, table(sorted.slice(0, SHOWN)), make("details", {}, make("summary", {}, say("analysis.more", { n: rest.length })), table(rest)))
    : table(sorted);
}
