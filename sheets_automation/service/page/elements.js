// Elements of the page. Whatever comes from the workbook gets into the page through here, and only as text.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element. `facts`: attributes; `on` for listeners; true and false for attributes without a value. */
export function make(tag, facts = {}, ...children) {
  return furnish(document.createElement(tag), facts, children);
}

/** Make an element of a drawing. */
export function draw(tag, facts = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), facts, children);
}

function furnish(element, facts, children) {
  for (const [name, value] of Object.entries(facts)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Text that somebody typed: it keeps its own direction of writing, and cannot turn that of its neighbours. */
export function typed(text, facts = {}) {
  return make("bdi", facts, String(text ?? ""));
}

/** A button that does something here. */
export function button(text, act, facts = {}) {
  return make("button", { type: "button", ...facts, on: { click: act } }, text);
}

/** An address of the outside world, or null: a link in an answer may lead to a web page and to nothing else. */
export function webAddress(text) {
  try {
    const address = new URL(text);
    return address.protocol === "https:" ? address.href : null;
  } catch {
    return null;
  }
}
