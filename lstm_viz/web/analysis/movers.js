// Which units move the answer; mirrors analysis/answers/movers.py.
import { readout } from "./readout.js";
import { rowBefore, rowOf } from "./rows.js";

const MOST = 3;

// source, trace, layer and place: as a view has them → the step at which the answer moves most
export function movingStep(source, trace) {
  const answers = source.predictions(trace);
  const moves = Array.from({ length: answers.shape[0] }, (_, step) => {
    const [before, after] = [rowOf(answers, Math.max(0, step - 1)), rowOf(answers, step)];
    return Math.max(...Array.from(after, (value, k) => Math.abs(Math.fround(value - before[k]))));
  });
  return moves.indexOf(Math.max(...moves));
}

// (H,): by how much every unit moves the answer at a step; null where the answer is not read from this layer's units.
export function moved(source, { trace, layer, place }, step) {
  const { units, shown } = source.about;
  if (!source.answersFrom(place) || units !== shown) return null;
  const { weights } = readout(source, rowOf(source.predictions(trace), step));
  const before = rowBefore(layer, "hidden_state", step);
  return Array.from(rowOf(layer.values.hidden_state, step), (value, k) => Math.fround(value - before[k]) * weights[k]);
}

// → { step, label, units }: the units that move the answer most where it moves most; none where that cannot be told
export function movers(source, view) {
  if (source.about.answers === null) return { step: 0, label: "", units: [] };
  const step = movingStep(source, view.trace);
  const sizes = moved(source, view, step)?.map(Math.abs) ?? [];
  const order = sizes.map((_, k) => k).sort((a, b) => sizes[b] - sizes[a] || a - b);
  return { step, label: view.trace.labels[step], units: order.filter((k) => sizes[k] > 0).slice(0, MOST) };
}
