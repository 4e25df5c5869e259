// What this tab keeps until it is closed, for one workbook each: of another one that is opened in the same tab, nothing is
// taken over. A browser may keep nothing: then nothing is remembered.

/** Keep a text of a workbook under a name. */
export function keep(name, workbook, text) {
  try {
    sessionStorage.setItem(keptName(name, workbook), text);
  } catch {
    // Nothing is lost but comfort: the log has the facts, and the number to send says who is out.
  }
}

/** What was kept of this workbook under a name, or "". */
export function recall(name, workbook) {
  try {
    return sessionStorage.getItem(keptName(name, workbook)) ?? "";
  } catch {
    return "";
  }
}

/** Keep no more of this workbook under a name. */
export function dropKept(name, workbook) {
  try {
    sessionStorage.removeItem(keptName(name, workbook));
  } catch {
    // Nothing was kept.
  }
}

function keptName(name, workbook) {
  return `relay.${name} ${workbook}`;
}
