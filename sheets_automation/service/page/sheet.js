// The spreadsheet around the page, where the page stands in its sidebar; elsewhere there is none.

const carrier = globalThis.google?.script?.run;

/** How the sidebar was opened: `place`, `language`, `title`, `isWide`, `choices`; null where the page stands in a browser by itself. */
export const sheet = carrier ? { place: "", language: "", title: "", isWide: false, choices: "", ...globalThis.relayStart } : null;

/** Select the row of somebody in the sheet; tells whether it was found. */
export function goToRow(cell, id, name) {
  return ask("goToRow", cell, id, name);
}

/** Open this place of the page in a wide window or in the sidebar instead, with what was chosen here. */
export async function moveTo(place, isWide, choices) {
  await ask("openPage", place, isWide, choices);
  google.script.host.close();  // two pages with choices of their own would contradict each other
}

function ask(name, ...facts) {
  return new Promise((done, failed) => {
    carrier.withSuccessHandler(done).withFailureHandler(failed)[name](...facts);
  });
}
