// What the page says of tags, in English; the same keys as words_tags_ja.js.

/** Everything about tags, in English. */
export const TAGS_EN = {
  "tags.place": "Tags",
  "tags.title": "Proposed tags",
  "tags.lead": "Whom the rules of tab タグ規則 speak of. Adding writes behind what stands in column タグ; nothing that was typed is taken away or changed.",
  "tags.proposed": "Proposals: {n}, people: {people}",
  "tags.none": "There is no tag to propose",
  "tags.people": { one: "{n} person", other: "{n} people" },
  "tags.all": { one: "Choose {n}", other: "Choose all {n}" },
  "tags.more": { one: "{n} more; it comes once you have answered.", other: "{n} more; they come once you have answered." },
  "tags.why": "Why this tag:",
  "tags.choose": "Choose somebody first.",
  "tags.accept": "Add to those chosen",
  "tags.refuse": "Not for them",
  "tags.done": "{added} added to column タグ, {refused} refused",
  "tags.tidy": "Labels that could be written alike",
  "tags.tidy_lead": "Nothing is changed here. Correct them in column タグ of the sheet.",
  "tags.rules": "Rules that are not used",
};
