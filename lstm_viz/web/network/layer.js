// One layer in one direction, run step by step with the `step` that lstm_viz/cells/compiler.py wrote; mirrors
// `run_steps` of lstm_viz/engine.py. Rows belong to the tokens at their positions, in both directions.

// The matrices of a layer, for `products`: what arrives, what it showed a step ago, where its cell has weights for that,
// and those that its cell names.
export function matricesOf({ cell }, weights) {
  const { input, hidden, inputBias, hiddenBias, projection, parameters } = weights;
  const further = cell.products.map((name) => (name === null ? projection : parameters[name]));
  const recurrent = cell.recurrent ? [matrix(hidden, hiddenBias)] : [];
  return [matrix(input, inputBias), ...recurrent, ...further.filter(Boolean).map((each) => matrix(each))];
}

function matrix({ shape: [rows, columns], values }, bias) {
  return { rows, columns, weight: values, bias: bias?.values ?? null };
}

// module: a compiled cell; weights: as `matricesOf` takes them; products: of those matrices
export function makeLayer(module, weights, { index, direction }, [arriving, ...more]) {
  const { cell, step } = module;
  const units = weights.input.shape[0] / cell.quantities.filter(({ weighted }) => weighted).length;
  const shown = weights.hidden?.shape[1] ?? units;
  const [recurrent, ...further] = cell.recurrent ? more : [nothing(shown), ...more];
  const width = (name) => (name === "hidden_state" ? shown : units);
  const recorded = cell.quantities.filter((each) => each.recorded);
  const carried = cell.quantities.filter((each) => each.carried);
  const states = cell.quantities.filter(({ role }) => role === "state");
  const parameters = Object.fromEntries(Object.entries(weights.parameters).map(([name, { values }]) => [name, values]));
  const products = cell.products.map((name) => (name === null && !weights.projection ? nothing(units) : further.shift()));

  // steps: how many; inputAt(step): what arrives, times its weights; initial: state → values, the cell's own first ones
  // for those left out; held: quantity → values, numbers where it is held; kept: { layer, count }, a run whose first steps are the same.
  return function run({ steps, inputAt, initial = {}, held = {}, kept = null }) {
    // What a step computes, in float64, for some networks make much of little. What is carried has a row a step, and the
    // initial state one row more, after the last.
    const rows = named(cell.quantities, ({ name, carried, first }) => {
      const values = new Float64Array((carried ? steps + 1 : 1) * width(name));
      if (carried && initial[name]) values.set(initial[name], steps * width(name));
      else if (carried) values.fill(first ?? -Infinity, steps * width(name));
      return values;
    });
    const record = named(recorded, ({ name }) => new Float32Array(steps * width(name)));
    if (kept) {
      for (const { name } of carried) copyKept(kept, kept.layer.rows[name], rows[name], steps, width(name));
      for (const { name } of recorded) copyKept(kept, kept.layer.values[name].values, record[name], steps, width(name));
    }
    const now = { units, shown, rows, record, hidden: recurrent.to, input: null, held, parameters, products };
    const state = rows.hidden_state;
    const forward = direction === "forward";
    for (let done = kept?.count ?? 0; done < steps; done++) {
      const [at, before] = forward ? [done, done ? done - 1 : steps] : [steps - 1 - done, steps - done];
      for (let k = 0; k < shown; k++) recurrent.from[k] = state[before * shown + k];
      recurrent.multiply();
      now.input = inputAt(at);
      step(now, at, before);
    }
    return {
      cell,
      index,
      direction,
      steps,
      units,
      shown,
      quantities: recorded.map(({ name }) => name),
      values: named(recorded, ({ name }) => ({ shape: [steps, width(name)], values: record[name] })),
      initial: named(states, ({ name }) => new Float32Array(rows[name].subarray(steps * width(name)))),
      held,
      rows,
    };
  };

  function nothing(size) {
    const values = new Float64Array(size);
    return { from: values, to: values, multiply() {} };
  }
}

// arriving: the product of what arrives with its weights → the same for any row of an array
export function inputsFrom(arriving, { shape: [, size], values }) {
  return (step) => {
    for (let k = 0; k < size; k++) arriving.from[k] = values[step * size + k];
    arriving.multiply();
    return arriving.to;
  };
}

// The rows that a layer did first, from those of the run that it is like; rows of a backward layer are counted from the end.
function copyKept({ layer, count }, from, to, steps, size) {
  const [first, start] = layer.direction === "forward" ? [0, 0] : [layer.steps - count, steps - count];
  to.set(from.subarray(first * size, (first + count) * size), start * size);
}

function named(quantities, make) {
  return Object.fromEntries(quantities.map((each) => [each.name, make(each)]));
}
