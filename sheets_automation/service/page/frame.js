// A letter as the candidate will see it, in a frame that runs nothing, loads nothing and leads nowhere.

import { make } from "./elements.js";

const REMOVED = "template, script, style, link, meta, base, iframe, frame, object, embed, form, svg, math, video, audio, portal";
// What is not removed below is held by the letter's own policy, whatever page it stands in: a sidebar's page is Google's.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const OUTWARD = ["href", "xlink:href", "ping", "src", "srcset", "background", "poster", "action", "formaction"];

// Also a parser that shows nothing tells of a sheet that the policy forbids; what this misses is removed below.
const SHEETS = /<style\b[\s\S]*?<\/style\s*>/gi;

// The browser lets nothing but this policy write HTML, and nothing but the frame below uses it.
const ownPolicy = globalThis.trustedTypes?.createPolicy("letters", { createHTML: (html) => html }) ?? { createHTML: (html) => html };

/** The frame of a letter's HTML. */
export function letterFrame(letter, title) {
  const frame = make("iframe", { sandbox: true, title, class: "letter" });
  frame.setAttribute("sandbox", "");
  frame.srcdoc = ownPolicy.createHTML(withoutWaysOut(letter.html));
  return frame;
}

// A click on a referral link here would count as the candidate's own, and the sandbox stops a plain click only: a middle
// click or Ctrl opens a new tab all the same. So links keep their looks and lose their address, which the pointer shows.
// The sheet of dark colours goes too: the page's policy would refuse it, and the light letter is complete without it.
function withoutWaysOut(html) {
  const page = new DOMParser().parseFromString(ownPolicy.createHTML(html.replace(SHEETS, "")), "text/html");
  for (const element of page.querySelectorAll(REMOVED)) element.remove();
  for (const element of page.querySelectorAll("*")) {
    if (element.matches("a[href]")) {
      element.title = element.getAttribute("href");
      element.setAttribute("style", `color: LinkText; text-decoration: underline; ${element.getAttribute("style") ?? ""}`);
    }
    for (const { name } of [...element.attributes]) {
      const leadsOut = OUTWARD.includes(name) && !(name === "src" && /^data:image\//i.test(element.getAttribute(name)));
      if (leadsOut || name.startsWith("on")) element.removeAttribute(name);
    }
  }
  const policy = page.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = POLICY;
  page.head.prepend(policy);
  return `<!doctype html>${page.documentElement.outerHTML}`;
}

/** A letter's plain text. */
export function letterText(letter, title) {
  const text = make("pre", { class: "letter", tabindex: "0", role: "region", "aria-label": title });
  text.textContent = letter.text;
  return text;
}
