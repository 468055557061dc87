// Sequences that are made rather than measured, from a line of text; mirrors tasks/readers/probes.py, which says what is
// wrong with one that cannot be made.

const [STEPS, DECIMALS, MOST, SHORTEST, DIGITS] = [60, 4, 1e6, 1e-3, 15];
const NUMBER = "([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?)";
const GAP = "[ \\t]*";
const KIND = /\b(impulse|step|sine|noise)\b/i;
const COUNT = new RegExp(`(?<![.0-9])([0-9]+)${GAP}(?:time${GAP})?steps\\b`, "i");
const PLACES = Object.entries({
  at: `\\bat${GAP}(?:step${GAP})?([0-9]+)\\b`,
  period: `\\bperiod${GAP}(?:of${GAP})?${NUMBER}`,
  size: `\\b(?:size|height|amplitude|(?<!period )of)${GAP}${NUMBER}`,
  seed: `\\bseed${GAP}([0-9]+)\\b`,
  feature: `\\bfeature${GAP}([0-9]+)\\b`,
}).map(([name, pattern]) => [name, new RegExp(pattern, "i")]);

// → { values: a number a step, feature: null for all }; null for a line that names none, or one that cannot be made
export function probe(line, features, limit) {
  const kind = KIND.exec(line)?.[1].toLowerCase();
  if (!kind) return null;
  const given = Object.fromEntries(PLACES.map(([name, pattern]) => [name, pattern.exec(line)?.[1]]));
  const count = COUNT.exec(line)?.[1];
  if ([count, given.at, given.seed, given.feature].some((digits) => digits?.length > DIGITS)) return null;
  const whole = (text, otherwise) => (text === undefined ? otherwise : Number(text));
  const steps = whole(count, STEPS);
  const [at, feature] = [whole(given.at, null), whole(given.feature, null)];
  const [period, size] = [whole(given.period, 20), whole(given.size, 1)];
  const can = steps >= 1 && steps <= limit && (at === null || at < steps) && (feature === null || feature < features);
  if (!can || !(period >= SHORTEST && period <= MOST) || Math.abs(size) > MOST) return null;
  const seed = whole(given.seed, 1) % 2 ** 32;
  const shape = SHAPES[kind]({ steps, at, period, seed });
  return { values: shape.map((value) => Number((value * size).toFixed(DECIMALS)) + 0), feature };
}

const each = (steps, make) => Array.from({ length: steps }, (_, step) => make(step));
const SHAPES = {
  impulse: ({ steps, at }) => each(steps, (step) => Number(step === (at ?? Math.min(5, steps - 1)))),
  step: ({ steps, at }) => each(steps, (step) => Number(step >= (at ?? Math.floor(steps / 3)))),
  sine: ({ steps, period }) => each(steps, (step) => Math.sin((2 * Math.PI * step) / period)),
  // About normal: twelve even draws less six, in sums that are exact.
  noise({ steps, seed }) {
    const draw = draws(seed);
    return each(steps, () => each(12, draw).reduce((sum, value) => sum + value, 0) - 6);
  },
};

// Even draws from 0 to 1, in whole arithmetic of 32 bits: a counter, mixed (mulberry32).
function draws(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state) >>> 0;
    mixed = (mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed))) >>> 0;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
