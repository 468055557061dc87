// What the two ends of a quantity's scale stand for; mirrors `limits` and `round_up` of figures/style.py.

// layer: see network/source.js → [low, high]
export function limits({ cell, values }, name) {
  const { low, high, share } = cell.quantities.find((each) => each.name === name);
  if (share) return [0, 1];
  const furthest = size(values[name].values);
  if (low !== null && high !== null) {
    const widest = Math.max(-low, high);
    if (furthest <= widest + 1e-6) return [-widest, widest];
  }
  const end = roundUp(furthest);
  return [-end, end];
}

// What the ends of each row's scale stand for where every row has its own; mirrors `own_ends` of figures/style.py.
export function ownEnds({ values }, name) {
  const { shape: [, width], values: course } = values[name];
  const furthest = new Float64Array(width);
  for (let at = 0, count = course.length; at < count; ) {
    for (let unit = 0; unit < width; unit++, at++) furthest[unit] = Math.max(furthest[unit], Math.abs(course[at]));
  }
  return Array.from(furthest, roundUp);
}

// The largest size of any of some values; what is −∞, as a state may be before the first step, has none.
export function size(values) {
  let most = 0;
  for (let at = 0, count = values.length; at < count; at++) {
    const each = Math.abs(values[at]);
    if (each > most && each < Infinity) most = each;
  }
  return most;
}

// The smallest of 1, 1.5, 2, 3, 5 or 7 times a power of ten that is not below a size; 1 for nothing.
export function roundUp(value) {
  if (value <= 1e-12) return 1;
  const power = Math.floor(Math.log10(value));
  for (const exponent of [power - 1, power, power + 1]) {
    for (const step of [1, 1.5, 2, 3, 5, 7]) {
      // The next decade's 1 is there for values that only rounding errors keep above this one's 10.
      if (step * 10 ** exponent >= value * (1 - 1e-6)) return Number((step * 10 ** exponent).toExponential(1));
    }
  }
  return value;
}

// For each unit, how far from 0 the scale of its lines goes, for all that are not shares; 1 where all are. Mirrors
// `unit_reach` of figures/unit_lines.py.
export function reach({ cell, values, units }) {
  const furthest = new Float64Array(units);
  for (const { name, recorded, share } of cell.quantities) {
    if (!recorded || share || values[name].shape[1] !== units) continue;
    const { values: course } = values[name];
    for (let at = 0, count = course.length; at < count; ) {
      for (let unit = 0; unit < units; unit++, at++) {
        const each = Math.abs(course[at]);
        if (each > furthest[unit]) furthest[unit] = each;
      }
    }
  }
  return Array.from(furthest, roundUp);
}
