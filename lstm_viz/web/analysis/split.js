// From the memory to the answer: how much of the output each step's share of the memory makes up. Mirrors
// analysis/memory/split.py and shared.py, where it is told; of every cell that runs here, one function at most bends
// between memory and output.
import { inOrder } from "./ledger.js";

const NARROW = 1e-5; // how near two ends of a chord can be; nearer, rounding would spoil its slope

// memory: a layer's recurrence, see ledger.js; weights, bias: from what it shows to the output; step: after which
// → { parts: (steps), initial, bias, empty, total }
export function splitOutput(source, layer, place, memory, { weights, bias }, step) {
  const { steps, units } = memory;
  const count = inOrder(memory, step) + 1;
  const chords = straightened();
  const shown = shownBy(source, layer, memory, step, source.weights(place).parameters, chords.functions);
  const score = (now, before) => {
    const values = shown(now, before);
    let sum = 0;
    for (let k = 0; k < units; k++) sum += weights[k] * values[k];
    return sum;
  };
  const [now, found] = [sourcesAt(memory, count), sourcesAt(memory, count - 1)];
  const nothing = new Float64Array(units);
  chords.nothing();
  const empty = score(nothing, nothing);
  chords.everything();
  score(together(now, units), together(found, units));
  const gains = Float64Array.from({ length: count + 1 }, (_, row) => {
    chords.source();
    const from = row * units;
    // This step's own share is no part of the memory that it found.
    return score(now.subarray(from, from + units), row < count ? found.subarray(from, from + units) : nothing) - empty;
  });
  const parts = new Float64Array(steps);
  for (let n = 0; n < count; n++) parts[inOrder(memory, n)] = gains[n + 1];
  const total = parts.reduce((sum, part) => sum + part, 0) + gains[0] + bias + empty;
  return { parts, initial: gains[0], bias, empty, total };
}

// The functions that a definition may use, each straight between what it makes of nothing and of everything. The n-th
// call of a pass is of the same unit as that of any other: nothing comes first, then everything, then each source.
function straightened() {
  let at = 0;
  let use;
  const tape = { nothing: [], base: [], slope: [] };
  const passes = {
    nothing: (f, x) => (tape.nothing[at] = x, tape.base[at] = f(x)),
    everything: (f, x) => {
      const middle = (tape.nothing[at] + x) / 2;
      const reach = Math.max(Math.abs(x - tape.nothing[at]) / 2, NARROW); // where the sources cancel, the slope there
      tape.slope[at] = (f(middle + reach) - f(middle - reach)) / (2 * reach);
      return f(x);
    },
    source: (_, x) => tape.base[at] + tape.slope[at] * (x - tape.nothing[at]),
  };
  const begin = (pass) => () => {
    at = 0;
    use = pass;
  };
  const chord = (f) => (x) => {
    const value = use(f, x);
    at++;
    return value;
  };
  const functions = {
    tanh: chord(Math.tanh),
    sigmoid: chord((x) => 1 / (1 + Math.exp(-x))),
    log_sigmoid: chord((x) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))),
    exp: chord(Math.exp),
    relu: chord((x) => Math.max(x, 0)),
    hard_sigmoid: chord((x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1)),
    ratio: (over, under) => (under === 0 ? 0 : over / under), // what is divided is shared; what it is divided by is not
  };
  return { functions, ...Object.fromEntries(Object.entries(passes).map(([name, pass]) => [name, begin(pass)])) };
}

// The sum of all rows.
function together(rows, units) {
  const sum = new Float64Array(units);
  for (let at = 0; at < rows.length; at++) sum[at % units] += rows[at];
  return sum;
}

// What is left, once so many steps are read, of the initial state and of what each of them put in: (count + 1, units)
function sourcesAt(memory, count) {
  const { units, keep, add, initial } = memory;
  const left = new Float64Array((count + 1) * units);
  const share = new Float64Array(units).fill(1);
  for (let n = count - 1; n >= 0; n--) {
    const row = inOrder(memory, n) * units;
    for (let k = 0; k < units; k++) {
      left[(n + 1) * units + k] = add[row + k] * share[k];
      share[k] *= keep[row + k];
    }
  }
  for (let k = 0; k < units; k++) left[k] = initial[k] * share[k];
  return left;
}

// What the cell would show at a step, its gates as they were, for other contents of its memory, now and before:
// (units) and (units) → (units), overwritten by the next call
function shownBy({ cell, show }, layer, memory, step, parameters, functions) {
  const { units, name } = memory;
  const n = inOrder(memory, step);
  // Two rows of each quantity: this step's, and what it found.
  const values = Object.fromEntries(cell.quantities.map((each) => {
    const rows = new Float64Array(2 * units);
    if (each.recorded) rows.set(layer.values[each.name].values.subarray(step * units, (step + 1) * units));
    const before = n ? layer.values[each.name]?.values.subarray(inOrder(memory, n - 1) * units) : layer.initial[each.name];
    if (each.carried && before) rows.set(before.subarray(0, units), units);
    return [each.name, rows];
  }));
  const plain = Object.fromEntries(Object.entries(parameters).map(([key, weight]) => [key, weight.values]));
  const products = cell.products.map((key) => product(key === null ? null : plain[key], units));
  const run = { units, shown: units, rows: values, record: {}, held: {}, parameters: plain, products, functions };
  return (now, before) => {
    values[name].set(now);
    values[name].set(before, units);
    show(run, 0, 1);
    return values.hidden_state;
  };
}

// A matrix, units by units, as `show` multiplies with it; null where nothing is projected.
function product(weight, units) {
  const from = new Float64Array(units);
  if (!weight) return { from, to: from, multiply() {} };
  const to = new Float64Array(units);
  const multiply = () => {
    for (let row = 0, at = 0; row < units; row++) {
      to[row] = 0;
      for (let k = 0; k < units; k++, at++) to[row] += weight[at] * from[k];
    }
  };
  return { from, to, multiply };
}
