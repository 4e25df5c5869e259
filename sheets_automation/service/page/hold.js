// Keeping a letter from being sent, in the sheet itself: with who, when and why, until somebody lets it go again.

import { button, make } from "./elements.js";
import { say } from "./words.js";
import { api } from "./api.js";
import { known, readPlan, takenOut, takeOut } from "./state.js";
import { troubleNotice } from "./trouble.js";

/** For a letter that was taken out: the way to write that into its row, so that it holds beyond today. */
export function holdPart(letter, announce) {
  if (!takenOut.has(letter.id)) return null;
  const trouble = make("div", { role: "alert" });
  const id = `hold-note-${letter.id}`;
  const submit = async (event) => {
    event.preventDefault();
    const note = new FormData(event.target).get("note");
    if (await sayOfLetter(letter.id, "hold", note, trouble)) {
      announce(say("hold.held", { name: letter.name }));
      takeOut(letter.id, false);
      readPlan();
    }
  };
  return make("details", { class: "hold" }, make("summary", {}, say("hold.title")),
    make("p", { class: "advice" }, say("hold.hint")),
    make("form", { on: { submit } },
      make("div", { class: "field stacked" }, make("label", { for: id }, say("hold.note")),
        make("input", { id, name: "note", autocomplete: "off", maxlength: "200" })),
      trouble,
      make("div", { class: "steps" }, make("button", { type: "submit", class: "plain" }, say("hold.do")))));
}

/** The button that lets a held letter go again. */
export function releaseButton(one) {
  const trouble = make("div", { role: "alert" });
  const release = button(say("hold.release"), async () => {
    release.disabled = true;
    if (await sayOfLetter(one.id, "release", "", trouble)) readPlan();
    release.disabled = false;
  }, { class: "quiet", "aria-label": say("hold.release_who", { name: one.name }) });
  return [release, trouble];
}

async function sayOfLetter(id, word, note, trouble) {
  try {
    const { not_settled: others = [] } = await api.settle([id], word, note ?? "", known.mailing);
    trouble.replaceChildren(...(others.length ? [troubleNotice({ text: say("hold.not_done") })] : []));
    return others.length === 0;
  } catch (refusal) {
    trouble.replaceChildren(troubleNotice(refusal));
    return false;
  }
}
