// A line of choices above what they concern.
import { element } from "../core/dom.js";

export function buildToolbar(...children) {
  return element("div", { class: "toolbar" }, ...children);
}
