// Where things are on the shared token axis.
import { presented } from "./presented.js";

const [WIDEST, WIDEST_IN_A_HALL] = [132, 260];

export function columnWidth(available, columns) {
  return Math.min(presented() ? WIDEST_IN_A_HALL : WIDEST, available / Math.max(1, columns));
}

// room: pixels for all of them, where a screen has another than usual
export function rowHeight(units, room = null) {
  if (room !== null) return Math.max(0.4, Math.min(40, room / units));
  return Math.max(1, Math.min(14, Math.floor(192 / units) / 2));
}

// The column of a step, where each column holds the steps from one edge up to the next.
export function columnOf(edges, step) {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}

let ruler = null;

export function textWidth(text, font) {
  ruler ??= document.createElement("canvas").getContext("2d");
  ruler.font = font;
  return ruler.measureText(text).width;
}

// Where a pointer is in an element, in the element's own pixels, however much the page around it is magnified.
export function within(node, { clientX, clientY }) {
  const { left, top } = node.getBoundingClientRect();
  const scale = node.currentCSSZoom ?? 1;
  return [(clientX - left) / scale, (clientY - top) / scale];
}

// Round numbers between two ends, at most so many steps apart; whole ones only where asked.
export function ticksBetween(low, high, most = 6, whole = false) {
  if (!(high > low)) return [low];
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  let step = [1, 2, 5, 10].map((part) => part * power).find((each) => each >= rough * 0.999);
  if (whole) step = Math.max(1, Math.round(step));
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(6)));
}

// A place within so many, or the nearest that is.
export function clamp(place, size) {
  return Math.min(size - 1, Math.max(0, place));
}
