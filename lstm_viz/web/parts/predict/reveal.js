// What lies between a drawing and what is so: the gap, shaded, and the place where it is widest, with both values.
import { svg } from "../../core/dom.js";
import { textWidth } from "../../core/geometry.js";
import { inRun } from "./plane.js";
import { furthest, runs } from "./series.js";

const FONT = "600 14px 'Source Sans 3', 'Source Sans', sans-serif";
const LINE = 18; // pixels from one value's words to the other's, at least

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

export function widest(drawn, truth, scale, { x, y, width, height }) {
  const step = furthest(drawn, truth, scale.distance);
  if (step === null) return [];
  const [mine, so] = [y(drawn[step]), y(truth[step])];
  const texts = [["yours", `you: ${scale.show(drawn[step])}`, mine], ["so", `it is ${scale.show(truth[step])}`, so]];
  const room = Math.max(...texts.map(([, text]) => textWidth(text, FONT))) + 16;
  const left = x(step) + room > width && x(step) > room;
  // Neither lies on the other, nor past an end of the axis.
  const half = Math.max(LINE, Math.abs(mine - so)) / 2;
  const middle = Math.min(height - half - 8, Math.max(half + 10, (mine + so) / 2));
  const [up, down] = mine <= so ? [-half, half] : [half, -half];
  return [
    svg("line", { class: "worst", x1: x(step), x2: x(step), y1: mine, y2: so }),
    ...texts.map(([kind, , level]) => svg("circle", { class: kind, cx: x(step), cy: level, r: 5 })),
    ...texts.map(([kind, text], k) => svg("text", { class: kind, x: x(step) + (left ? -12 : 12), y: middle + (k ? down : up) + 5, "text-anchor": left ? "end" : "start" }, text)),
  ];
}
