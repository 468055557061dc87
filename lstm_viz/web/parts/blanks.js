// Spaces and line ends of a text, drawn faintly behind the editor that holds it: an element a line, made again only
// when its line has changed.
import { element } from "../core/dom.js";

const SIGNS = { " ": "·", "\t": "⇥" };
const MOST = 400; // lines: past them nobody looks for a space

export function buildBlanks(area) {
  const root = element("div", { class: "blanks", "aria-hidden": "true" });
  let shown = [];
  area.addEventListener("scroll", () => (root.scrollTop = area.scrollTop));
  return {
    root,
    draw() {
      const lines = area.value.split("\n").slice(0, MOST);
      while (root.childElementCount > lines.length) root.lastChild.remove();
      lines.forEach((line, k) => {
        const key = `${line}${k < lines.length - 1 ? "\n" : ""}`;
        if (shown[k] === key && root.children[k]) return;
        const made = element("div", {}, ...signed(key));
        if (root.children[k]) root.children[k].replaceWith(made);
        else root.append(made);
        shown[k] = key;
      });
      shown = shown.slice(0, lines.length);
      // The editor's scroll bar takes room from its text.
      root.style.right = `${Math.max(0, area.offsetWidth - area.clientWidth - 2)}px`;
      root.scrollTop = area.scrollTop;
    },
  };
}

function signed(line) {
  const parts = line.replace("\n", "").split(/( |\t)/).map((part) => (part in SIGNS ? element("i", { "data-sign": SIGNS[part] }, part) : part));
  return line.endsWith("\n") ? [...parts, element("i", { "data-sign": "↵" })] : parts;
}
