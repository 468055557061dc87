// Which tokens of one text stand where in another: the smallest edit that turns the first into the second. Mirrors
// analysis/change/alignment.py, where each part is told.
import { sharedEnds } from "../core/text.js";

const MOST_COMPARISONS = 10000;

// → { pairs: [[step before, step after], …], removed, inserted, beforeSpan, afterSpan, isIdentity }
export function align(before, after) {
  const { prefix: start, suffix: tail } = sharedEnds(before, after);
  const [beforeEnd, afterEnd] = [before.length - tail, after.length - tail];
  const kept = Array.from({ length: start }, (_, k) => [k, k]);
  for (const [i, j] of matches(before.slice(start, beforeEnd), after.slice(start, afterEnd))) kept.push([start + i, start + j]);
  for (let k = tail; k > 0; k--) kept.push([before.length - k, after.length - k]);
  const removed = lacking(start, beforeEnd, kept, 0);
  const inserted = lacking(start, afterEnd, kept, 1);
  return {
    pairs: withReplaced(kept, before.length, after.length),
    removed,
    inserted,
    beforeSpan: [start, beforeEnd],
    afterSpan: [start, afterEnd],
    isIdentity: !removed.length && !inserted.length,
  };
}

// A longest common subsequence, as pairs of places.
function matches(before, after) {
  const [rows, across] = [before.length, after.length];
  if (rows * across > MOST_COMPARISONS) return [];
  // length: of the longest common subsequence of what comes from i and from j on
  const length = Array.from({ length: rows + 1 }, () => new Int32Array(across + 1));
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = across - 1; j >= 0; j--) {
      length[i][j] = before[i] === after[j] ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
  }
  const found = [];
  let [i, j] = [0, 0];
  while (i < rows && j < across) {
    if (before[i] === after[j]) found.push([i++, j++]);
    else if (length[i + 1][j] >= length[i][j + 1]) i++;
    else j++;
  }
  return found;
}

function lacking(first, end, kept, side) {
  const there = new Set(kept.map((pair) => pair[side]));
  const found = [];
  for (let k = first; k < end; k++) if (!there.has(k)) found.push(k);
  return found;
}

// Pair off, in order, what was removed between two kept tokens with what was inserted there.
function withReplaced(kept, before, after) {
  const pairs = [];
  let [i, j] = [0, 0];
  for (const [keptI, keptJ] of [...kept, [before, after]]) {
    while (i < keptI && j < keptJ) pairs.push([i++, j++]);
    pairs.push([keptI, keptJ]);
    [i, j] = [keptI + 1, keptJ + 1];
  }
  return pairs.slice(0, -1);
}
