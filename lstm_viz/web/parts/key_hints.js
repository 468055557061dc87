// The keys that a page listens to.
import { element } from "../core/dom.js";

export function keyHints({ across = "time step", down = "unit", play = false, stages = false } = {}) {
  const more = [...(play ? [[["space"], "play"]] : []), ...(stages ? [["S", "next stage"], [["Shift S"], "the one before"]] : [])];
  const hints = [["←→", across], ["↑↓", down], ...more, [["Esc"], "back to the text"]];
  return element("p", { class: "keys" }, ...hints.map(([keys, what]) => element("span", {}, ...[...keys].map((key) => element("kbd", {}, key)), ` ${what}`)));
}
