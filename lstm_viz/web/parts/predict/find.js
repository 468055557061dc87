// Find it: the place is chosen in the real view, and named here.
import { element } from "../../core/dom.js";

export function buildFind() {
  const now = element("output");
  const root = element("p", { class: "find" }, now);
  let chosen = null;

  function update({ asked: { what, labels }, prediction, answered }) {
    chosen = prediction;
    const named = chosen === null ? "" : labels?.[chosen] === undefined ? `${what} ${chosen}` : `${what} ${chosen}, “${labels[chosen]}”`;
    now.textContent = named ? `${answered ? "You chose" : "Chosen now:"} ${named}${answered ? "." : ""}` : "";
  }
  return { root, update, prediction: () => chosen, lacking: () => (chosen === null ? "Click the place in the view." : "") };
}
