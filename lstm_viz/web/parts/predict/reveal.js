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

// The words of each value stand on the far side of it from the other, where neither curve goes on; at an edge of the axes,
// beside it on the inner side.
export function widest(drawn, truth, scale, { x, y, width, height }) {
  const step = furthest(drawn, truth, scale.distance);
  if (step === null) return [];
  const [mine, so] = [y(drawn[step]), y(truth[step])];
  const above = mine < so || (mine === so && drawn[step] > 0);
  const values = [["yours", `you: ${scale.show(drawn[step])}`, mine, above], ["so", `it is ${scale.show(truth[step])}`, so, !above]];
  const words = values.map(([kind, text, level, up]) => {
    const wide = textWidth(text, FONT);
    const far = level + (up ? -AWAY : AWAY + LETTERS);
    if (far - LETTERS >= 0 && far <= height) {
      const middle = Math.min(width - wide / 2, Math.max(wide / 2, x(step)));
      return svg("text", { class: kind, x: middle, y: far, "text-anchor": "middle" }, text);
    }
    const left = x(step) + AWAY + wide > width;
    const inner = level + (Math.abs(mine - so) > 4 * AWAY ? (up ? AWAY + LETTERS : -AWAY) : LETTERS / 2);
    const beside = Math.min(height - 3, Math.max(LETTERS, inner));
    return svg("text", { class: kind, x: x(step) + (left ? -AWAY : AWAY), y: beside, "text-anchor": left ? "end" : "start" }, text);
  });
  return [
    svg("line", { class: "worst", x1: x(step), x2: x(step), y1: mine, y2: so }),
    ...values.map(([kind, , level]) => svg("circle", { class: kind, cx: x(step), cy: level, r: 5 })),
    ...words,
  ];
}
