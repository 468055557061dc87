// What the memory is made of: how much of it each earlier step put in, and how much of that is left. Mirrors
// analysis/memory/ledger.py, where it is told; here no table of all steps by all steps is made.

const known = new WeakMap(); // layer → its recurrence

// A layer's memory as what it keeps and adds, memory = keep · memory before + add, (steps · units) each:
// { name, steps, units, backward, keep, add, initial: (units), recorded, tame: whether nothing ever grows, and sizes: the
//   same without signs }
export function recurrence({ cell, keep: keepAt, add: addAt }, layer) {
  if (!known.has(layer)) known.set(layer, made(cell.memory, keepAt, addAt, layer));
  return known.get(layer);
}

function made(name, keepAt, addAt, { steps, units, direction, values, initial }) {
  const keep = new Float32Array(steps * units);
  const add = new Float32Array(steps * units);
  let tame = true;
  for (let k = 0; k < keep.length; k++) {
    keep[k] = keepAt(values, k);
    add[k] = addAt(values, k);
    if (!(Math.abs(keep[k]) <= 1)) tame = false;
  }
  const facts = { name, steps, units, backward: direction === "backward", recorded: values[name].values, tame };
  const signed = { ...facts, keep, add, initial: initial[name] };
  let sizes = null;
  const unsigned = () => ({ ...facts, ...Object.fromEntries(["keep", "add", "initial"].map((part) => [part, signed[part].map(Math.abs)])) });
  return { ...signed, sizes: () => (sizes ??= unsigned()) };
}

// The position that a layer reads as its n-th, and the other way round.
export function inOrder({ steps, backward }, n) {
  return backward ? steps - 1 - n : n;
}

// What is left in the columns of a picture: the mean over the times of a column, the sum over its sources.
// unit: whose, with its sign; null for the mean size over all units, which needs the `sizes` of a recurrence
// → { parts: (columns, columns), a row a time, no number where a source is read later; initial: (columns), what is left of
//     the initial state; largest: the largest size of any step's part at any time; residual: of a unit, the largest
//     difference between the parts' sum and the recorded memory }
export function byColumn(memory, edges, unit = null) {
  const { steps, units, backward, keep, add, recorded, tame } = memory;
  const [from, many] = unit === null ? [0, units] : [unit, 1];
  const columns = edges.length - 1;
  const column = new Int32Array(steps);
  for (let c = 0; c < columns; c++) column.fill(c, edges[c], edges[c + 1]);
  // Steps of a column fade alike from when all of them are read: one sum stands for them. Where parts may grow, the
  // largest of them would not be seen in the sum.
  const alone = columns === steps || !tame;
  const groups = alone ? steps : columns;
  const left = new Float32Array(groups * many);
  const start = memory.initial.slice(from, from + many);
  const sums = new Float64Array(columns * columns);
  const parts = new Float32Array(columns * columns);
  const initial = new Float32Array(columns);
  let [largest, residual] = [0, 0];
  for (let n = 0; n < steps; n++) {
    const step = inOrder(memory, n);
    const row = column[step];
    const group = alone ? step : row;
    const [first, last] = backward ? [group, groups - 1] : [0, group];
    let all = 0;
    for (let k = 0, at = step * units + from; k < many; k++, at++) all += start[k] *= keep[at];
    initial[row] += all / many / (edges[row + 1] - edges[row]);
    if (!alone) largest = Math.max(largest, meanOf(add, step * units + from, many));
    for (let g = first; g <= last; g++) {
      let sum = 0;
      for (let k = 0, at = step * units + from, spot = g * many; k < many; k++, at++, spot++) {
        left[spot] = g === group ? left[spot] * keep[at] + add[at] : left[spot] * keep[at];
        sum += left[spot];
      }
      sum /= many;
      all += sum;
      if (alone) largest = Math.max(largest, Math.abs(sum));
      sums[row * columns + (alone ? column[g] : g)] += sum;
    }
    if (unit !== null) residual = Math.max(residual, Math.abs(all - recorded[step * units + unit]));
  }
  for (let time = 0; time < columns; time++) {
    for (let source = 0; source < columns; source++) {
      const later = backward ? source < time : source > time;
      const spot = time * columns + source;
      parts[spot] = later ? NaN : sums[spot] / (edges[time + 1] - edges[time]);
    }
  }
  const array = (values, ...shape) => ({ shape, values });
  return { parts: array(parts, columns, columns), initial: array(initial, columns), largest, residual };
}

function meanOf(values, from, many) {
  let sum = 0;
  for (let k = from; k < from + many; k++) sum += Math.abs(values[k]);
  return sum / many;
}

// What is left at one step: { parts: (steps), of what each put in, 0 where it is read later; initial: of the initial
// state }; unit as in `byColumn`.
export function leftAt(memory, step, unit = null) {
  const { steps, units, keep, add, initial } = memory;
  const [from, many] = unit === null ? [0, units] : [unit, 1];
  const parts = new Float64Array(steps);
  const share = new Float64Array(many).fill(1);
  for (let n = inOrder(memory, step); n >= 0; n--) {
    const at = inOrder(memory, n);
    let sum = 0;
    for (let k = 0, spot = at * units + from; k < many; k++, spot++) {
      sum += add[spot] * share[k];
      share[k] *= keep[spot];
    }
    parts[at] = sum / many;
  }
  const rest = share.reduce((sum, each, k) => sum + initial[from + k] * each, 0) / many;
  return { parts, initial: rest };
}

// What is left of one step's part of a unit's memory from that step on, in the order in which the layer reads.
export function courseOf(memory, source, unit) {
  const { steps, units, keep, add } = memory;
  const first = inOrder(memory, source);
  const course = new Float32Array(steps - first);
  course[0] = add[source * units + unit];
  for (let n = 1; n < course.length; n++) course[n] = course[n - 1] * keep[inOrder(memory, first + n) * units + unit];
  return course;
}

// After how many steps at most half is left of what a step put in; null where that does not happen.
export function halfLife(course) {
  const half = Math.abs(course[0]) / 2;
  if (!(half > 0)) return null;
  const found = course.findIndex((value) => Math.abs(value) <= half);
  return found < 0 ? null : found;
}
