// Spaces and line ends of a text, drawn faintly behind the editor that holds it.
import { element, replace } from "./dom.js";

const MOST = 4000; // characters: past them nobody looks for a space

export function buildBlanks(area) {
  const root = element("div", { class: "blanks", "aria-hidden": "true" });
  area.addEventListener("scroll", () => (root.scrollTop = area.scrollTop));
  return {
    root,
    draw() {
      const parts = area.value.slice(0, MOST).split(/( |\n|\t)/);
      const signs = { " ": "·", "\n": "↵", "\t": "⇥" };
      replace(root, ...parts.map((part) => (part in signs ? element("i", { "data-sign": signs[part] }, part) : part)));
      root.scrollTop = area.scrollTop;
    },
  };
}
