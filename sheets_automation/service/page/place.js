// Where on the page the reader is. A browser keeps it in the address. The frame of a sidebar has no address of its own:
// there the page remembers it, and follows its own links itself.

import { sheet } from "./sheet.js";

let kept = sheet?.place ?? "";

/** The place: a view, and what in it, such as "letters/C-001". */
export function placeNow() {
  return sheet ? kept : location.hash.slice(1);
}

/** Note that the reader is here now, without a step that "back" would undo. */
export function notePlace(place) {
  if (sheet) kept = place;
  else history.replaceState(null, "", `#${place}`);
}

/** Be told when the reader follows a link to another place. */
export function onMove(listener) {
  if (!sheet) {
    addEventListener("hashchange", listener);
    return;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.defaultPrevented) return;
    event.preventDefault();
    kept = link.getAttribute("href").slice(1);
    listener();
  });
}
