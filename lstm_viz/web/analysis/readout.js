// What a network says, as one number that is linear in its last hidden state; mirrors analysis/answers/readout.py.
import { followed, largest } from "./followed.js";

const known = new WeakMap(); // source → "column other" → coefficients: they do not depend on what is said

// row: what the network says after one step, one number a label → the number that tells most about it:
//   column: of the predictions, that is shown
//   other: the column that it is held against, null where the network says a number
//   labels: the labels of both as they are shown, none where the network says a number
//   weights, bias: (P) and a number; weights · h + bias is the log-odds of the one label against the other, or the number
export function readout(source, row) {
  const column = followed(source, row);
  const other = source.about.classifier ? largest(row, column) : null;
  if (!known.has(source)) known.set(source, new Map());
  const found = known.get(source);
  const key = `${column} ${other}`;
  if (!found.has(key)) found.set(key, coefficients(source, other === null ? (said) => said[0] : (said) => Math.log(said[column] / said[other])));
  const labels = other === null ? [] : [column, other].map((k) => source.reader.show(source.labels[k]));
  return { column, other, labels, ...found.get(key) };
}

// What the network says after one step, one number a label, without working out what it says after the others.
export function saidAfter({ head: { weight: { shape: [outputs, size], values }, bias }, answer, answeringStates }, trace, step) {
  const { values: hidden } = answeringStates(trace);
  const raw = Float64Array.from({ length: outputs }, (_, k) => {
    let sum = bias[k];
    for (let p = 0; p < size; p++) sum += values[k * size + p] * hidden[step * size + p];
    return sum;
  });
  return answer(raw);
}

// The number for a hidden state: `size` values from place `from` on.
export function score({ weights, bias }, hidden, from = 0) {
  let sum = bias;
  for (let k = 0; k < weights.length; k++) sum += weights[k] * hidden[from + k];
  return sum;
}

// The answers to nothing, and to one output at a time, tell how a measure that is linear in the outputs follows from
// them; through the output layer, how it follows from the hidden state.
function coefficients({ head, answer }, measure) {
  const [outputs, size] = head.weight.shape;
  const weights = new Float64Array(size);
  const raw = new Float64Array(outputs);
  const atZero = measure(answer(raw));
  let bias = atZero;
  for (let k = 0; k < outputs; k++) {
    raw[k] = 1;
    const slope = measure(answer(raw)) - atZero;
    raw[k] = 0;
    bias += slope * head.bias[k];
    for (let p = 0; p < size; p++) weights[p] += slope * head.weight.values[k * size + p];
  }
  return { weights, bias };
}
