// The axes on which curves of a prediction stand: steps across, with their labels below, values upwards, with ticks.
import { element, replace, svg } from "../../core/dom.js";
import { drawAxisWithin } from "./axis_within.js";
import { runs } from "./series.js";

const PAD = 6; // pixels above the highest value, and below the lowest
const ROOMY = 9; // pixels of a column in which each step has its dot

// layers: elements that lie over each other on the plane; those of them that are pictures are given its size
export function buildPlane(...layers) {
  const ticks = element("div", { class: "ticks", "aria-hidden": "true" });
  const plane = element("div", { class: "plane" }, ticks, ...layers);
  const axis = element("div", { class: "tokens", "aria-hidden": "true" });
  const root = element("div", { class: "wide" }, plane, axis);

  // → where things are, or null where there is no room yet
  function layOut({ labels }, scale) {
    if (!root.clientWidth) return null;
    const column = drawAxisWithin(axis, labels, root.clientWidth);
    const [width, height] = [column * labels.length, plane.clientHeight];
    for (const node of [plane, axis]) node.style.width = `${width}px`;
    for (const node of layers) {
      if (!(node instanceof SVGElement)) continue;
      node.setAttribute("width", width);
      node.setAttribute("height", height);
    }
    const level = (share) => (1 - share) * (height - 2 * PAD) + PAD;
    const shown = scale.ticks(height > 160 ? 5 : 3);
    replace(ticks, ...shown.map(({ share, text }) => {
      const tick = element("span", {}, text);
      tick.style.top = `${level(share)}px`;
      return tick;
    }));
    return {
      column,
      width,
      height,
      x: (step) => (step + 0.5) * column,
      y: (value) => level(scale.share(value)),
      levels: () => shown.map(({ share }) => svg("line", { class: "level", x1: 0, x2: width, y1: level(share), y2: level(share) })),
    };
  }

  // What the pointer is on: the step, and the share of the height. The box tells how far a page is zoomed or scaled.
  function spot(event, steps) {
    const box = plane.getBoundingClientRect();
    const step = Math.floor(((event.clientX - box.left) / box.width) * steps);
    const inner = 1 - (2 * PAD) / plane.clientHeight;
    const share = 0.5 - ((event.clientY - box.top) / box.height - 0.5) / inner;
    return { step: Math.min(steps - 1, Math.max(0, step)), share: Math.min(1, Math.max(0, share)) };
  }
  return { root, plane, axis, layOut, spot };
}

// A series as lines, one a run of its values; with a dot a step where there is room, and on each step that stands alone.
export function curveOf(series, { x, y, column }) {
  const found = runs(series);
  const point = (step) => `${x(step).toFixed(1)},${y(series[step]).toFixed(1)}`;
  const dots = found.filter(([from, to]) => column >= ROOMY || from === to).flatMap(inRun);
  return [
    ...found.map((run) => svg("polyline", { points: inRun(run).map(point).join(" ") })),
    ...dots.map((step) => svg("circle", { cx: x(step), cy: y(series[step]), r: 3 })),
  ];
}

export function inRun([from, to]) {
  return Array.from({ length: to - from + 1 }, (_, k) => from + k);
}
