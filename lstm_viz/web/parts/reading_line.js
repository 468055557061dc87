// The text in one line where the axis has no room for its letters: as much as fits around the chosen one, or around the
// one under the pointer.
import { element, replace } from "../core/dom.js";

const WIDE = 10; // pixels a character
const NAMED = /^.$/u;

// choose(step): a character was clicked
export function buildReadingLine(choose) {
  const text = element("div", { class: "line-text" });
  const extent = element("i", { class: "line-extent", "aria-hidden": "true" });
  const root = element("div", { class: "reading-line", role: "img" }, text);
  let [tokens, chosen, pointed, from, size] = [[], 0, null, 0, 0];
  text.onclick = (event) => {
    const letter = event.target.closest("span");
    if (letter) choose(from + [...text.children].indexOf(letter));
  };

  function draw() {
    size = Math.min(tokens.length, Math.max(1, Math.floor(root.clientWidth / WIDE)));
    const middle = pointed ?? chosen;
    from = Math.max(0, Math.min(tokens.length - size, middle - (size >> 1)));
    while (text.children.length > size) text.lastChild.remove();
    while (text.children.length < size) text.append(element("span"));
    for (let k = 0; k < size; k++) {
      const [letter, token] = [text.children[k], tokens[from + k]];
      letter.textContent = NAMED.test(token) ? token : "▯";
      letter.title = `“${token}”, step ${from + k}`;
      letter.classList.toggle("now", from + k === chosen);
      letter.classList.toggle("pointed", from + k === pointed);
    }
    root.classList.toggle("goes-on", from + size < tokens.length);
    root.classList.toggle("went-before", from > 0);
    root.setAttribute("aria-label", `Steps ${from} to ${from + size - 1}: ${tokens.slice(from, from + size).join("")}`);
  }

  function mark() {
    extent.style.left = `calc(var(--columns) * var(--column) * ${from / tokens.length})`;
    extent.style.width = `calc(var(--columns) * var(--column) * ${size / tokens.length})`;
  }

  return {
    root,
    extent,
    // labels: of all steps; none where the axis shows them itself
    update(labels) {
      tokens = labels;
      root.hidden = extent.hidden = !tokens.length;
      if (!tokens.length) replace(text);
    },
    select(step) {
      chosen = step;
      if (root.hidden) return;
      draw();
      mark();
    },
    // step: under the pointer, null where none is
    point(step) {
      if (root.hidden || step === pointed) return;
      pointed = step;
      draw();
      mark();
    },
  };
}
