// The token axis: level labels where they fit, slanted ones where they do not, every n-th where columns are narrow.
// Characters stand upright, smaller where their columns are narrow; none where a line of the text stands above (`line`).
import { element } from "../core/dom.js";
import { textWidth } from "../core/geometry.js";

const FONT = "16px 'Source Serif', 'Source Serif 4', Georgia, serif";
const SLANT = 0.7; // sine of the angle at which style.css turns a label
const ROOM = 21; // pixels from one slanted label to the next
export const LETTER = 6.7; // pixels that a character needs, at 11 pixels of type
const MONO = 0.602; // width of a character, in heights of type
const NO_GLYPH = "▯";
const LONGEST = 14; // characters of a label; the whole of it is in the inspector and under the pointer

export function drawAxis(axis, { labels, unknown, column, letters = false, line = false, why = "is not known to the network, which reads it as “unknown”." }) {
  const short = labels.map(shortened);
  const widest = letters ? LETTER : Math.max(0, ...short.map((label) => textWidth(label, FONT))) + 8;
  const level = letters || widest <= column;
  const every = letters ? Math.ceil(LETTER / column) : level ? 1 : Math.max(1, Math.ceil(ROOM / column));
  axis.classList.toggle("letters", letters);
  axis.style.setProperty("--letter", `${Math.max(11, Math.min(14, column / MONO))}px`);
  axis.classList.toggle("slanted", !level);
  axis.classList.toggle("dense", !level && column < ROOM);
  axis.dataset.every = every;
  axis.classList.toggle("bare", line);
  axis.style.height = `${line ? 12 : level ? 30 : Math.min(112, Math.round(18 + widest * SLANT))}px`;
  const strange = new Set(unknown);
  // A label takes a browser long to lay out, and a key changes few of them, so each keeps its element.
  while (axis.children.length > labels.length) axis.lastChild.remove();
  while (axis.children.length < labels.length) axis.append(element("span", { class: "token" }));
  labels.forEach((label, k) => {
    const token = axis.children[k];
    const wide = letters && [...label].length > 1;
    const shown = wide ? NO_GLYPH : short[k];
    if (token.textContent !== shown) token.textContent = shown;
    token.style.left = `${(k + 0.5) * column}px`;
    token.hidden = k % every !== 0;
    token.title = strange.has(k) ? `“${label}” ${why}` : shown !== label ? label : "";
    token.classList.toggle("unknown", strange.has(k));
  });
}

// The label of the chosen column is always there, and stands out; its neighbours make room.
export function markToken(axis, column) {
  const every = Number(axis.dataset.every);
  [...axis.children].forEach((token, k) => {
    token.classList.toggle("now", k === column);
    token.hidden = k !== column && (k % every !== 0 || Math.abs(k - column) < every);
  });
}

// The first of the tokens that a column stands for, and of that as much as fits.
export function shortened(label) {
  const first = label.split(" … ")[0];
  const letters = [...first];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : first;
}
