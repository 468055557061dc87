// What is counted of a run: the answers, saturated gates, the reach of each unit, and the lines of arithmetic.
import { answerAt, answers, kindOf } from "../../lstm_viz/web/analysis/answers.js";
import { chain } from "../../lstm_viz/web/analysis/chain.js";
import { reach } from "../../lstm_viz/web/analysis/limits.js";
import { saturation } from "../../lstm_viz/web/analysis/saturation.js";
import { same, test } from "./testing.js";

const array = (shape, ...values) => ({ shape, values: Float32Array.from(values) });
const near = (values) => [...values].map((value) => Number(value.toFixed(4)));

function source(about, said, more = {}) {
  const reader = { show: (label) => `‹${label}›`, encode: (tokens) => tokens.map((token) => " ab".indexOf(token)), values: (tokens) => tokens.map(Number.parseFloat), marked: () => [1] };
  return { about: { classifier: true, favoured: 1, followers: [], reader: { kind: "numbers" }, ...about }, labels: about.labels ?? ["a", "b"], reader, predictions: () => said, followers: () => null, forecast: () => [], ...more };
}

const view = (from, tokens) => ({ source: from, reading: { tokens }, trace: { labels: tokens } });

test("an answer is drawn as fits what the network says", () => {
  const [rows, series] = ["table", "numbers"].map((kind) => ({ classifier: false, reader: { kind } }));
  const kinds = [series, rows, { ...series, answers: null }, { classifier: true, labels: null }, { classifier: true, labels: ["no", "yes"] }, { classifier: true, labels: ["x", "y", "z"] }];
  same(kinds.map((about) => kindOf({ about })), ["numbers", "outputs", "none", "next", "bars", "classes"]);
});

test("of two labels the one for yes is drawn, and the last answer is that of the last step", () => {
  const two = source({ labels: ["no", "yes"] }, array([3, 2], 0.75, 0.25, 0.5, 0.5, 0.25, 0.75));
  const { header, arrays } = answers(view(two, ["a", "b", "c"]), [0, 2, 3]);
  same([header.prediction.last, header.prediction.ends, header.prediction.names], [0.75, ["no", "yes"], ["P(yes)"]]);
  same([arrays.prediction.shape, [...arrays.prediction.values]], [[2, 1], [0.375, 0.75]]);
  same(answerAt(two, { labels: [] }, 1), { prediction: [0.5] });
});

test("what came is told by what it had been given before, and equal shares stand in order", () => {
  const next = source({ labels: null }, array([3, 2], 0.25, 0.75, 0.5, 0.5, 0, 1));
  const { header, arrays } = answers(view(next, ["a", "b", "?"]), [0, 1, 2, 3]);
  same([...arrays.prediction.values].map(String), ["NaN", "0.75", "NaN"]);
  same(header.prediction.choices, [["‹b›", "‹a›"], ["‹a›", "‹b›"], ["‹b›", "‹a›"]]);
  same([...arrays.choices.values], [0.75, 0.25, 0.5, 0.5, 1, 0]);
  same(answerAt(next, { labels: [] }, 0).choices, [["‹b›", 0.75], ["‹a›", 0.25]]);
});

test("the ends of a series hold its numbers, the guesses, the forecast and the sum", () => {
  const series = source({ classifier: false, labels: ["sum"] }, array([2, 1], 0.5, -3), { forecast: () => [7] });
  const { header } = answers(view(series, ["1", "9"]), [0, 1, 2]);
  same([header.prediction.low, header.prediction.high, header.prediction.total, header.prediction.marked], [-3, 9, [9], [[1, 9]]]);
});

const quantity = (name, role, facts = {}) => ({ name, role, recorded: true, carried: false, share: role === "gate", ...facts });
const cell = { quantities: [quantity("gate", "gate"), quantity("state", "state", { carried: true })] };

function layer(gate, state, direction = "forward") {
  const values = { gate: array([2, 2], ...gate), state: array([2, 2], ...state) };
  return { cell, values, steps: 2, units: 2, direction, quantities: ["gate", "state"], initial: { state: Float32Array.of(8, 9) } };
}

test("a gate is shut below a tenth and open above nine tenths", () => {
  const { shut, open } = saturation(layer([0.05, 0.95, 0.2, 0.99], [0, 0, 0, 0]));
  same([shut.shape, near(shut.values), near(open.values)], [[1, 2], [0.5, 0], [0, 1]]);
  same(saturation({ cell: { quantities: [] }, values: {}, steps: 2, units: 2 }), null);
});

test("the reach of a unit is that of what is not a share", () => {
  same(reach(layer([0.9, 0.9, 0.9, 0.9], [-1.2, 0.1, 0.4, -0.02])), [1.5, 0.1]);
});

test("a line says with this step's numbers how a state came about, from whatever was read before", () => {
  const kept = { quantity: "state", reductions: [[["state", ["product", "gate", "state-"]]]] };
  const shown = { quantity: "shown", reductions: [[["shown", ["tanh", "state"]]]] };
  const from = { about: { chain: [kept, shown] } };
  const run = layer([0.5, 0.5, 0.25, 0.5], [4, -4.5, 1, -2.25]);
  same(chain(from, run, 1, 0), [
    { quantity: "state", numbers: { gate: "0.250", "state-": "4.000" }, result: "1.000", holds: true },
    { quantity: "shown", numbers: { state: "1.000" }, result: "0.762", holds: true },
  ]);
  same(chain(from, run, 0, 0)[0].numbers, { gate: "0.500", "state-": "8.000" });
  same(chain(from, { ...run, direction: "backward" }, 0, 1)[0], { quantity: "state", numbers: { gate: "0.500", "state-": "−2.250" }, result: "−4.500", holds: false });
});
