// Long runs, averaged down to no more columns than a screen can show; mirrors analysis/aggregate.py, where it is told.

export const COLUMN_BUDGET = 240;

// Bounds of the columns: column k holds the steps from edges[k] up to, not including, edges[k + 1].
export function columns(steps, budget = COLUMN_BUDGET) {
  const width = Math.ceil(steps / budget);
  const edges = [];
  for (let edge = 0; edge < steps; edge += width) edges.push(edge);
  return [...edges, steps];
}

// Mean over the steps of every column; the array itself where nothing merges.
export function aggregate(array, edges) {
  const [steps, ...rest] = array.shape;
  const count = edges.length - 1;
  if (count === steps) return array;
  const across = rest.reduce((product, n) => product * n, 1);
  const { values: given } = array;
  const values = new Float32Array(count * across);
  const sums = new Float64Array(across);
  for (let column = 0; column < count; column++) {
    const [first, end] = [edges[column], edges[column + 1]];
    sums.fill(0);
    for (let step = first, at = first * across; step < end; step++) for (let k = 0; k < across; k++, at++) sums[k] += given[at];
    for (let k = 0; k < across; k++) values[column * across + k] = sums[k] / (end - first);
  }
  return { shape: [count, ...rest], values };
}

// One label a column: the token, or the first and the last of those it holds.
export function columnLabels(labels, edges) {
  return edges.slice(0, -1).map((first, k) => {
    const last = edges[k + 1] - 1;
    return first === last ? labels[first] : `${labels[first]} … ${labels[last]}`;
  });
}

// The column that holds a time step.
export function columnOf(step, edges) {
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= step) low = middle;
    else high = middle;
  }
  return low;
}
