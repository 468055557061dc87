// Spaces and line ends of a text, drawn faintly behind the editor that holds it: an element a line, made again only
// when its line has changed.
import { element } from "../core/dom.js";

const SIGNS = { " ": "·", "\t": "⇥" };
const MOST = { lines: 400, characters: 10000 }; // past them nobody looks for a space

export function buildBlanks(area) {
  const root = element("div", { class: "blanks", "aria-hidden": "true" });
  let shown = [];
  area.addEventListener("scroll", () => (root.scrollTop = area.scrollTop));
  return {
    root,
    draw() {
      const lines = linesOf(area.value);
      while (root.childElementCount > lines.length) root.lastChild.remove();
      lines.forEach((line, k) => {
        if (shown[k] === line && root.children[k]) return;
        const made = element("div");
        for (const [text, signs] of signed(line)) made.append(signs ? element("i", { "data-sign": signs }, text) : text);
        if (root.children[k]) root.children[k].replaceWith(made);
        else root.append(made);
      });
      shown = lines;
      // The editor's scroll bar takes room from its text.
      root.style.right = `${Math.max(0, area.offsetWidth - area.clientWidth - 2)}px`;
      root.scrollTop = area.scrollTop;
    },
  };
}

// The first lines of a text, each with its end where it has one.
export function linesOf(text, most = MOST) {
  const lines = text.slice(0, most.characters).split(/(?<=\n)/).slice(0, most.lines);
  return lines.length && !lines[lines.length - 1].endsWith("\n") ? lines : [...lines, ""].slice(0, most.lines);
}

// Pieces of a line: [text, the signs that stand for it, or ""]. Blanks that follow each other are one piece.
export function signed(line) {
  const pieces = line.match(/ +|\t|\n|[^ \t\n]+/g) ?? [];
  return pieces.map((text) => (text === "\n" ? ["", "↵"] : [text, text[0] in SIGNS ? SIGNS[text[0]].repeat(text.length) : ""]));
}
