// Lists of thousands that stay smooth: only what is near the eye is built.

import { make } from "./elements.js";

const STEP = 60;
const MARGIN = 12;

/** A list whose rows are of any height: it grows as the reader gets near its end. */
export function growingList(items, row, facts = {}) {
  const list = make("ul", { class: "list", ...facts });
  const end = make("li", { class: "end", "aria-hidden": "true" });
  let built = 0;
  const grow = () => {
    end.remove();
    list.append(...items.slice(built, built + STEP).map(row));
    built = Math.min(items.length, built + STEP);
    if (built < items.length) list.append(end);
  };
  // Rows are built before the reader gets there; the eye never meets the end of an unfinished list.
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    grow();
    watch.unobserve(end);
    if (built < items.length) watch.observe(end);
  }, { rootMargin: "800px" });
  grow();
  if (built < items.length) watch.observe(end);
  return list;
}

/** A list whose rows are all of one height, so that any place of it can be shown at once. */
export class WindowedList {
  /** `scroller` is what scrolls: an element, or null for the page. `row(item, index)` builds a row. */
  constructor(row, { height, scroller = null, signal, facts = {} }) {
    this.element = make("ul", { class: "list windowed", ...facts });
    this.row = row;
    this.height = height;
    this.scroller = scroller;
    this.items = [];
    this.rowHeight = 0;
    this.rows = new Map();
    const again = () => requestAnimationFrame(() => this.show());
    (scroller ?? document).addEventListener("scroll", again, { signal, passive: true });
    addEventListener("resize", again, { signal });
  }

  /** Show these items instead, from the beginning of the list. */
  fill(items) {
    this.items = items;
    this.measure();
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    this.element.style.blockSize = `${items.length * this.rowHeight}px`;
    this.show();
  }

  /** Build the rows that can be seen, and drop the others, except where the keyboard is. */
  show() {
    if (!this.element.isConnected) return;
    this.measure();
    const [first, last] = this.visible();
    for (const [index, row] of this.rows) {
      if ((index < first || index >= last) && !row.contains(document.activeElement)) {
        row.remove();
        this.rows.delete(index);
      }
    }
    for (let index = first; index < last; index += 1) if (!this.rows.has(index)) this.place(index);
  }

  /** Build one row again, because what it tells has changed. */
  refresh(index) {
    const row = this.rows.get(index);
    if (!row) return;
    const hadFocus = row.contains(document.activeElement);
    row.remove();
    this.rows.delete(index);
    this.place(index);
    if (hadFocus) this.rows.get(index).querySelector("button")?.focus();
  }

  /** Bring a row before the eye and give it back. */
  reveal(index) {
    const box = this.scroller;
    const [top, bottom] = [index * this.rowHeight, (index + 1) * this.rowHeight];
    if (top < box.scrollTop) box.scrollTop = top;
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
    this.show();
    return this.rows.get(index);
  }

  // Once for all rows that are built: each time, the browser has to settle the styles of what was built before.
  measure() {
    this.rowHeight = this.height();
  }

  visible() {
    const above = this.scroller ? this.scroller.scrollTop : -this.element.getBoundingClientRect().top;
    const room = this.scroller ? this.scroller.clientHeight : innerHeight;
    const first = Math.floor(above / this.rowHeight) - MARGIN;
    const last = Math.ceil((above + room) / this.rowHeight) + MARGIN;
    return [Math.max(0, Math.min(first, this.items.length)), Math.max(0, Math.min(last, this.items.length))];
  }

  place(index) {
    const row = this.row(this.items[index], index);
    row.style.transform = `translateY(${index * this.rowHeight}px)`;
    row.setAttribute("aria-setsize", this.items.length);
    row.setAttribute("aria-posinset", index + 1);
    this.rows.set(index, row);
    // A reader that hears the page, or walks it by Tab, meets the rows in their order.
    const next = [...this.rows.keys()].filter((other) => other > index).sort((a, b) => a - b)[0];
    this.element.insertBefore(row, next === undefined ? null : this.rows.get(next));
  }
}
