// Credits: how near the next one is, where they came from, and the use of one.

import { button, make, typed } from "./elements.js";
import { count, day, say } from "./words.js";
import { api } from "./api.js";
import { gauge, monthBars } from "./charts.js";
import { growingList } from "./lists.js";
import { showWhenRead, troubleNotice } from "./trouble.js";

const KINDS = new Set(["earned", "redeemed", "expired", "adjusted", "over_limit"]);

/** Draw the credits. */
export function creditsView(main, { signal, announce }) {
  const place = make("div", { class: "credits" });
  main.append(make("h1", {}, say("credits.title")), place);
  const read = () => showWhenRead(place, api.credits, (answer) => creditParts(answer, read, announce), signal);
  read();
}

function creditParts(answer, read, announce) {
  const { summary, partners, ledger, problems } = answer;
  return [
    problems.length ? make("ul", { class: "notice act plainly" }, problems.map((problem) => make("li", {}, problem.text))) : null,
    answer.untaken ? untakenNotice(answer.untaken, read, announce) : null,
    glance(summary, partners),
    summary.history.length ? make("section", { class: "card", "aria-labelledby": "history-title" },
      make("h2", { id: "history-title" }, say("credits.history")),
      monthBars(summary.history, [
        { key: "registered", kind: "first", label: say("credits.registered") },
        { key: "earned", kind: "second", label: say("credits.earned") },
      ], say("credits.history"))) : null,
    partners.length > 1 ? partnerTable(partners) : null,
    ledgerPart(ledger),
    summary.left > 0 ? redeemForm(answer, read, announce) : null,
  ].filter(Boolean);
}

function untakenNotice(n, read, announce) {
  const trouble = make("div", { role: "alert" });
  const take = async ({ target }) => {
    target.disabled = true;
    try {
      await api.takeReports();
      announce(say("credits.taken"));
      read();
    } catch (refusal) {
      trouble.replaceChildren(troubleNotice(refusal));
      target.disabled = false;
    }
  };
  return make("section", { class: "notice" }, make("p", {}, say("credits.untaken", { n })), trouble,
    make("div", { class: "steps" }, button(say("credits.take"), take, { class: "plain" })));
}

function glance({ progress, per_credit: whole, left, earned, redeemed, expired, partner }, partners) {
  const nearest = partners.find((one) => one.name === partner);
  const missing = Math.max(whole - progress, 0);
  return make("section", { class: "card glance" },
    gauge(progress, whole, say("credits.gauge", { part: progress, whole })),
    make("div", {},
      make("p", { class: "headline" }, say(nearest?.counts === "hired" ? "credits.missing_hired" : "credits.missing", { n: missing })),
      forecasts(partners),
      partner && make("p", { class: "dim" }, say("credits.partner"), " ", typed(partner)),
      make("dl", { class: "figures" }, Object.entries({ left, earned, redeemed, expired }).map(([key, n]) => make("div", {},
        make("dt", {}, say(`credits.${key}`)), make("dd", {}, count(n)))))));
}

function forecasts(partners) {
  const line = (one) => (partners.length > 1 ? [typed(one.name), ": ", one.forecast.text] : one.forecast.text);
  return make("ul", { class: "forecast plainly", "aria-label": say("credits.forecasts") }, partners.map((one) => make("li", {}, line(one))));
}

function partnerTable(partners) {
  const keys = ["left", "earned", "redeemed", "expired"];
  return make("section", { class: "card", "aria-labelledby": "partners-title" },
    make("h2", { id: "partners-title" }, say("credits.partners")),
    make("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": say("credits.partners") }, make("table", {},
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, say("credits.partner")), keys.map((key) => make("th", { scope: "col" }, say(`credits.${key}`))))),
      make("tbody", {}, partners.map((one) => make("tr", {}, make("th", { scope: "row" }, typed(one.name)), keys.map((key) => make("td", { class: "n" }, count(one[key])))))))));
}

function ledgerPart(ledger) {
  return make("section", { class: "part", "aria-labelledby": "ledger-title" },
    make("h2", { id: "ledger-title" }, say("credits.ledger")),
    ledger.length ? growingList(ledger, ledgerRow) : make("p", { class: "empty" }, say("credits.no_ledger")));
}

function ledgerRow(entry) {
  const kind = KINDS.has(entry.kind) ? say(`credits.kind_${entry.kind}`) : entry.kind;
  const evidence = entry.evidence.length ? make("p", { class: "dim line" }, say("credits.evidence", { n: entry.evidence.length })) : null;
  return make("li", { class: "row" },
    make("div", { class: "who" }, make("span", { class: "name" }, kind), entry.note && make("p", { class: "why" }, typed(entry.note)), entry.number ? useLine(entry) : evidence),
    make("span", { class: "dim where" }, day(entry.on)));
}

function useLine({ number, opening, actor }) {
  return make("p", { class: "use" }, say("credits.number"), " ", typed(number),
    opening && [" · ", typed(opening)], actor && [" · ", say("credits.recorded_by"), " ", typed(actor)]);
}

// Of this very use: whoever presses twice, or sends it again after a lost answer, has used one credit.
function keyOfUse() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function redeemForm({ summary, partners, openings }, read, announce) {
  const key = keyOfUse();
  const trouble = make("div", { role: "alert" });
  const go = make("button", { type: "submit", class: "plain" }, say("credits.redeem_do"));
  const submit = async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    go.disabled = true;
    try {
      const partner = form.get("partner") ?? "";
      const { left: seen } = partners.find((one) => one.id === partner) ?? summary;
      await api.redeem({ amount: Number(form.get("amount")), partner, opening: form.get("opening"), note: form.get("note"), seen, key });
      announce(say("credits.redeemed_now"));
      read();
    } catch (refusal) {
      trouble.replaceChildren(troubleNotice(refusal));
      go.disabled = false;
    }
  };
  return make("details", { class: "card" }, make("summary", {}, say("credits.redeem")),
    make("form", { on: { submit } },
      make("div", { class: "field stacked" }, make("label", { for: "amount" }, say("credits.amount")),
        make("input", { id: "amount", name: "amount", type: "number", min: "1", max: String(summary.left), value: "1", required: true })),
      partners.length > 1 && make("div", { class: "field stacked" }, make("label", { for: "partner" }, say("credits.partner")),
        make("select", { id: "partner", name: "partner" }, partners.map((one) => make("option", { value: one.id }, one.name)))),
      make("div", { class: "field stacked" }, make("label", { for: "redeem-opening" }, say("credits.opening")),
        make("input", { id: "redeem-opening", name: "opening", list: "openings", maxlength: "200", autocomplete: "off", required: true }),
        make("datalist", { id: "openings" }, openings.map((one) => make("option", { value: one })))),
      make("div", { class: "field stacked" }, make("label", { for: "redeem-note" }, say("credits.note")),
        make("input", { id: "redeem-note", name: "note", maxlength: "200", autocomplete: "off" })),
      make("p", { class: "dim" }, say("credits.redeem_hint")),
      trouble, make("div", { class: "steps" }, go)));
}
