// One quantity, units down and time across, at one canvas pixel a number; track.css scales the pixels up.
import { table } from "../core/colour.js";

// array: (columns, units); order: which unit each row shows, of all or of some; limits: the values at both ends of the scale; ends: where every
// row has its own, how far each goes on both sides of 0.
export function drawHeatmap(canvas, array, order, limits, stops, ends = null) {
  const [columns, units] = array.shape;
  const rows = order.length;
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns;
    canvas.height = rows;
  }
  if (!columns) return;
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const colours = table(stops);
  for (let row = 0; row < rows; row++) {
    const unit = order[row];
    const [low, high] = ends ? [-ends[unit], ends[unit]] : limits;
    const factor = 255 / (high - low);
    for (let column = 0; column < columns; column++) {
      const level = (array.values[column * units + unit] - low) * factor;
      // Where there is no number, nothing is drawn.
      pixels[row * columns + column] = level !== level ? 0 : colours[level < 0 ? 0 : level > 255 ? 255 : (level + 0.5) | 0];
    }
  }
  context.putImageData(image, 0, 0);
}
