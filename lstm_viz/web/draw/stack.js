// One unit's memory over time as a stack: what each source step has left in it, above and below a middle line.
import { replace, svg } from "../core/dom.js";
import { inkOn } from "../core/colour.js";
import { number } from "../core/format.js";
import { textWidth } from "../core/geometry.js";

const FONT = "12.5px 'Source Serif', 'Source Serif 4', Georgia, serif";
const THIN = 0.6; // pixels below which a part is not drawn on its own

// map: (columns, sources) of what is left; memory: (columns) their sum; labels: of the sources
export function drawStack(chart, map, memory, { column, height, reach, chosen, colour, labels }) {
  const columns = map.shape[0];
  const extent = stackExtent(map, reach);
  const y = (value) => ((extent - value) / (2 * extent)) * height;
  const gap = column > 24 ? 3 : column > 6 ? 1 : 0;
  const groups = { even: "", odd: "", chosen: "" };
  const names = [];
  for (let t = 0; t < columns; t++) {
    const ends = [0, 0];
    for (let j = 0; j < columns; j++) {
      const value = map.values[t * columns + j];
      if (!value) continue; // also no number
      const side = value > 0 ? 0 : 1;
      const [from, to] = [y(ends[side]), y(ends[side] + value)];
      ends[side] += value;
      const [top, size] = [Math.min(from, to), Math.abs(to - from)];
      if (size < THIN && j !== chosen) continue;
      const kind = j === chosen ? "chosen" : j % 2 ? "odd" : "even";
      groups[kind] += `M${t * column + gap / 2},${top.toFixed(1)}h${column - gap}v${Math.max(size, 0.5).toFixed(1)}h${gap - column}z`;
      if (size >= 15 && textWidth(labels[j], FONT) + 6 < column - gap) {
        names.push(svg("text", { x: (t + 0.5) * column, y: top + size / 2 + 4, ...(kind === "chosen" ? { style: `fill: ${inkOn(colour)}` } : {}) }, labels[j]));
      }
    }
  }
  chart.setAttribute("width", column * columns);
  chart.setAttribute("height", height);
  const paths = ["even", "odd"].map((kind) => svg("path", { class: `part ${kind}`, d: groups[kind] }));
  const points = Array.from(memory.values, (value, t) => svg("circle", { class: "sum", cx: (t + 0.5) * column, cy: y(value), r: column > 10 ? 3.2 : 1.6 }));
  const lines = [svg("line", { class: "middle", x1: 0, x2: column * columns, y1: y(0), y2: y(0) })];
  replace(chart, ...paths, svg("path", { class: "part", d: groups.chosen, fill: colour }), ...lines, ...names, ...points);
  return number(extent, extent < 10 ? 1 : 0);
}

// The furthest that the parts on one side reach, so that none is cut off.
function stackExtent(map, least) {
  const columns = map.shape[0];
  let most = 0;
  for (let t = 0; t < columns; t++) {
    const ends = [0, 0];
    for (let j = 0; j < columns; j++) {
      const value = map.values[t * columns + j];
      if (value) ends[value > 0 ? 0 : 1] += Math.abs(value);
    }
    most = Math.max(most, ...ends);
  }
  return most > 0 ? most * 1.04 : least;
}
