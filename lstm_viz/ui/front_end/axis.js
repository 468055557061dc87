// The token axis: level labels where they fit, slanted ones where they do not, every n-th where columns are narrow.
// Characters stand upright, however narrow their columns.
import { element, replace } from "./dom.js";
import { textWidth } from "./geometry.js";

const FONT = "16px 'Source Serif', 'Source Serif 4', Georgia, serif";
const SLANT = 0.7; // sine of the angle at which style.css turns a label
const LETTER = 9; // pixels that a character needs
const NO_GLYPH = "▯";

export function drawAxis(axis, { labels, unknown, column, letters = false, why = "is not known to the network, which reads it as “unknown”." }) {
  const widest = letters ? LETTER : Math.max(0, ...labels.map((label) => textWidth(label, FONT))) + 8;
  const level = letters || widest <= column;
  const every = letters ? Math.ceil(LETTER / column) : level ? 1 : Math.max(1, Math.ceil(18 / column));
  axis.classList.toggle("letters", letters);
  axis.classList.toggle("slanted", !level);
  axis.style.height = `${level ? 30 : Math.min(112, Math.round(18 + widest * SLANT))}px`;
  const strange = new Set(unknown);
  replace(
    axis,
    ...labels.map((label, k) => {
      const wide = letters && [...label].length > 1;
      const token = element("span", { class: "token" }, wide ? NO_GLYPH : label);
      token.style.left = `${(k + (level ? 0.5 : 0.35)) * column}px`;
      token.hidden = k % every !== 0;
      if (wide) token.title = label;
      if (strange.has(k)) {
        token.classList.add("unknown");
        token.title = `“${label}” ${why}`;
      }
      return token;
    }),
  );
}
