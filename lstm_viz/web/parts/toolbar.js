// A line of choices above what they concern.
import { element, part } from "../core/dom.js";

export function buildToolbar(...children) {
  return part("toolbar", element("div", { class: "toolbar" }, ...children));
}
