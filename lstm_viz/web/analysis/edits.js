// What the last edit changed in the hidden state; mirrors `View.edit` of ui/views/view.py, analysis/change/edits.py, and
// what figures/edit_effect.py draws of it.
import { aggregate } from "./aggregate.js";
import { align } from "./alignment.js";
import { size } from "./limits.js";
import { rowBefore, rowOf } from "./rows.js";

// The last edit of a view: the alignment of its tokens, and the layer before and after; null where there was none, or
// one of the two texts cannot be run.
export function editOf(view) {
  const { source, settings, reading } = view;
  if (!reading.tokens.length || settings.before === null) return null;
  const { tokens } = source.read(settings.before);
  if (!tokens.length) return null;
  const alignment = align(tokens, reading.tokens);
  if (alignment.isIdentity) return null;
  return { alignment, before: source.layer(source.run(tokens), view.place), after: view.layer };
}

// An array with a row a column of the axis: what it changed in every unit. A new token, which has no counterpart to be
// compared with, shows what the hidden state does across what was put in. largest: the size of the largest change.
export function changeOf({ alignment, before, after }, edges) {
  const { values: old } = before.values.hidden_state;
  const { values: now, shape } = after.values.hidden_state;
  const [steps, units] = shape;
  const values = new Float32Array(steps * units);
  const [start, stop] = alignment.afterSpan;
  if (!alignment.removed.length) {
    const moved = across(after, start, stop);
    for (let step = start; step < stop; step++) values.set(moved, step * units);
  }
  for (const [i, j] of alignment.pairs) {
    const [to, from] = [j * units, i * units];
    for (let unit = 0; unit < units; unit++) values[to + unit] = now[to + unit] - old[from + unit];
  }
  return { array: aggregate({ shape, values }, edges), largest: size(values) };
}

// (H,): how much the hidden state moves over some steps, in the order in which the layer reads.
function across(layer, start, stop) {
  const hidden = layer.values.hidden_state;
  if (start === stop) return new Float32Array(hidden.shape[1]);
  const [first, last] = layer.direction === "forward" ? [start, stop - 1] : [stop - 1, start];
  const found = rowBefore(layer, "hidden_state", first);
  return rowOf(hidden, last).map((value, unit) => value - found[unit]);
}
