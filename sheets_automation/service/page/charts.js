// Drawings: a gauge, months as bars, and bars beside names. Each says in words what it shows.

import { draw, make, typed } from "./elements.js";
import { count, month, say } from "./words.js";

const RADIUS = 52;
const ROUND = 2 * Math.PI * RADIUS;
const BAR_ROOM = 96;
const WIDE = 760;
const WIDEST = 1000;
const FEWEST_MONTHS = 6;

/** A ring that fills as `part` of `whole` is reached, with the numbers in its middle. */
export function gauge(part, whole, label) {
  const share = whole > 0 ? Math.min(part / whole, 1) : 0;
  const circle = (kind, facts) => draw("circle", { class: kind, cx: 64, cy: 64, r: RADIUS, fill: "none", "stroke-width": 12, ...facts });
  return draw("svg", { class: "gauge", viewBox: "0 0 128 128", role: "img", "aria-label": label },
    circle("track", {}),
    share > 0 && circle("reached", { "stroke-linecap": "round", "stroke-dasharray": `${ROUND * share} ${ROUND}`, transform: "rotate(-90 64 64)" }),
    draw("text", { x: 64, y: 70, class: "gauge-part", "text-anchor": "middle" }, count(part)),
    draw("text", { x: 64, y: 92, class: "gauge-whole", "text-anchor": "middle" }, `/ ${count(whole)}`));
}

/** Months side by side, a bar for each series; the table below says the same to whoever does not see. */
export function monthBars(all, series, title) {
  const months = sinceFirst(all, series);
  const most = Math.max(1, ...months.flatMap((one) => series.map(({ key }) => one[key])));
  const { step, thick, inset } = spacing(months.length, series.length);
  const width = months.length * step;
  const bars = months.map((one, index) => series.map(({ key, kind }, nth) => bar(one[key], most, index * step + inset + nth * (thick + 3), { kind, thick })));
  const names = months.map((one, index) => draw("text", { x: index * step + step / 2, y: BAR_ROOM + 36, class: "axis", "text-anchor": "middle" }, month(one.month, { short: true })));
  const drawing = draw("svg", { class: "months", viewBox: `0 0 ${width} ${BAR_ROOM + 42}`, width, height: BAR_ROOM + 42, role: "img", "aria-label": title },
    draw("line", { x1: 0, x2: width, y1: BAR_ROOM + 18, y2: BAR_ROOM + 18, class: "base" }), bars, names);
  const box = make("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": title }, drawing);
  requestAnimationFrame(() => { box.scrollLeft = box.scrollWidth; });  // the newest months first
  return make("figure", {}, make("figcaption", {}, legend(series)), box, monthTable(months, series, title));
}

// Months before anything happened tell nothing; some of them stay, so that a beginning looks like one.
function sinceFirst(months, series) {
  const first = months.findIndex((one) => series.some(({ key }) => one[key] > 0));
  return first === -1 ? months : months.slice(Math.max(0, Math.min(first, months.length - FEWEST_MONTHS)));
}

function spacing(months, series) {
  const isWide = innerWidth > WIDE;
  const room = (isWide ? WIDEST : innerWidth - 64) / months;
  const step = Math.min(Math.max(room, series * 14 + 8), isWide ? series * 24 + 32 : series * 18 + 16);
  const thick = Math.min(20, Math.floor((step - 8) / series) - 3);
  return { step, thick, inset: (step - series * (thick + 3) + 3) / 2 };
}

function bar(number, most, x, { kind, thick }) {
  const height = Math.round((number / most) * BAR_ROOM);
  return [
    number > 0 && draw("rect", { class: kind, x, y: BAR_ROOM + 18 - height, width: thick, height, rx: 2.5 }),
    number > 0 && draw("text", { x: x + thick / 2, y: BAR_ROOM + 14 - height, class: "figure", "text-anchor": "middle" }, count(number)),
  ].filter(Boolean);
}

function legend(series) {
  return make("ul", { class: "legend" }, series.map(({ kind, label }) => make("li", {}, make("i", { class: kind }), label)));
}

function monthTable(months, series, title) {
  return make("table", { class: "hidden" }, make("caption", {}, title),
    make("thead", {}, make("tr", {}, make("th", { scope: "col" }, say("chart.month")), series.map(({ label }) => make("th", { scope: "col" }, label)))),
    make("tbody", {}, months.map((one) => make("tr", {}, make("th", { scope: "row" }, month(one.month)), series.map(({ key }) => make("td", {}, count(one[key])))))));
}

/** Names with a bar each, the longest for the largest number. */
export function namedBars(rows, label) {
  const most = Math.max(1, ...rows.map((row) => row.number));
  return make("ul", { class: "bars", "aria-label": label }, rows.map((row) => make("li", {},
    make("span", { class: "bar-name" }, typed(row.name)),
    draw("svg", { class: "bar-line", "aria-hidden": "true", preserveAspectRatio: "none", viewBox: "0 0 100 8" },
      draw("rect", { class: "track", width: 100, height: 8 }), draw("rect", { class: "first", width: (row.number / most) * 100, height: 8 })),
    make("span", { class: "bar-number" }, count(row.number)))));
}
