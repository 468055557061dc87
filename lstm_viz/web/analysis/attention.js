// The ledger as attention: the weight of every step in a memory, and what is weighed. Mirrors analysis/memory/attention.py,
// where it is told.
import { inOrder } from "./ledger.js";

// At one step: { weights: (steps), 0 where a step is read later; initial: the weight of the initial state; contents:
// (steps), of a unit }; unit: whose, null for the mean over all
// source: see network/source.js; memory: its recurrence, see ledger.js
export function attentionAt(source, layer, memory, step, unit = null) {
  const { steps, units, keep } = memory;
  const [from, many] = unit === null ? [0, units] : [unit, 1];
  const [weights, contents] = [new Float64Array(steps), new Float64Array(steps)];
  const left = new Float64Array(many).fill(1 / many);
  const { norms, found } = normaliser(source, layer);
  if (norms) for (let k = 0; k < many; k++) left[k] = ratio(left[k], norms[step * units + from + k]);
  for (let n = inOrder(memory, step); n >= 0; n--) {
    const at = inOrder(memory, n);
    for (let k = 0, spot = at * units + from; k < many; k++, spot++) {
      weights[at] += source.share(layer.values, spot) * left[k];
      left[k] *= keep[spot];
    }
    if (unit !== null) contents[at] = source.content(layer.values, at * units + unit);
  }
  const initial = left.reduce((sum, each, k) => sum + (norms ? each * found[from + k] : each), 0);
  return { weights, contents, initial };
}

// The largest weight that any step has when it is read; unit as in `attentionAt`.
export function largestShare(source, layer, { steps, units }, unit = null) {
  const [from, many] = unit === null ? [0, units] : [unit, 1];
  const { norms } = normaliser(source, layer);
  let most = 0;
  for (let step = 0; step < steps; step++) {
    let sum = 0;
    for (let k = 0, spot = step * units + from; k < many; k++, spot++) sum += ratio(source.share(layer.values, spot), norms ? norms[spot] : 1);
    most = Math.max(most, Math.abs(sum / many));
  }
  return most;
}

// 0 where there is nothing to divide by.
function ratio(over, under) {
  return under === 0 ? 0 : over / under;
}

// The state by which a memory is divided where it is shown, and what the first step found of it; null for most cells.
function normaliser({ cell: { normaliser: name } }, { values, initial }) {
  return name ? { norms: values[name].values, found: initial[name] } : { norms: null, found: null };
}
