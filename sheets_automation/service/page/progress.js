// How far the sending is, as a bar and in words.

import { make } from "./elements.js";
import { roughly, say } from "./words.js";
import { secondsLeft, sending } from "./sending.js";

/** The bar, as the sending stands now. */
export function progressBar() {
  const done = sending.total - sending.left;
  return make("div", { class: "progress" },
    make("progress", { max: Math.max(sending.total, 1), value: done, "aria-label": say("send.progress") }),
    make("p", { class: "dim" }, say("send.done_of", { done, total: sending.total }), timeLeft()));
}

function timeLeft() {
  if (sending.phase === "stopping") return ` ・ ${say("send.stopping")}`;
  const seconds = secondsLeft();
  return seconds === null || sending.left === 0 || sending.phase !== "running" ? "" : ` ・ ${say("send.time_left", { time: roughly(seconds) })}`;
}
