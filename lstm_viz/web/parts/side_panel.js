// The panel beside the tracks, which stays in sight while they scroll.
import { element, part } from "../core/dom.js";

export function buildSidePanel(label, ...children) {
  return part("inspector", element("aside", { class: "inspector", "aria-label": label }, ...children));
}
