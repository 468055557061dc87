// Colour scales as tables of 256 colours, made from the stops that the server's style.py defines.

const tables = new Map();

export function table(stops) {
  const key = JSON.stringify(stops);
  if (!tables.has(key)) tables.set(key, build(stops));
  return tables.get(key);
}

function build(stops) {
  const packed = new Uint32Array(256);
  for (let k = 0; k < 256; k++) {
    const place = k / 255;
    let right = stops.findIndex(([position]) => position >= place);
    if (right < 1) right = 1;
    const [[low, from], [high, to]] = [stops[right - 1], stops[right]];
    const share = (place - low) / (high - low);
    const [a, b] = [rgb(from), rgb(to)];
    const [r, g, blue] = a.map((value, i) => Math.round(value + (b[i] - value) * share));
    packed[k] = (255 << 24) | (blue << 16) | (g << 8) | r;
  }
  return packed;
}

function rgb(hex) {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
}

// Black or white, whichever stands out more from a colour: WCAG's luminance, at which both contrasts are equal, is 0.18.
export function inkOn(hex) {
  const light = rgb(hex).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] > 0.179 ? "#000000" : "#ffffff";
}

export function gradient(stops) {
  return `linear-gradient(to right, ${stops.map(([place, hex]) => `${hex} ${100 * place}%`).join(", ")})`;
}

// Streamlit tells a component its theme in CSS variables; a dark one has a dark background.
export function themeOf(node) {
  const colour = getComputedStyle(node).getPropertyValue("--st-background-color").trim();
  const [r, g, b] = colour.startsWith("#") ? rgb(colour) : (colour.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? "dark" : "light";
}
