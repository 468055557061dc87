// Where the page stands, with a button to either side.
import { element } from "../core/dom.js";

export function stepper(what, back, forth, onMove) {
  const text = element("div", { class: "where" });
  const buttons = [back, forth].map((sign, k) => {
    const label = `${k ? "next" : "previous"} ${what}`;
    const button = element("button", { type: "button", class: "quiet", "aria-label": label, title: label }, sign);
    button.onclick = () => onMove(k ? 1 : -1);
    return button;
  });
  return { root: element("div", { class: "stepper" }, buttons[0], text, buttons[1]), text };
}
