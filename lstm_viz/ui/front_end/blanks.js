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
      // A line break at the very end opens a line in the editor only; and its scroll bar takes room from the text.
      if (parts[parts.length - 1] === "") parts.push("\u200b");
      root.style.right = `${Math.max(0, area.offsetWidth - area.clientWidth - 2)}px`;
      replace(root, ...parts.map((part) => (part in signs ? element("i", { "data-sign": signs[part] }, part) : part)));
      root.scrollTop = area.scrollTop;
    },
  };
}
