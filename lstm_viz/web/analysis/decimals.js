// With how many decimals numbers are shown, so that every line is right as shown. Mirrors analysis/equations/decimals.py,
// which says what the rule promises and why; tests/web/test_decimals.py holds the two equal.
import { evaluate, namesIn } from "./evaluation.js";

const RESULT_DIGITS = [3, 4, 2, 5]; // of a result: the first number of decimals with which the line can be made right
const MOST_EXTRA_DIGITS = 4;
const TOO_CLOSE = 1e-6; // to halfway between two last digits, in units of the last digit
const SCALES = Array.from({ length: 23 }, (_, digits) => Number(`1e${digits}`)); // exact, as powers of ten are up to there

// The decimals of one equation at many places: `count` units, say.
//   equation: { quantity, reductions: [[[name, tree], …], …] }: how each stage's numbers come from those before, and last
//     the quantity from the last stage's; as equation_data of analysis/equations/trees.py
//   values: name → numbers of all leaves and of the quantity, see evaluation.js; as float32 holds them, or what is shown
//     could differ from what the rule has seen
//   → { digits: [Int8Array(count), …], one a stage and, last, the result's;
//       holds: Uint8Array(count), 0 where no number of decimals makes what is shown right }
export function rightAsShown({ quantity, reductions }, values, count) {
  const names = new Set([quantity, ...reductions.flat().flatMap(([name, tree]) => [name, ...namesIn(tree)])]);
  const all = Object.fromEntries([...names].map((name) => [name, evaluate(name, values, count)]));
  const digits = [...reductions, null].map(() => new Int8Array(count).fill(RESULT_DIGITS[0]));
  const holds = new Uint8Array(count);
  let left = Int32Array.from({ length: count }, (_, place) => place);
  for (const resultDigits of RESULT_DIGITS) {
    const here = only(all, left);
    const found = digits.map(() => new Int8Array(left.length).fill(resultDigits));
    const fine = new Uint8Array(left.length).fill(1);
    for (let stage = reductions.length - 1; stage >= 0; stage--) {
      const extra = extraDigits(reductions[stage], here, found[stage + 1]);
      extra.forEach((more, k) => {
        if (more < 0) fine[k] = 0;
        found[stage][k] = found[stage + 1][k] + Math.max(more, 0);
      });
    }
    left.forEach((place, k) => {
      if (!fine[k]) return;
      holds[place] = 1;
      digits.forEach((row, stage) => (row[place] = found[stage][k]));
    });
    left = left.filter((_, k) => !fine[k]);
    if (!left.length) break;
  }
  return { digits, holds };
}

// How many more decimals a stage's numbers need than what comes out of them has; −1 where none is enough.
//   reduction: [[name, tree], …]; values: name → numbers, one a place; digits: one a place, of what comes out
export function extraDigits(reduction, values, digits) {
  const extra = new Int8Array(digits.length).fill(-1);
  let left = Int32Array.from(digits.keys());
  for (let more = 0; more <= MOST_EXTRA_DIGITS && left.length; more++) {
    const fine = new Uint8Array(left.length).fill(1);
    for (const [name, tree] of reduction) {
      const shown = only(values, left, namesIn(tree));
      for (const each of Object.values(shown)) {
        for (let k = 0; k < left.length; k++) each[k] = rounded(each[k], digits[left[k]] + more);
      }
      const [found, wanted] = [evaluate(tree, shown, left.length), values[name]];
      for (let k = 0; k < left.length; k++) if (!roundsTo(found[k], wanted[left[k]], digits[left[k]])) fine[k] = 0;
    }
    left.forEach((place, k) => fine[k] && (extra[place] = more));
    left = left.filter((_, k) => !fine[k]);
  }
  return extra;
}

// The values of some places: copies.
function only(values, places, names = Object.keys(values)) {
  const found = {};
  for (const name of names) {
    const [from, to] = [values[name], new Float64Array(places.length)];
    for (let k = 0; k < places.length; k++) to[k] = from[places[k]];
    found[name] = to;
  }
  return found;
}

// A value to so many decimals, halves away from zero.
export function rounded(value, digits) {
  const scale = SCALES[digits];
  const size = Math.floor(Math.abs(value) * scale + 0.5) / scale;
  return value < 0 || Object.is(value, -0) ? -size : size;
}

// Whether what a calculator finds rounds to what is shown, and is not too close to halfway.
function roundsTo(found, wanted, digits) {
  const scale = SCALES[digits];
  const size = Math.abs(found) * scale;
  if (Math.abs(size - Math.floor(size) - 0.5) < TOO_CLOSE) return false;
  return Math.floor(size + 0.5) * Math.sign(found) === Math.floor(Math.abs(wanted) * scale + 0.5) * Math.sign(wanted);
}
