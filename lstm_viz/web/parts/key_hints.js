// The keys that a page listens to.
import { element } from "../core/dom.js";

export function keyHints({ across = "time step", down = "unit", play = false } = {}) {
  const hints = [["←→", across], ["↑↓", down], ...(play ? [[["space"], "play"]] : []), [["Esc"], "back to the text"]];
  return element("p", { class: "keys" }, ...hints.map(([keys, what]) => element("span", {}, ...[...keys].map((key) => element("kbd", {}, key)), ` ${what}`)));
}
