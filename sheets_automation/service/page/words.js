// What the page says, in the language that was chosen; numbers and dates as people there write them.

import { JA } from "./words_ja.js";
import { EN } from "./words_en.js";
import { FREEZE_JA } from "./words_freeze_ja.js";
import { FREEZE_EN } from "./words_freeze_en.js";
import { RETENTION_JA } from "./words_retention_ja.js";
import { RETENTION_EN } from "./words_retention_en.js";
import { IMPORT_JA } from "./words_import_ja.js";
import { IMPORT_EN } from "./words_import_en.js";
import { SURVEY_JA } from "./words_survey_ja.js";
import { SURVEY_EN } from "./words_survey_en.js";
import { PARTNERS_JA } from "./words_partners_ja.js";
import { PARTNERS_EN } from "./words_partners_en.js";
import { FOLLOW_UP_JA } from "./words_follow_up_ja.js";
import { FOLLOW_UP_EN } from "./words_follow_up_en.js";
import { SETTLE_JA } from "./words_settle_ja.js";
import { SETTLE_EN } from "./words_settle_en.js";
import { TAGS_JA } from "./words_tags_ja.js";
import { TAGS_EN } from "./words_tags_en.js";
import { sheet } from "./sheet.js";

const TABLES = { ja: { ...JA, ...FREEZE_JA, ...RETENTION_JA, ...IMPORT_JA, ...SURVEY_JA, ...PARTNERS_JA, ...FOLLOW_UP_JA, ...SETTLE_JA, ...TAGS_JA }, en: { ...EN, ...FREEZE_EN, ...RETENTION_EN, ...IMPORT_EN, ...SURVEY_EN, ...PARTNERS_EN, ...FOLLOW_UP_EN, ...SETTLE_EN, ...TAGS_EN } };
const KEPT_LANGUAGE = "relay.language";
let spoken = "ja";

/** The language of the page: "ja" or "en". */
export function language() {
  return spoken;
}

/** Speak the language of the address, else the one chosen last time, else that of the spreadsheet, else Japanese. */
export function chooseLanguage() {
  const wanted = [new URLSearchParams(location.search).get("lang"), keptLanguage(), sheet?.language];
  speak(wanted.find((one) => Object.hasOwn(TABLES, one ?? "")) ?? "ja");
}

/** Speak this language from now on. */
export function speak(wanted) {
  spoken = wanted;
  document.documentElement.lang = wanted;
  try {
    localStorage.setItem(KEPT_LANGUAGE, wanted);
  } catch {
    // A browser that keeps nothing: the page speaks Japanese next time.
  }
}

function keptLanguage() {
  try {
    return localStorage.getItem(KEPT_LANGUAGE);
  } catch {
    return null;
  }
}

/** Say a sentence of the table. A sentence with {n} may have a form for one and another for the rest. */
export function say(key, facts = {}) {
  const entry = TABLES[spoken][key];
  if (entry === undefined) throw new Error(`No words for ${key}`);
  const sentence = typeof entry === "string" ? entry : entry[new Intl.PluralRules(spoken).select(facts.n)] ?? entry.other;
  return sentence.replace(/\{(\w+)\}/g, (_, name) => (typeof facts[name] === "number" ? count(facts[name]) : String(facts[name] ?? "")));
}

/** A number as people write it. */
export function count(number) {
  return new Intl.NumberFormat(spoken, { maximumFractionDigits: 1 }).format(number);
}

/** A number as people type it, or null: full-width digits and separators are no mistakes. */
export function typedNumber(text) {
  const plain = text.normalize("NFKC").replace(/[,\s]/g, "");
  return /^\d+$/.test(plain) ? Number(plain) : null;
}

/** A share of one as a percentage. */
export function percent(share) {
  return new Intl.NumberFormat(spoken, { style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** An amount of money. */
export function yen(amount) {
  return new Intl.NumberFormat(spoken, { style: "currency", currency: "JPY" }).format(amount);
}

/** A moment, written with its day of the week: people plan letters by it. */
export function when(iso) {
  return written(iso, { month: "short", day: "numeric", weekday: "short", hour: "numeric", minute: "2-digit" });
}

/** A day. */
export function day(iso) {
  return written(iso, { year: "numeric", month: "short", day: "numeric" });
}

/** A month such as "2026-11"; short without its year. */
export function month(name, { short = false } = {}) {
  return written(`${name}-01T00:00:00`, short ? { month: "short" } : { year: "numeric", month: "short" });
}

// The clock of the workbook is the one people plan by, wherever this screen stands: the moment is shown in the offset that
// it came with. What is no date is shown as it came, since a person can still read it.
function written(iso, style) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(iso ?? "") ?? [];
  const offset = sign ? Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0;
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return String(iso ?? "");
  const zone = sign ? { timeZone: "UTC" } : {};
  return new Intl.DateTimeFormat(spoken, { ...style, ...zone }).format(new Date(moment.getTime() + offset));
}

/** How long something will take, in words as rough as the estimate is. */
export function roughly(seconds) {
  if (seconds < 10) return say("time.moment");
  if (seconds < 60) return say("time.seconds", { n: Math.ceil(seconds / 10) * 10 });
  if (seconds < 5400) return say("time.minutes", { n: Math.round(seconds / 60) });
  return say("time.hours", { n: Math.round(seconds / 3600) });
}
