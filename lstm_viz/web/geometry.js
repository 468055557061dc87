// Where things are on the shared token axis.

const WIDEST = 132;

export function columnWidth(available, columns) {
  return Math.min(WIDEST, available / Math.max(1, columns));
}

export function rowHeight(units) {
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

const ruler = document.createElement("canvas").getContext("2d");

export function textWidth(text, font) {
  ruler.font = font;
  return ruler.measureText(text).width;
}

// Round numbers, three to six of them, between two ends.
export function ticksBetween(low, high) {
  const span = high - low;
  if (!(span > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(span));
  const step = [0.1, 0.2, 0.5, 1, 2].map((part) => part * power).find((each) => span / each <= 6) ?? power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(6)));
}
