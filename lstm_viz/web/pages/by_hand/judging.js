// Whether a unit does what a challenge asks, how far it gets, and where it fails first; mirrors `judge_values` of
// lstm_viz/challenges/judging.py.

// trials: [{ low, high, begins }], low and high a number a step, NaN where nothing is asked; values: what was read in
// each, a number a step → { held, passed, trials, error, misses: [{ trial, step, value, low, high }] }
export function judgeValues(trials, values, hold) {
  const found = { held: hold, passed: 0, trials: trials.length, error: 0, misses: [] };
  trials.forEach(({ low, high, begins }, k) => {
    const read = values[k];
    let first = -1;
    for (let step = 0; step < low.length; step++) {
      if (Number.isNaN(low[step])) continue;
      if (first < 0 && !(read[step] >= low[step] && read[step] <= high[step])) first = step;
      if (Number.isFinite(low[step]) && Number.isFinite(high[step])) {
        const off = Math.abs(read[step] - (low[step] + high[step]) / 2);
        if (!(off <= found.error)) found.error = off;
      }
    }
    if (first < 0) found.passed += 1;
    else {
      found.held = Math.min(found.held, first - Math.max(...begins.filter((step) => step <= first)));
      found.misses.push({ trial: k, step: first, value: read[first], low: low[first], high: high[first] });
    }
  });
  return found;
}
