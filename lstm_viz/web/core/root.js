// The element that holds a component: its sheet has what every component of the project looks like.
import { element } from "./dom.js";

export function buildRoot(...names) {
  return element("div", { class: ["lv", ...names].join(" ") });
}
