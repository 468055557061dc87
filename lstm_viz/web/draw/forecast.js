// A series, what the network guessed of it, and its forecast beyond the last step, on the token axis.
import { replace, svg } from "../core/dom.js";
import { ticksBetween } from "../core/geometry.js";

// width: steps a column holds; shift: by how many steps a guess looks ahead; ahead: the forecast, from the next step on
export function drawForecast(chart, { inputs, guesses, ahead, marked, total, steps, width, column, height, low, high, unit, colour, room }) {
  const columns = inputs.length;
  const right = (columns + room) * column;
  chart.setAttribute("width", right);
  chart.setAttribute("height", height);
  const span = high - low || 1;
  const y = (value) => height - 10 - ((value - low) / span) * (height - 20);
  const middle = (k) => (k + 0.5) * column;
  const x = (step) => ((step + 0.5) / width) * column;
  const shift = ahead.length ? column / width : 0;
  const levels = ticksBetween(low, high).map((tick) => svg("line", { class: "level", x1: 0, x2: right, y1: y(tick), y2: y(tick) }));
  const names = ticksBetween(low, high).map((tick) => svg("text", { class: "tick", x: 3, y: y(tick) - 3 }, `${tick}${unit}`.replace("-", "−")));
  const parts = [line(Array.from(inputs, (value, k) => [middle(k), y(value)]), { class: "given" }, column)];
  parts.push(line(Array.from(guesses, (value, k) => [middle(k) + shift, y(value)]), { stroke: colour, fill: colour }, column));
  if (ahead.length > 1) parts.push(line(ahead.map((value, k) => [x(steps + k), y(value)]), { stroke: colour, fill: colour, class: "ahead" }, column / width));
  for (const [step, value] of marked) parts.push(svg("circle", { class: "marked", cx: x(step), cy: y(value), r: 5 }));
  for (const value of total) parts.push(svg("line", { class: "total", x1: 0, x2: right, y1: y(value), y2: y(value), stroke: colour }));
  replace(chart, ...levels, ...parts, ...names);
}

function line(points, attributes, spacing) {
  const shown = points.map(([x, y]) => [x.toFixed(1), y.toFixed(1)]);
  const group = svg("g", attributes, svg("polyline", { points: shown.map((point) => point.join()).join(" ") }));
  if (spacing >= 9 || points.length === 1) group.append(...shown.map(([cx, cy]) => svg("circle", { cx, cy, r: 2.2 })));
  return group;
}
