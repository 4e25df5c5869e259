// HR's campaigns: what is planned in the sheet, in numbers; and how to begin where nothing is planned yet.

import { button, make, typed } from "./elements.js";
import { count, say } from "./words.js";
import { api } from "./api.js";
import { readOwnChanges } from "./state.js";
import { whereToLook } from "./check.js";
import { troubleNotice } from "./trouble.js";

/** What stands of campaigns above a plan. */
export function campaignParts(planned, announce) {
  if (!planned.is_there) return [beginning(planned, announce)];
  if (!planned.campaigns.length) return [nothingInUse(planned)];
  return [make("section", { "aria-labelledby": "campaigns" }, make("h2", { id: "campaigns" }, say("follow_up.campaigns")),
    make("ul", { class: "list campaigns" }, planned.campaigns.map(campaignRow)))];
}

function campaignRow(one) {
  const badge = one.rests ? make("span", { class: "badge" }, say("follow_up.rests")) : null;
  return make("li", { class: "row folds" },
    make("div", { class: "who" },
      make("p", { class: "first-line" }, typed(one.name, { class: "name" }), badge),
      make("p", { class: "dim line" }, typed(one.letter), " ・ ", one.means),
      make("p", { class: "line" }, say("follow_up.due", { n: one.letters }), make("span", { class: "dim" }, " ・ ", say("follow_up.sent_so_far", { n: one.sent })))),
    whereToLook({ cell: one.cell, link: one.link }));
}

function beginning(planned, announce) {
  const trouble = make("div", { role: "alert" });
  const go = button(say("follow_up.make"), async () => {
    go.disabled = true;
    try {
      announce((await api.makeCampaigns()).text);
      await readOwnChanges();
    } catch (refusal) {
      trouble.replaceChildren(troubleNotice(refusal));
      go.disabled = false;
    }
  }, { class: "primary" });
  return make("section", { class: "begin" },
    make("h1", {}, say("follow_up.begin_title")), make("p", { class: "lead" }, say("follow_up.begin_lead")),
    stepsToBegin(planned), trouble, make("div", { class: "steps" }, go));
}

function nothingInUse(planned) {
  return make("section", { class: "card", "aria-labelledby": "begin" },
    make("h2", { id: "begin" }, say("follow_up.none_in_use")), stepsToBegin(planned));
}

function stepsToBegin(planned) {
  const steps = ["follow_up.step_tab", "follow_up.step_use", "follow_up.step_consent", "follow_up.step_look"];
  return make("ol", { class: "first-steps" }, steps.map((key, index) => make("li", {},
    make("b", { "aria-hidden": "true" }, count(index + 1)), make("span", {}, say(key, { tab: planned.tab })))));
}
