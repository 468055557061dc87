// The numbers of a layer without projection: of every part of its cell's drawing, of every stage of its equations, and
// with how many decimals each is shown. Mirrors analysis/equations/step_numbers.py and weighted_sums.py; which numbers
// there are, and how they follow, comes as data from analysis/equations/trees.py.
import { rightAsShown } from "./decimals.js";
import { evaluate, namesIn } from "./evaluation.js";

// Worked out where they are asked for: the numbers of one step are cheap, those of all steps are not.
//   equations: as equations_data of trees.py; layer: of a run; weights, inputs: of its place, see network/source.js
//   → of the steps from..to: values(name) → Float32Array, a row a step, or one row for what is the same at every step;
//     lines() → one { quantity, digits, holds } an equation, see decimals.js
export function stepNumbers(equations, layer, weights, inputs, from, to) {
  const { units } = layer;
  if (layer.values.hidden_state.shape[1] !== units) {
    throw new Error("the layer has a projection, which mixes units: its equations cannot be told unit by unit");
  }
  const formulas = new Map(equations.formulas);
  const leaves = leavesOf(equations, layer, weights, inputs, from, to, values);
  const found = {};

  function values(name) {
    if (!(name in found)) found[name] = leaves[name]?.() ?? new Float32Array(worked(formulas.get(name)));
    return found[name];
  }
  function worked(tree) {
    const read = namesIn(tree).map((each) => values(each).length);
    return evaluate(tree, found, Math.max(units, ...read));
  }
  function lines() {
    const count = (to - from) * units;
    return equations.lines.map((line) => {
      for (const [name, tree] of line.reductions.flat()) [name, ...namesIn(tree)].forEach(values);
      return { quantity: line.quantity, ...rightAsShown(line, found, count) };
    });
  }
  return { values, lines, names: [...Object.keys(leaves), ...formulas.keys()] };
}

// name → what makes the numbers that are recorded, are weights, or are what weights make of what they weigh
function leavesOf({ products }, layer, weights, inputs, from, to, values) {
  const { cell, units } = layer;
  const leaves = {};
  for (const name of layer.quantities) leaves[name] = () => layer.values[name].values.subarray(from * units, to * units);
  for (const { name } of cell.quantities.filter(({ carried }) => carried)) leaves[`${name}-`] = () => before(layer, name, from, to);
  for (const [name, dimensions] of Object.entries(cell.parameters)) if (dimensions === 1) leaves[name] = () => weights.parameters[name].values;
  for (const { matrix, of } of products) {
    leaves[matrix] = () => {
      const read = Object.fromEntries(namesIn(of).map((each) => [each, values(each)]));
      return times(evaluate(of, read, (to - from) * units), weights.parameters[matrix].values, units);
    };
  }
  const arriving = () => inputs.values.subarray(from * inputs.shape[1], to * inputs.shape[1]);
  for (const { name, input, hidden, inputBias, hiddenBias } of byQuantity(cell, weights)) {
    leaves[`W·${name}`] = () => times(arriving(), input.values, units);
    if (hidden) leaves[`U·${name}`] = () => times(values("hidden_state-"), hidden.values, units);
    if (inputBias) leaves[`b_x·${name}`] = () => inputBias;
    if (hiddenBias) leaves[`b_h·${name}`] = () => hiddenBias;
    if (hidden && (inputBias || hiddenBias)) leaves[`b·${name}`] = () => (inputBias ?? hiddenBias).map((bias, unit) => (inputBias && hiddenBias ? bias + hiddenBias[unit] : bias));
  }
  return leaves;
}

// What each step found of a quantity: the row before it in the layer's direction, the initial state, or nothing yet.
function before({ values, initial, direction, steps, units }, name, from, to) {
  const all = values[name].values;
  const rows = new Float32Array((to - from) * units);
  for (let step = from; step < to; step++) {
    const last = direction === "forward" ? step - 1 : step + 1;
    const row = last >= 0 && last < steps ? all.subarray(last * units, (last + 1) * units) : initial[name];
    if (row) rows.set(row, (step - from) * units);
  }
  return rows;
}

// Rows of numbers times a matrix of `units` rows: for each row of numbers, as many as there are units.
function times(numbers, matrix, units) {
  const width = matrix.length / units;
  const rows = numbers.length / width;
  const found = new Float32Array(rows * units);
  const read = new Float64Array(width); // a row as numbers of one kind, which is what makes the loop fast
  for (let row = 0; row < rows; row++) {
    read.set(numbers.subarray(row * width, (row + 1) * width));
    for (let unit = 0; unit < units; unit++) {
      const at = unit * width;
      let sum = 0;
      for (let k = 0; k < width; k++) sum += matrix[at + k] * read[k];
      found[row * units + unit] = sum;
    }
  }
  return found;
}

// The weights of a place for each quantity that has any: { name, input: (H, I), hidden: (H, P), inputBias, hiddenBias },
// biases as numbers; null where there are none.
export function byQuantity(cell, { input, hidden, inputBias, hiddenBias }) {
  const weighted = cell.quantities.filter(({ weighted: has }) => has);
  return weighted.map(({ name }, row) => {
    const part = ({ shape: [rows, ...rest], values }) => {
      const [units, size] = [rows / weighted.length, values.length / weighted.length];
      return { shape: [units, ...rest], values: values.subarray(row * size, (row + 1) * size) };
    };
    return { name, input: part(input), hidden: hidden && part(hidden), inputBias: inputBias && part(inputBias).values, hiddenBias: hiddenBias && part(hiddenBias).values };
  });
}
