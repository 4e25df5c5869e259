// All calls of the service. Nothing else in the page talks to anybody.

import { language } from "./words.js";

/** The service refused, or did not answer. `name` is one of the service's names, or "unreachable". */
export class Refused extends Error {
  constructor(name, text, status) {
    super(text);
    this.name = name;
    this.status = status;
  }
}

// In the sidebar of a spreadsheet the page stands on a server that is not ours; its script carries our calls.
const carry = globalThis.google?.script?.run ? carryBySheet : carryByFetch;

async function carryByFetch(method, path, body) {
  const named = new URLSearchParams(location.search).get("workbook");  // on Cloud Run: /?workbook=ID
  const answer = await fetch(`.${path}`, {
    method,
    headers: {
      ...(named && { "X-Relay-Workbook": named }),
      ...(body !== null && { "Content-Type": "application/json" }),
    },
    body: body === null ? undefined : JSON.stringify(body),
    credentials: "same-origin",
    cache: "no-store",
    redirect: "error",
  });
  return { status: answer.status, body: await answer.json().catch(() => null) };
}

function carryBySheet(method, path, body) {
  return new Promise((done, failed) => {
    google.script.run.withSuccessHandler(done).withFailureHandler(failed).callService(method, path, body);
  }).then((answer) => ({ ...answer, body: typeof answer.body === "string" ? JSON.parse(answer.body) : answer.body }));
}

async function call(method, path, body = null) {
  const spoken = `${path}${path.includes("?") ? "&" : "?"}lang=${language()}`;
  let answer;
  try {
    answer = await carry(method, spoken, body);
  } catch {
    throw new Refused("unreachable", "", 0);
  }
  if (answer.status < 300 && answer.body !== null) return answer.body;
  const { name = "error", text = "" } = answer.body?.error ?? {};
  throw new Refused(name, text, answer.status);
}

/** The calls, one each; the answers are those of the service's description. */
export const api = {
  session: () => call("GET", "/api/session"),
  plan: () => call("GET", "/api/plan"),
  letters: (ids, plan) => call("POST", "/api/letters", { ids, plan }),
  test: (ids, to) => call("POST", "/api/test", { ids, to }),
  approve: (order) => call("POST", "/api/approvals", order),
  send: (approval, seconds) => call("POST", "/api/send", { approval, seconds }),
  undo: (approval) => call("POST", "/api/undo", { approval }),
  freeze: (because) => call("POST", "/api/freeze", { because }),
  thaw: (expect, because) => call("POST", "/api/thaw", { expect, because }),
  uncertain: () => call("GET", "/api/uncertain"),
  settle: (ids, word, note) => call("POST", "/api/settle", { ids, word, note }),
  credits: () => call("GET", "/api/credits"),
  redeem: (use) => call("POST", "/api/credits/redeem", use),
  takeReports: () => call("POST", "/api/credits/reports", {}),
  check: () => call("GET", "/api/check"),
  analysis: (period) => call("GET", period === null ? "/api/analysis" : `/api/analysis?period=${encodeURIComponent(period)}`),
  match: (opening) => call("GET", `/api/match?opening=${encodeURIComponent(opening)}`),
  retention: () => call("GET", "/api/retention"),
  announceRetention: () => call("POST", "/api/retention/announce", {}),
  erase: (wanted) => call("POST", "/api/retention/erase", wanted),
  previewImport: (wanted) => call("POST", "/api/import/preview", wanted),
  takeIn: (wanted) => call("POST", "/api/import", wanted),
  undoImport: (id) => call("POST", "/api/import/undo", { import_id: id }),
  imports: () => call("GET", "/api/imports"),
  runs: () => call("GET", "/api/runs"),
};
