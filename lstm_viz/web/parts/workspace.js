// Tracks, and beside them a panel with the numbers at what is chosen.
import { element } from "../core/dom.js";

export function buildWorkspace(panel, tracks) {
  return element("div", { class: "workspace" }, panel, tracks);
}
