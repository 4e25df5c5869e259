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

// Results of a selection are what the service speaks of where nothing else is said.
function of(path, mailing = "results") {
  return mailing === "results" ? path : `${path}?mailing=${mailing}`;
}

/** The calls, one each; the answers are those of the service's description. */
export const api = {
  session: (mailing) => call("GET", of("/api/session", mailing)),
  plan: (mailing) => call("GET", of("/api/plan", mailing)),
  letters: (ids, plan, mailing) => call("POST", of("/api/letters", mailing), { ids, plan }),
  test: (ids, to, mailing) => call("POST", of("/api/test", mailing), { ids, to }),
  approve: (order, mailing) => call("POST", of("/api/approvals", mailing), order),
  send: (approval, seconds, mailing) => call("POST", of("/api/send", mailing), { approval, seconds }),
  undo: (approval, mailing) => call("POST", of("/api/undo", mailing), { approval }),
  freeze: (because) => call("POST", "/api/freeze", { because }),
  thaw: (expect, because) => call("POST", "/api/thaw", { expect, because }),
  uncertain: (mailing) => call("GET", of("/api/uncertain", mailing)),
  settle: (ids, word, note, mailing, kind = "") => call("POST", of("/api/settle", mailing), { ids, word, note, ...(kind && { kind }) }),
  credits: () => call("GET", "/api/credits"),
  redeem: (use) => call("POST", "/api/credits/redeem", use),
  takeReports: () => call("POST", "/api/credits/reports", {}),
  selectRow: (wanted) => call("POST", "/api/row", wanted),
  check: () => call("GET", "/api/check"),
  analysis: (period) => call("GET", period === null ? "/api/analysis" : `/api/analysis?period=${encodeURIComponent(period)}`),
  match: (opening) => call("GET", `/api/match?opening=${encodeURIComponent(opening)}`),
  tags: () => call("GET", "/api/tags"),
  answerTags: (said) => call("POST", "/api/tags", said),
  retention: () => call("GET", "/api/retention"),
  announceRetention: () => call("POST", "/api/retention/announce", {}),
  findPerson: (words) => call("POST", "/api/person/find", { words }),
  person: (id) => call("POST", "/api/person", { id }),
  erasePerson: (wanted) => call("POST", "/api/person/erase", wanted),
  erase: (wanted) => call("POST", "/api/retention/erase", wanted),
  previewImport: (wanted) => call("POST", "/api/import/preview", wanted),
  takeIn: (wanted) => call("POST", "/api/import", wanted),
  undoImport: (id) => call("POST", "/api/import/undo", { import_id: id }),
  imports: () => call("GET", "/api/imports"),
  runs: (mailing) => call("GET", of("/api/runs", mailing)),
  followUps: (candidate) => call("GET", `/api/follow-ups?candidate=${encodeURIComponent(candidate)}`),
  consents: () => call("GET", "/api/consents"),
  recordConsent: (said) => call("POST", "/api/consents", said),
  makeCampaigns: () => call("POST", "/api/campaigns", {}),
};
