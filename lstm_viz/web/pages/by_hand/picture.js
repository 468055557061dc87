// The unit over time: what arrives, what the goal looks at with the room it is to stay in, the gates, and the other state.
import { element, replace, svg } from "../../core/dom.js";
import { number } from "../../core/format.js";
import { ticksBetween } from "../../core/geometry.js";
import { drawAxis, letterRoom, markToken } from "../../draw/axis.js";
import { drawBars, drawLines } from "../../draw/lines.js";

const HEIGHTS = { gate: 86, read: 104, state: 86, inputs: 34 };

// What a track shows need not be drawn again: most weights change a few tracks only.
const drawn = new WeakMap();

function isDrawn(track, values, about) {
  const before = drawn.get(track);
  const key = JSON.stringify(about);
  if (before?.key === key && before.values.length === values.length && before.values.every((value, k) => Object.is(value, values[k]))) return true;
  drawn.set(track, { key, values: values.slice() });
  return false;
}

// A gate, or a candidate, in its own range.
export function drawGate(track, values, { column, quantity, colour }) {
  if (isDrawn(track, values, [column, colour])) return;
  const [low, high] = quantity.share ? [0, 1] : [-1, 1];
  const y = drawLines(track.picture, [{ values, colour, name: quantity.name }], { column, height: HEIGHTS.gate, low, high, ticks: [low, (low + high) / 2, high] });
  scale(track.picture, [low, high], y);
}

// A state; goal: { low, high } a number a step, or null; miss: the step that is wrong first, or null
export function drawState(track, values, { column, quantity, colour, goal, miss, missName }) {
  if (isDrawn(track, values, [column, colour, miss, goal && [[...goal.low], [...goal.high]]])) return;
  const { picture } = track;
  const height = goal ? HEIGHTS.read : HEIGHTS.state;
  const [low, high] = endsOf(values, goal, quantity.name === "hidden_state");
  const ticks = ticksBetween(low, high, 3);
  const y = drawLines(picture, [{ values: held(values, low, high), colour, name: quantity.name }], { column, height, low, high, ticks });
  if (goal) {
    const room = svg("path", { class: "room", d: roomOf(goal, column, y, low, high), fill: colour });
    picture.prepend(room);
  }
  if (miss !== null) {
    const x = (miss + 0.5) * column;
    const at = Number.isFinite(values[miss]) ? y(values[miss]) : y(high);
    picture.append(svg("line", { class: "miss", x1: x, x2: x, y1: 0, y2: height }), svg("circle", { class: "miss-dot", cx: x, cy: at, r: 5 }, svg("title", {}, missName)));
  }
  scale(picture, [ticks[0], ticks.at(-1)], y);
}

const held = (values, low, high) => Array.from(values, (value) => (Number.isFinite(value) ? value : value > 0 ? high : value < 0 ? low : NaN));

function endsOf(values, goal, bounded) {
  if (bounded) return [-1, 1];
  let [low, high] = [-1, 1];
  for (const each of [values, ...(goal ? [goal.low, goal.high] : [])]) {
    for (const value of each) {
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

function roomOf({ low, high }, column, y, bottom, top) {
  let path = "";
  for (let first = 0, step = 1; step <= low.length; step++) {
    if (step < low.length && Object.is(low[step], low[first]) && Object.is(high[step], high[first])) continue;
    if (!Number.isNaN(low[first])) {
      const [up, down] = [y(Math.min(high[first], top)), y(Math.max(low[first], bottom))];
      path += `M${(first * column).toFixed(1)},${up.toFixed(1)}H${(step * column).toFixed(1)}V${down.toFixed(1)}H${(first * column).toFixed(1)}Z`;
    }
    first = step;
  }
  return path;
}

function scale(picture, ticks, y) {
  picture.append(...ticks.map((tick) => svg("text", { class: "tick", x: 3, y: y(tick) + (y(tick) < 20 ? 12 : -2) }, number(tick, Number.isInteger(tick) ? 0 : 1))));
}

// What arrives: letters as they are; of numbers a bar each, and a star where one is marked.
export function drawInputs(track, challenge, { inputs, tokens, column, colour, chosen }) {
  const letters = challenge.writes === "letters";
  const { axis, chart } = track;
  axis.hidden = !letters;
  chart.toggleAttribute("hidden", letters);
  if (letters) {
    drawAxis(axis, { labels: tokens, unknown: [], column, letters: true });
    markToken(axis, chosen);
    axis.dataset.narrow = column < letterRoom();
    return;
  }
  if (isDrawn(track, inputs.values, [column, colour])) return;
  const [steps, width] = inputs.shape;
  const values = Float64Array.from({ length: steps }, (_, step) => inputs.values[step * width]);
  const most = Math.max(0.5, ...values.map(Math.abs));
  const faint = `color-mix(in srgb, ${colour} 45%, transparent)`;
  drawBars(chart, values, { column, height: HEIGHTS.inputs, low: -most, high: most, middle: 0, colours: [faint, faint] });
  const marked = [...Array(steps).keys()].filter((step) => inputs.values[step * width + 1]);
  const bars = [...chart.querySelectorAll("rect")];
  for (const step of marked) {
    bars[step]?.setAttribute("fill", colour);
    const x = (step + 0.5) * column;
    chart.append(svg("path", { class: "mark-here", d: `M${x - 5},0H${x + 5}L${x},7Z`, fill: colour }));
  }
}

export function buildInputs() {
  const axis = element("div", { class: "tokens" });
  const chart = svg("svg", { role: "img", "aria-label": "What arrives at every step" });
  const plot = element("div", { class: "plot chart inputs", "data-view": "inputs" }, axis, chart, element("div", { class: "mark chosen" }), element("div", { class: "mark hovered" }));
  const label = element("div", { class: "label" });
  return { root: element("div", { class: "track inputs-track" }, label, element("div", { class: "body" }, plot)), label, plot, axis, chart };
}

export function setLabel(label, ...parts) {
  replace(label, ...parts);
}
