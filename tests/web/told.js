// A network whose runs are not the page's but torch's, so that what is made of them can be compared to the last digit.

// runs: [{ tokens, held, inputs, layers: [{ values, initial }], predictions, followers, forecast }] of Python, arrays
// packed; held: whether it is the one with clamps
export function told(source, runs = []) {
  if (!runs.length) return source;
  const known = new Map(runs.map((run) => [keyOf(run.tokens, run.held), { ...run, trace: traceOf(source, run) }]));
  const of = (trace) => [...known.values()].find((run) => run.trace === trace);
  return {
    ...source,
    run: (tokens, clamps = []) => known.get(keyOf(tokens, clamps.length > 0)).trace,
    predictions: (trace) => unpacked(of(trace).predictions),
    followers: (trace) => of(trace).followers && unpacked(of(trace).followers),
    forecast: (tokens) => known.get(keyOf(tokens, false)).forecast,
  };
}

function keyOf(tokens, held) {
  return JSON.stringify([tokens, held]);
}

function traceOf(source, { tokens, inputs, layers }) {
  const mine = source.run(tokens);
  const values = (arrays) => Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, unpacked(array)]));
  const flat = (arrays) => Object.fromEntries(Object.entries(values(arrays)).map(([name, { values: numbers }]) => [name, numbers]));
  return { ...mine, inputs: unpacked(inputs), layers: mine.layers.map((layer, k) => ({ ...layer, values: values(layers[k].values), initial: flat(layers[k].initial) })) };
}

function unpacked({ shape, values }) {
  return { shape, values: new Float32Array(Uint8Array.from(atob(values), (letter) => letter.charCodeAt(0)).buffer) };
}
