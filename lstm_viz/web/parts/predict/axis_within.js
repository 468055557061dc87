// The labels of what is predicted, under columns that leave room for the last ones where labels are slanted.
import { columnWidth, textWidth } from "../../core/geometry.js";
import { drawAxis, shortened } from "../../draw/axis.js";

const FONT = "16px 'Source Serif', 'Source Serif 4', Georgia, serif";
const SLANT = 0.74; // of a slanted label's length, how far it reaches to the right

// available: pixels; narrowest: of a column → the width of a column
export function drawAxisWithin(axis, labels, available, narrowest = 0) {
  const letters = labels.every((label) => [...label].length < 2);
  const width = (room) => Math.max(narrowest, columnWidth(room, labels.length));
  let column = width(available);
  drawAxis(axis, { labels, unknown: [], column, letters });
  if (axis.classList.contains("slanted")) {
    const past = labels.map((label, k) => (k < labels.length - 1 - 120 / column ? 0 : SLANT * textWidth(shortened(label), FONT) + 12 - (labels.length - k - 0.5) * column));
    column = width(available - Math.max(0, ...past));
    drawAxis(axis, { labels, unknown: [], column, letters });
  }
  return column;
}
