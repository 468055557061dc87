// The token axis: level labels where they fit, slanted ones where they do not, every n-th where columns are narrow.
// Characters stand upright, smaller where their columns are narrow; none where a line of the text stands above (`line`).
import { element } from "../core/dom.js";
import { textWidth } from "../core/geometry.js";
import { presented } from "../core/presented.js";

const FONT = (size) => `${size}px 'Source Serif', 'Source Serif 4', Georgia, serif`;
const SIZE = { label: 16, letter: 11, most: 14, room: 21 }; // pixels of type, and from one slanted label to the next
const IN_A_HALL = { label: 20, letter: 15, most: 18, room: 25 };
const SLANT = 0.7; // sine of the angle at which style.css turns a label, and about its cosine too
const BEYOND = 12; // pixels by which a slanted label may end beyond the last column: what is free there on a telephone
const MONO = 0.602; // width of a character, in heights of type
const NO_GLYPH = "▯";
const LONGEST = 14; // characters of a label; the whole of it is in the inspector and under the pointer

export function drawAxis(axis, { labels, unknown, column, letters = false, line = false, why = "is not known to the network, which reads it as “unknown”." }) {
  let short = labels.map(shortened);
  const size = presented() ? IN_A_HALL : SIZE;
  const widest = letters ? letterRoom() : Math.max(0, ...short.map((label) => textWidth(label, FONT(size.label)))) + 8;
  const level = letters || widest <= column;
  const every = letters ? Math.ceil(letterRoom() / column) : level ? 1 : Math.max(1, Math.ceil(size.room / column));
  if (!level && column >= size.room) short = short.map((label, k) => cut(label, ((labels.length - k - 0.5) * column + BEYOND) / SLANT, FONT(size.label)));
  axis.classList.toggle("letters", letters);
  axis.style.setProperty("--letter", `${Math.max(size.letter, Math.min(size.most, column / MONO))}px`);
  axis.classList.toggle("slanted", !level);
  axis.classList.toggle("dense", !level && column < size.room);
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

// As much of a label as there is room for before the page ends.
function cut(label, room, font) {
  let letters = [...label];
  while (letters.length > 2 && textWidth(letters.join(""), font) > room) letters = [...letters.slice(0, -2), "…"];
  return letters.join("");
}

// Pixels that a character needs at the smallest type.
export function letterRoom() {
  return (presented() ? IN_A_HALL : SIZE).letter * MONO + 0.078;
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
