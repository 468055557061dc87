// What is held at a value in one layer of a run; mirrors lstm_viz/clamp.py and `overrides_for` of lstm_viz/capture.py.

// clamps: [{ quantity, value, units: [..] or null, steps: [[first, last], ..] or null, layer, direction }], the last two
// null for all; units, shown: how many units the layer has, and how many of them it shows → quantity → (steps × units), a
// number where it is held and NaN elsewhere; the last clamp on a spot holds
export function heldIn(clamps, { index, direction }, steps, size) {
  const held = {};
  for (const clamp of clamps) {
    if ((clamp.layer ?? index) !== index || (clamp.direction ?? direction) !== direction) continue;
    const units = widthOf(clamp.quantity, size);
    const values = (held[clamp.quantity] ??= new Float64Array(steps * units).fill(NaN));
    const columns = clamp.units ?? [...Array(units).keys()];
    for (const [first, last] of clamp.steps ?? [[0, steps - 1]]) {
      for (let step = first; step <= Math.min(last, steps - 1); step++) {
        for (const unit of columns) if (unit < units) values[step * units + unit] = clamp.value;
      }
    }
  }
  return held;
}

// Whether a row of what is held is that of a layer that was run.
export function heldAlike(held, row, layer, otherRow) {
  for (const name of new Set([...Object.keys(held), ...Object.keys(layer.held)])) {
    const units = widthOf(name, layer);
    for (let k = 0; k < units; k++) {
      const [one, other] = [held[name]?.[row * units + k] ?? NaN, layer.held[name]?.[otherRow * units + k] ?? NaN];
      if (!Object.is(one, other)) return false;
    }
  }
  return true;
}

// How many units a quantity has: a hidden state may be shown through a projection.
function widthOf(quantity, { units, shown }) {
  return quantity === "hidden_state" ? shown : units;
}
