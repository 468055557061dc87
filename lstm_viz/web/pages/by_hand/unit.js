// One LSTM unit with given weights, run by the compiled cell. Without WebAssembly: each move of a slider makes a new one.
import { products } from "../../network/kernel.js";
import { inputsFrom, makeLayer, matricesOf } from "../../network/layer.js";

const PLACE = { index: 0, direction: "forward" };

// module: the compiled cell; weights: a number each, row by row, of a row's columns the last but one is the unit's own
// hidden state and the last the bias, as `Challenge` of lstm_viz/challenges has them; → (inputs, (T, n)) → the layer's run
export function unitOf(module, weights, columns) {
  const rows = weights.length / columns;
  const inputs = columns - 2;
  const part = (from, to) => Float64Array.from({ length: rows * (to - from) }, (_, k) => weights[Math.floor(k / (to - from)) * columns + from + (k % (to - from))]);
  const tensors = {
    input: { shape: [rows, inputs], values: part(0, inputs) },
    hidden: { shape: [rows, 1], values: part(inputs, inputs + 1) },
    inputBias: { shape: [rows], values: part(inputs + 1, columns) },
    hiddenBias: null,
    projection: null,
    parameters: {},
  };
  const made = products(matricesOf(module, tensors), false);
  const run = makeLayer(module, tensors, PLACE, made);
  return (arriving) => run({ steps: arriving.shape[0], inputAt: inputsFrom(made[0], arriving) });
}

// What a run recorded of a state, in the precision in which it was computed.
export function stateOf(layer, name) {
  return layer.rows[name].subarray(0, layer.steps);
}
