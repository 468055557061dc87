// Rows of what is recorded over time.

// All units at one step, of an array of shape (T, H).
export function rowOf({ shape: [, units], values }, step) {
  return values.subarray(step * units, (step + 1) * units);
}

// What a step found of a state, as its layer reads; mirrors `LayerTrace.before` of trace/layer.py.
export function rowBefore({ values, initial, direction, steps }, name, step) {
  const place = direction === "forward" ? step - 1 : step + 1;
  return place < 0 || place >= steps ? initial[name] : rowOf(values[name], place);
}
