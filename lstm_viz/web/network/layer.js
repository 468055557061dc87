// One layer in one direction, run step by step with the `step` that lstm_viz/cells/compiler.py wrote; mirrors
// `run_steps` of lstm_viz/engine.py. Rows belong to the tokens at their positions, in both directions.

// The matrices of a layer, for `products`: what arrives, what it showed a step ago, and those that its cell names.
export function matricesOf({ cell }, weights) {
  const { input, hidden, inputBias, hiddenBias, projection, parameters } = weights;
  const further = cell.products.map((name) => (name === null ? projection : parameters[name]));
  return [matrix(input, inputBias), matrix(hidden, hiddenBias), ...further.filter(Boolean).map((each) => matrix(each))];
}

function matrix({ shape: [rows, columns], values }, bias) {
  return { rows, columns, weight: values, bias: bias?.values ?? null };
}

// module: a compiled cell; weights: as `matricesOf` takes them; products: of those matrices
export function makeLayer(module, weights, { index, direction }, [arriving, recurrent, ...further]) {
  const { cell, step } = module;
  const [units, shown] = [weights.hidden.shape[0] / cell.quantities.filter(({ weighted }) => weighted).length, weights.hidden.shape[1]];
  const width = (name) => (name === "hidden_state" ? shown : units);
  const recorded = cell.quantities.filter((each) => each.recorded).map(({ name }) => name);
  const parameters = Object.fromEntries(Object.entries(weights.parameters).map(([name, { values }]) => [name, values]));
  const products = cell.products.map((name) => (name === null && !weights.projection ? nothing(units) : further.shift()));

  // steps: how many; inputAt(step): what arrives, times its weights; initial: state → values, zeros for those left out;
  // held: quantity → values, numbers where it is held; kept: { layer, count }, a run whose first steps are the same.
  return function run({ steps, inputAt, initial = {}, held = {}, kept = null }) {
    // The initial state stands in one row more, after the last.
    const rows = Object.fromEntries(cell.quantities.map((each) => {
      const lasting = each.recorded || each.carried;
      const values = new Float32Array((lasting ? steps + 1 : 1) * width(each.name));
      if (each.carried && initial[each.name]) values.set(initial[each.name], steps * width(each.name));
      return [each.name, values];
    }));
    if (kept) copyKept(rows, steps, kept, direction, width);
    const now = { units, shown, values: rows, hidden: recurrent.to, input: null, held, parameters, products };
    const state = rows.hidden_state;
    const forward = direction === "forward";
    for (let done = kept?.count ?? 0; done < steps; done++) {
      const [at, before] = forward ? [done, done ? done - 1 : steps] : [steps - 1 - done, steps - done];
      for (let k = 0; k < shown; k++) recurrent.from[k] = state[before * shown + k];
      recurrent.multiply();
      now.input = inputAt(at);
      step(now, at, before);
    }
    const array = (name) => ({ shape: [steps, width(name)], values: rows[name].subarray(0, steps * width(name)) });
    return {
      cell,
      index,
      direction,
      steps,
      units,
      quantities: recorded,
      values: Object.fromEntries(recorded.map((name) => [name, array(name)])),
      initial: Object.fromEntries(cell.quantities.filter(({ role }) => role === "state").map(({ name }) => [name, rows[name].subarray(steps * width(name))])),
      held,
      rows,
    };
  };

  function nothing(size) {
    const values = new Float32Array(size);
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

function copyKept(rows, steps, { layer, count }, direction, width) {
  for (const [name, values] of Object.entries(layer.rows)) {
    const size = width(name);
    if (values.length !== (layer.steps + 1) * size) continue;
    const [from, to] = direction === "forward" ? [0, 0] : [layer.steps - count, steps - count];
    rows[name].set(values.subarray(from * size, (from + count) * size), to * size);
  }
}
