// What the memory is made of: how much of it each earlier step put in, and how much of that is left. Mirrors
// analysis/memory/ledger.py, where it is told; here no table of all steps by all steps is made.

const NOTHING = 1e-100; // a processor is slow with numbers much smaller
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
//     the initial state; largest: the largest size of any step's part at any time }
export function byColumn(memory, edges, unit = null) {
  const { steps, backward, initial } = memory;
  const [from, many] = unit === null ? [0, memory.units] : [unit, 1];
  const columns = edges.length - 1;
  const parts = new Float32Array(columns * columns).fill(NaN);
  const rest = new Float32Array(columns);
  // What is left of the columns already read, one sum each, since steps of a column fade alike once all are read; and of
  // the initial state, which is read first.
  const left = new Float64Array((columns + 1) * many);
  for (let k = 0; k < many; k++) left[k] = initial[from + k];
  for (let read = 0; read < columns; read++) {
    const column = backward ? columns - 1 - read : read;
    const first = backward ? steps - edges[column + 1] : edges[column];
    const { end, mean, put, within } = over(memory, first, edges[column + 1] - edges[column], from, many);
    for (let row = 0; row <= read; row++) {
      let sum = 0;
      for (let k = 0, at = row * many; k < many; k++, at++) {
        sum += left[at] * mean[k];
        const now = left[at] * end[k];
        left[at] = Math.abs(now) < NOTHING ? 0 : now;
      }
      if (row) parts[column * columns + (backward ? columns - row : row - 1)] = sum / many;
      else rest[column] = sum / many;
    }
    left.set(put, (read + 1) * many);
    parts[column * columns + column] = within / many;
  }
  const array = (values, ...shape) => ({ shape, values });
  return { parts: array(parts, columns, columns), initial: array(rest, columns), largest: largestPart(memory, from, many) };
}

// Over some steps, of `many` units: the share kept at the end, and on average; what is put in and left at the end, and,
// summed over the units, on average.
function over(memory, first, count, from, many) {
  const { units, keep, add } = memory;
  const [end, mean, put] = [new Float64Array(many).fill(1), new Float64Array(many), new Float64Array(many)];
  let within = 0;
  for (let n = first; n < first + count; n++) {
    for (let k = 0, at = inOrder(memory, n) * units + from; k < many; k++, at++) {
      end[k] *= keep[at];
      mean[k] += end[k] / count;
      put[k] = put[k] * keep[at] + add[at];
      within += put[k] / count;
    }
  }
  return { end, mean, put, within };
}

// The largest size that any step's part has at any time: where nothing grows, that is when it is put in.
function largestPart(memory, from, many) {
  const { steps, units, keep, add, tame } = memory;
  const left = new Float64Array(many);
  let most = 0;
  for (let source = 0; source < steps; source++) {
    const row = inOrder(memory, source) * units + from;
    for (let k = 0; k < many; k++) left[k] = add[row + k];
    most = Math.max(most, Math.abs(meanOf(left)));
    for (let n = source + 1; n < steps && !tame; n++) {
      for (let k = 0, at = inOrder(memory, n) * units + from; k < many; k++, at++) left[k] *= keep[at];
      most = Math.max(most, Math.abs(meanOf(left)));
    }
  }
  return most;
}

function meanOf(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
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
