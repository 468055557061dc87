// The panel beside the tracks, which stays in sight while they scroll.
import { element } from "../core/dom.js";

export function buildSidePanel(label, ...children) {
  return element("aside", { class: "inspector", "aria-label": label }, ...children);
}
