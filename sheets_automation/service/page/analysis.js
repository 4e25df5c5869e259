// The workbook in figures: each with what it is made of and how it is defined, for a period that a person chooses.

import { make, typed } from "./elements.js";
import { count, month, percent, say, yen } from "./words.js";
import { api } from "./api.js";
import { monthBars, namedBars } from "./charts.js";
import { loopParts } from "./loop.js";
import { showWhenRead } from "./trouble.js";

const SHOWN = 12;
const GREAT = ["follow_up", "letter_median", "cost_per_hire", "link_registered"];
const NOTHING = "–";

/** Draw the analysis. */
export function analysisView(main, { signal }) {
  const place = make("div", { class: "analysis" });
  const read = (period) => showWhenRead(place, () => api.analysis(period), analysisParts, signal);
  main.append(make("h1", {}, say("analysis.title")), periodForm(read), place);
  read(null);
}

function periodForm(read) {
  const from = make("input", { type: "month", id: "period-from", name: "from", min: "1900-01", max: "2199-12" });
  const to = make("input", { type: "month", id: "period-to", name: "to", min: "1900-01", max: "2199-12" });
  const submit = (event) => {
    event.preventDefault();
    read(from.value || to.value ? `${from.value}..${to.value}` : "");
  };
  return make("form", { class: "field period", on: { submit } },
    make("label", { for: "period-from" }, say("analysis.from"), " "), from,
    make("label", { for: "period-to" }, say("analysis.to"), " "), to,
    make("button", { type: "submit", class: "plain" }, say("analysis.show")));
}

function analysisParts(answer) {
  const { figures, stages, media, openings, tags, skills, months, waiting, problems, loop } = answer;
  if (!stages[0]?.reached && !months.some((one) => one.applied + one.rejected + one.sent)) {
    return [scope(answer), make("p", { class: "empty" }, say("analysis.none"))];
  }
  const named = (lines, key) => lines.map((line) => ({ name: line.name || say("analysis.unnamed"), number: line[key] }));
  return [
    scope(answer),
    problems.length ? make("ul", { class: "notice act plainly" }, problems.map((problem) => make("li", {}, problem.text))) : null,
    make("section", { class: "card" }, make("dl", { class: "figures" }, figures.filter(({ id }) => GREAT.includes(id)).map(fact))),
    card("stages", stages.length && [namedBars(named(stages, "reached"), say("analysis.stages")), stageTable(stages)]),
    card("media", media.length && [namedBars(named(media, "applications").slice(0, SHOWN), say("analysis.applications")), groupTable(media, say("analysis.media"))]),
    card("openings", openings.length && groupTable(openings, say("analysis.openings"))),
    card("tags", tags.length && groupTable(tags, say("analysis.tags"))),
    card("skills", skills.length && groupTable(skills, say("analysis.skills"))),
    card("months", months.length && monthBars(months, [
      { key: "applied", kind: "third", label: say("analysis.applied") },
      { key: "rejected", kind: "second", label: say("analysis.rejected") },
      { key: "sent", kind: "first", label: say("analysis.sent") },
    ], say("analysis.months"))),
    surveyCard(answer.survey),
    card("loop", loop.length && loopParts(loop)),
    card("waiting", waiting.length && waitingTable(waiting)),
    card("figures", figureTable(figures)),
  ].filter(Boolean);
}

function scope({ period, small_group: few, undated, withheld, unknown_stages: unknown }) {
  return make("p", { class: "dim" }, say("analysis.scope", { period, few }),
    undated ? ` ${say("analysis.undated", { n: undated })}` : null,
    withheld ? ` ${say("analysis.withheld", { n: withheld })}` : null,
    unknown.length ? [` ${say("analysis.unknown")} `, unknown.map((one, nth) => [nth ? ", " : "", typed(one.name)])] : null);
}

function fact(figure) {
  return make("div", {}, make("dt", {}, figure.name), make("dd", {}, shown(figure)), make("dd", {}, make("small", { class: "dim" }, madeOf(figure))));
}

function shown({ shown: text, small }) {
  return small ? `${text} ※` : text;
}

function madeOf({ numerator, denominator, formula }) {
  if (formula) return formula;
  if (denominator === null) return "";
  return numerator === null ? `n = ${count(denominator)}` : `${count(numerator)} ÷ ${count(denominator)}`;
}

function card(key, content) {
  if (!content) return null;
  return make("section", { class: "card", "aria-labelledby": `${key}-title` }, make("h2", { id: `${key}-title` }, say(`analysis.${key}`)), content);
}

function table(label, heads, rows) {
  return make("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": label }, make("table", {},
    make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, rows.map(([name, ...cells]) => make("tr", {}, make("th", { scope: "row" }, name), cells.map((cell) => make("td", { class: "n" }, cell)))))));
}

function figureTable(figures) {
  const name = (figure) => [figure.name, make("div", { class: "dim" }, figure.definition, " · ", figure.period_by)];
  return make("div", { class: "definitions" }, table(say("analysis.figures"), [say("analysis.name"), say("analysis.value"), say("analysis.made_of")],
    figures.map((figure) => [name(figure), shown(figure), madeOf(figure)])));
}

function stageTable(stages) {
  const keys = ["reached", "passed", "rejected", "withdrawn", "not_considered", "going"];
  return table(say("analysis.stages"), [say("analysis.name"), ...keys.map((key) => say(`analysis.${key}`)), say("analysis.pass_rate")],
    stages.map((stage, nth) => [marked(stage), ...keys.map((key) => count(stage[key])), nth === stages.length - 1 ? NOTHING : share(stage.pass_rate)]));
}

function groupTable(groups, label) {
  const hasCosts = groups.some((group) => group.cost !== null);
  const costs = hasCosts ? ["cost", "cost_per_application", "cost_per_hire"] : [];
  const heads = ["name", "applications", "offers", "hired", "hire_rate", "follow_up_rate", ...costs].map((key) => say(`analysis.${key}`));
  const rows = groups.map((group) => [
    marked(group), count(group.applications), count(group.offered + group.hired), count(group.hired), share(group.hire_rate), share(group.follow_up_rate),
    ...costs.map((key) => (group[key] === null ? NOTHING : yen(group[key]))),
  ]);
  const rest = rows.slice(SHOWN);
  if (!rest.length) return table(label, heads, rows);
  return make("div", {}, table(label, heads, rows.slice(0, SHOWN)),
    make("details", {}, make("summary", {}, say("analysis.more", { n: rest.length })), table(label, heads, rest)));
}

// How content people were with our letters. Too few answers are none: each could be told apart.
function surveyCard({ answers, mean, counts, lines }) {
  if (!answers) return null;
  const bars = counts.map((number, nth) => ({ name: say(`survey.score_${nth + 1}`), number })).reverse();
  const months = ({ first, last }) => (first === last ? month(first) : `${month(first)} – ${month(last)}`);
  return make("section", { class: "card", "aria-labelledby": "survey-title" }, make("h2", { id: "survey-title" }, say("survey.title")),
    make("p", {}, say("survey.mean", { mean, n: answers })), namedBars(bars, say("survey.title")),
    table(say("survey.title"), [say("survey.months"), say("survey.answers"), say("survey.average")],
      lines.map((line) => [months(line), count(line.answers), count(line.mean)])),
    make("p", { class: "dim" }, say("survey.note")));
}

function waitingTable(waiting) {
  return table(say("analysis.waiting"), [say("analysis.who"), say("analysis.opening"), say("analysis.row"), say("analysis.days")],
    waiting.map((one) => [typed(one.name), typed(one.opening), count(one.row), count(one.days)]));
}

function marked({ name, small }) {
  return [typed(name || say("analysis.unnamed")), small ? " ※" : null];
}

function share(rate) {
  return rate === null ? NOTHING : percent(rate);
}
