// The likeliest next symbols after every step, as characters on their probabilities; what then came is framed.
import { table } from "../core/colour.js";

const ROW = 19;
export const LEGIBLE = 9; // pixels of a column from which on there is room for a character

// choices: for each column its symbols, likeliest first; shares: their probabilities; next: what came after the column
export function drawChoices(canvas, { choices, shares, next, column, stops, ink, paper, frame, font }) {
  const [columns, rows] = shares.shape;
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(columns * column * scale);
  canvas.height = rows * ROW * scale;
  canvas.style.height = `${rows * ROW}px`;
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const colours = table(stops);
  for (let k = 0; k < columns; k++) {
    for (let rank = 0; rank < rows; rank++) {
      const share = shares.values[k * rows + rank];
      context.fillStyle = css(colours[Math.round(255 * share)]);
      context.fillRect(k * column, rank * ROW, column + 0.5, ROW + 0.5);
      const symbol = choices[k][rank];
      if (column < LEGIBLE) continue;
      context.fillStyle = share > 0.5 ? paper : ink;
      context.fillText(symbol, (k + 0.5) * column, (rank + 0.5) * ROW + 1, column - 1);
      if (symbol !== next[k]) continue;
      context.strokeStyle = frame;
      context.lineWidth = 2;
      context.strokeRect(k * column + 1, rank * ROW + 1, column - 2, ROW - 2);
    }
  }
}

function css(packed) {
  return `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`;
}
