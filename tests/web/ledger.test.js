// What is left of what each step put into a memory, against the whole table of it; and the answer, split.
import { columns } from "../../lstm_viz/web/analysis/aggregate.js";
import { attentionAt, largestShare } from "../../lstm_viz/web/analysis/attention.js";
import { byColumn, courseOf, halfLife, leftAt, recurrence } from "../../lstm_viz/web/analysis/ledger.js";
import { limits, roundUp } from "../../lstm_viz/web/analysis/limits.js";
import { splitOutput } from "../../lstm_viz/web/analysis/split.js";
import { close, same, test } from "./testing.js";

const random = (size, reach = 1) => Float32Array.from({ length: size }, () => reach * (2 * Math.random() - 1));
const source = {
  cell: { memory: "state", quantities: [{ name: "kept", low: 0, high: 1, share: true }, { name: "state", low: null, high: null, share: false }] },
  keep: ({ kept }, k) => kept.values[k],
  add: ({ added }, k) => added.values[k],
};

// A memory, run; reach: how large what it keeps can be
function made(steps, { units = 3, direction = "forward", reach = 1 } = {}) {
  const [kept, added, initial] = [random(steps * units, reach), random(steps * units), random(units)];
  const state = new Float32Array(steps * units);
  const order = [...Array(steps).keys()];
  if (direction === "backward") order.reverse();
  order.forEach((step, n) => {
    for (let k = 0; k < units; k++) {
      const before = n ? state[order[n - 1] * units + k] : initial[k];
      state[step * units + k] = kept[step * units + k] * before + added[step * units + k];
    }
  });
  const values = Object.fromEntries(Object.entries({ kept, added, state }).map(([name, all]) => [name, { shape: [steps, units], values: all }]));
  return { cell: source.cell, direction, steps, units, values, initial: { state: initial }, order };
}

// [time][source] → for every unit, what is left
function table({ steps, units, values: { kept, added }, order }) {
  const left = order.map(() => order.map(() => Array(units).fill(0)));
  order.forEach((origin, n) => {
    let now = Array.from(added.values.subarray(origin * units, (origin + 1) * units));
    left[origin][origin] = now;
    for (const time of order.slice(n + 1)) left[time][origin] = now = now.map((value, k) => value * kept.values[time * units + k]);
  });
  return left;
}

const CASES = [[1, {}], [7, {}], [7, { direction: "backward" }], [500, {}], [500, { direction: "backward" }], [30, { reach: 1.2 }], [260, { reach: 1.02 }]];

test("the columns of a picture are means over times, and sums over sources, of one unit or of sizes over all", () => {
  for (const [steps, options] of CASES) {
    const layer = made(steps, options);
    const memory = recurrence(source, layer);
    const edges = columns(steps);
    const left = table(layer);
    for (const unit of [1, null]) {
      const of = (values) => (unit === null ? values.reduce((sum, value) => sum + Math.abs(value), 0) / values.length : values[unit]);
      const drawn = byColumn(unit === null ? memory.sizes() : memory, edges, unit);
      for (let trial = 0; trial < 200; trial++) {
        const [c, s] = [0, 1].map(() => Math.floor(Math.random() * (edges.length - 1)));
        const value = drawn.parts.values[c * (edges.length - 1) + s];
        if (layer.direction === "backward" ? s < c : s > c) {
          same(Number.isNaN(value), true);
          continue;
        }
        let wanted = 0;
        for (let t = edges[c]; t < edges[c + 1]; t++) for (let j = edges[s]; j < edges[s + 1]; j++) wanted += of(left[t][j]);
        wanted /= edges[c + 1] - edges[c];
        close(value, wanted, 1e-5 * Math.max(1, Math.abs(wanted)));
      }
      const most = left.flat().reduce((so, values) => Math.max(so, Math.abs(of(values))), 0);
      close(drawn.largest, most, 1e-5 * Math.max(1, most));
    }
  }
});

test("at one step, what is left is a row of the table, and with the initial state it is the memory", () => {
  for (const [steps, options] of CASES) {
    const layer = made(steps, options);
    const memory = recurrence(source, layer);
    const left = table(layer);
    for (const step of [0, steps >> 1, steps - 1]) {
      const { parts, initial } = leftAt(memory, step, 2);
      parts.forEach((value, j) => close(value, left[step][j][2], 1e-5 * Math.max(1, Math.abs(value))));
      const whole = parts.reduce((sum, value) => sum + value, initial);
      close(whole, memory.recorded[step * 3 + 2], 1e-4 * Math.max(1, Math.abs(whole)));
      const sizes = leftAt(memory.sizes(), step).parts;
      sizes.forEach((value, j) => close(value, left[step][j].reduce((sum, each) => sum + Math.abs(each), 0) / 3, 1e-5 * Math.max(1, value)));
      const course = courseOf(memory, step, 0);
      same(course.length, layer.direction === "backward" ? step + 1 : steps - step);
      course.forEach((value, n) => close(value, left[layer.direction === "backward" ? step - n : step + n][step][0], 1e-5 * Math.max(1, Math.abs(value))));
    }
  }
});

test("weights times what is weighed are what is left, of a memory that is divided too", () => {
  for (const [steps, options] of CASES) {
    const layer = made(steps, options);
    const memory = recurrence(source, layer);
    const weighing = { ...source, share: ({ added }, k) => added.values[k] / 2, content: () => 2 };
    layer.values.norm = { shape: [steps, 3], values: random(steps * 3).map((value) => 2 + value) };
    layer.initial.norm = random(3);
    for (const step of [0, steps >> 1, steps - 1]) {
      for (const norm of [null, layer.values.norm.values]) {
        const cell = { ...source.cell, normaliser: norm && "norm" };
        const by = norm ? norm[step * 3 + 2] : 1;
        const { weights, contents, initial } = attentionAt({ ...weighing, cell }, layer, memory, step, 2);
        const { parts, initial: start } = leftAt(memory, step, 2);
        weights.forEach((weight, j) => close(weight * contents[j] * by, parts[j], 1e-5 * Math.max(1, Math.abs(parts[j]))));
        close((initial * by) / (norm ? layer.initial.norm[2] : 1), start / layer.initial.state[2], 1e-4 * Math.max(1, Math.abs(start)));
        const mean = attentionAt({ ...weighing, cell }, layer, memory, step).weights;
        const each = [0, 1, 2].map((unit) => attentionAt({ ...weighing, cell }, layer, memory, step, unit).weights);
        mean.forEach((weight, j) => close(weight, (each[0][j] + each[1][j] + each[2][j]) / 3, 1e-9 * Math.max(1, Math.abs(weight))));
      }
    }
    const put = [...layer.values.added.values].filter((_, k) => k % 3 === 1).map((value) => Math.abs(value) / 2);
    close(largestShare({ ...weighing, cell: source.cell }, layer, memory, 1), Math.max(...put), 1e-9);
  }
});

test("half is gone when at most half is left, of either sign", () => {
  same([[0.8, 0.6, 0.4, 0.1], [0.8, 0.7], [-1, 0.5], [0, 0], [1, 0.7, -0.6, -0.2]].map((course) => halfLife(Float32Array.from(course))), [2, null, 1, null, 3]);
});

test("an answer that is read from the memory itself is split by what is left", () => {
  for (const direction of ["forward", "backward"]) {
    const layer = made(40, { direction });
    const memory = { ...recurrence(source, layer), name: "hidden_state" };
    const number = { weights: random(3), bias: 0.5 };
    const cell = { quantities: [{ name: "hidden_state", recorded: true, carried: true }], products: [] };
    layer.values.hidden_state = layer.values.state;
    layer.initial.hidden_state = layer.initial.state;
    const found = splitOutput({ cell, show() {}, weights: () => ({ parameters: {} }) }, layer, null, memory, number, 12);
    table(layer)[12].forEach((values, j) => close(found.parts[j], values.reduce((sum, value, k) => sum + value * number.weights[k], 0), 1e-5));
    same(found.empty, 0);
    close(found.total, [0, 1, 2].reduce((sum, k) => sum + number.weights[k] * memory.recorded[12 * 3 + k], number.bias), 1e-5);
  }
});

test("the ends of a scale are round", () => {
  same([0, 0.03, 1, 1.93, 34, 9.99, 7.2, 1e-5, 0.00071, 123456].map(roundUp), [1, 0.03, 1, 2, 50, 10, 10, 1e-5, 0.001, 150000]);
  same([limits(made(3), "kept"), limits({ ...made(3), values: { state: { values: [1, -2.5] } } }, "state")], [[0, 1], [-3, 3]]);
});
