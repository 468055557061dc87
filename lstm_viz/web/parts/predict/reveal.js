// What lies between a drawing and what is so: the gap, shaded, and the place where it is widest, with both values.
import { svg } from "../../core/dom.js";
import { textWidth } from "../../core/geometry.js";
import { inRun } from "./plane.js";
import { furthest, runs } from "./series.js";

const FONT = "600 15px 'Source Sans 3', 'Source Sans', sans-serif";
const AWAY = 12; // pixels from a value to its words
const LETTERS = 10; // pixels of their height

export function gapBetween(drawn, truth, { x, y }) {
  const both = drawn.map((value, k) => (value === null || (truth[k] ?? null) === null ? null : value));
  const shapes = runs(both).map((run) => {
    const steps = inRun(run);
    const there = steps.map((k) => `${x(k).toFixed(1)},${y(drawn[k]).toFixed(1)}`);
    const back = steps.reverse().map((k) => `${x(k).toFixed(1)},${y(truth[k]).toFixed(1)}`);
    return `M${[...there, ...back].join("L")}Z`;
  });
  return svg("path", { class: "between", d: shapes.join("") });
}

// The words of each value stand where they cover least of either curve: over it or under it, or beside it.
export function widest(drawn, truth, scale, places) {
  const { x, y } = places;
  const step = furthest(drawn, truth, scale.distance);
  if (step === null) return [];
  const [mine, so] = [y(drawn[step]), y(truth[step])];
  const values = [["yours", `you: ${scale.show(drawn[step])}`, mine, mine < so], ["so", `it is ${scale.show(truth[step])}`, so, mine >= so]];
  const covered = [...pointsOf(drawn, places), ...pointsOf(truth, places)];
  const words = values.map(([kind, text, level, up]) => {
    const wide = textWidth(text, FONT);
    const box = clearest(spots(x(step), level, wide, up), wide, covered, places);
    // Nor does the other value stand there.
    covered.push(...[0, 0.25, 0.5, 0.75, 1].map((share) => [box[0] + share * wide, box[1] - LETTERS / 2]));
    return svg("text", { class: kind, x: box[0], y: box[1] }, text);
  });
  return [
    svg("line", { class: "worst", x1: x(step), x2: x(step), y1: mine, y2: so }),
    ...values.map(([kind, , level]) => svg("circle", { class: kind, cx: x(step), cy: level, r: 5 })),
    ...words,
  ];
}

// Where words so wide may stand, the most wanted first: left end and base line.
function spots(x, y, wide, up) {
  const heights = [y - AWAY, y + AWAY + LETTERS];
  const [outer, inner] = up ? heights : [heights[1], heights[0]];
  const besides = [x + AWAY, x - AWAY - wide];
  return [[x - wide / 2, outer], ...[outer, y + LETTERS / 2, inner].flatMap((line) => besides.map((left) => [left, line]))];
}

function clearest(all, wide, covered, { width, height }) {
  const within = all.filter(([left, line]) => left >= 0 && left + wide <= width && line >= LETTERS && line <= height - 2);
  const hits = ([left, line]) => covered.filter(([x, y]) => x > left - 3 && x < left + wide + 3 && y > line - LETTERS - 3 && y < line + 4).length;
  const [best] = (within.length ? within : all).map((spot) => [hits(spot), spot]).sort(([a], [b]) => a - b);
  return best[1];
}

// Points of a curve, a few pixels apart.
function pointsOf(series, { x, y, column }) {
  const parts = Math.max(1, Math.ceil(column / 4));
  return runs(series).flatMap(([from, to]) => inRun([from, Math.max(from, to - 1)]).flatMap((step) =>
    Array.from({ length: from === to ? 1 : parts + 1 }, (_, k) => {
      const share = k / parts;
      const next = Math.min(to, step + 1);
      return [x(step) + share * (x(next) - x(step)), y(series[step]) + share * (y(series[next]) - y(series[step]))];
    })));
}
