// Two texts on one axis: tokens that correspond share a column, and those in one text only have one to themselves.
// Mirrors analysis/change/side_by_side.py.
import { columnLabels, columnOf } from "./aggregate.js";

// The sides of a place: its step in the text before, and in the text after
export const BEFORE = 0;
export const AFTER = 1;

// alignment: of the two texts' tokens → the places of both, in order: [step before, step after], null where one has none
export function placesOf({ pairs }, stepsBefore, stepsAfter) {
  const places = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...pairs, [stepsBefore, stepsAfter]]) {
    while (i < a) places.push([i++, null]);
    while (j < b) places.push([null, j++]);
    places.push([a, b]);
    [i, j] = [a + 1, b + 1];
  }
  return places.slice(0, -1);
}

// Values of one text, (T, …), in columns, (C, …): the mean of what is known there, NaN where its text has no token.
export function spread(array, places, side, edges) {
  return single(means(array, places, side, edges));
}

// The same of both texts, and after less before.
export function spreadBoth(before, after, places, edges) {
  const [was, is] = [means(before, places, BEFORE, edges), means(after, places, AFTER, edges)];
  // Of the means as they are: what is large in both would hide a small difference once it is rounded.
  const difference = { shape: is.shape, values: is.values.map((value, k) => value - was.values[k]) };
  return { before: single(was), after: single(is), difference: single(difference) };
}

function single({ shape, values }) {
  return { shape, values: Float32Array.from(values) };
}

function means({ shape: [, ...rest], values }, places, side, edges) {
  const across = rest.reduce((product, n) => product * n, 1);
  const columns = edges.length - 1;
  const found = new Float64Array(columns * across).fill(NaN);
  const [sums, counts] = [new Float64Array(across), new Uint32Array(across)];
  for (let column = 0; column < columns; column++) {
    sums.fill(0);
    counts.fill(0);
    for (let k = edges[column]; k < edges[column + 1]; k++) {
      const step = places[k][side];
      if (step === null) continue;
      for (let j = 0; j < across; j++) {
        const value = values[step * across + j];
        if (Number.isNaN(value)) continue;
        sums[j] += value;
        counts[j]++;
      }
    }
    for (let j = 0; j < across; j++) if (counts[j]) found[column * across + j] = sums[j] / counts[j];
  }
  return { shape: [columns, ...rest], values: found };
}

// The tokens of one text over the columns, "" where it has none.
export function labelsOf(labels, places, side, edges) {
  return columnLabels(places.map((place) => (place[side] === null ? "" : labels[place[side]])), edges);
}

// The columns in which the two texts differ.
export function editedIn({ removed, inserted }, places, edges) {
  const [gone, come] = [new Set(removed), new Set(inserted)];
  const found = places.flatMap(([a, b], k) => (gone.has(a) || come.has(b) ? [columnOf(k, edges)] : []));
  return [...new Set(found)];
}

// The step after the edit at which each column begins; one more entry for the end.
export function stepsOf(places, stepsAfter, edges) {
  const counts = [0];
  for (const [, after] of places) counts.push(counts[counts.length - 1] + (after === null ? 0 : 1));
  return [...edges.slice(0, -1).map((edge) => Math.min(counts[edge], stepsAfter - 1)), stepsAfter];
}
